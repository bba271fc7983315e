"""A round from its beginning to the labels it becomes: blind, once each, and the next one against it."""

import pandas as pd
import pytest

from components.data.records import AgreementRun
from components.data.rulebook.records import Calibration, CalibrationRun, Rule
from components.data.rulebook.round_result import LABEL, SECONDS, costs_most, disputed, finish, judgements, label_figures
from components.data.rulebook.rounds import Asked, begin, changes_since, judged_in, newest_finished, order_for, seen, sheet
from components.data.rulebook.versions import rulebook
from components.errors import BadInput
from components.project.data_sets import DataSet, DataVersion, LabelSet
from components.project.rounds import Round
from components.project.tables import put_table, read_table
from components.readiness.human_level_gate import FIX_FIRST, PICKED, why_no_human_level

PEOPLE = ("Ana", "Ben", "Chioma")
BAD = Rule(name="Badly clicked", definition="A relevant part is missing", label="bad")
DARK = Rule(name="Dark", definition="Nobody can read it", label="dark", action="flag")


@pytest.fixture
def version(store, files, project):
    """A table of 200 rows with two rules."""
    frame = pd.DataFrame({"id": [f"k{place}" for place in range(200)], "ink": range(200), "label": ["x", "y"] * 100})
    store.put(project.id, DataSet(name="Pages", structured=True, target="label", id_column="id"), person="ana", id="d")
    body = DataVersion(data_set="d", number=1, table=put_table(files, frame), source="pages.csv", rows=200, columns={})
    for id_, rule in (("bad", BAD), ("dark", DARK)):
        store.save(project.id, rule.model_copy(update={"data_set": "d"}), person="ana", id=id_)
    return store.put(project.id, body, person="ana", id="v")


@pytest.fixture
def begun(store, files, project, version):
    def one(id_="r", **how):
        asked = {"question": "Is it bad?", "rules": tuple(rulebook(store, project.id)), "otherwise": ("good",), "sample": "random"}
        return begin(store, files, project.id, version, Asked(**{**asked, "size": 20, "seed": 1, **how}), "ana", id_)

    return one


def answer(store, project_id, round_id, says, people=PEOPLE):
    """Let people judge every item: `says(person, place)` is the place of their label, 0 for can't tell."""
    cards = store.get(project_id, Round, round_id).body.cards
    for person in people:
        store.join(project_id, round_id, person.lower(), person)
        said = {card.id: ({LABEL: float(says(person, int(card.id))), SECONDS: 1.5}, "why" if card.id == "1" else "") for card in cards}
        store.cast_all(project_id, round_id, person.lower(), said)
    store.reveal(project_id, round_id, "ana")


def alike(person, place):
    return 1 + place % 3


def apart(person, place):
    return 1 + (place + PEOPLE.index(person) * (place <= 14)) % 3


def test_a_round_says_what_it_is_about(store, project, begun):
    found = begun()
    about = store.get(project.id, Calibration, "r").body
    assert found.body.number == 1
    assert about.labels == ("good", "bad", "dark")
    assert [(rule.number, rule.version, rule.label) for rule in about.rules] == [(1, 1, "bad"), (2, 1, "dark")]
    assert [card.title for card in found.body.cards] == [f"k{row}" for row in about.rows]
    assert about.drawn_from == 200
    assert not about.own_target
    assert seen(store, project.id, "d") == {card.title for card in found.body.cards}


def test_a_round_that_asks_for_the_label_of_the_data_says_so(store, project, begun):
    begun(rules=(), otherwise=("x", "y"))
    assert store.get(project.id, Calibration, "r").body.own_target


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ({"question": " "}, "no question yet"),
        ({"rules": ()}, "There is one answer"),
        ({"otherwise": tuple("abcdefgh")}, "There are 10 answers"),
        ({"sample": "disputed"}, "no finished round"),
        ({"sample": "stratified", "stratified_by": "nowhere"}, "needs a column"),
    ],
)
def test_what_cannot_begin_says_why_and_saves_nothing(store, project, begun, how, told):
    with pytest.raises(BadInput, match=told):
        begun(**how)
    assert store.all(project.id, Round) == store.all(project.id, Calibration) == []


def test_somebody_is_shown_items_without_their_label_and_only_what_they_said(store, files, project, begun):
    begun()
    with pytest.raises(BadInput, match="not joined"):
        sheet(store, files, project.id, "r", "ana")
    for person in ("ana", "ben"):
        store.join(project.id, "r", person, person)
    store.cast(project.id, "r", "ben", "3", {LABEL: 2.0}, "secret")
    told = sheet(store, files, project.id, "r", "ana")
    assert told["mine"] == {}
    assert "secret" not in str(told)
    assert {name for item in told["items"] for name, _ in item["cells"]} == {"id", "ink"}
    assert {item["card"] for item in told["items"]} == {str(place) for place in range(1, 21)}
    assert sheet(store, files, project.id, "r", "ben")["mine"] == {"3": {"label": 2.0, "note": "secret"}}


def test_everybody_has_an_order_of_their_own_that_stays(begun):
    cards = begun().body.cards
    assert order_for("ana", cards) == order_for("ana", cards)
    assert order_for("ana", cards) != order_for("ben", cards)
    assert sorted(order_for("ana", cards), key=lambda card: int(card.id)) == cards


def test_a_finished_round_is_a_set_of_labels(store, files, project, begun):
    begun()
    assert finish(store, files, project.id, "r", "ana") is None, "it is not revealed yet"
    answer(store, project.id, "r", alike)
    run = finish(store, files, project.id, "r", "ana")
    labels = store.get(project.id, LabelSet, "r").body
    table = read_table(files, labels.table)
    assert len(table) == 60
    assert set(table.columns) == {"item", "annotator", "label", "cant_tell", "note", "seconds"}
    assert (labels.data_set, labels.question, labels.round) == ("d", "Is it bad?", "r")
    agreed = store.get(project.id, AgreementRun, "r").body
    assert (agreed.alpha["value"], agreed.items, agreed.annotators) == (1, 20, 3)
    assert [rule["alpha"]["value"] for rule in run.body.rules] == [1, 1]
    assert run.body.discard_rate["value"] == pytest.approx(7 / 20)
    assert costs_most(run.body) is None
    again = finish(store, files, project.id, "r", "ana")
    assert again.body == run.body
    assert newest_finished(store, project.id).id == "r"


def test_cant_tell_is_no_label_and_people_of_one_name_are_two(store, files, project, begun):
    begun()
    for person, name in (("a", "Ana"), ("b", "Ana")):
        store.join(project.id, "r", person, name)
        store.cast_all(project.id, "r", person, {"1": ({LABEL: 2.0}, ""), "2": ({LABEL: 0.0 if person == "a" else 1.0}, "")})
    store.reveal(project.id, "r", "a")
    table = judgements(store.get(project.id, Round, "r").body, store.votes(project.id, "r", ""), store.ballots(project.id, "r"))
    assert set(table["annotator"]) == {"Ana", "Ana (2)"}
    assert table["label"].isna().sum() == table["cant_tell"].sum() == 1
    [split] = disputed(table)
    assert {label for label, _ in split.said} == {"good", "Can't tell"}
    assert label_figures(table, ("good", "bad")).set_index("label").loc["bad", "given"] == 2


def test_one_person_alone_is_nobody_to_compare(store, files, project, begun):
    begun()
    answer(store, project.id, "r", alike, people=("Ana",))
    assert finish(store, files, project.id, "r", "ana") is None
    assert store.all(project.id, CalibrationRun) == []


def test_only_what_a_changed_rule_touches_is_judged_again_beside_controls(store, files, project, begun):
    begun()
    answer(store, project.id, "r", apart)
    finish(store, files, project.id, "r", "ana")
    assert changes_since(store, project.id, "r") == {}
    with pytest.raises(BadInput, match="No rule has changed"):
        begun("r2", sample="touched", before="r")
    sharper = store.get(project.id, Rule, "dark").body.model_copy(update={"definition": "Two people read two things"})
    store.save(project.id, sharper, person="ana", id="dark", read=1)
    assert set(changes_since(store, project.id, "r")) == {"dark"}
    begun("r2", sample="touched", before="r", size=20, rules=tuple(rulebook(store, project.id)))
    judged, about = judged_in(store, files, project.id, "r"), store.get(project.id, Calibration, "r2").body
    assert set(about.touched) == set(judged.loc[judged["label"] == "dark", "item"])
    assert [rule.version for rule in about.rules] == [1, 2]
    answer(store, project.id, "r2", alike)
    run = finish(store, files, project.id, "r2", "ana").body
    assert run.compared["affected"]["value"] > 0
    assert run.compared["affected"]["n"] + run.compared["controls"]["n"] == 20


def test_only_random_unseen_items_on_which_people_agree_measure_people(store, files, project, begun):
    begun()
    answer(store, project.id, "r", apart)
    finish(store, files, project.id, "r", "ana")
    assert why_no_human_level(store, project.id, "r") == FIX_FIRST
    begun("good")
    answer(store, project.id, "good", alike)
    finish(store, files, project.id, "good", "ana")
    assert why_no_human_level(store, project.id, "good") == ""
    begun("talk", sample="disputed", before="r")
    answer(store, project.id, "talk", alike)
    finish(store, files, project.id, "talk", "ana")
    assert why_no_human_level(store, project.id, "talk") == PICKED
