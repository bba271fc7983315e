"""Six people write silently and reveal together; the network goes, tabs are refreshed, and nothing that was written is lost."""

import re
import time

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from components.project import schema
from components.project.rounds import Round
from components.scoping.records import Problem, Solution
from components.scoping.writing import of_problems
from tests.browser.test_people import board
from tests.browser.wire import wire
from tests.browsing import Heard, tab, visit, wait_drawn
from tests.serving import bare_home, serve

PEOPLE = ("Ana", "Ben", "Chioma", "Dev", "Eva", "Farid")
SHOWN_WITHIN = 15


def thought(name, number=1):
    return f"{name.lower()}secret{number} takes too long"


def begin(server_store, project, least=None):
    return server_store.save(project, of_problems(least, 0), person="nobody").id


def take_part(page, name):
    page.get_by_label("Your name").fill(name)
    page.get_by_role("button", name=re.compile("^(Take part|Join)$")).click()
    expect(line(page, 1)).to_be_visible()


def line(page, number):
    return page.get_by_label(f"Line {number}", exact=True)


def write(page, number, text):
    line(page, number).fill(text)
    line(page, number).press("Tab")


def kept(server_store, project, round_id, text, seconds=30):
    """Wait until a line is in the database, whoever wrote it."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with server_store.database.read() as connection:
            rows = connection.execute(sa.select(schema.vote.c.answers).where(schema.vote.c.round_id == round_id)).scalars().all()
        if any(answers["text"] == text for answers in rows):
            return
        time.sleep(0.1)
    raise AssertionError(f"“{text}” was not kept")


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A server without the example, for the tests of this file."""
    with serve(bare_home(tmp_path_factory.mktemp("silent") / "home")) as one:
        yield one


@pytest.fixture
def round_id(server_store, empty_project):
    return begin(server_store, empty_project)


def test_six_people_write_silently_and_reveal_together(served, server_store, empty_project, new_tab):
    round_id = begin(server_store, empty_project, least=6)
    tabs, heard = {}, {}
    for number, name in enumerate(PEOPLE):
        page = new_tab(width=390, height=844) if number % 2 else new_tab()
        heard[name] = Heard(page)
        join = f"{served.url}/join?project={empty_project}&round={round_id}"
        visit(page, join if number % 2 else board(served, empty_project))
        take_part(page, name)
        tabs[name] = page
    for name, page in tabs.items():
        for number in (1, 2):
            write(page, number, thought(name, number))
    for name in PEOPLE:
        for number in (1, 2):
            kept(server_store, empty_project, round_id, thought(name, number))
    for name in PEOPLE[:-1]:
        tabs[name].get_by_role("button", name="I'm done").click()
        expect(tabs[name].get_by_role("button", name="Write more")).to_be_visible()
    expect(tabs["Ana"].locator("h1")).to_contain_text("6 people joined, 5 done")
    for name in PEOPLE:
        got = [other for other in PEOPLE if other != name and f"{other.lower()}secret" in heard[name].text()]
        assert got == [], f"before the reveal, {name}'s browser got what these wrote"
    assert server_store.all(empty_project, Problem) == []
    tabs["Farid"].get_by_role("button", name="I'm done").click()
    expect(tabs["Farid"].get_by_text("Revealed: look at it together.")).to_be_visible()
    for name in PEOPLE[::2]:
        for other in PEOPLE:
            expect(tabs[name].get_by_text(thought(other)).first).to_be_visible()
            assert thought(other) in heard[name].text()
    written = {(one.body.statement, server_store.person(one.updated_by).name) for one in server_store.all(empty_project, Problem)}
    assert written == {(thought(name, number), name) for name in PEOPLE for number in (1, 2)}


def test_a_change_comes_to_all_screens_by_itself(served, server_store, empty_project, new_tab):
    server_store.save(empty_project, Problem(statement="Forms wait"), person="nobody", id="first")
    pages = [new_tab() for _ in PEOPLE]
    for page in pages:
        visit(page, board(served, empty_project))
    told = """text => new Promise(done => {
      const seen = () => document.body.innerText.includes(text) && (watch.disconnect(), done(performance.timeOrigin + performance.now()));
      const watch = new MutationObserver(seen);
      watch.observe(document.body, {subtree: true, childList: true, characterData: true});
      seen();
    })"""
    for page in pages:
        page.evaluate(f"text => {{ window.told = ({told})(text) }}", "An online form")
    saved = time.time()
    server_store.save(empty_project, Solution(problem="first", title="An online form"), person="nobody")
    late = [page.evaluate("() => window.told") / 1000 - saved for page in pages]
    assert max(late) < SHOWN_WITHIN, late


def test_a_refresh_and_a_second_tab_lose_nothing_and_are_the_same_person(served, server_store, empty_project, round_id, page):
    visit(page, board(served, empty_project))
    take_part(page, "Ana")
    write(page, 1, "Forms wait")
    kept(server_store, empty_project, round_id, "Forms wait")
    page.reload()
    wait_drawn(page)
    expect(line(page, 1)).to_have_value("Forms wait")
    second = page.context.new_page()
    visit(second, f"{served.url}/join?project={empty_project}&round={round_id}")
    expect(line(second, 1)).to_have_value("Forms wait")
    write(second, 2, "Typos")
    kept(server_store, empty_project, round_id, "Typos")
    page.get_by_role("button", name="I'm done").click()
    expect(second.get_by_role("button", name="Write more")).to_be_visible()
    assert [one.name for one in server_store.ballots(empty_project, round_id)] == ["Ana"]


def test_a_shared_address_makes_nobody_somebody_else(served, empty_project, round_id, new_tab):
    first, second = new_tab(), new_tab()
    visit(first, board(served, empty_project))
    take_part(first, "Ana")
    write(first, 1, "Forms wait")
    visit(second, first.url)
    expect(second.get_by_label("Your name")).to_have_value("")
    assert "Forms wait" not in second.content()


def test_twenty_seconds_without_network_lose_nothing(served, server_store, empty_project, round_id, opened_browser):
    with tab(opened_browser) as page, wire(served.url) as (network, url):
        visit(page, f"{url}/problems-and-solutions?project={empty_project}")
        take_part(page, "Ana")
        write(page, 1, "Written before")
        line(page, 2).press_sequentially("Written as the network goes")
        network.cut()
        expect(line(page, 2)).to_be_disabled()
        page.wait_for_timeout(20_000)
        expect(line(page, 2)).to_have_value("Written as the network goes")
        network.mend()
        expect(line(page, 3)).to_be_enabled()
        write(page, 3, "Written after")
        for text in ("Written before", "Written as the network goes", "Written after"):
            kept(server_store, empty_project, round_id, text)
        assert [one.name for one in server_store.ballots(empty_project, round_id)] == ["Ana"]


def test_what_somebody_is_writing_when_all_is_revealed_becomes_a_card_or_stays_on_their_screen(
    served, server_store, empty_project, round_id, new_tab
):
    ana, ben = new_tab(), new_tab()
    for page, name in ((ana, "Ana"), (ben, "Ben")):
        visit(page, board(served, empty_project))
        take_part(page, name)
    write(ana, 1, "Forms wait")
    kept(server_store, empty_project, round_id, "Forms wait")
    line(ben, 1).press_sequentially("Half a thou", delay=20)
    server_store.reveal(empty_project, round_id, "nobody", None)
    expect(ben.get_by_text("This came after the reveal.")).to_be_visible()
    ben.get_by_role("button", name="Add it to the board").click()
    expect(ana.get_by_text("Half a thou")).to_be_visible()
    assert server_store.get(empty_project, Round, round_id).body.state == "revealed"
