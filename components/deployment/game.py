"""A game day: a rollout that is played window by window, with a fault that may or may not be there."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from math import ceil
from typing import Literal

import numpy as np
import pandas as pd

from components import words
from components.deployment.faults import FAULTS
from components.deployment.monitors import BY_CODE
from components.deployment.plan import Plan
from components.deployment.prices import shock
from components.deployment.reading import read_plan
from components.deployment.records import Game
from components.deployment.rehearsal import times_as_bad
from components.deployment.seen import HOLD, PROMOTE, Array, Seen
from components.deployment.strategies.canary import Canary
from components.deployment.world import World
from components.stats.intervals import wilson

Move = Literal["hold", "promote", "roll back"]
LOOKS = 24
"""A ramp is played in about so many windows, so that a game takes minutes; each holds as many requests more."""
AFTER = 12
"""Windows after the ramp in which a decision still pays or costs."""
TOO_MANY = "bad decisions too many"
BETTER = 0.8
"""Risk ratio of a good new version: rolling it back has a price too."""


@dataclass(frozen=True)
class Play:
    """What somebody did: the decision, and the window (from 1) after which it was made."""

    move: Move
    at: int

    @property
    def said(self) -> str:
        """The play in words."""
        if self.move == "hold":
            return "held to the end"
        return f"{'promoted' if self.move == 'promote' else 'rolled back'} after window {self.at}"


def game_plan(plan: Plan, monitors: tuple[str, ...] = ()) -> Plan:
    """Return a plan as it is played: as a canary of few windows, with these monitors in place and nothing wrong."""
    each = ceil(plan.windows / LOOKS)
    steps = [{"share": min(step.share, 0.999, plan.largest_share), "windows": max(1, round(step.windows / each))} for step in plan.steps]
    delay = min(ceil(plan.label_delay / each), sum(int(step["windows"]) for step in steps) - 1)
    requests = min(plan.requests_per_window * each, 10_000_000)
    capacity = plan.capacity and min(ceil(plan.capacity * requests / plan.requests_per_window), 10**9)
    changed = {
        "strategy": "canary",
        "steps": steps,
        "requests_per_window": requests,
        "capacity": capacity,
        "window_minutes": min(plan.window_minutes * each, 100_000),
        "label_delay": delay,
        "rollback_delay": ceil(plan.rollback_delay / each),
        "detection_delay": ceil(plan.detection_delay / each),
        "windows_after": AFTER,
        "risk_ratio": 1.0,
        "approval": None,
        "judge_latency": False,
        "warm_up": 0,
        "unit": {},
        "slices": (),
        "faults": (),
        "monitors": monitors or plan.monitors,
    }
    return read_plan({**plan.model_dump(), **changed})


@dataclass(frozen=True, eq=False)
class Table:
    """A game as it lies on the table: what really happens, and what anybody can see of it."""

    game: Game

    @cached_property
    def truth(self) -> Plan:
        """The plan with what is wrong."""
        rng, plan = self._rng(0), self.game.plan
        most, kind = min(3.0, 0.95 / plan.failure_rate), rng.random()
        ratio = float(rng.uniform(min(1.5, most), most))
        window = int(rng.integers(2, max(3, plan.windows // 2)))
        if kind < 0.4:
            hit = (shock(plan),) if kind < 0.15 and 3 * plan.failure_rate < 1 else ()
            return read_plan({**plan.model_dump(), "risk_ratio": BETTER, "faults": hit})
        if kind < 0.6:
            return read_plan({**plan.model_dump(), "risk_ratio": ratio})
        striking = [fault for fault in FAULTS if fault.harm and fault.arm == "canary" and not fault.mutes]
        fault = striking[int(rng.integers(len(striking)))]
        strength = min(max((ratio - 1) * plan.failure_rate / ((1 - plan.failure_rate) * fault.harm), 0.02), 10.0)
        return read_plan({**plan.model_dump(), "faults": [{"code": fault.code, "window": window, "arm": "canary", "strength": strength}]})

    @property
    def good(self) -> bool:
        """Whether the new version deserves to be promoted."""
        return self.truth.risk_ratio < 1

    @property
    def was(self) -> str:
        """What was the matter, in a sentence; only for when the game is over."""
        plan, better = self.truth, words.percent(1 - BETTER, 0)
        if self.good and plan.faults:
            return f"The version was good, {better} fewer bad decisions; a shock hit both versions from window {plan.faults[0].window} on."
        if self.good:
            return f"Nothing was wrong: {better} fewer bad decisions."
        if plan.faults:
            fault = plan.faults[0]
            return f"{fault.fault.title} from window {fault.window} on: {fault.fault.happens[:1].lower()}{fault.fault.happens[1:]}"
        return f"The version was {times_as_bad(round(plan.risk_ratio, 1))} as bad from the start."

    @property
    def windows(self) -> int:
        """How many windows the ramp has."""
        return self.game.plan.windows

    @cached_property
    def _seen(self) -> Seen:
        plan, world, rng = self.truth, World(self.truth), self._rng(1)
        parts, start = [], 0
        for step in plan.steps:
            here = slice(start, start + step.windows)
            rates = world.rates(here)
            drawn = Canary.add_requests(plan, step.share, rates, Canary.draw(plan, step.share, rates, 1, rng), rng)
            parts.append(drawn.thinned(world.labelled[here], rng))
            start += step.windows
        return Seen.joined(parts)

    def shown(self, at: int) -> pd.DataFrame:
        """Return what can be seen after a window: requests and failures of either version, by window, as far as labels have come."""
        seen = self._seen.of(slice(None), max(at - self.game.plan.label_delay, 0))
        assert seen.requests is not None
        assert seen.stable_requests is not None
        columns = {"new": seen.requests, "new failed": seen.canary, "old": seen.stable_requests, "old failed": seen.stable}
        frame = pd.DataFrame({name: counts[0] for name, counts in columns.items()})
        frame.insert(0, "window", np.arange(1, len(frame) + 1))
        frame.insert(1, "share", self.game.plan.shares[: len(frame)])
        return frame

    @cached_property
    def _alarms(self) -> list[tuple[int, str]]:
        world, rng, found = World(self.truth), self._rng(2), []
        ramp = np.concatenate([self.game.plan.shares, np.zeros(AFTER)])
        for code in self.game.plan.monitors:
            monitor = BY_CODE[code]
            fired = np.flatnonzero(rng.random(world.windows) < world.alarms(monitor, ramp)) + 1 + world.delay(monitor)
            found += [(int(window), monitor.title) for window in fired]
        return sorted(found)

    def alarms(self, at: int) -> list[tuple[int, str]]:
        """Return the alarms of the monitors in place until a window: window and title."""
        return [one for one in self._alarms if one[0] <= at]

    @cached_property
    def gate(self) -> Play:
        """What the plan's gate does with the same labels."""
        watch, plan = self.game.plan.gate.watch(1), self.game.plan
        known = self.windows - plan.label_delay
        for number in range(known):
            here = slice(number, number + 1)
            assert self._seen.requests is not None
            assert self._seen.stable_requests is not None
            counts = [one[:, here] for one in (self._seen.canary, self._seen.stable, self._seen.requests, self._seen.stable_requests)]
            look = Seen(counts[0], counts[1], self._seen.weight[here], None, counts[2], counts[3], ends=number == known - 1)
            decision = int(watch.look(look)[0, 0])
            if decision != HOLD:
                return Play("promote" if decision == PROMOTE else "roll back", number + 1 + plan.label_delay)
        return Play("hold", self.windows)

    def cost(self, play: Play) -> float:
        """Return the bad decisions of both versions that are expected from the first window to the end of the time that counts."""
        world = World(self.truth)
        share = np.concatenate([self.game.plan.shares, np.full(AFTER, self.game.plan.shares[-1])])
        if play.move == "promote":
            share[play.at :] = 1.0
        elif play.move == "roll back":
            share[play.at + self.game.plan.rollback_delay :] = 0.0
        return float((world.requests * (share * world.new + (1 - share) * world.old)).sum())

    @cached_property
    def costs(self) -> dict[Play, float]:
        """What every possible play costs."""
        every = [Play("hold", self.windows)]
        every += [Play(move, at) for at in range(1, self.windows + 1) for move in ("promote", "roll back")]
        return {play: self.cost(play) for play in every}

    @property
    def best(self) -> Play:
        """The play that costs least, for somebody who knows the truth."""
        return min(self.costs, key=lambda play: self.costs[play])

    def score(self, play: Play) -> int:
        """Return 100 for the best possible play, 0 for the worst; by expected bad decisions, so that luck doesn't count.

        The square root spreads out plays near the best one: who rolls back in time scores by how soon.
        """
        worst, best = max(self.costs.values()), min(self.costs.values())
        return round(100 * (1 - ((self.cost(play) - best) / (worst - best)) ** 0.5)) if worst > best else 100

    def board(self, plays: dict[str, Play]) -> pd.DataFrame:
        """Return who scored what, the best first: the players, the gate, and the best possible play."""
        too_many, least = TOO_MANY, self.cost(self.best)
        rows = [(name, "player", play) for name, play in plays.items()]
        rows += [("the gate", "gate", self.gate), ("best possible", "best", self.best)]
        found = [
            {
                "who": who,
                "role": role,
                "play": play.said,
                "score": self.score(play),
                too_many: round(self.cost(play) - least),
            }
            for who, role, play in rows
        ]
        return pd.DataFrame(found).sort_values("score", ascending=False, kind="stable").reset_index(drop=True)

    def _rng(self, stream: int) -> np.random.Generator:
        return np.random.default_rng([int.from_bytes(sha256(self.game.secret.encode()).digest()[:8]), stream])


def rate(frame: pd.DataFrame, version: str) -> tuple[Array, Array, Array]:
    """Return a version's failure rate so far after each window, with its Wilson limits."""
    requests, failed = frame[version].cumsum(), frame[f"{version} failed"].cumsum()
    found = [wilson(float(bad), int(n)) for bad, n in zip(failed, requests, strict=True)]
    ends = (np.array([getattr(one, end) for one in found], dtype=float) for end in ("value", "low", "high"))
    value, low, high = ends
    return value, low, high
