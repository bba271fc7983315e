"""Compute: what is required, with how sure that is, against what there is."""

from dataclasses import dataclass

from components import words
from components.modelling.growing import cost_at
from components.modelling.records import ComputeMeans, ComputeNeed, GrowthRun
from components.stats.estimate import Estimate

HOUR = 3600.0
MEGABYTES = 1024.0
UNITS = {"hours": "h", "memory": "GB", "money": ""}
TITLES = {"hours": "device-hours", "memory": "memory of a device", "money": "money"}
TAKES = {"hours": "on a device", "memory": "of its memory", "money": "in money"}


@dataclass(frozen=True)
class Required:
    """What a piece of work takes: device-hours, gigabytes of a device, and money; without a value where nobody knows."""

    hours: Estimate
    memory: Estimate
    money: Estimate


def required(need: ComputeNeed, growth: GrowthRun | None = None) -> Required:
    """Return what a piece of work takes.

    A cited result takes devices × hours × runs ÷ speed, as its authors say, without interval. What is measured here takes the
    seconds and memory that the power law through growing parts of the data gives for so many rows, with its interval for a new run,
    times the runs ÷ speed.
    """
    share = need.runs / need.speed
    if need.how == "cited":
        why = "Nobody has said how long one run takes."
        hours = Estimate(None, why=why) if need.hours is None else Estimate(need.hours * need.devices * share)
        memory = Estimate(need.memory, why="" if need.memory is not None else "Nobody has said how much memory it takes.")
    elif growth is None or need.rows is None:
        why = "Measure the model on growing parts of this version first (Baselines, More data), and say how many rows are planned."
        hours = memory = Estimate(None, why=why)
    else:
        hours = _times(cost_at(growth.steps, need.rows, "seconds"), share / HOUR)
        memory = _times(cost_at(growth.steps, need.rows, "megabytes"), 1 / MEGABYTES)
    money = Estimate(None, why="No price was given.") if need.price is None else _times(hours, need.price)
    return Required(hours, memory, money)


def _times(found: Estimate, factor: float) -> Estimate:
    value, low, high = (None if one is None else one * factor for one in (found.value, found.low, found.high))
    return Estimate(value, low, high, found.n, found.why)


def all_required(each: list[Required]) -> Required:
    """Return what several pieces of work take: hours and money add up, of memory the largest counts.

    Lower and upper limits add up as well, which is safe whatever the errors have in common.
    """
    largest = max((one.memory for one in each if one.memory.value is not None), key=lambda one: one.high or one.value or 0.0, default=None)
    return Required(_sum([one.hours for one in each]), largest or Estimate(None, why="Not known."), _sum([one.money for one in each]))


def _sum(parts: list[Estimate]) -> Estimate:
    known = [one for one in parts if one.value is not None]
    if not known:
        return Estimate(None, why=parts[0].why if parts else "Nothing is planned.")
    why = (
        ""
        if len(known) == len(parts)
        else f"{words.counted(len(parts) - len(known), 'piece of work', 'pieces of work')} left out: not known."
    )
    value = sum(float(one.value or 0.0) for one in known)
    low = sum(float(one.value if one.low is None else one.low) for one in known if one.value is not None)
    high = sum(float(one.value if one.high is None else one.high) for one in known if one.value is not None)
    return Estimate(value, low, high, why=why) if low < high else Estimate(value, why=why)


def amount(value: float | None, what: str) -> str:
    """Write an amount with its unit.

    >>> amount(12.34, "hours"), amount(0.0021, "hours"), amount(1234.5, "money"), amount(0.0123, "memory"), amount(None, "memory")
    ('12.3 h', '7.6 s', '1,234', '12.6 MB', '–')
    """
    if value is None:
        return words.MISSING
    if what == "hours" and 0 < value < 0.1:  # noqa: PLR2004 - below six minutes, hours say little
        return f"{value * HOUR:.1f} s" if value * HOUR < 60 else f"{value * 60:.1f} min"  # noqa: PLR2004
    if what == "memory" and 0 < value < 0.1:  # noqa: PLR2004 - below that, gigabytes say little
        return f"{value * MEGABYTES:.3g} MB"
    written = f"{value:,.0f}" if value >= 100 else f"{value:.3g}"  # noqa: PLR2004 - three digits say enough
    return f"{written} {UNITS[what]}".strip()


def verdict(found: Estimate, available: float | None, what: str) -> tuple[str, str]:
    """Return whether there is enough, as a kind (pass, warn, fail, note) and a sentence."""
    title = TITLES[what].capitalize()
    if found.value is None:
        return "note", f"{title}: not known. {found.why}".strip()
    said = f"{amount(found.value, what)} required"
    if found.low is not None and found.high is not None:
        said = f"{amount(found.value, what)} [{amount(found.low, what)}, {amount(found.high, what)}] required"
    if available is None:
        return "note", f"{title}: {said}; nobody has said how much there is."
    there = amount(available, what)
    if found.value > available:
        return "fail", f"{title}: {said}, {there} available: short by {amount(found.value - available, what)}."
    if found.high is not None and found.high > available:
        return "warn", f"{title}: {said}, {there} available: enough on average, short by {amount(found.high - available, what)} at worst."
    return "pass", f"{title}: {said}, {there} available: enough."


def compute_answer(found: Required, means: ComputeMeans | None) -> str:
    """Answer “do we have what it takes?”."""
    kinds = verdicts(found, means)
    short = [said for kind, said in kinds if kind == "fail"]
    if short:
        return short[0]
    doubtful = [said for kind, said in kinds if kind == "warn"]
    if doubtful:
        return doubtful[0]
    enough = [what for what, (kind, _) in zip(UNITS, kinds, strict=True) if kind == "pass"]
    return f"Enough: {words.listed([TITLES[what] for what in enough])}." if enough else "Not known yet."


def verdicts(found: Required, means: ComputeMeans | None) -> list[tuple[str, str]]:
    """Return the verdicts on hours, memory and money, in that order."""
    return [verdict(getattr(found, what), getattr(means, what) if means else None, what) for what in UNITS]
