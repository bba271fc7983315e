"""A person is asked after steps and before the promotion: what becomes of each run once the answer came, or didn't."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from components.deployment.alarms import NEVER
from components.deployment.plan import Plan
from components.deployment.seen import HOLD, PROMOTE, ROLL_BACK, Array, Counts

WITHOUT_ANSWER = {"hold": HOLD, "roll back": ROLL_BACK, "go on": PROMOTE}


@dataclass(frozen=True, eq=False)
class Asked:
    """What became of each run once people were asked; every array is by run, windows count from 1.

    Attributes
    ----------
    decision, decided : array
        What was decided, and when it took effect.
    spoken_at : array
        Window in which the gate said promote; `NEVER` where it didn't. The ramp stays where it is from then on.
    unanswered : array
        Whether no answer came, and that decided.
    """

    decision: Counts
    decided: Counts
    spoken_at: Counts
    unanswered: NDArray[np.bool_]

    @property
    def promoted_at(self) -> Counts:
        """Window after which the traffic moves to the new version; `NEVER` where it doesn't."""
        return np.where(self.decision == PROMOTE, self.decided, NEVER)


def answers(plan: Plan, runs: int, seed: int) -> NDArray[np.bool_]:
    """Say whether an answer comes in time, runs × (steps + 1): after each step, and last before the promotion."""
    assert plan.approval is not None
    return np.asarray(np.random.default_rng([seed, 5]).random((runs, len(plan.steps) + 1)) < plan.approval.answered)


def ask(plan: Plan, decision: Counts, decided: Counts, seed: int) -> Asked:
    """Ask for what the gate decided, and after the steps that need it.

    What the gate decides while a step waits comes first. Before the promotion the share stays until the answer is there; the gate
    has spoken, and only monitors look on.
    """
    approval, unanswered = plan.approval, np.zeros(len(decision), dtype=np.bool_)
    if approval is None:
        return Asked(decision, decided, np.where(decision == PROMOTE, decided, NEVER), unanswered)
    answered, without = answers(plan, len(decision), seed), WITHOUT_ANSWER[approval.otherwise]
    decision, decided = decision.copy(), decided.copy()
    if without != PROMOTE:
        for number, end in enumerate(np.cumsum(plan.stays).tolist()):
            if plan.steps[number].approved:
                missed = ~answered[:, number] & (decided > end)
                decision[missed], decided[missed], unanswered[missed] = without, end, True
    spoken = np.where(decision == PROMOTE, decided, NEVER)
    if approval.promotion:
        asked = decision == PROMOTE
        decided[asked] += approval.windows
        missed = asked & ~answered[:, -1]
        decision[missed] = without
        unanswered |= missed & (without != PROMOTE)
    return Asked(decision, decided, spoken, unanswered)


def asking(plan: Plan, runs: int, seed: int, run: int, asked_at: int) -> dict[int, str]:
    """Say in which windows of one run somebody is asked, and what comes of it; beyond its end, what would have."""
    approval = plan.approval
    assert approval is not None
    row, said = answers(plan, runs, seed)[run], {}
    for number, end in enumerate(np.cumsum(plan.stays).tolist()):
        if plan.steps[number].approved:
            said[end - approval.windows] = f"{approval.name} is asked to go on to {100 * plan.steps[number + 1].share:g} %"
            said[end] = f"{approval.name} lets it go on" if row[number] else f"nobody answers: {approval.otherwise}"
    if asked_at < NEVER:
        said[asked_at] = f"{approval.name} is asked to promote"
        said[asked_at + approval.windows] = f"promote: {approval.name} approves" if row[-1] else f"nobody answers: {approval.otherwise}"
    return said


def shares_seen(plan: Plan, asked: Asked, windows: int) -> Array | None:
    """Return the new version's share of the traffic, runs × windows; None where nobody is waited for and all of it moves at once."""
    if not plan.waiting and not plan.moving:
        return None
    numbers = np.arange(windows)[None, :]
    ramp = np.concatenate([plan.shares, np.zeros(windows - plan.windows)])
    kept = plan.shares[np.minimum(asked.spoken_at, plan.windows) - 1][:, None]
    held = np.where(numbers >= asked.spoken_at[:, None], kept, ramp[None, :])
    moved = np.append(plan.after, 1.0)
    since = numbers - asked.promoted_at[:, None]
    return np.where(since >= 0, moved[np.clip(since, 0, len(moved) - 1)], held)
