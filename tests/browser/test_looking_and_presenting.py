"""Who may only look finds every form at rest, and is told who can change that; a presenter turns the pages of the story by keys."""

import pytest
from playwright.sync_api import expect

from components.scoping.records import Problem
from components.server.middleware import COOKIE, person_id
from components.ui.presenting import STORY
from components.ui.screens import screen
from tests.browsing import visit

SECRET = "v" * 32
FORMS = ".stMainBlockContainer :is([data-testid=stForm], [data-testid=stFileUploader])"
REACHED = f"""() => [...document.querySelectorAll('{FORMS}')].flatMap(form => [...form.querySelectorAll('input, textarea, button')])
  .filter(one => {{ one.focus(); return document.activeElement === one; }}).length"""


@pytest.fixture
def looked_at(server_store, served, new_tab):
    """A project at which a page only looks; its owner is called Ana Lima."""
    server_store.name_person("ana", "Ana Lima")
    project = server_store.create_project("Reading forms", "ana", everyone="").id
    server_store.set_role(project, person_id(SECRET), "viewer", by="ana")
    server_store.save(project, Problem(statement="Forms wait"), person="ana")
    page = new_tab()
    page.context.add_cookies([{"name": COOKIE, "value": SECRET, "url": served.url}])
    return project, page


@pytest.mark.parametrize("path", ["scoping/problems_and_solutions", "scoping/milestones", "data/data_sets", "project/people_and_files"])
def test_forms_rest_for_who_may_only_look_until_they_may_more(served, server_store, looked_at, path):
    project, page = looked_at
    visit(page, f"{served.url}/{screen(path).url_path}?project={project}")
    expect(page.locator(".st-key-only_looking")).to_contain_text(
        "You look at this project, so its forms rest. Ana Lima can let you change it."
    )
    page.wait_for_function(f"() => [...document.querySelectorAll('{FORMS}')].every(one => one.inert)")
    assert page.evaluate(REACHED) == 0
    server_store.set_role(project, person_id(SECRET), "editor", by="ana")
    visit(page, f"{served.url}/{screen(path).url_path}?project={project}")
    expect(page.locator(".st-key-only_looking")).to_have_count(0)
    assert page.locator(f":is({FORMS})[inert]").count() == 0


def test_a_presenter_turns_the_pages_by_keys_and_leaves_by_escape(served, example, page):
    visit(page, f"{served.url}/{STORY[0].url_path}?project={example}&present=1")
    place = page.locator(".st-key-present_story")
    expect(place).to_contain_text(f"1 of {len(STORY)}")
    for key, number in (("PageDown", 2), ("ArrowRight", 3), ("PageUp", 2), ("ArrowLeft", 1)):
        page.keyboard.press(key)
        expect(place).to_contain_text(f"{number} of {len(STORY)}")
        expect(page.locator("h1").first).to_be_visible()
        page.wait_for_url(f"**/{STORY[number - 1].url_path}?*")
        assert "present=1" in page.url
        assert f"project={example}" in page.url
    page.keyboard.press("Escape")
    expect(page.locator(".st-key-bar")).to_be_visible()
    expect(place).to_have_count(0)
    assert "present=1" not in page.url
