"""Eight people in eight browsers judge a round: one loses the network, one reloads, one answers twice; nobody sees the others."""

import time

import pytest
from playwright.sync_api import expect

from components.data.archives import read_archive
from components.data.rulebook.records import CalibrationRun, Rule
from components.data.rulebook.rounds import Asked, begin
from components.data.rulebook.versions import rulebook
from components.data.work import save_version
from components.demo import digits
from components.jobs.work import Work
from components.project.data_sets import DataVersion, LabelSet
from components.project.files import Files
from components.project.rounds import Round
from components.project.settings import Settings
from components.server.middleware import COOKIE, person_id
from tests.browsing import SECONDS, WAIT, Heard, tab, visit, wider
from tests.serving import bare_home, serve

PEOPLE = ("Ana", "Ben", "Chioma", "Dev", "Eva", "Femi", "Gita", "Hugo")
ITEMS = 3
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """A server without an example."""
    with serve(bare_home(tmp_path_factory.mktemp("judging") / "home")) as served:
        yield served


@pytest.fixture
def begun(room):
    """A round on a few images, which reveals itself when all eight are done."""
    store, files = room.store(), Files(room.home)
    project = store.create_project("Reading digits", "nobody").id
    work = Work(store, files, Settings(room.home, "", ""), project, {}, "nobody")
    frame, archive = read_archive("digits.zip", digits.as_zip())
    save_version(work, frame, archive, name="digits.zip", roles={"id_column": "path", "target": "label"}, ids=("d", "d1"))
    store.save(project, Rule(name="Cut", definition="A stroke is missing", label="Cut"), person="nobody", id="cut")
    asked = Asked("Is it cut?", tuple(rulebook(store, project)), ("Good",), "random", ITEMS, 0, least=len(PEOPLE))
    begin(store, files, project, store.get(project, DataVersion, "d1"), asked, "nobody", "r")
    yield store, project
    store.close()


class Told(Heard):
    """What a tab receives, but for the questions of every second whether anything changed: they say yes or no."""

    def _answer(self, answer):
        if "/changes?" not in answer.url:
            super()._answer(answer)


def join(page, room, project, name):
    """Join by the form."""
    visit(page, f"{room.url}/judge?project={project}&round=r")
    page.get_by_label("Your name").fill(name)
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page.locator(".judge-choice").first).to_be_visible()


def come_back(page, room, store, project, name):
    """Open the link as somebody who has joined already."""
    secret = name.lower().ljust(32, "0")
    page.context.add_cookies([{"name": COOKIE, "value": secret, "url": room.url}])
    store.join(project, "r", person_id(secret), name)
    page.goto(f"{room.url}/judge?project={project}&round=r")


def judge(page, key):
    """Press a key, and wait for the next item; an item that was only just drawn takes no answer yet."""
    before = page.locator("#judge").get_attribute("data-card")
    page.wait_for_timeout(200)
    page.keyboard.press(key)
    page.wait_for_function("card => document.querySelector('#judge').dataset.card !== card", arg=before, timeout=WAIT)


def kept(store, project, name):
    """Return what the server holds of somebody: how many judgements, and how often each label."""
    voter = next(one.voter for one in store.ballots(project, "r") if one.name == name)
    votes = store.votes(project, "r", voter)
    assert all(vote.voter == voter for vote in votes)
    return sorted(vote.answers["label"] for vote in votes)


def until(found, wanted):
    end = time.monotonic() + WAIT / SECONDS
    while time.monotonic() < end and found() != wanted:
        time.sleep(0.1)
    assert found() == wanted


def test_eight_people_judge_and_nothing_is_lost_doubled_or_seen(room, begun, new_tab, opened_browser, request):
    store, project = begun
    without_network = tab(opened_browser, **PHONE)
    request.addfinalizer(lambda: without_network.__exit__(None, None, None))
    pages = [without_network.__enter__(), *(new_tab(**PHONE) for _ in PEOPLE[1:])]
    heard = [Told(page) for page in pages]
    ana, ben, chioma, *others = pages
    for page, name in zip(pages[1:], PEOPLE[1:], strict=True):
        come_back(page, room, store, project, name)
    join(ana, room, project, "Ana")
    for page in pages:
        expect(page.get_by_text(f"1 of {ITEMS}", exact=True)).to_be_visible()

    judge(ana, "2")
    until(lambda: kept(store, project, "Ana"), [2.0])
    ana.context.set_offline(True)
    ana.locator(".judge-tool", has_text="Note").click()
    ana.get_by_label("Note").fill("secret 5309 said without a network")
    ana.wait_for_timeout(200)
    ana.locator(".judge-choice").nth(1).click()
    expect(ana.locator(".judge-saved")).to_contain_text("kept on this device")
    assert kept(store, project, "Ana") == [2.0]

    judge(ben, "1")
    until(lambda: kept(store, project, "Ben"), [1.0])
    heard[1].everything()
    ben.reload()
    expect(ben.get_by_text(f"2 of {ITEMS}", exact=True)).to_be_visible()
    judge(ben, "1")
    ben.wait_for_timeout(200)
    ben.keyboard.press("0")

    second = chioma.context.new_page()
    second.goto(chioma.url)
    expect(second.locator(".judge-choice").first).to_be_visible()
    judge(chioma, "1")
    until(lambda: kept(store, project, "Chioma"), [1.0])
    judge(second, "2")
    until(lambda: kept(store, project, "Chioma"), [2.0])
    second.close()
    for _ in range(ITEMS - 1):
        judge(chioma, "2")

    for page in others:
        for _ in range(ITEMS):
            judge(page, "2")
    judge(others[0], "u")
    expect(others[0].get_by_text(f"{ITEMS} of {ITEMS}", exact=True)).to_be_visible()
    judge(others[0], "1")

    ana.context.set_offline(False)
    until(lambda: kept(store, project, "Ana"), [2.0] * 2)
    judge(ana, "2")
    for page in pages:
        expect(page.get_by_role("heading", name="That was the last one.")).to_be_visible()
    assert wider(ana) == []
    for told in heard[1:]:
        assert b"secret 5309" not in told.everything()
    for page in pages:
        page.get_by_role("button", name="I'm done").click()
    for page in pages:
        expect(page.get_by_text("Revealed: look at it together.")).to_be_visible()
    until(lambda: store.get(project, CalibrationRun, "r") is not None, True)
    assert store.get(project, Round, "r").body.state == "revealed"
    names = {one.voter: one.name for one in store.ballots(project, "r")}
    said = [(names[vote.voter], vote.card) for vote in store.votes(project, "r", "")]
    assert len(said) == len(set(said)) == len(PEOPLE) * ITEMS
    assert sorted(names.values()) == sorted(PEOPLE)
    assert store.get(project, LabelSet, "r") is not None
    ben.get_by_role("link", name="See where you differ").click()
    expect(ben.get_by_text("Where do we differ, and why?", exact=True)).to_be_visible()
    expect(ben.get_by_text("secret 5309 said without a network")).to_be_visible()


def test_who_labels_on_a_phone_reads_the_rule_first_sees_what_was_said_and_corrects_any_of_it(room, begun, new_tab):
    store, project = begun
    page = new_tab(**PHONE)
    join(page, room, project, "Ana")
    expect(page.get_by_text("Cut: A stroke is missing")).to_be_visible()
    judge(page, "1")
    expect(page.get_by_text("Cut: A stroke is missing")).to_have_count(0)
    judge(page, "u")
    pressed = page.locator(".judge-choice[aria-pressed=true]")
    expect(pressed).to_have_count(1)
    expect(pressed).to_contain_text(page.locator(".judge-choice").first.inner_text().split()[0])
    for _ in range(ITEMS):
        judge(page, "1")
    until(lambda: kept(store, project, "Ana"), [1.0] * ITEMS)
    all_items = page.locator(".judge-all button")
    expect(all_items).to_have_count(ITEMS)
    all_items.nth(1).click()
    expect(pressed).to_have_count(1)
    judge(page, "2")
    until(lambda: kept(store, project, "Ana"), [1.0] * (ITEMS - 1) + [2.0])
    page.get_by_role("button", name="I'm done").click()
    expect(page.get_by_text("You are done, thank you.")).to_be_visible()
    expect(page.get_by_text(f"Done: 1 of 1 who joined; {len(PEOPLE)} are expected.")).to_be_visible()
