"""The metric ladder: products by hand and by integration, what is missing, and consents that a change drops."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from components.scoping.assessment.charts import ladder_chart
from components.scoping.assessment.ladder import ladder, ladder_table, signed
from components.scoping.assessment.records import LadderStep
from components.stats.triangular import triangular
from components.theme import LIGHT

TODAY = date(2026, 11, 24)


def step(level="ml", low=1.0, likely=2.0, high=3.0, metric="accuracy", unit="points", place=0, **more):
    return LadderStep(solution="s", level=level, metric=metric, unit=unit, low=low, likely=likely, high=high, place=place, **more)


LADDER = [
    step(),
    step("task", 2, 3, 5, "forms", ""),
    step("user", 0.5, 0.5, 0.5, "waiting", "h"),
    step("business", 10, 20, 40, "saved", "€"),
]


def test_likely_values_are_multiplied_and_certain_ones_stay_certain():
    found = ladder(LADDER)
    assert [rung.moved.value for rung in found.rungs] == [2, 6, 3, 60]
    assert not found.missing
    certain = ladder([step(low=2, high=2), step("business", 3, 3, 3, "saved", "€")])
    assert (certain.rungs[-1].moved.low, certain.rungs[-1].moved.high) == (6, 6)
    assert certain.sentence == "“accuracy” +2.00 points [2.00, 2.00] is worth “saved” +6.00 € [6.00, 6.00]."


def test_the_interval_of_two_steps_is_that_of_their_product_by_integration():
    first, second = stats.triang(0.5, 1, 2), stats.triang(1 / 3, 2, 3)
    moved = ladder([step(), step("business", 2, 3, 5)]).rungs[-1].moved

    def below(x):
        return integrate.quad(lambda a: first.pdf(a) * second.cdf(x / a), 1, 3, points=[2])[0]

    assert below(moved.low) == pytest.approx(0.025, abs=0.005)
    assert below(moved.high) == pytest.approx(0.975, abs=0.005)


def test_quantiles_of_the_triangular_distribution_are_scipys():
    u = np.linspace(0, 1, 21)
    assert triangular(u, -1.0, 0.5, 4.0) == pytest.approx(stats.triang(0.3, -1, 5).ppf(u))
    assert triangular(u, 2.0, 2.0, 2.0).tolist() == [2.0] * 21


def test_what_is_missing_is_said_and_nothing_above_it_has_a_value():
    found = ladder([step(), step("task", None, 3, 5, "forms"), step("business", 1, 1, 1)])
    assert [rung.moved.value for rung in found.rungs] == [2, None, None]
    assert found.sentence == "The ladder is incomplete: forms has no low."
    assert ladder([step("task")]).rungs[0].moved.value is None
    assert ladder([step("task")]).missing == ["no ML metric yet", "no business metric yet"]
    assert ladder([]).sentence == "Nobody knows yet what a better model is worth."
    ladder_chart(ladder([]), LIGHT).to_dict()


def test_steps_are_sorted_by_level_and_place():
    found = ladder([step("business"), step("task", metric="b", place=2), step("task", metric="a", place=1), step()])
    assert [rung.step.metric for rung in found.rungs] == ["accuracy", "a", "b", "accuracy"]
    assert [rung.step.level for rung in found.rungs] == ["ml", "task", "task", "business"]


def test_a_range_out_of_order_is_refused():
    with pytest.raises(ValueError, match="low is at most likely"):
        step(low=3, likely=2)


def test_a_consent_holds_until_the_step_changes():
    agreed = signed(signed(step(), "engineering", "Ana", TODAY), "business", "Ben", TODAY)
    found = ladder([agreed])
    assert found.agreed
    assert found.lapsed == []
    assert "Engineering is comfortable with 1 of 1 step; Business is comfortable with 1 of 1 step." in found.method
    for change in ({"likely": 2.5}, {"metric": "recall"}, {"evidence": "a talk"}, {"owner": "Eva"}):
        changed = ladder([agreed.model_copy(update=change)])
        assert not changed.agreed
        assert len(changed.lapsed) == 2
        assert "has changed since Ana (engineering) agreed to it on 24 November 2026: ask again." in changed.lapsed[0]
    assert ladder_table(ladder([agreed.model_copy(update={"likely": 2.5})]))["business"].tolist() == ["Ben (before a change)"]
    again = signed(agreed.model_copy(update={"likely": 2.5}), "engineering", "Ana", TODAY)
    assert again.holds("engineering")
    assert not again.holds("business")


def test_the_same_ladder_gives_the_same_figures():
    assert ladder(LADDER).rungs[-1].moved == ladder(list(reversed(LADDER))).rungs[-1].moved


numbers = st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3).map(sorted)


@settings(max_examples=40, deadline=None)
@given(st.lists(numbers, min_size=1, max_size=4))
def test_limits_hold_what_can_happen(ranges):
    levels = ["ml", "task", "user", "business"]
    steps = [step(level, *values) for level, values in zip(levels, ranges, strict=False)]
    for rung in ladder(steps).rungs:
        assert rung.moved.low <= rung.moved.high
        assert np.isfinite([rung.moved.low, rung.moved.value, rung.moved.high]).all()
    ladder_chart(ladder(steps), LIGHT).to_dict()
