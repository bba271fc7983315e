"""Several people at once: names, two edits of one idea, changes that appear by themselves, hostile text."""

import pytest
from playwright.sync_api import expect

from components.project.store import Store
from components.scoping.records import Problem, Solution
from components.server.middleware import COOKIE
from tests.browsing import visit, wait_drawn

HOSTILE = "<script>window.broken = 1</script><img src=x onerror='window.broken = 1'> **bold** [x](javascript:alert(1)) $x$"


def problem(store: Store, project: str, statement: str) -> str:
    return store.save(project, Problem(statement=statement), person="nobody", id="first").id


def board(served, project):
    return f"{served.url}/problems-and-solutions?project={project}"


def statement(page):
    return page.locator("[class*='st-key-problems-first-'][class*='-statement'] textarea")


def edit(page, text):
    page.locator(".st-key-problems-first-edit button").click()
    statement(page).fill(text)


def say_who(page, name):
    page.locator(".st-key-bar-me button").first.click()
    page.get_by_label("My name").fill(name)
    page.get_by_role("button", name="Remember me in this browser").click()
    expect(page.locator(".st-key-bar-me")).to_contain_text(name)


def test_two_people_edit_the_same_idea_and_both_texts_are_kept(served, server_store, empty_project, new_tab):
    problem(server_store, empty_project, "Forms wait")
    ana, ben = new_tab(), new_tab()
    for page in (ana, ben):
        visit(page, board(served, empty_project))
    say_who(ana, "Ana")
    edit(ana, "Forms wait two days")
    edit(ben, "Forms wait a whole week")
    ana.get_by_role("button", name="Save", exact=True).click()
    expect(ana.get_by_text("Forms wait two days")).to_be_visible()
    ben.get_by_role("button", name="Save", exact=True).click()
    expect(ben.get_by_text("Ana changed this while you were editing it.")).to_be_visible()
    expect(ben.get_by_text("Forms wait two days")).to_be_visible()
    expect(ben.get_by_text("Forms wait a whole week")).to_be_visible()
    assert server_store.get(empty_project, Problem, "first").body.statement == "Forms wait two days"
    ben.get_by_role("button", name="Keep mine").click()
    expect(ana.get_by_text("Forms wait a whole week")).to_be_visible()
    saved = [change.after["statement"] for change in server_store.history(empty_project, kind="problem")]
    assert saved == ["Forms wait a whole week", "Forms wait two days", "Forms wait"]


def test_what_a_colleague_saves_appears_by_itself(served, server_store, empty_project, page):
    visit(page, board(served, empty_project))
    problem(server_store, empty_project, "Forms wait two days")
    expect(page.get_by_text("Forms wait two days")).to_be_visible()


def test_a_half_filled_form_survives_what_a_colleague_saves(served, server_store, empty_project, page):
    problem(server_store, empty_project, "Forms wait")
    visit(page, board(served, empty_project))
    edit(page, "Half a sentence")
    server_store.save(empty_project, Solution(problem="first", title="Online form", approach="no ML"), person="ben")
    expect(page.get_by_text("Online form")).to_be_visible()
    expect(statement(page)).to_have_value("Half a sentence")


def test_a_name_is_remembered_by_a_cookie_that_no_script_and_no_address_shows(served, server_store, empty_project, page):
    visit(page, f"{served.url}/overview?project={empty_project}")
    say_who(page, "Chioma")
    page.reload()
    wait_drawn(page)
    expect(page.locator(".st-key-bar-me")).to_contain_text("Chioma")
    cookie = next(one for one in page.context.cookies() if one["name"] == COOKIE)
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    assert cookie["value"] not in page.url
    assert COOKIE not in page.evaluate("document.cookie")
    assert cookie["value"] not in page.content()
    assert server_store.person(cookie["value"]) is None


def test_another_person_does_not_get_that_name(served, empty_project, new_tab):
    first, second = new_tab(), new_tab()
    visit(first, f"{served.url}/overview?project={empty_project}")
    say_who(first, "Dev")
    visit(second, f"{served.url}/overview?project={empty_project}")
    expect(second.locator(".st-key-bar-me")).to_contain_text("Say who you are")


@pytest.mark.parametrize("path", ["problems-and-solutions", "assessment", "overview", "people-and-files", ""])
def test_hostile_text_is_shown_as_text(served, server_store, page, path):
    project = server_store.create_project(HOSTILE[:120], "nobody").id
    problem(server_store, project, HOSTILE)
    full = {"reach": 100, "impact": 2.0, "confidence": 0.8, "effort": 4}
    server_store.save(project, Solution(problem="first", title=HOSTILE[:120], approach="build", **full), person="nobody")
    visit(page, f"{served.url}/{path}" + (f"?project={project}" if path else ""))
    expect(page.get_by_text("<script>window.broken = 1</script>").first).to_be_attached()
    assert page.evaluate("window.broken") is None
    assert page.locator("img[src='x']").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
