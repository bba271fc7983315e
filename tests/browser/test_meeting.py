"""A meeting of two: one leads, the other's screen follows, a reload loses nothing, and nobody is led away from what they type."""

import re

import pytest
from playwright.sync_api import expect

from components.project.meetings import Meeting, Point, running
from tests.browsing import visit, wait_drawn
from tests.serving import bare_home, serve

POINTS = [
    Point(title="What hurts?", minutes=15, screen="scoping/problems_and_solutions"),
    Point(title="What have others reached?", minutes=10, screen="scoping/prior_work"),
    Point(title="What do we promise?", minutes=5, screen="scoping/milestones"),
]


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A server without the example, which no test here looks at."""
    with serve(bare_home(tmp_path_factory.mktemp("bare") / "home")) as one:
        yield one


@pytest.fixture
def both(served, server_store, empty_project, new_tab):
    """Ana leads, Ben has joined; both are at the first point."""
    server_store.save(empty_project, Meeting(points=POINTS), person="nobody")
    ana, ben = new_tab(), new_tab()
    for page, name in ((ana, "Ana"), (ben, "Ben")):
        visit(page, f"{served.url}/meeting?project={empty_project}")
        page.locator(".st-key-bar-me button").first.click()
        page.get_by_label("My name").fill(name)
        page.get_by_role("button", name="Remember me in this browser").click()
        expect(page.locator(".st-key-bar-me")).to_contain_text(name)
        page.keyboard.press("Escape")
    ana.get_by_role("button", name="Begin").click()
    expect(ana).to_have_url(re.compile("problems-and-solutions"))
    ben.get_by_role("button", name="Join the meeting").click()
    expect(ben).to_have_url(re.compile("problems-and-solutions"))
    for page in (ana, ben):
        wait_drawn(page)
        expect(page.locator(".st-key-meeting")).to_contain_text("What hurts?")
        expect(page.locator(".st-key-meeting time")).to_contain_text("left")
    return ana, ben


def test_the_others_screen_follows(both):
    ana, ben = both
    for path, button in (("prior-work", "next"), ("milestones", "next"), ("prior-work", "previous")):
        ana.locator(f".st-key-meeting-{button} button").first.click()
        expect(ben).to_have_url(re.compile(path))
        expect(ana).to_have_url(re.compile(path))
        wait_drawn(ana)
        wait_drawn(ben)


def test_a_reload_and_a_look_elsewhere_lose_nothing(both, served, server_store, empty_project):
    ana, ben = both
    ana.get_by_role("button", name="Next").click()
    expect(ben).to_have_url(re.compile("prior-work"))
    ben.reload()
    wait_drawn(ben)
    expect(ben.locator(".st-key-meeting")).to_contain_text("2 of 3")
    expect(ben.locator(".st-key-bar-me")).to_contain_text("Ben")
    visit(ben, f"{served.url}/checks?project={empty_project}")
    expect(ben.locator(".st-key-meeting")).to_contain_text("What have others reached?")
    ben.wait_for_timeout(2000)
    assert "/checks" in ben.url
    ana.get_by_role("button", name="Next").click()
    expect(ben).to_have_url(re.compile("milestones"))
    assert running(server_store, empty_project).body.at == 2


def test_nobody_is_led_away_from_what_they_type(both):
    ana, ben = both
    text = ben.locator("[class*='st-key-problems-new-'] textarea").first
    text.fill("Forms wait two days")
    ana.get_by_role("button", name="Next").click()
    expect(ana).to_have_url(re.compile("prior-work"))
    expect(ben.locator(".st-key-meeting")).to_contain_text("2 of 3")
    ben.wait_for_timeout(2500)
    assert "problems-and-solutions" in ben.url
    expect(text).to_have_value("Forms wait two days")
    ben.get_by_role("button", name="Go to Prior work").click()
    expect(ben).to_have_url(re.compile("prior-work"))
