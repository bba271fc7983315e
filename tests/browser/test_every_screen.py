"""Every screen in a real browser: opened by its address, without complaints, readable by everybody, and within the width of a phone."""

from contextlib import ExitStack
from functools import cache

import pytest
from playwright.sync_api import expect

from components.ui.screens import SCREENS
from tests.browsing import complaints, person, violations, visit, wider
from tests.serving import bare_home, serve

IDS = [screen.path for screen in SCREENS]


@pytest.fixture(scope="module")
def visitors(opened_browser):
    """Who looks at all screens, at a desk and with a phone: a browser that has the program already."""
    with ExitStack() as stack:
        yield cache(lambda **how: stack.enter_context(person(opened_browser, **how)))


@pytest.fixture
def look(visitors):
    """Open tabs of a visitor; in the end no console may have complained."""
    pages, heard = [], []

    def open_one(**how):
        pages.append(visitors(**how).new_page())
        heard.append(complaints(pages[-1]))
        return pages[-1]

    yield open_one
    for page in pages:
        page.close()
    assert [line for lines in heard for line in lines] == []


@pytest.mark.parametrize("screen", SCREENS, ids=IDS)
def test_a_link_opens_the_same_screen_for_a_colleague(served, example, look, screen):
    page = look()
    visit(page, served.address(screen, example))
    expect(page.locator("[data-testid=stHeading] h1")).to_have_count(1)
    expect(page.get_by_text(screen.question, exact=True).first).to_be_visible()
    assert page.get_by_text("Something went wrong").count() == 0
    assert wider(page) == []
    assert violations(page) == []
    if screen.needs_project:
        assert f"project={example}" in page.url
        assert page.locator(".st-key-bar").get_by_text("Handwriting recognition").count() >= (not screen.bare)


@pytest.mark.parametrize("screen", SCREENS, ids=IDS)
@pytest.mark.parametrize("state", ["empty", "filled"])
def test_nothing_is_wider_than_a_phone(served, example, empty_project, look, screen, state):
    page = look(width=390, height=844, dark=state == "filled")
    visit(page, served.address(screen, example if state == "filled" else empty_project))
    assert wider(page) == []
    assert violations(page) == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390


@pytest.mark.parametrize("path", ["data/checks", "deployment/rollout"])
def test_a_link_is_the_first_request_of_a_cold_server(tmp_path, new_tab, path):
    home = bare_home(tmp_path / "home")
    with serve(home) as cold:
        store = cold.store()
        project = store.create_project("Cold", "nobody").id
        store.close()
        screen = next(one for one in SCREENS if one.path == path)
        page = new_tab()
        visit(page, cold.address(screen, project))
        expect(page.get_by_text(screen.question, exact=True).first).to_be_visible()
        assert page.locator(".st-key-bar").get_by_text("Cold").count() >= 1


def test_dark_follows_the_system_and_charts_follow_a_switch(served, example, new_tab):
    page = new_tab(dark=True)
    visit(page, f"{served.url}/baselines?project={example}")
    background = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
    assert page.evaluate(background) == "rgb(18, 24, 29)"
    page.emulate_media(color_scheme="light")
    page.wait_for_function(f"() => {background} === 'rgb(250, 248, 244)'")


def test_the_address_keeps_the_project_when_one_walks_on(served, example, page):
    visit(page, f"{served.url}/overview?project={example}")
    page.locator(".st-key-siblings").get_by_text("Report").click()
    page.wait_for_url("**/report?*")
    assert f"project={example}" in page.url
    page.reload()
    expect(page.get_by_text("What do we mail?", exact=True)).to_be_visible()


def test_an_address_that_no_screen_has_leads_back(served, page):
    visit(page, served.url)
    expect(page.locator("h1").first).to_contain_text("Plan a machine-learning project")
