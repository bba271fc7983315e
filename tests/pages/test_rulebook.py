"""The rulebook screens: write, change, agree, preview, apply and take back; begin a round, see lights only, and its result."""

import pytest

from components.data import work as data_work
from components.data.rulebook.records import Calibration, Rule, Shown
from components.data.rulebook.versions import rulebook
from components.demo import digits
from components.demo import rulebook as example
from components.jobs.work import Work
from components.kinds import KINDS
from components.project.data_sets import DataVersion
from components.project.files import Files
from components.project.rounds import Round
from components.project.settings import Settings
from components.project.store import Store
from components.server import resources
from components.words import slug
from tests.pages.conftest import finished
from tests.serving import copy_home

VIEWS = ("Rules", "Rounds", "On the data", "Instructions")


def press(app, start):
    next(button for button in app.button if button.label.startswith(start)).click().run()


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """A home with the example's images, rules and rounds in a project; made once, and copied."""
    home = tmp_path_factory.mktemp("played") / "home"
    settings = Settings(home, f"sqlite:///{home / 'groundwork.db'}", "")
    files, store = Files(home), Store(settings.database_url, KINDS)
    project = store.create_project("Reading digits", "ana").id
    work = Work(store, files, settings, project, {}, "ana")
    frame, archive = data_work.read_source("digits.zip", digits.as_zip())
    roles = {"structured": False, "target": "label", "id_column": "path", "split_column": "split"}
    data_work.save_version(work, frame, archive, name="digits.zip", roles=roles, ids=("d", "d1"))
    example.play(work, "d", "d1")
    store.close()
    return home, project


@pytest.fixture
def project_id(played, tmp_path, monkeypatch):
    """The played project, in a copy of its home of the test's own."""
    for name in ("GROUNDWORK_DATABASE_URL", "MLFLOW_TRACKING_URI", "GROUNDWORK_DATA_FOLDERS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GROUNDWORK_HOME", str(copy_home(played[0], tmp_path / "played")))
    resources.close()
    yield played[1]
    resources.close()


@pytest.fixture
def told(project_id):
    """Its store."""
    return resources.store()


def open_(tab, view="", path="data/rulebook", **query):
    asked = {"view": view, **query} if view else query
    for name, value in asked.items():
        tab.app.query_params[name] = value
    app = tab.open(path)
    if view:
        app.segmented_control(key="rulebook.view").set_value({slug(name): name for name in VIEWS}[view]).run()
    for name, value in asked.items():
        app.query_params[name] = value
    app.run()
    tab.whole()
    return app


def test_the_first_rule_is_written_on_the_empty_screen(open_tab, installation):
    tab = open_tab(installation.store().create_project("Reading forms", "ana").id)
    app = tab.open("data/rulebook")
    assert tab.answer == "Nobody knows yet."
    app.text_input(key="rulebook.new.0.name").set_value("Badly <b>clicked</b>")
    app.text_area(key="rulebook.new.0.definition").set_value("More than a few words are hard to read")
    app.text_input(key="rulebook.new.0.label").set_value("bad")
    press(app, "Propose it")
    tab.whole()
    [rule] = rulebook(installation.store(), tab.project_id)
    assert rule.body.name == "Badly <b>clicked</b>"
    assert tab.answer == "1 rule, 0 agreed. Whether you mean the same, a round tells."
    assert "“a few” and “hard” can mean anything." in tab.text


def test_the_rulebook_tells_the_story_of_the_example(tab, told):
    open_(tab)
    assert tab.answer.startswith("Nearly: α = .8")
    assert "Rule 1: Badly clicked" in tab.text
    assert "5 of 5 people agree with these words." in tab.text
    assert "Round by round" in tab.text
    assert [rule.version for rule in rulebook(told, tab.project_id)] == [2, 1, 1]
    assert [rule.body.holds for rule in rulebook(told, tab.project_id)] == [True, True, False]


def test_a_change_of_words_is_a_version_and_has_to_be_agreed_on_again(tab, told):
    app = open_(tab)
    app.button(key="rulebook.badly-clicked.words.edit").click().run()
    words = "A digit is badly clicked when two strokes are missing at the edge."
    app.text_area(key="rulebook.badly-clicked.words.0.definition").set_value(words)
    app.button(key="rulebook.badly-clicked.words.0.save").click().run()
    tab.whole()
    rule = rulebook(told, tab.project_id)[0]
    assert (rule.version, rule.body.holds) == (3, False)
    assert ", under version 2" in tab.text
    press(app, "Vote on 2 rules")
    tab.whole()
    [vote] = [one for one in told.all(tab.project_id, Round) if one.body.purpose == "vote" and one.body.state == "open"]
    assert [card.id for card in vote.body.cards] == ["badly-clicked", "one-or-seven"]
    for person in ("ana", "ben"):
        told.join(tab.project_id, vote.id, person, person)
        said = {"badly-clicked": ({"answer": [1.0] * 3}, ""), "one-or-seven": ({"answer": [0.0] * 3}, "")}
        told.cast_all(tab.project_id, vote.id, person, said)
    app.run()
    assert "2 people joined, 0 done." in tab.text
    app.button(key="rulebook.vote.reveal").click().run()
    tab.whole()
    app.button(key="rulebook.agree.badly-clicked").click().run()
    assert rulebook(told, tab.project_id)[0].body.holds
    assert not [button for button in app.button if button.key == "rulebook.agree.one-or-seven"]


def test_a_condition_and_examples_are_added_and_taken_away(tab, told):
    app = open_(tab)
    app.button(key="rulebook.unreadable.condition.edit").click().run()
    record = told.get(tab.project_id, Rule, "unreadable")
    key = f"rulebook.unreadable.condition.{record.version}.0"
    app.selectbox(key=f"{key}.column").set_value("label").run()
    app.text_input(key=f"{key}.value").set_value("8").run()
    press(app, "Save the condition")
    tab.whole()
    assert told.get(tab.project_id, Rule, "unreadable").body.condition.sentence == "label is 8"
    app.button(key="rulebook.unreadable.examples.edit").click().run()
    made = f"rulebook.unreadable.examples.{told.get(tab.project_id, Rule, 'unreadable').version}"
    app.text_input(key=f"{made}.text").set_value("A smudge over the whole box")
    press(app, "Add it")
    tab.whole()
    assert told.get(tab.project_id, Rule, "unreadable").body.examples == (Shown(text="A smudge over the whole box"),)
    app.button(key="rulebook.unreadable.examples.examples.0").click().run()
    assert told.get(tab.project_id, Rule, "unreadable").body.examples == ()


def test_what_a_rule_would_discard_is_shown_applied_counted_and_taken_back(tab, told):
    app = open_(tab, "on-the-data")
    assert "by most people in the last round" in tab.text
    app.button(key="rulebook.apply.badly-clicked").click().run()
    finished(told, tab.project_id, seconds=240)
    app.run()
    tab.whole()
    newest = told.all(tab.project_id, DataVersion)[-1].body
    step = newest.steps[0]
    rule = rulebook(told, tab.project_id)[0]
    assert (step["step"]["rule"], step["step"]["version"], step["step"]["content"]) == (rule.id, 2, rule.body.content)
    assert step["changed"] == 1797 - newest.rows > 0
    assert f"**{step['changed']} images discarded** :gray[by rule 1, version 2" in tab.text
    app.button(key="rulebook.back.0").click().run()
    finished(told, tab.project_id, seconds=240)
    app.run()
    tab.whole()
    assert [one.body.rows for one in told.all(tab.project_id, DataVersion)] == [1797, newest.rows, 1797]
    assert "Taken back, or not in the newest version." in tab.text


def test_the_instructions_hold_rules_and_pictures(tab, told):
    app = open_(tab, "instructions")
    assert "A digit is badly clicked when a whole stroke is missing at the edge." in tab.text
    assert {one.label for one in app.get("download_button")} == {"HTML", "Markdown"}


def test_a_round_is_begun_on_unseen_items_and_shows_lights_only(tab, told):
    app = open_(tab, "rounds")
    before = {card.title for one in told.all(tab.project_id, Round) if one.body.purpose == "judge" for card in one.body.cards}
    app.number_input(key="rulebook.round.size").set_value(5)
    press(app, "Begin the round")
    tab.whole()
    found = next(one for one in told.all(tab.project_id, Round) if one.body.purpose == "judge" and one.body.state == "open")
    assert found.body.number == 3
    assert not before & {card.title for card in found.body.cards}
    about = told.get(tab.project_id, Calibration, found.id).body
    assert about.unseen
    assert f"/judge?project={tab.project_id}&round={found.id}" in tab.text
    told.join(tab.project_id, found.id, "ben", "Ben")
    told.cast(tab.project_id, found.id, "ben", "1", {"label": 2.0}, "secret of Ben")
    app.run()
    assert "1 person joined, 0 done." in tab.text
    assert "secret of Ben" not in tab.text


def test_the_result_says_where_people_differ_and_hides_names(tab, told):
    app = open_(tab, path="data/round_result", round="round-1")
    assert "not good enough. Rule 1 costs most." in tab.answer
    assert "“A digit is badly clicked when a relevant part is missing at the edge.”" in tab.text
    assert "Version 2 now says" in tab.text
    assert "Fix the labels first" in tab.text
    assert "Chioma" in tab.text
    app.toggle(key="round_result.names").set_value(False).run()
    tab.whole()
    assert "Chioma" not in tab.text


def test_the_next_round_is_held_against_the_one_before(tab, told):
    open_(tab, path="data/round_result", round="round-2")
    assert "Against round 1, α rose by +." in tab.text
    assert "the change helped" in tab.text
    assert "Not a measurement of human level." in tab.text


def test_a_disputed_item_becomes_a_counter_example(tab, told):
    app = open_(tab, path="data/round_result", round="round-2")
    button = next(one for one in app.button if one.key.startswith("round_result.use") and one.key.endswith("unreadable.counter_examples"))
    button.click().run()
    tab.whole()
    [kept] = told.get(tab.project_id, Rule, "unreadable").body.counter_examples
    assert kept.item.startswith("images/")


def test_a_round_that_nobody_could_be_compared_in_says_so(tab, told):
    version = told.get(tab.project_id, DataVersion, "d1")
    found = told.get(tab.project_id, Round, "round-2").body.model_copy(update={"state": "open", "number": 3})
    about = told.get(tab.project_id, Calibration, "round-2").body
    told.save(tab.project_id, about, person="ana", id="alone")
    told.save(tab.project_id, found, person="ana", id="alone")
    told.reveal(tab.project_id, "alone", "ana")
    open_(tab, path="data/round_result", round="alone")
    assert tab.answer == "Round 3 has nobody to compare."
    assert version is not None


def test_the_judge_screen_asks_for_a_name_and_says_when_it_is_over(tab, told):
    open_(tab, path="data/judge", round="round-2")
    assert tab.answer == "Revealed: look at it together."
    app = open_(tab, path="data/rulebook", view="rounds")
    press(app, "Begin the round")
    app = open_(tab, path="data/judge")
    app.query_params.pop("round", None)
    app.run()
    app.text_input(key="join.name.Somebody").set_value("Ana")
    press(app, "Join")
    tab.whole()
    assert any('id="judge"' in str(one.proto.body) for one in app.get("html"))


def test_labels_of_a_round_that_was_not_random_are_no_human_level(tab, told):
    tab.open("modelling/human_level")
    assert tab.answer == "These labels can't say yet."
    assert "picked because people differed on them" in tab.text
