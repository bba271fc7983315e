"""What another round is worth."""

import numpy as np
import pytest
from scipy import stats

from components.data.iterations import worth
from components.data.records import Iteration
from components.stats.power_law import power_law
from components.stats.student import student


def rounds(values, sizes=(500, 1500, 4000, 9000), **more):
    return [
        Iteration(data_set="s", what=f"Round {n}", size=size, value=value, **more)
        for n, (size, value) in enumerate(zip(sizes, values, strict=False))
    ]


def test_students_quantiles_are_scipys():
    for freedom in (1, 2, 3, 7, 30, 500):
        for share in (0.6, 0.9, 0.975, 0.995):
            assert student(share, freedom) == pytest.approx(stats.t.ppf(share, freedom), rel=1e-5)


def test_the_curve_is_the_regression_of_the_logarithms():
    rng = np.random.default_rng(0)
    sizes = np.array([100, 200, 500, 1000, 3000])
    errors = 2 * sizes**-0.4 * np.exp(rng.normal(0, 0.05, 5))
    curve, wanted = power_law(sizes, errors), stats.linregress(np.log(sizes), np.log(errors))
    assert curve.b.value == pytest.approx(-wanted.slope)
    assert curve.b.high - curve.b.value == pytest.approx(stats.t.ppf(0.975, 3) * wanted.stderr, rel=1e-5)
    assert curve.at(5000).low < curve.at(5000).value < curve.at(5000).high


def test_the_interval_of_a_new_round_holds_it_as_often_as_it_says():
    held = 0
    for seed in range(400):
        rng = np.random.default_rng(seed)
        sizes = np.array([100, 300, 900, 2700, 8100])
        noise = np.exp(rng.normal(0, 0.1, 6))
        curve = power_law(sizes, sizes**-0.3 * noise[:5])
        new = curve.at(20000)
        held += new.low <= 20000**-0.3 * noise[5] <= new.high
    assert 0.92 <= held / 400 <= 0.98


def test_another_round_in_words():
    found = worth(rounds([0.81, 0.865, 0.902, 0.921], hours=10))
    assert found.size == 9000 + round((9000 - 500) / 3)
    assert found.gain == pytest.approx(0.007, abs=0.002)
    assert found.sentence.startswith("Another 2,833 rows would bring accuracy from .921 to .9")
    assert "for about 10 hours" in found.sentence
    lower = worth(rounds([0.4, 0.3, 0.22, 0.18], metric="error", direction="lower"))
    assert lower.gain > 0
    assert "error from .180 to .1" in lower.sentence


def test_too_few_rounds_say_what_is_missing():
    assert worth([]) is None
    assert "Two rounds of different size" in worth(rounds([0.8])).sentence
    assert "Two rounds of different size" in worth(rounds([0.8, 0.9], sizes=(500, 500))).sentence
    assert "at or beyond it" in worth(rounds([0.8, 1.0])).sentence
    two = worth(rounds([0.8, 0.9]))
    assert two.next_value.low is None
    assert "[" not in two.sentence
