"""The queue: the costliest confusion first, and only what a changed rule touches comes again."""

import pandas as pd
import pytest
from pydantic import ValidationError

from components.data.adjudication.queue import case, disputed, gold, opened_again, waiting, with_voices
from components.data.adjudication.records import Adjudicated
from components.data.rulebook.records import Cited, Rule
from components.stats.label_counts import label_counts

ROWS = [
    *[(f"xy{n}", who, label) for n in range(5) for who, label in zip("abc", "xxy", strict=True)],
    *[("even", who, label) for who, label in zip("abcd", "xxyy", strict=True)],
    *[("rare", who, label) for who, label in zip("abcd", "xxzz", strict=True)],
    *[("same", who, "x") for who in "abc"],
]


@pytest.fixture
def coded():
    return label_counts(pd.DataFrame(ROWS, columns=["item", "annotator", "label"]))


def cited(rule):
    return Cited(rule="r", number=2, version=1, content=rule.content, name=rule.name, label=rule.label, action=rule.action)


def test_the_confusion_that_costs_most_comes_first_and_of_it_the_most_split(coded):
    order = disputed(coded)
    assert order["item"].tolist() == ["even", "xy0", "xy1", "xy2", "xy3", "xy4", "rare"]
    assert (order["label"].iloc[0], order["other"].iloc[0]) == ("x", "y")
    assert order["entropy"].iloc[0] == 1
    assert order["share"].iloc[0] == pytest.approx(14 / 18)


def test_a_case_says_who_said_what(coded):
    [row] = with_voices(coded, disputed(coded).head(1)).to_dict("records")
    assert case(row).said == (("x", ("a", "b")), ("y", ("c", "d")))


def test_only_items_under_a_rule_that_was_changed_are_queued_again(coded):
    rule = Rule(name="Cropped", definition="A relevant part is missing.", label="y")
    decided = {
        "even": Adjudicated(label_set="l", item="even", label="y", cited=cited(rule)),
        "xy0": Adjudicated(label_set="l", item="xy0", label="x"),
        "rare": Adjudicated(label_set="l", item="rare", ending="discarded", reason="truly ambiguous"),
    }
    assert opened_again(decided.values(), {"r": rule.content}) == set()
    changed = rule.model_copy(update={"definition": "More than a tenth of a stroke is missing."})
    again = opened_again(decided.values(), {"r": changed.content})
    assert again == {"even"}
    left = waiting(disputed(coded), decided, again)["item"].tolist()
    assert left == ["even", "xy1", "xy2", "xy3", "xy4"]
    assert opened_again(decided.values(), {}) == {"even"}
    table = gold(decided.values(), again, {}).set_index("item")
    assert table.loc["even", ["label", "rule", "rule version", "open again"]].tolist() == ["y", "Rule 2: Cropped", 1, True]


def test_gold_needs_a_label_and_a_proposal_its_rule():
    with pytest.raises(ValidationError, match="gold needs a label"):
        Adjudicated(label_set="l", item="i")
    with pytest.raises(ValidationError, match="names its rule"):
        Adjudicated(label_set="l", item="i", ending="proposed", label="x")
    assert Adjudicated(label_set="l" * 64, item="i" * 900, label="x").id.startswith("l")


def test_where_all_agree_the_queue_is_empty():
    coded = label_counts(pd.DataFrame([(1, "a", "x"), (1, "b", "x")], columns=["item", "annotator", "label"]))
    assert len(with_voices(coded, disputed(coded))) == 0
