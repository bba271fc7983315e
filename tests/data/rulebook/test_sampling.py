"""Which items a round asks about."""

import numpy as np
import pandas as pd
import pytest

from components.data.condition import Clause, Condition
from components.data.rulebook.records import Rule
from components.data.rulebook.sampling import MOST_ITEMS, most_disputed, touched, touched_and_controls, unseen
from components.errors import BadInput

KEYS = pd.Series([f"k{place}" for place in range(1000)])


def test_the_same_seed_draws_the_same_and_nothing_that_was_seen():
    seen = set(KEYS[:900])
    first, again, other = (unseen(KEYS, 30, seed, seen) for seed in (1, 1, 2))
    assert first == again
    assert first.rows != other.rows
    assert len(set(first.rows)) == 30
    assert all(row >= 900 for row in first.rows)
    assert first.drawn_from == 100


def test_a_sample_is_no_larger_than_what_is_left_or_can_be_judged():
    assert len(unseen(KEYS, 5000, 0).rows) == MOST_ITEMS
    assert len(unseen(KEYS, 50, 0, set(KEYS[:990])).rows) == 10
    with pytest.raises(BadInput, match="Nearly every item"):
        unseen(KEYS, 50, 0, set(KEYS[:999]))


def test_each_stratum_has_its_share_so_that_no_weights_are_needed():
    strata = pd.Series(np.where(np.arange(1000) < 700, "many", np.where(np.arange(1000) < 990, "some", "rare")))
    rows = unseen(KEYS, 100, 3, strata=strata).rows
    assert strata.iloc[list(rows)].value_counts().to_dict() == {"many": 70, "some": 29, "rare": 1}


def test_what_a_changed_rule_touches():
    judged = pd.DataFrame(
        [("k1", "bad"), ("k1", "good"), ("k2", "good"), ("k3", "dark"), ("k4", None), ("k5", "good")], columns=["item", "label"]
    )
    frame = pd.DataFrame({"ink": range(1000)})
    bad = Rule(name="Bad", definition="Hard to read", label="bad")
    sharper = bad.model_copy(update={"definition": "Over 5 words"})
    assert touched(judged, frame, KEYS, {"r": (bad, sharper)}) == ["k1"]
    by_ink = bad.model_copy(update={"condition": Condition(clauses=(Clause(column="ink", operator="at least", value="5"),))})
    assert touched(judged, frame, KEYS, {"r": (bad, by_ink)}) == ["k1", "k5"]
    assert touched(judged, frame, KEYS, {"r": (by_ink, None)}) == ["k1", "k5"], "a retired rule touches what it was about"
    gone = bad.model_copy(update={"condition": Condition(clauses=(Clause(column="nowhere", value="5"),))})
    assert touched(judged, frame, KEYS, {"r": (bad, gone)}) == ["k1"]
    assert touched(judged, frame, KEYS, {}) == []


def test_touched_items_come_with_controls():
    found = touched_and_controls(["k1", "k2", "gone"], ["k3", "k4", "k5"], KEYS, 4, 0)
    assert set(found.rows) > {1, 2}
    assert len(found.rows) == 4
    assert found.touched == ("k1", "k2", "gone")
    with pytest.raises(BadInput, match="No rule has changed"):
        touched_and_controls([], ["k3"], KEYS, 4, 0)


def test_the_most_disputed_come_first():
    assert set(most_disputed(["k9", "k8", "k7"], KEYS, 2, 0).rows) == {9, 8}
    with pytest.raises(BadInput, match="Nobody differed"):
        most_disputed([], KEYS, 2, 0)
