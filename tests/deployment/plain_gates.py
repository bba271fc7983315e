"""The gates as their formulas stand, on what became known of each window so far. Slow, and meant to be read."""

import math

import numpy as np

GRID = [1.05 * (10 / 1.05) ** (j / 19) for j in range(20)]


def e_process(plan, seen, last):
    """Roll back or promote at the first crossing of 1/α."""
    if seen[0].units:
        return e_process_on_units(plan, seen)
    windows = [(one.weight, one.canary, one.stable) for one in seen]
    if evidence(windows, 1.0, GRID) >= 1 / plan.gate.alpha:
        return "rolled_back"
    margin = 1 + plan.gate.margin
    return "promoted" if evidence(windows, margin, [margin / ratio for ratio in GRID]) >= 1 / plan.gate.alpha else "hold"


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


def e_process_on_units(plan, seen):
    """The same where sessions or users are routed: bets on the share of a unit's requests that fail."""
    m = plan.unit.requests
    for edge, worse, answer in ((1.0, True, "rolled_back"), (1 + plan.gate.margin, False, "promoted")):
        total = 0.0
        for j in range(10):
            exponent = 0.0
            for one in seen:
                w = one.weight
                q = w * edge / (w * edge + 1 - w)
                near, far = (edge * ratio if worse else edge / ratio for ratio in (1.05, 10))
                small, large = (abs(w * ratio / (w * ratio + 1 - w) / q - 1) for ratio in (near, far))
                highest = min(m * large, 0.9 * (1 - w) / (w * edge) if worse else 0.9)
                bet = (small * (highest / small) ** (j / 9)) * (1 if worse else -1)
                for failures, b in zip(one.units, (bet, -w * edge / (1 - w) * bet), strict=True):
                    price = m * m * (b / m - math.log(1 + b / m)) if b > 0 else b - math.log(1 + b)
                    exponent += sum(b * (k / m) - price * (k / m) ** 2 for k in failures.tolist() if k)
            total += math.exp(min(exponent, 700))
        if total / 10 >= 1 / plan.gate.alpha:
            return answer
    return "hold"


def threshold(plan, seen, last):
    """Strikes over the ramp; promotes at its end."""
    strikes = sum(one.canary + one.both > plan.gate.limit * one.requests for one in seen)
    if strikes >= plan.gate.strikes:
        return "rolled_back"
    return "promoted" if last and any(one.requests for one in seen) else "hold"


def z_test(plan, seen, last):
    """One-sided, pooled, on everything so far; on pairs McNemar's."""
    canary, stable = sum(one.canary for one in seen), sum(one.stable for one in seen)
    n, m = sum(one.requests for one in seen), sum(one.stable_requests for one in seen)
    if n < plan.gate.least_sample:
        return "hold"
    if plan.strategy != "canary":
        difference, variance = canary - stable, canary + stable
    elif seen[0].units:
        new, old = (np.concatenate([one.units[arm] for one in seen]) for arm in (0, 1))
        difference = new.mean() - (old.mean() if len(old) else 0)
        variance = np.concatenate([new, old]).var() * (1 / len(new) + 1 / max(len(old), 1 / plan.unit.requests))
    else:
        pooled = (canary + stable) / (n + m)
        difference, variance = canary / n - stable / m, pooled * (1 - pooled) * (1 / n + 1 / m)
    z = difference / math.sqrt(variance) if variance > 0 else 0.0
    if z > plan.gate.critical:
        return "rolled_back"
    return "promoted" if last else "hold"


GATES = {"e-process": e_process, "threshold": threshold, "z-test": z_test}
