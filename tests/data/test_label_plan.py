"""The planner: what it promises is what labels of that kind then have, and what it costs."""

import numpy as np
import pytest

from components.data.disagreement import alpha_estimate
from components.data.label_plan import Plan, drawn, plan
from components.errors import BadInput


def test_the_planned_number_of_items_gives_the_wanted_width():
    wanted = Plan(width=0.2, expected=0.7, labels=3)
    found = plan(wanted).set_index("annotators")
    for annotators in (2, 5):
        items = int(found.loc[annotators, "items"])
        widths = []
        for seed in range(20):
            counts = drawn(wanted, items, annotators, np.random.default_rng(seed))
            estimate = alpha_estimate(counts, np.arange(3.0), "nominal", seed)
            widths.append(estimate.high - estimate.low)
        assert np.mean(widths) == pytest.approx(0.2, rel=0.12)


def test_the_drawn_labels_have_the_agreement_that_is_expected():
    wanted = Plan(expected=0.6, labels=4, frequent=0.4)
    counts = drawn(wanted, 20_000, 4, np.random.default_rng(1))
    assert alpha_estimate(counts, np.arange(4.0), "nominal").value == pytest.approx(0.6, abs=0.02)


def test_cost_follows_from_judgements_and_a_narrower_interval_costs_more():
    wide, narrow = plan(Plan(width=0.3, seconds=12, price=40)), plan(Plan(width=0.1, seconds=12, price=40))
    assert wide["cost"].tolist() == pytest.approx((wide["judgements"] * 12 / 3600 * 40).tolist())
    assert narrow["cost"].min() > 4 * wide["cost"].min()
    assert wide["judgements"].is_monotonic_increasing
    assert (wide.set_index("annotators")["items"].sort_index().diff().dropna() <= 0).all()


@pytest.mark.parametrize(
    ("wanted", "said"), [(Plan(width=0), "width"), (Plan(labels=4, frequent=0.1), "most frequent"), (Plan(expected=1), "expect")]
)
def test_what_cannot_be_planned_is_said(wanted, said):
    with pytest.raises(BadInput, match=said):
        plan(wanted)
