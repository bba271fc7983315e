"""Designs a ramp: from what may go wrong and the traffic there is, how long each step takes, or why it can't be decided."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from components import words
from components.deployment.outcome import Outcome
from components.deployment.parts import MOST_WINDOWS
from components.deployment.plan import Plan
from components.deployment.reading import read_plan
from components.deployment.simulation import simulate
from components.deployment.traffic import Traffic

WANTED = 0.9
"""Share of the harmful versions that are caught, and of the harmless ones that are promoted, before a ramp is proposed."""
FIRST = (0.01, 0.02, 0.05, 0.1, 0.25)
SMALL = (0.4, 0.7)
"""Part of the windows in which the share is still small."""
LARGEST = 0.5
TRIED, SURE = 300, 1000
MOST_TIMES = 1024
MOST_HARM = 20.0


@dataclass(frozen=True)
class Wish:
    """What a team asks of a rollout.

    Attributes
    ----------
    plan : Plan
        Traffic, failure rate, strategy and labels.
    alpha : float
        Tolerated share of harmless versions that are rolled back.
    harm : float
        The smallest harm that matters: how many times as bad.
    windows : int
        The longest that it may take.
    """

    plan: Plan
    alpha: float
    harm: float
    windows: int


@dataclass(frozen=True, eq=False)
class Design:
    """A ramp that does what was asked, with what it gave; or, where `plan` is None, what would make it decidable."""

    wish: Wish
    plan: Plan | None
    harmful: Outcome | None
    harmless: Outcome | None
    ways_out: tuple[str, ...]

    @property
    def answer(self) -> str:
        """The design in a sentence."""
        if self.plan is None or self.harmful is None or self.harmless is None:
            return f"Not decidable with this traffic within {words.counted(self.wish.windows, 'window')}."
        done = self.harmless.windows_to_promote(WANTED) or self.plan.windows
        bad = words.counted(self.harmful.bad_decisions.value or 0, "bad decision")
        met = f"{words.counted(self.exposed, 'request')} meet a harmful one, {bad}"
        met = "nobody meets the new version before" if self.plan.paired else met
        steps, long = words.counted(len(self.plan.steps), "step"), words.lasting(done * self.plan.window_minutes)
        return f"{steps}, done within {words.counted(done, 'window')} ({long}) for nine good versions in ten; {met}."

    @property
    def exposed(self) -> float:
        """How many requests a harmful version decides until it is stopped, on the mean."""
        if self.plan is None or self.harmful is None or self.plan.paired:
            return 0.0
        decided = np.cumsum(self.plan.shares * Traffic(self.plan, self.plan.windows).requests)
        return float(decided[np.minimum(self.harmful.ended, self.plan.windows) - 1].mean())

    @property
    def method(self) -> str:
        """How it was found."""
        if self.harmful is None or self.harmless is None:
            fastest = (
                "a mirror of all requests" if self.wish.plan.paired else "half of the traffic on the new version from the first window on"
            )
            return f"Simulated: {words.count(TRIED)} rollouts of each ramp that was tried. What would help is told for {fastest}."
        caught, good, wrong = self.harmful.rolled_back, self.harmless.promoted, self.harmless.rolled_back
        said = [
            f"{name} {words.percent(one.value)} {words.interval(one, as_percent=True)}"
            for name, one in (("harmful caught", caught), ("harmless promoted", good), ("harmless rolled back", wrong))
        ]
        return f"Simulated: {words.count(self.harmful.runs)} rollouts; {', '.join(said)}."


def design(wish: Wish, seed: int = 0) -> Design:
    """Find the ramp with the fewest bad decisions that catches and promotes nine versions in ten each.

    Parameters
    ----------
    wish : Wish
    seed : int

    Returns
    -------
    Design

    Raises
    ------
    BadInput
        The harm would be more than every decision.
    """
    tried = [(plan, _both(plan, wish.harm, TRIED, seed)) for plan in candidates(wish)]
    good = [(plan, both) for plan, both in tried if _does(both)]
    for plan, _ in sorted(good, key=lambda one: (one[1][0].bad_decisions.value or 0, one[0].windows)):
        sure = _both(plan, wish.harm, SURE, seed + 1)
        if _does(sure):
            return Design(wish, plan, *sure, ())
    return Design(wish, None, None, None, tuple(_ways_out(wish, seed)))


def candidates(wish: Wish) -> Iterator[Plan]:
    """Give the ramps that are tried: ladders that begin small and end with half of the traffic; a mirror takes all of it at once."""
    if wish.plan.paired:
        yield _plan(wish, [(1.0, wish.windows)])
        return
    largest = min(LARGEST, wish.plan.largest_share)
    for first in (share for share in FIRST if share <= largest):
        ladder = [first]
        while ladder[-1] * 5 < largest:
            ladder.append(ladder[-1] * 5)
        for small in SMALL:
            begin = max(1, int(small * wish.windows))
            rest = [*ladder[1:], largest]
            if wish.windows - begin < len(rest):
                continue
            each = np.full(len(rest), (wish.windows - begin) // len(rest))
            each[-1] += wish.windows - begin - each.sum()
            yield _plan(wish, [(first, begin), *zip(rest, each.tolist(), strict=True)])


def _plan(wish: Wish, steps: list[tuple[float, int]]) -> Plan:
    """Return a plan with these steps, and the gate that was asked for."""
    gate = {"kind": "e-process", "alpha": wish.alpha, "margin": min(wish.harm - 1, 5.0)}
    ramp = [{"share": round(share, 6), "windows": windows} for share, windows in steps]
    late = min(wish.plan.label_delay, wish.windows - 1)
    warm = min(wish.plan.warm_up, wish.windows - late - 1)
    changed = {"faults": (), "slices": (), "gate": gate, "steps": ramp, "risk_ratio": 1.0, "label_delay": late, "warm_up": warm}
    return read_plan({**wish.plan.model_dump(), **changed})


def _both(plan: Plan, harm: float, runs: int, seed: int) -> tuple[Outcome, Outcome]:
    given = plan.model_dump()
    return simulate(read_plan({**given, "risk_ratio": harm}), runs, seed), simulate(read_plan({**given, "risk_ratio": 1.0}), runs, seed)


def _does(both: tuple[Outcome, Outcome]) -> bool:
    return (both[0].rolled_back.value or 0) >= WANTED and (both[1].promoted.value or 0) >= WANTED


def _decidable(wish: Wish, seed: int) -> bool:
    """Whether the ramp that learns fastest decides: half of the traffic from the first window on, or a mirror of all of it."""
    share = 1.0 if wish.plan.paired else min(LARGEST, wish.plan.largest_share)
    return _does(_both(_plan(wish, [(share, wish.windows)]), wish.harm, TRIED, seed))


def _ways_out(wish: Wish, seed: int) -> Iterator[str]:
    """Say what would make it decidable: evidence adds up over requests, so more of them or more windows are the same."""
    if _decidable(wish, seed):
        share = "all requests" if wish.plan.paired else "half of the requests"
        yield f"It is decidable with {share} from the first window on, without small steps before: at the price of more bad decisions."
    times = _enough(wish, _more_traffic, seed)
    if times:
        requests = wish.plan.requests_per_window * times
        longer = wish.windows * times
        yield f"With about {words.count(requests)} requests a window instead of {words.count(wish.plan.requests_per_window)}."
        if longer <= MOST_WINDOWS:
            yield f"Or with about {words.count(longer)} windows instead of {words.count(wish.windows)}."
    review = wish.plan.reviewed
    times = _enough(wish, _more_reviews, seed) if review else 0
    if review and times:
        yield f"With about {words.count(review.capacity * times)} reviews a window instead of {words.count(review.capacity)}."
    harm = _smallest_harm(wish, seed)
    if harm is not None:
        yield f"Or by asking for less: harm of {harm:.1f} times is decidable as it is."


def _enough(wish: Wish, more: Callable[[Wish, int], Wish], seed: int) -> int:
    """Return how many times as much of something makes it decidable, as a power of two; 0 where nothing does."""
    times = 2
    while times <= MOST_TIMES and not _decidable(more(wish, times), seed):
        times *= 2
    return times if times <= MOST_TIMES else 0


def _more_reviews(wish: Wish, times: int) -> Wish:
    assert wish.plan.review is not None
    review = wish.plan.review.model_copy(update={"capacity": min(wish.plan.review.capacity * times, 10_000_000)})
    return replace(wish, plan=wish.plan.model_copy(update={"review": review}))


def _more_traffic(wish: Wish, times: int) -> Wish:
    plan = wish.plan.model_copy(update={"requests_per_window": min(wish.plan.requests_per_window * times, 10_000_000)})
    return replace(wish, plan=plan)


def _smallest_harm(wish: Wish, seed: int) -> float | None:
    """Return about the smallest harm that is decidable as the traffic is."""
    most = min(MOST_HARM, 0.99 / wish.plan.failure_rate)
    if most <= wish.harm or not _decidable(replace(wish, harm=most), seed):
        return None
    low, high = wish.harm, most
    while high / low > 1.05:
        middle = float(np.sqrt(low * high))
        low, high = (low, middle) if _decidable(replace(wish, harm=middle), seed) else (middle, high)
    return float(np.ceil(10 * high) / 10)
