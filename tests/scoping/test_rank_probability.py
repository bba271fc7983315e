"""The chance of being first: against a case computed by hand, a plain simulation, and its limits."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from components.scoping.lenses import RICE, VALUE_FEASIBILITY
from components.scoping.priority import COLUMNS, rank_probability

DRAWS = 20_000


def votes(*rows):
    return pd.DataFrame(rows, columns=COLUMNS)


def certain(likely):
    """Votes without spread on value, all equally feasible: the score is the mean value."""
    rows = [(voter, idea, "value", x, x, x) for (voter, idea), x in likely.items()]
    return votes(*rows, *[(voter, idea, "feasibility", 1, 1, 1) for voter, idea in likely])


def chances(table, **options):
    found = rank_probability(table, lens=VALUE_FEASIBILITY, draws=DRAWS, **options)
    return dict(zip(found["idea"], found["probability"], strict=True))


def test_two_voters_by_hand():
    # Both draws Ana (¼): a leads 3 to 1. Both Ben (¼): b leads 2 to 1. One each (½): a leads 2 to 1.5. So P(a) = ¾.
    found = chances(certain({("ana", "a"): 3, ("ana", "b"): 1, ("ben", "a"): 1, ("ben", "b"): 2}))
    assert found["a"] == pytest.approx(0.75, abs=4 * np.sqrt(0.75 * 0.25 / DRAWS))
    assert sum(found.values()) == pytest.approx(1)


def test_one_voter_with_a_spread_by_hand():
    # a is triangular on [1, 2, 3], b is 1.5 for sure: P(a > b) = 1 − F(1.5) = 1 − .5² / 2 = .875.
    table = votes(("ana", "a", "value", 1, 2, 3), ("ana", "b", "value", 1.5, 1.5, 1.5), *[("ana", i, "feasibility", 1, 1, 1) for i in "ab"])
    assert chances(table)["a"] == pytest.approx(0.875, abs=4 * np.sqrt(0.875 * 0.125 / DRAWS))


def test_a_tie_is_shared():
    assert chances(certain({("ana", "a"): 2, ("ana", "b"): 2})) == {"a": 0.5, "b": 0.5}


def test_it_agrees_with_a_plain_simulation_of_rice():
    rng = np.random.default_rng(3)
    rows = []
    for voter in "xyz":
        for idea in "abc":
            for factor, scale in (("reach", 100), ("impact", 1), ("confidence", 0.3), ("effort", 3)):
                low, likely, high = np.sort(rng.uniform(0.5, 2, 3)) * scale
                rows.append((voter, idea, factor, low, likely, high))
    table = votes(*rows)
    fast = rank_probability(table, draws=DRAWS).set_index("idea")["probability"]
    given_votes = {(r.voter, r.idea, r.factor): (r.low, r.likely, r.high) for r in table.itertuples()}
    leads = dict.fromkeys("abc", 0)
    for _ in range(3000):
        drawn = rng.choice(list("xyz"), 3)
        scores = {}
        for idea in "abc":
            mean = {}
            for factor in RICE.names:
                values = []
                for voter in drawn:
                    low, likely, high = given_votes[voter, idea, factor]
                    values.append(stats.triang.rvs((likely - low) / (high - low), loc=low, scale=high - low, random_state=rng))
                mean[factor] = np.mean(values)
            scores[idea] = mean["reach"] * mean["impact"] * mean["confidence"] / mean["effort"]
        leads[max(scores, key=scores.get)] += 1
    for idea, number in leads.items():
        assert fast[idea] == pytest.approx(number / 3000, abs=4 * np.sqrt(0.25 / 3000))


def test_more_voters_sharpen_it():
    def split(people):
        return certain({(f"p{n}", idea): value for n in range(people) for idea, value in (("a", 2 + 2 * (n % 3 > 0)), ("b", 3))})

    few, many = chances(split(3))["a"], chances(split(60))["a"]
    assert few < 0.8
    assert many > 0.9


def test_what_nobody_voted_on_counts_as_typed_and_what_is_missing_is_incomplete():
    typed = pd.DataFrame(
        [("b", "value", 5), ("b", "feasibility", 1), ("c", "value", 5), ("c", "feasibility", None)], columns=["idea", "factor", "value"]
    )
    found = rank_probability(certain({("ana", "a"): 3}), lens=VALUE_FEASIBILITY, typed=typed).set_index("idea")
    assert found.loc["b", "probability"] == 1
    assert found.loc["b", "voters"] == 0
    assert found.loc["a", "voters"] == 1
    assert (found.loc["c", "status"], found.loc["c", "missing"]) == ("incomplete", "feasibility")
    assert np.isnan(found.loc["c", "probability"])


def test_a_voter_who_skips_an_idea_does_not_pull_it_down():
    table = certain({("ana", "a"): 4, ("ana", "b"): 3, ("ben", "b"): 3})
    assert chances(table)["a"] == 1


def test_no_votes_at_all():
    assert rank_probability(votes()).empty


@pytest.mark.parametrize("bad", [(3, 2, 4), (1, 5, 4), (-1, 2, 3)])
def test_a_vote_out_of_order_or_below_zero_is_an_error(bad):
    with pytest.raises(ValueError, match="low ≤ likely ≤ high"):
        rank_probability(votes(("ana", "a", "value", *bad)), lens=VALUE_FEASIBILITY)


point = st.integers(1, 5)


@given(st.dictionaries(st.tuples(st.sampled_from("xyz"), st.sampled_from("abcd")), point, min_size=1))
def test_chances_add_up_and_the_seed_repeats_them(likely):
    table = certain(likely)
    found = rank_probability(table, 7, lens=VALUE_FEASIBILITY, draws=200)
    assert found["probability"].sum() == pytest.approx(1)
    assert (found["low"] <= found["high"]).all()
    pd.testing.assert_frame_equal(found, rank_probability(table, 7, lens=VALUE_FEASIBILITY, draws=200))
