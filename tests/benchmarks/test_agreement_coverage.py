"""How often the 95 % intervals of α, AC1 and the share of agreeing pairs hold the value of the population that was drawn from.

`GROUNDWORK_COVERAGE=400` draws so many tables a cell; the grid takes some minutes. Its figures are in docs/agreement.md.
"""

import os

import numpy as np
import pytest

from components.data.agreement import _ac1, _figures, _percent
from components.data.disagreement import CORRECTED, alpha_estimate
from components.stats.resampling import Resampled, distinct_rows

DRAWS = int(os.environ.get("GROUNDWORK_COVERAGE", "40"))
ITEMS, ANNOTATORS = (20, 50, 100, 300, 1000, 2000), (2, 3, 5, 20)
WORLDS = {"balanced, α .81": (3, 0.10, 1 / 3), "balanced, α .36": (3, 0.40, 1 / 3), "one of two rare, α .49": (2, 0.30, 0.85)}


def drawn(rng, items, annotators, world):
    """Counts of made-up labels: each annotator says the truth or, with some noise, any label by its frequency."""
    labels, noise, frequent = world
    shares = np.array([frequent, *[(1 - frequent) / (labels - 1)] * (labels - 1)])
    truth = rng.choice(labels, items, p=shares)
    given = np.where(rng.random((items, annotators)) < noise, rng.choice(labels, (items, annotators), p=shares), truth[:, None])
    return (given[:, :, None] == np.arange(labels)).sum(axis=1).astype(float)


def estimates(counts, seed):
    """α, AC1 and percent agreement with their intervals."""
    labels = counts.shape[1]
    rows, times = distinct_rows(counts)
    sums = Resampled(_figures(rows), times, seed=seed)
    alpha = alpha_estimate(rows, np.arange(float(labels)), "nominal", seed, times)
    return {"α": alpha, "AC1": sums.estimate(lambda s: _ac1(s, labels), CORRECTED), "percent": sums.estimate(_percent, (0.0, 1.0))}


@pytest.mark.parametrize("name", list(WORLDS))
def test_coverage(name, capsys):
    world, rng = WORLDS[name], np.random.default_rng(12)
    lines = []
    for annotators in ANNOTATORS:
        truth = {measure: one.value for measure, one in estimates(drawn(rng, 400_000, annotators, world), 0).items()}
        for items in ITEMS:
            held = {measure: [] for measure in truth}
            for draw in range(DRAWS):
                for measure, one in estimates(drawn(rng, items, annotators, world), draw).items():
                    if one.low is not None and one.value != 1:
                        held[measure].append(one.low <= truth[measure] <= one.high)
            shares = {measure: 100 * np.mean(found) for measure, found in held.items()}
            lines.append(f"{name} | {annotators} | {items} | " + " | ".join(f"{share:.1f}" for share in shares.values()))
            if name != "one of two rare, α .49" and DRAWS >= 300:
                assert min(shares.values()) > 90, lines[-1]
    with capsys.disabled():
        print("\n" + "\n".join(lines))
