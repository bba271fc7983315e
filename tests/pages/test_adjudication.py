"""Settling disputed items: the costliest first, a label, a rule and a reason for each; only what a changed rule touches comes again."""

import numpy as np
import pandas as pd
import pytest

from components.data.adjudication.records import Adjudicated
from components.data.agreement_run import agreement_run
from components.data.consensus_run import consensus_run
from components.data.rulebook.records import Rule
from components.project.data_sets import LabelSet
from components.project.tables import put_table

PAGE = "data/labels"


@pytest.fixture
def disputed(tab, installation):
    """A tab on the adjudication of labels with 4 disputed items of 40, and a rule to cite."""
    rows = [(f"item {i:02}", who, "xy"[(i + (who == "Ben" and i % 10 == 0)) % 2]) for i in range(40) for who in ("Ana", "Ben", "Chi")]
    frame = pd.DataFrame(rows, columns=["item", "annotator", "label"])
    store, files = installation.store(), installation.files()
    body = LabelSet(name="Here", table=put_table(files, frame), source="here.csv")
    store.put(tab.project_id, Rule(name="Blurred", definition="Cannot be read.", label="y"), person="ana", id="r1")
    for saved in (body, consensus_run("l", body, frame, files), agreement_run("l", body, frame)):
        store.put(tab.project_id, saved, person="ana", id="l")
    tab.open(PAGE)
    tab.app.segmented_control(key="labels.view").set_value("Adjudication").run()
    tab.whole()
    return tab


def field(tab, kind, ending):
    return next(one for one in tab.app.get(kind) if one.key.endswith(ending))


def settle(tab):
    next(one for one in tab.app.button if one.label == "Settle").click().run()
    tab.whole()


def test_an_item_is_settled_and_the_next_one_comes(disputed, installation):
    assert disputed.answer == "4 disputed items wait for a decision."
    assert "item 00" in disputed.text
    assert "2 people" in disputed.text
    assert "Ana" not in disputed.text
    disputed.app.toggle(key="adjudication.names").set_value(True).run()
    assert "Ana and Chi" in disputed.text or "Ana, Chi" in disputed.text
    field(disputed, "selectbox", ".rule").set_value("r1")
    settle(disputed)
    assert disputed.answer == "3 disputed items wait for a decision."
    [saved] = installation.store().all(disputed.project_id, Adjudicated)
    assert (saved.body.item, saved.body.label, saved.body.cited.number, saved.body.ending) == ("item 00", "x", 1, "gold")
    assert "Rule 1: Blurred" in disputed.text


def test_only_what_a_changed_rule_touches_comes_again(disputed, installation):
    field(disputed, "selectbox", ".rule").set_value("r1")
    settle(disputed)
    settle(disputed)
    assert disputed.answer.startswith("2 disputed items")
    store = installation.store()
    rule = store.get(disputed.project_id, Rule, "r1")
    changed = rule.body.model_copy(update={"definition": "More than five words can't be read."})
    store.save(disputed.project_id, changed, person="ana", id="r1", read=rule.version)
    disputed.app.run()
    assert disputed.answer == "3 disputed items wait for a decision, 1 of them since a rule changed."
    assert "which was changed since" in disputed.text
    settle(disputed)
    assert disputed.answer == "2 disputed items wait for a decision."


def test_a_rule_is_proposed_from_an_item_and_needs_its_words(disputed, installation):
    field(disputed, "segmented_control", ".ending").set_value("proposed").run()
    settle(disputed)
    assert installation.store().all(disputed.project_id, Adjudicated) == []
    field(disputed, "text_input", ".name").set_value("Half a stroke")
    field(disputed, "text_area", ".definition").set_value("A stroke of which half is missing.")
    settle(disputed)
    [saved] = installation.store().all(disputed.project_id, Adjudicated)
    proposed = installation.store().get(disputed.project_id, Rule, saved.body.proposed).body
    assert (proposed.name, proposed.status) == ("Half a stroke", "proposed")


def test_what_was_settled_can_be_opened_again_and_all_of_it_comes_to_an_end(disputed, installation):
    for _ in range(4):
        settle(disputed)
    assert disputed.answer == "All 4 disputed items are settled."
    next(one for one in disputed.app.button if one.label == "Open again").click().run()
    assert disputed.answer == "1 disputed item waits for a decision."


def test_where_all_agree_nothing_is_disputed(tab, installation):
    frame = pd.DataFrame([(i, who, "xy"[i % 2]) for i in range(20) for who in "ab"], columns=["item", "annotator", "label"])
    store, files = installation.store(), installation.files()
    body = LabelSet(name="Here", table=put_table(files, frame))
    for saved in (body, consensus_run("l", body, frame, files), agreement_run("l", body, frame)):
        store.put(tab.project_id, saved, person="ana", id="l")
    tab.open(PAGE)
    tab.app.segmented_control(key="labels.view").set_value("Adjudication").run()
    tab.whole()
    assert tab.answer == "Nothing is disputed."
    assert np.isfinite(store.get(tab.project_id, type(saved), "l").body.alpha["value"])
