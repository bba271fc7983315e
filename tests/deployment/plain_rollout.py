"""A rollout as one would write it first: request by request, and the gate as its formula stands. Slow, and meant to be read."""

import math
import random
from dataclasses import dataclass

GRID = [1.05 * (10 / 1.05) ** (j / 19) for j in range(20)]


@dataclass
class Ended:
    """How one run ended."""

    decision: str
    window: int
    bad: int
    excess: float


def roll_out(shares, requests, failure_rate, risk_ratio, alpha, margin, rng):
    """Serve every request of every window, then look, until the gate decides."""
    windows, bad, handled = [], 0, 0
    for number, share in enumerate(shares, start=1):
        canary = control = 0
        for _ in range(requests):
            if rng.random() < share:
                handled += 1
                canary += rng.random() < failure_rate * risk_ratio
            else:
                control += rng.random() < failure_rate
        bad += canary
        windows.append((share, canary, control))
        if evidence(windows, 1.0, GRID) >= 1 / alpha:
            return Ended("rolled_back", number, bad, bad - failure_rate * handled)
        if evidence(windows, 1 + margin, [(1 + margin) / ratio for ratio in GRID]) >= 1 / alpha:
            return Ended("promoted", number, bad, bad - failure_rate * handled)
    return Ended("undecided", len(shares), bad, bad - failure_rate * handled)


def evidence(windows, null_ratio, ratios):
    """The e-process: a mean over alternatives of the likelihood ratio of where the failures fell."""
    total = 0.0
    for ratio in ratios:
        exponent = 0.0
        for share, canary, control in windows:
            null = share * null_ratio / (share * null_ratio + 1 - share)
            other = share * ratio / (share * ratio + 1 - share)
            exponent += canary * math.log(other / null) + control * math.log((1 - other) / (1 - null))
        total += math.exp(min(exponent, 700))
    return total / len(ratios)


def many(runs, seed, **plan):
    """Roll out many times."""
    rng = random.Random(seed)
    return [roll_out(rng=rng, **plan) for _ in range(runs)]
