"""The metric ladder: what a gain of the model is worth to the business, step by step, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from components import words
from components.scoping.assessment.records import LEVELS, LadderStep, Signature
from components.scoping.flip import number
from components.stats.estimate import Estimate
from components.stats.triangular import triangular

DRAWS = 10_000
SIDES = {"engineering": "Engineering", "business": "Business"}


@dataclass(frozen=True)
class Rung:
    """One metric of the ladder with how far it moves; no value where a step below it has none."""

    step: LadderStep
    moved: Estimate

    @property
    def text(self) -> str:
        """Write how far it moves."""
        return amount(self.moved, self.step.unit, sign=True)


@dataclass(frozen=True)
class Ladder:
    """The rungs from the ML metric to the business metric."""

    rungs: list[Rung]

    @property
    def missing(self) -> list[str]:
        """What keeps the ladder from reaching the business."""
        known = {rung.step.level for rung in self.rungs}
        found = [f"no {LEVELS[level]} yet" for level in ("ml", "business") if level not in known]
        for rung in self.rungs:
            lacks = [name for name in ("low", "likely", "high") if getattr(rung.step, name) is None]
            if lacks:
                found.append(f"{rung.step.metric} has no {words.listed(lacks)}")
        return found

    @property
    def sentence(self) -> str:
        """Answer “what is a better model worth?”."""
        if not self.rungs:
            return "Nobody knows yet what a better model is worth."
        first, last = self.rungs[0], self.rungs[-1]
        if self.missing:
            return f"The ladder is incomplete: {words.listed(self.missing)}."
        return f"“{first.step.metric}” {first.text} is worth “{last.step.metric}” {last.text}."

    @property
    def method(self) -> str:
        """Say how that was found, and who is comfortable with it."""
        how = f"Each step drawn {DRAWS:,} times from low, likely and high, and multiplied; the middle 95 % in brackets."
        return f"{how} {self.consent}"

    @property
    def consent(self) -> str:
        """Say how far both sides have signed."""
        if not self.rungs:
            return ""
        parts = []
        for side, name in SIDES.items():
            held = sum(rung.step.holds(side) for rung in self.rungs)
            parts.append(f"{name} is comfortable with {held} of {words.counted(len(self.rungs), 'step')}")
        return f"{'; '.join(parts)}."

    @property
    def lapsed(self) -> list[str]:
        """Consents that a later change has dropped, in words."""
        found = []
        for rung in self.rungs:
            for side, name in SIDES.items():
                signature = rung.step.signed_by(side)
                if signature is not None and not rung.step.holds(side):
                    who, then = f"{signature.name} ({name.lower()})", f"{signature.on:%-d %B %Y}"
                    found.append(f"{rung.step.metric} has changed since {who} agreed to it on {then}: ask again.")
        return found

    @property
    def agreed(self) -> bool:
        """Whether both sides have signed every step as it stands."""
        return bool(self.rungs) and all(rung.step.holds(side) for rung in self.rungs for side in SIDES)


def ladder(steps: Sequence[LadderStep], seed: int = 0) -> Ladder:
    """Propagate a gain of the ML metric up the ladder.

    Parameters
    ----------
    steps : sequence of LadderStep
        In any order; sorted by level and by place within it. The first moves by its own low, likely, high; each further one by its
        own times what the one before it moved.
    seed : int
        Seed of the draws.

    Returns
    -------
    Ladder
        A rung's value is the product of the likely values up to it; its limits are the middle 95 % of the draws of the product of
        independent triangular distributions. From the first step that lacks a number on, rungs have no value.
    """
    ordered = sorted(steps, key=lambda step: (list(LEVELS).index(step.level), step.place))
    rng, rungs = np.random.default_rng(seed), []
    drawn, value = np.ones(DRAWS), 1.0
    complete = bool(ordered) and ordered[0].level == "ml"
    for step in ordered:
        u = rng.random(DRAWS)
        if step.low is None or step.likely is None or step.high is None:
            complete = False
        if not complete:
            rungs.append(Rung(step, Estimate(None, why="A step below it has no number yet.")))
            continue
        drawn, value = drawn * triangular(u, step.low, step.likely, step.high), value * float(step.likely or 0.0)
        low, high = (float(one) for one in np.quantile(drawn, [0.025, 0.975]))
        rungs.append(Rung(step, Estimate(value, low, high)))
    return Ladder(rungs)


def amount(moved: Estimate, unit: str, sign: bool = False) -> str:
    """Write an amount with its interval and unit.

    >>> amount(Estimate(1200.0, 800.0, 1500.0), "€"), amount(Estimate(.5, .2, .9), "points", sign=True)
    ('1,200 € [800, 1,500]', '+.50 points [.20, .90]')
    """
    if moved.value is None:
        return words.MISSING
    plus = "+" if sign and moved.value > 0 else ""
    limits = "" if moved.low is None or moved.high is None else f"[{number(moved.low)}, {number(moved.high)}]"
    return " ".join(part for part in (f"{plus}{number(moved.value)}", unit, limits) if part)


def signed(step: LadderStep, side: str, name: str, on: date) -> LadderStep:
    """Return the step with a side's signature to what it says now."""
    return step.model_copy(update={side: Signature(name=name, on=on, step=step.digest)})


def ladder_table(found: Ladder) -> pd.DataFrame:
    """Return the ladder as a table: a step a row."""
    rows = []
    for rung in found.rungs:
        step = rung.step
        consents = {}
        for side, name in SIDES.items():
            signature = step.signed_by(side)
            lapsed = "" if step.holds(side) else " (before a change)"
            consents[name.lower()] = f"{signature.name}{lapsed}" if signature else words.MISSING
        rows.append(
            {
                "level": LEVELS[step.level],
                "metric": step.metric,
                "unit": step.unit,
                "low": step.low,
                "likely": step.likely,
                "high": step.high,
                "moves by": rung.text,
                "owner": step.owner,
                "evidence": step.evidence,
                **consents,
            }
        )
    return pd.DataFrame(rows)
