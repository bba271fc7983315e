"""A rollout rehearsed twice: with a new version that does harm, and with one that doesn't."""

from dataclasses import dataclass

import pandas as pd

from components import words
from components.deployment.blind_spots import hidden_slice, reviewed, switched, too_few
from components.deployment.outcome import Outcome
from components.deployment.parts import SAMPLED
from components.deployment.plan import Plan
from components.deployment.reading import with_risk, without_harm
from components.deployment.records import RolloutPlan, RolloutRun
from components.deployment.simulation import simulate
from components.deployment.world import World

OTHERWISE = {"hold": "stays undecided", "roll back": "goes back", "go on": "goes on, as if somebody had agreed"}


@dataclass(frozen=True)
class Rehearsal:
    """The same plan and seed for a harmful and a harmless new version."""

    harmful: Outcome
    harmless: Outcome

    @property
    def plan(self) -> Plan:
        """The plan with what goes wrong in it, without the new version's risk."""
        return with_risk(self.harmful.plan, 1.0)

    @property
    def harm_name(self) -> str:
        """What is wrong in the harmful rollouts, as charts name it."""
        faults = [f"{one.fault.title.lower()}{_where(one.slice)}" for one in self.harmful.plan.faults]
        faults += [f"{times_as_bad(one.risk_ratio)} as bad{_where(one.name)}" for one in self.harmful.plan.slices if one.risk_ratio > 1]
        times = [f"{times_as_bad(self.harmful.plan.risk_ratio)} as bad"] if self.harmful.plan.risk_ratio != 1 else []
        return words.listed([*times, *faults])

    @property
    def good_name(self) -> str:
        """What a good new version is, as charts name it."""
        ratio = self.harmless.plan.risk_ratio
        return "as good as before" if ratio == 1 else f"as measured: {words.decimal(ratio)} times as bad"

    @property
    def answer(self) -> str:
        """The sentence that answers “is it safe?”."""
        plan = self.harmful.plan
        case = f"If the model is {times_as_bad(plan.risk_ratio)} as bad" if plan.risk_ratio != 1 else "As good a model as before"
        unlike = [one for one in plan.slices if one.risk_ratio > 1]
        if unlike and plan.risk_ratio == 1:
            case = f"If the model is {words.listed([f'{times_as_bad(one.risk_ratio)} as bad{_where(one.name)}' for one in unlike])}"
        if plan.faults:
            faults = words.listed([f"“{one.fault.title}”{_where(one.slice)}" for one in plan.faults])
            case = f"{case} with {faults}" if plan.risk_ratio != 1 or unlike else f"If {faults} happens"
        this = {"shadow": "this shadow", "canary": "this canary", "blue-green": "this blue-green switch"}[plan.strategy]
        caught, windows = self.harmful.rolled_back.value or 0.0, self.harmful.windows_to_roll_back()
        if windows is None:
            return f"{case}, {this} stops it in only {words.percent(caught, 0)} of the rollouts."
        if plan.strategy == "shadow":
            return f"{case}, {this} finds it after {words.counted(windows, 'window')}, before anybody meets it."
        bad = words.counted(self.harmful.bad_decisions.value or 0, "bad decision")
        return f"{case}, {this} stops it after {words.counted(windows, 'window')} and {bad}."

    @property
    def warnings(self) -> list[str]:
        """What this rollout can't see, in sentences."""
        plan, found = self.harmful.plan, []
        both = [one.fault.title.lower() for one in plan.faults if one.in_both]
        if both:
            found.append(
                f"{words.listed(both).capitalize()} hits both versions alike, so a comparison can't see it: only hard stops and limits can."
            )
        slow = [f"“{one.fault.title}”" for one in plan.faults if "slow" in one.fault.signs and not one.in_both]
        if slow and not plan.judge_latency and "M10" not in plan.monitors:
            found.append(
                f"{words.listed(slow)} shows in how long answers take, and nobody looks there: let the gate judge slow answers too, or "
                "put monitor M10 in place."
            )
        if plan.strategy == "blue-green":
            found += switched(plan)
        found += too_few(plan) + reviewed(plan)
        hidden = hidden_slice(plan)
        if hidden:
            sees = "“Worst slice” is in place and sees it" if "M15" in plan.monitors else "monitor M15, worst slice, would"
            found.append(f"{hidden}: the gate looks at the average and can't tell; {sees}.")
        if plan.approval and plan.approval.answered < 1:
            unanswered, then = words.percent(1 - plan.approval.answered, 0), OTHERWISE[plan.approval.otherwise]
            found.append(f"Of the questions to {plan.approval.name}, {unanswered} get no answer in time: then the rollout {then}.")
        if plan.target != "service" and plan.rollback_delay:
            found.append(
                f"A rollback takes {words.counted(plan.rollback_delay, 'window')} on the mean until the {plan.target} has updated."
            )
        if (self.harmless.no_data.value or 0) > 0:
            share = words.percent(self.harmless.no_data.value)
            found.append(f"In {share} of the runs the gate had no data at all: they are never promoted. It takes more traffic, or longer.")
        return found

    @property
    def method(self) -> str:
        """How the answer was found."""
        plan = self.harmful.plan
        world = World(plan)
        rates = f"failure rate {words.percent(plan.failure_rate)} → {words.percent(float(world.new.max()))}"
        good = self.harmless.rolled_back
        wrongly = f"{words.bare_percent(good.value or 0)} in 100 {words.interval(good, as_percent=True)} are rolled back"
        better = self.harmless.plan.risk_ratio
        whose = "Of good models" if better == 1 else f"Of models that are as good as measured ({words.decimal(better)} times as bad)"
        seeded = f" of seed {self.harmful.seed}" if self.harmful.seed else ""
        held, units = "", ""
        if plan.together > 1:
            units = f" of {words.counted(round(plan.requests_per_window / plan.together), plan.unit.kind)}"
        if (self.harmful.rolled_back.value or 0) < 0.995:
            held = f" The harmful model is stopped in {words.percent(self.harmful.rolled_back.value)} of the runs."
        return (
            f"Simulated: {words.count(self.harmful.runs)} runs{seeded}, {words.count(plan.requests_per_window)} requests a window{units}, "
            f"{rates}, {plan.judged}.{held} "
            f"{whose}, {wrongly}."
        )

    @property
    def stopped_after(self) -> str:
        """After how many windows the harmful version is stopped: median, and the middle 90 % of the rollouts."""
        windows, early, late = (self.harmful.windows_to_roll_back(quantile) for quantile in (0.5, 0.05, 0.95))
        if windows is None or early is None:
            return "not stopped in most rollouts"
        end = words.count(late) if late is not None else f"beyond {words.count(self.plan.windows)}"
        return f"{words.counted(windows, 'window')} [{words.count(early)}, {end}]"

    @property
    def table(self) -> pd.DataFrame:
        """Evidence by window for both versions, as a share of what decides."""
        good = "as good" if self.harmless.plan.risk_ratio == 1 else "as measured"
        both = [
            outcome.curve.drop(columns="share").add_prefix(f"{name}: ").rename(columns={f"{name}: window": "window"})
            for outcome, name in ((self.harmful, self.harm_name), (self.harmless, good))
        ]
        merged = both[0].merge(both[1], on="window")
        merged.insert(1, "share", self.harmless.curve["share"])
        return merged.round(3)

    def record(self) -> RolloutRun:
        """Return the rehearsal as it is saved."""
        bad, good = self.harmful, self.harmless
        return RolloutRun(
            plan=self.plan,
            harm=bad.plan.risk_ratio,
            good=good.plan.risk_ratio,
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


def rehearse(plan: Plan, harm: float, runs: int = 1000, seed: int = 0, good: float = 1.0) -> Rehearsal:
    """Simulate a plan when something is wrong, and when nothing is.

    Wrong is what the plan injects, in a version that is else as good as before; where it injects nothing, or only what hides harm,
    the version is `harm` times as bad. Nothing is wrong with a version that fails `good` times as often as the current one.
    """
    hidden = all(not one.fault.harm for one in plan.faults) and all(one.risk_ratio <= 1 for one in plan.slices)
    return Rehearsal(simulate(with_risk(plan, harm if hidden else 1.0), runs, seed), simulate(without_harm(plan, good), runs, seed))


def _where(slice_: str | None) -> str:
    return f" for “{slice_}”" if slice_ else ""


def times_as_bad(ratio: float) -> str:
    """Say how many times as bad something is.

    >>> times_as_bad(2.0), times_as_bad(1.5)
    ('twice', '1.5 times')
    """
    return "twice" if ratio == 2 else f"{ratio:g} times"


def _approved(plan: Plan) -> str:
    """Say when somebody has to approve."""
    if plan.approval is None:
        return ""
    asked = [f"after {100 * step.share:g} %" for step in plan.steps if step.approved] + ["before the promotion"] * plan.approval.promotion
    return f"; {plan.approval.name} approves {words.listed(asked)}" if asked else ""


def _switched(plan: Plan) -> str:
    """Say how the traffic moves after the promotion, where it isn't all at once and for good."""
    switch = plan.switch
    said = [f"a switch of {words.counted(plan.moving, 'window')}"] * (plan.moving > 0)
    said += [f"back over {words.percent(switch.limit)}"] if switch.limit else []
    said += [f"the old version down after {words.counted(switch.blue_stays, 'window')}"] if switch.blue_stays is not None else []
    return f"; {words.listed(said)}" if said else ""


def described(body: RolloutPlan) -> str:
    """Say in one line what a plan is."""
    plan = body.plan
    ramp = words.listed([f"{100 * step.share:g} % for {words.counted(step.windows, 'window')}" for step in plan.steps])
    wrong = f"; {words.listed([f'{one.fault.title.lower()}{_where(one.slice)}' for one in plan.faults])}" if plan.faults else ""
    wrong += f"; {words.counted(len(plan.slices), 'slice')}" if plan.slices else ""
    if plan.strategy == "blue-green":
        wrong = f"{_switched(plan)}{wrong}"
    if plan.reviewed:
        wrong = f"; {words.counted(plan.reviewed.capacity, 'answer')} a window reviewed {SAMPLED[plan.reviewed.sample]}{wrong}"
    return (
        f"{plan.strategy.capitalize()}, {words.counted(plan.requests_per_window, 'request')} a window; {ramp}; "
        f"failure rate {words.percent(plan.failure_rate)}; "
        f"harm {times_as_bad(body.harm)} as bad; {plan.judged}{_approved(plan)}{wrong}."
    )
