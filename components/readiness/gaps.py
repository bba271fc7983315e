"""What each gap of the checklist costs: the same rollouts, with a line and without it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from components import words
from components.deployment.alarms import NEVER
from components.deployment.faults import BY_CODE as FAULTS
from components.deployment.gaps import Exposure, Way
from components.deployment.monitors import BY_CODE as MONITORS
from components.deployment.monitors.declaration import FALSE_ALARMS
from components.deployment.outcome import mean
from components.deployment.seen import Array, Counts
from components.readiness.effects import BY_HAND, EFFECTS, NOTHING, ROLLBACK, Effect
from components.readiness.lines import ALL_LINES
from components.readiness.ml_test_score import Line, State
from components.readiness.own_lines import as_line
from components.readiness.own_lines import effect_of as own_effect
from components.readiness.records import OwnLine
from components.stats.estimate import Estimate

States = Mapping[str, State]
WITHIN = 30
"""Windows within which a fault must be noticed to count as covered."""
COVERED = 0.5
MET: State = "automated"


@dataclass(frozen=True)
class Gap:
    """One line, and the bad decisions that closing it saves (or, of a closed one, that opening it would cost)."""

    line: Line
    state: State
    saved: Estimate

    @property
    def open(self) -> bool:
        """Whether nobody has met the line yet."""
        return self.state == "none"


@dataclass(frozen=True, eq=False)
class Gaps:
    """A checklist in front of every fault of the catalogue, each of which happens once."""

    exposures: list[Exposure]
    states: States
    own: Mapping[str, OwnLine] = field(default_factory=dict)

    @cached_property
    def every_line(self) -> tuple[Line, ...]:
        """The lines of the checklist, and the team's own."""
        return (*ALL_LINES, *(as_line(code, own) for code, own in self.own.items()))

    @cached_property
    def effects(self) -> dict[str, Effect]:
        """What each line does against faults, where it does anything."""
        return {**EFFECTS, **{code: own_effect(own) for code, own in self.own.items()}}

    def effect_of(self, code: str) -> Effect:
        """Return what a line does against faults."""
        return self.effects.get(code, NOTHING)

    def cost(self, states: States, one: Exposure) -> Array:
        """Return the bad decisions that a fault causes in each run, while the checklist is in this state.

        A fault is stopped by the first alarm of a monitor in place, or by the gate; with a chance it never comes. Both only ever
        grow with a line more, so a line less never lowers the bad decisions of any run.
        """
        there = {code: state for code, state in states.items() if state != "none"}
        way = one.ramp if "C20" in there else one.at_once
        stopped = np.minimum(_first_alarm(way, there, self.effects), way.gate)
        late = 0 if "C21" in there else ROLLBACK
        last = np.minimum(np.minimum(stopped, NEVER - ROLLBACK) + late, one.windows)
        return np.asarray(way.harm[np.arange(len(last)), last] * _comes(one, there, self.effects))

    @cached_property
    def now(self) -> dict[str, Array]:
        """Bad decisions in each run by fault, as the checklist stands."""
        return {one.fault.code: self.cost(self.states, one) for one in self.exposures}

    @property
    def total(self) -> Estimate:
        """Bad decisions when every fault happens once."""
        return mean(np.sum(list(self.now.values()), axis=0))

    @cached_property
    def lines(self) -> list[Gap]:
        """Every line, the open ones first, the dearest first."""
        gaps = [Gap(line, self.states.get(line.code, "none"), self._saved(line)) for line in self.every_line]
        return sorted(gaps, key=lambda gap: (not gap.open, -(gap.saved.value or 0.0)))

    @property
    def answer(self) -> str:
        """The sentence that answers “are we ready, and what does each gap cost?”."""
        still = sum(gap.open for gap in self.lines)
        if not still:
            return f"All {len(self.every_line)} lines are met."
        head, dearest = f"{still} of {len(self.every_line)} lines {'is' if still == 1 else 'are'} open", self.dearest
        if dearest is None:
            return f"{head}, and none of them would save a bad decision."
        title = dearest.line.title[:1].lower() + dearest.line.title[1:]
        return f"{head}. The dearest: {title}, {words.counted(dearest.saved.value or 0, 'bad decision')}."

    @property
    def method(self) -> str:
        """How the costs were found."""
        runs = words.count(self.total.n)
        return f"Simulated cost of each gap: {runs} rollouts of each of {len(self.exposures)} faults, with the line and without it."

    @property
    def dearest(self) -> Gap | None:
        """The open line that saves most; None where no open line saves anything."""
        return next((gap for gap in self.lines if gap.open and (gap.saved.value or 0) > 0), None)

    def _saved(self, line: Line) -> Estimate:
        if not self.effect_of(line.code).any:
            return Estimate(0.0, why="No fault of the catalogue shows without it.")
        met = self.states.get(line.code, "none") != "none"
        other: States = {**self.states, line.code: "none" if met else MET}
        saved = np.zeros(len(next(iter(self.now.values()))))
        for one in self.exposures:
            if touches(self.effect_of(line.code), one):
                saved += np.abs(self.cost(other, one) - self.now[one.fault.code])
        return mean(saved)

    @cached_property
    def coverage(self) -> pd.DataFrame:
        """Every fault: columns fault, title, noticed (share of the runs within `WITHIN` windows, or prevented), windows (median), bad."""
        rows = []
        there = {code: state for code, state in self.states.items() if state != "none"}
        for one in self.exposures:
            way = one.ramp if "C20" in there else one.at_once
            at = np.minimum(_first_alarm(way, there, self.effects), way.gate)
            late = at - one.began + 1
            noticed = 1 - _comes(one, there, self.effects) * float((late > WITHIN).mean())
            median = float(np.median(late)) if np.median(at) < NEVER else None
            bad = float(self.now[one.fault.code].mean())
            rows.append({"fault": one.fault.code, "title": one.fault.title, "noticed": noticed, "windows": median, "bad decisions": bad})
        return pd.DataFrame(rows)

    @property
    def uncovered(self) -> list[str]:
        """Titles of the faults that most rollouts would not notice in time: they block the sign-off."""
        return [str(title) for title in self.coverage.loc[self.coverage["noticed"] < COVERED, "title"]]

    @cached_property
    def matrix(self) -> pd.DataFrame:
        """By fault and monitor: fault, title, monitor, name, share of the runs that notice within `WITHIN` windows, late (median)."""
        rows = []
        for one in self.exposures:
            for code, monitor in MONITORS.items():
                at = one.ramp.noticed.get(code)
                late = None if at is None else at - one.began + 1
                share = 0.0 if late is None else float((late <= WITHIN).mean())
                median = float(np.median(late)) if late is not None and at is not None and np.median(at) < NEVER else None
                rows.append(
                    {
                        "fault": one.fault.code,
                        "title": one.fault.title,
                        "monitor": code,
                        "name": monitor.title,
                        "share": share,
                        "late": median,
                    }
                )
        return pd.DataFrame(rows)

    @property
    def in_place(self) -> list[str]:
        """Codes of the monitors that the lines met put in place."""
        return [
            code
            for code in MONITORS
            if any(code in self.effect_of(line).monitors for line, state in self.states.items() if state != "none")
        ]

    @property
    def false_alarms(self) -> float:
        """Alarms about nothing that the monitors in place raise in 1,000 windows, at the most: the price of watching."""
        return 1000 * FALSE_ALARMS * sum(MONITORS[code].usual != 0 for code in self.in_place)

    def does(self, line: Line) -> str:
        """Say which faults a line notices, and how fast, and which it prevents."""
        effect, said = self.effect_of(line.code), []
        if effect.ramp:
            said.append("Lets the gate see a new version before everybody meets it")
        if effect.rollback:
            said.append(f"Saves the {ROLLBACK} windows that an unrehearsed way back takes")
        seen = self.matrix[self.matrix["monitor"].isin(effect.monitors) & (self.matrix["share"] >= COVERED)].sort_values("share")
        best = seen.drop_duplicates("fault", keep="last").sort_values("late")
        if len(best):
            each = [f"{row.title.lower()} ({words.counted(row.late, 'window')})" for row in best.itertuples()]
            said.append(f"Notices {words.listed(each, most=6)}")
        if effect.prevents:
            kept = [f"{FAULTS[code].title.lower()} ({words.percent(chance, 0)})" for code, chance in effect.prevents.items()]
            said.append(f"Prevents, as assumed, {words.listed(kept, most=6)}")
        slow = [MONITORS[code].title.lower() for code in effect.monitors]
        if slow and not len(best):
            said.append(f"Watches {words.listed(slow)}, too slowly for this traffic")
        return "; ".join(said) + "." if said else "No fault of the catalogue shows without it."


def touches(effect: Effect, one: Exposure) -> bool:
    """Whether a line can change what a fault costs."""
    return effect.ramp or effect.rollback or one.fault.code in effect.prevents or any(code in one.ramp.noticed for code in effect.monitors)


def _first_alarm(way: Way, there: States, effects: Mapping[str, Effect]) -> Counts:
    """Return the window of the first alarm in each run; who looks by hand is later."""
    first = np.full(len(way.gate), NEVER)
    for code, state in there.items():
        late = BY_HAND if state == "manual" else 0
        for monitor in effects.get(code, NOTHING).monitors:
            if monitor in way.noticed:
                first = np.minimum(first, np.minimum(way.noticed[monitor], NEVER - late) + late)
    return first


def _comes(one: Exposure, there: States, effects: Mapping[str, Effect]) -> float:
    """Return the chance that a fault reaches serving."""
    chance = 1.0
    for code, effect in effects.items():
        state = there.get(code, "none")
        if state != "none":
            chance *= 1 - effect.prevents.get(one.fault.code, 0.0) * (1.0 if state == "automated" else 0.5)
    return chance
