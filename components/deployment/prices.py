"""What each gate and each strategy costs on the same plan and seed."""

import pandas as pd

from components import words
from components.deployment.gates import GATES
from components.deployment.outcome import Outcome
from components.deployment.plan import Plan
from components.deployment.reading import read_plan
from components.deployment.simulation import simulate
from components.deployment.strategies import STRATEGIES

RATIOS = (1.5, 2.0, 3.0)
HARMLESS, SHOCKED = "harmless: rolled back", "harmless, a shock hits both"
SHOCK = "F12"
SHOCK_TIMES = 3.0
AFTER = 20
"""Windows after promotion in which a strategy's bad decisions are counted, so that a switch at once shows what it risks."""


def gate_prices(plan: Plan, runs: int = 1000, seed: int = 0) -> dict[str, dict[str, Outcome]]:
    """Simulate a plan with every gate, for harmless and harmful versions: outcomes by truth and by the kind of the gate.

    The plan's own gate keeps its settings. Truths in which a failure rate would be more than every decision are left out.
    """
    given = {**plan.model_dump(), "slices": ()}
    gates = [plan.gate if isinstance(plan.gate, gate) else gate() for gate in GATES]
    truths = {HARMLESS: {**given, "risk_ratio": 1.0, "faults": ()}}
    if SHOCK_TIMES * plan.failure_rate < 1:
        truths[SHOCKED] = {**truths[HARMLESS], "faults": (shock(plan),)}
    for ratio in RATIOS:
        if plan.failure_rate * ratio <= 1:
            truths[f"{ratio:g} times as bad"] = {**given, "risk_ratio": ratio, "faults": ()}
    return {
        name: {gate.kind: simulate(read_plan({**truth, "gate": gate.model_dump()}), runs, seed) for gate in gates}
        for name, truth in truths.items()
    }


def shock(plan: Plan) -> dict[str, object]:
    """Return a fault that makes both versions fail three times as often, for the ten windows before the first step ends."""
    added = (SHOCK_TIMES - 1) * plan.failure_rate / (1 - plan.failure_rate)
    windows = min(10, plan.steps[0].windows)
    strength = added / read_plan({"faults": [{"code": SHOCK}]}).faults[0].fault.harm
    return {"code": SHOCK, "window": plan.steps[0].windows - windows + 1, "windows": windows, "arm": "both", "strength": min(strength, 10)}


def price_table(prices: dict[str, dict[str, Outcome]]) -> pd.DataFrame:
    """Return the prices as a table: for harmless versions how many are rolled back, for harmful ones how soon and at what cost."""
    rows = []
    for truth, outcomes in prices.items():
        row = {"the new version": truth}
        for kind, outcome in outcomes.items():
            row[kind] = _cell(outcome, harmless=truth in {HARMLESS, SHOCKED})
        rows.append(row)
    return pd.DataFrame(rows)


def _cell(outcome: Outcome, *, harmless: bool) -> str:
    back = outcome.rolled_back
    if harmless:
        return f"{words.percent(back.value)} {words.interval(back, as_percent=True)}"
    windows, failures = outcome.windows_to_roll_back(), outcome.failures_before_rollback.value
    caught = "" if (back.value or 0) >= 0.995 else f"; {words.percent(back.value, 0)} caught"
    if windows is None:
        return f"{words.percent(back.value, 0)} caught"
    return f"{words.counted(windows, 'window')}, {words.counted(failures or 0, 'failure')}{caught}"


def strategies_side_by_side(plan: Plan, runs: int = 1000, seed: int = 0) -> dict[str, Outcome]:
    """Simulate a plan with every strategy, by its title; some windows after promotion count too.

    A ramp that mirrors everything can't be a canary's: it is cut to all but one in a thousand requests, and to the largest share.
    """
    given, after = plan.model_dump(), max(plan.windows_after, AFTER)
    found = {}
    for strategy in STRATEGIES:
        canary = strategy.name == "canary"
        steps = [{**step, "share": min(step["share"], 0.999, plan.largest_share) if canary else step["share"]} for step in given["steps"]]
        found[strategy.title] = simulate(
            read_plan({**given, "strategy": strategy.name, "steps": steps, "windows_after": after}), runs, seed
        )
    return found
