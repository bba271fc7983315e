"""A rollout rehearsed twice: with a new version that does harm, and with one that doesn't."""

from dataclasses import dataclass

from components import words
from components.deployment.plan import Plan
from components.deployment.reading import with_risk
from components.deployment.records import RolloutRun
from components.deployment.simulation import Outcome, simulate


@dataclass(frozen=True)
class Rehearsal:
    """The same plan and seed for a harmful and a harmless new version."""

    harmful: Outcome
    harmless: Outcome

    @property
    def plan(self) -> Plan:
        """The plan, without the new version's risk."""
        return self.harmless.plan

    @property
    def answer(self) -> str:
        """The sentence that answers “is it safe?”."""
        times = times_as_bad(self.harmful.plan.risk_ratio)
        caught, windows = self.harmful.rolled_back.value or 0.0, self.harmful.windows_to_roll_back()
        if windows is None:
            return f"If the model is {times} as bad, this canary stops it in only {words.percent(caught, 0)} of the rollouts."
        bad = words.counted(self.harmful.bad_decisions.value or 0, "bad decision")
        return f"If the model is {times} as bad, this canary stops it after {words.counted(windows, 'window')} and {bad}."

    @property
    def method(self) -> str:
        """How the answer was found."""
        plan = self.harmful.plan
        rates = f"failure rate {words.percent(plan.failure_rate)} → {words.percent(plan.failure_rate * plan.risk_ratio)}"
        good = self.harmless.rolled_back
        wrongly = f"{words.bare_percent(good.value or 0)} in 100 {words.interval(good, as_percent=True)} are rolled back"
        held = ""
        if (self.harmful.rolled_back.value or 0) < 0.995:
            held = f" The harmful model is stopped in {words.percent(self.harmful.rolled_back.value)} of the runs."
        return (
            f"Simulated: {words.count(self.harmful.runs)} runs, {words.count(plan.requests_per_window)} requests a window, {rates}.{held} "
            f"Of good models, {wrongly}."
        )

    def record(self) -> RolloutRun:
        """Return the rehearsal as it is saved."""
        bad, good = self.harmful, self.harmless
        return RolloutRun(
            plan=self.plan,
            harm=bad.plan.risk_ratio,
            runs=bad.runs,
            seed=bad.seed,
            caught=bad.rolled_back.to_dict(),
            windows_to_roll_back=bad.windows_to_roll_back(),
            windows_to_roll_back_p95=bad.windows_to_roll_back(0.95),
            bad_decisions=bad.bad_decisions.to_dict(),
            excess_bad_decisions=bad.excess_bad_decisions.to_dict(),
            false_rollbacks=good.rolled_back.to_dict(),
            promoted=good.promoted.to_dict(),
            windows_to_promote=good.windows_to_promote(),
            simulated=f"{words.count(bad.runs)} simulated rollouts, seed {bad.seed}.",
        )


def rehearse(plan: Plan, harm: float, runs: int = 1000, seed: int = 0) -> Rehearsal:
    """Simulate a plan with a new version that is `harm` times as bad, and with one that is as good as the current one."""
    return Rehearsal(simulate(with_risk(plan, harm), runs, seed), simulate(with_risk(plan, 1.0), runs, seed))


def times_as_bad(ratio: float) -> str:
    """Say how many times as bad something is.

    >>> times_as_bad(2.0), times_as_bad(1.5)
    ('twice', '1.5 times')
    """
    return "twice" if ratio == 2 else f"{ratio:g} times"
