"""Six people in six browsers vote and reveal: nothing is seen before, nothing is lost; and the projector's view."""

import struct
import time

import pytest
from playwright.sync_api import expect

from components.project.rounds import Card, Question, Round
from components.scoping.lenses import RICE
from components.scoping.lenses.declaration import FIVE
from components.scoping.records import Problem, Solution
from tests.browsing import SECONDS, WAIT, Heard, tab, visit, wait_drawn, wider
from tests.serving import bare_home, serve

PEOPLE = ("Ana", "Ben", "Chioma", "Dev", "Eva", "Femi")
CARDS = [Card(kind="solution", id=id_, title=title) for id_, title in (("a", "Recogniser"), ("b", "Online form"))]
FORMS = Question(name="forms", title="Forms a week", low=0)
WORTH = Question(name="worth", title="Worth", choices=FIVE)
AWAY = 20


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """A server without an example."""
    with serve(bare_home(tmp_path_factory.mktemp("room") / "home")) as served:
        yield served


@pytest.fixture
def room_store(room):
    store = room.store()
    yield store
    store.close()


@pytest.fixture
def project(room_store):
    """A project with two ideas."""
    id_ = room_store.create_project("Reading forms", "nobody").id
    room_store.save(id_, Problem(statement="Forms wait"), person="nobody", id="p")
    for card in CARDS:
        room_store.save(
            id_, Solution(problem="p", title=card.title, reach=90, impact=1, confidence=0.8, effort=2), person="nobody", id=card.id
        )
    return id_


@pytest.fixture
def begin(room_store, project):
    def one(id_="r", **how):
        body = Round(**{"purpose": "vote", "title": "How many forms?", "cards": CARDS, "questions": [FORMS, WORTH], **how})
        return room_store.save(project, body, person="nobody", id=id_).id

    return one


def join_link(room, project, round_id="r"):
    return f"{room.url}/join?project={project}&round={round_id}"


def join(page, name):
    page.get_by_label("Your name").fill(name)
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page.get_by_text(f"1 of {len(CARDS)}", exact=True)).to_be_visible()


def answer(page, number, note, worth):
    page.get_by_label("Forms a week").fill(f"{number}")
    page.get_by_label("Forms a week").press("Tab")
    page.get_by_label("Why, if you like").fill(note)
    page.get_by_label("Why, if you like").press("Tab")
    page.get_by_role("radio", name=worth).click()
    expect(page.get_by_role("radio", name=worth)).to_have_attribute("aria-checked", "true")
    wait_drawn(page)


def number_of(person, card):
    return 7000.25 + 100 * person + card


def note_of(person, card):
    return f"secret {PEOPLE[person].lower()} {card} 5309"


def secrets(person):
    """What one person says, as text and as a number on the wire."""
    notes = [note_of(person, card).encode() for card in range(2)]
    numbers = [number_of(person, card) for card in range(2)]
    return [*notes, *(struct.pack("<d", one) for one in numbers), *(f"{one}".encode() for one in numbers)]


def test_six_people_vote_blind_and_reveal(room, room_store, project, begin, new_tab):
    begin(least=len(PEOPLE))
    projector, pages = new_tab(), [new_tab(width=390, height=844) for _ in PEOPLE]
    told = {name: Heard(page) for name, page in zip(("projector", *PEOPLE), (projector, *pages), strict=True)}
    visit(projector, f"{room.url}/assessment?project={project}&view=vote&round=r")
    for person, page in enumerate(pages):
        visit(page, join_link(room, project))
        join(page, PEOPLE[person])
    expect(projector.get_by_text("6 people joined, 0 done.")).to_be_visible()
    for person, page in enumerate(pages):
        answer(page, number_of(person, 0), note_of(person, 0), "4 high" if person % 2 else "2 low")
        page.get_by_role("button", name="Next").click()
        expect(page.get_by_role("heading", name="Online form")).to_be_visible()
        wait_drawn(page)
        answer(page, number_of(person, 1), note_of(person, 1), "3 medium")
    for done, page in enumerate(pages[:-1], start=1):
        page.get_by_role("button", name="I'm done").click()
        expect(projector.get_by_text(f"6 people joined, {done} done.")).to_be_visible()
        expect(page.get_by_text(f"Done: {done} of 6 who joined.")).to_be_visible()
    for person in range(len(PEOPLE)):
        for name, heard_here in told.items():
            if name != PEOPLE[person]:
                everything = heard_here.everything()
                assert [one for one in secrets(person) if one in everything] == [], f"{name} was told what {PEOPLE[person]} says"
    pages[-1].get_by_role("button", name="I'm done").click()
    for page in pages:
        expect(page.get_by_text("Revealed: look at it together.")).to_be_visible()
    expect(projector.get_by_role("heading", name="Talk first about")).to_have_count(2)
    expect(projector.get_by_text(note_of(len(PEOPLE) - 1, 1))).to_be_visible()
    wait_drawn(projector)
    for person in range(len(PEOPLE)):
        assert note_of(person, 0).encode() in told["projector"].everything(), "what was revealed is seen, so it would have been before"
    votes = {(vote.voter, vote.card): vote for vote in room_store.votes(project, "r", "")}
    names = {ballot.voter: ballot.name for ballot in room_store.ballots(project, "r")}
    assert sorted(names.values()) == sorted(PEOPLE)
    said = {(names[voter], card): (vote.answers["forms"][1], vote.note) for (voter, card), vote in votes.items()}
    assert said == {
        (PEOPLE[person], "ab"[card]): (number_of(person, card), note_of(person, card)) for person in range(6) for card in range(2)
    }


def test_a_refresh_and_a_second_tab_are_the_same_person_and_a_shared_link_is_nobody(room, room_store, project, begin, new_tab):
    begin()
    ana = new_tab(width=390, height=844)
    visit(ana, join_link(room, project))
    join(ana, "Ana")
    answer(ana, 41, "The first thought", "5 very high")
    ana.reload()
    wait_drawn(ana)
    expect(ana.get_by_role("heading", name="Online form")).to_be_visible()
    ana.get_by_role("button", name="Back").click()
    expect(ana.get_by_label("Forms a week")).to_have_value("41")
    expect(ana.get_by_label("Why, if you like")).to_have_value("The first thought")
    second = ana.context.new_page()
    visit(second, ana.url)
    second.get_by_role("button", name="Back").click()
    expect(second.get_by_label("Forms a week")).to_have_value("41")
    second.get_by_label("Forms a week").fill("42")
    second.get_by_label("Forms a week").press("Tab")
    wait_drawn(second)
    ana.get_by_label("Why, if you like").fill("A second thought")
    ana.get_by_label("Why, if you like").press("Tab")
    expect(ana.get_by_label("Forms a week")).to_have_value("42")
    ben = new_tab(width=390, height=844)
    visit(ben, ana.url)
    expect(ben.get_by_label("Your name")).to_have_value("")
    join(ben, "Ben")
    expect(ben.get_by_label("Forms a week")).to_have_value("")
    assert [ballot.name for ballot in room_store.ballots(project, "r")] == ["Ana", "Ben"]
    [vote] = room_store.votes(project, "r", room_store.ballots(project, "r")[0].voter)
    assert (vote.answers["forms"][1], vote.answers["worth"][1], vote.note) == (42, 5, "A second thought")


def test_twenty_seconds_without_a_network_lose_nothing(room, room_store, project, begin, opened_browser):
    begin()
    with tab(opened_browser, width=390, height=844) as ana:
        visit(ana, join_link(room, project))
        join(ana, "Ana")
        answer(ana, 41, "Before", "2 low")
        ana.context.set_offline(True)
        ana.get_by_label("Why, if you like").fill("Said without a network")
        ana.get_by_label("Why, if you like").press("Tab")
        time.sleep(AWAY)
        ana.context.set_offline(False)
        [me] = room_store.ballots(project, "r")
        until = time.monotonic() + WAIT / SECONDS
        while time.monotonic() < until and [one.note for one in room_store.votes(project, "r", me.voter)] != ["Said without a network"]:
            time.sleep(0.2)
        [vote] = room_store.votes(project, "r", me.voter)
        assert (vote.answers["forms"][1], vote.note) == (41, "Said without a network")
        assert len(room_store.ballots(project, "r")) == 1
        expect(ana.get_by_label("Why, if you like")).to_have_value("Said without a network")


def test_a_round_by_the_factors_of_a_ranking_fits_a_phone(room, project, begin, new_tab):
    begin(title="RICE", lens="rice", questions=list(RICE.factors))
    page = new_tab(width=390, height=844)
    visit(page, join_link(room, project))
    join(page, "Ana")
    assert wider(page) == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
    assert page.locator("header").first.is_hidden()
    visit(page, f"{room.url}/assessment?project={project}&view=vote&round=r")
    assert wider(page) == []


def test_the_projector_shows_large_type_alone_and_escape_leads_out(room, project, page):
    visit(page, f"{room.url}/assessment?project={project}")
    small = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    page.locator(".st-key-bar-present button").click()
    page.wait_for_url("**present=1**")
    wait_drawn(page)
    assert (small, page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")) == (18, 23)
    assert page.locator("[data-testid=stHeader]").is_hidden()
    assert page.locator(".st-key-bar").count() == 0
    assert wider(page) == []
    page.keyboard.press("Escape")
    expect(page.locator(".st-key-bar")).to_be_visible()
    assert "present" not in page.url
