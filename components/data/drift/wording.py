"""Drift in words."""

from math import log

from components import words
from components.data.records import DriftRun
from components.stats.estimate import Estimate

WEEKS, DAYS = 365.25 / 12 / 7, 365.25 / 12


def drift_answer(run: DriftRun) -> str:
    """Answer “how fast does our world change?”."""
    if run.over_time is None:
        return columns_sentence(run)
    rate = Estimate(**run.over_time["rate"])
    if not rate.value or (rate.low is not None and rate.low <= 0):
        return "No pace can be told from chance over this time."
    return f"About {words.percent(rate.value, 0 if rate.value >= 0.02 else 1)} a month: retrain every {every(months(run))}."


def columns_sentence(run: DriftRun) -> str:
    """Say how many columns drift."""
    compared = [row for row in run.columns if row["kind"] not in {"time", "key"}]
    drifting = run.drifting
    if not compared:
        return "There is no column that could be compared."
    if not drifting:
        return f"None of {len(compared)} columns drifts." if len(compared) > 1 else f"{str(compared[0]['column'])[:40]} does not drift."
    most = str(drifting[0]["column"])
    verb = "drifts" if len(drifting) == 1 else "drift"
    tail = f": {most[:40]}." if len(drifting) == 1 else f", {most[:40]} most."
    return f"{len(drifting)} of {words.counted(len(compared), 'column')} {verb}{tail}"


def drift_method(run: DriftRun) -> str:
    """Say what was compared, and how."""
    sizes = [words.counted(rows, "row") for rows in run.rows]
    compared = f"{run.before} ({sizes[0]}) against {run.after} ({sizes[1]}), 999 permutations, at most 5 % false alarms among the columns."
    if run.over_time is None:
        return compared[:1].upper() + compared[1:]
    rate, half = Estimate(**run.over_time["rate"]), Estimate(**run.over_time["half_life"])
    limits = words.interval(rate, as_percent=True)
    life = f", half-life {duration(half.value)}" if half.value is not None else ""
    count = words.counted(len(run.over_time["starts"]), run.over_time["unit"])
    return f"{words.percent(rate.value)} {limits} of the values lie elsewhere after a month{life}; {count}. {columns_sentence(run)}"


def drift_badge(run: DriftRun) -> tuple[str, str]:
    """Return the verdict as a word and its kind."""
    return ("drifts", "warn") if run.drifting else ("steady", "pass")


def months(run: DriftRun) -> float | None:
    """Return after how many months so many values have moved that the model is to be trained again."""
    rate = run.over_time["rate"]["value"] if run.over_time else None
    return log(1 - run.tolerance) / log(1 - rate) if rate and 0 < rate < 1 else None


def cadence(run: DriftRun) -> list[str]:
    """Say how often to retrain, relabel and recollect, and why."""
    if run.over_time is None or not run.over_time["rate"]["value"]:
        return []
    half = run.over_time["half_life"]["value"]
    return [
        f"Retrain every {every(months(run))}: by then {words.percent(run.tolerance, 0)} of the values lie elsewhere.",
        "Label a fresh sample as often, to see whether the model still holds: error rates move with the data.",
        f"Recollect every {every(half)}: half of what was collected then no longer says how the world is.",
    ]


def jumps(run: DriftRun) -> str:
    """Say where neighbouring periods differ by more than the pace explains; nothing where they don't."""
    if run.over_time is None or not run.over_time["lags"]:
        return ""
    shortest = min(run.over_time["lags"])
    near = [share for lag, share in zip(run.over_time["lags"], run.over_time["shares"], strict=True) if lag <= 1.2 * shortest]
    mean, rate = sum(near) / len(near), run.over_time["rate"]
    most = 1 - (1 - (rate["high"] if rate["high"] is not None else rate["value"])) ** (1.2 * shortest)
    if mean <= most + 0.02:
        return ""
    return (
        f"Neighbouring periods already differ by {words.percent(mean, 0)}, more than this pace explains: the data go to and fro, with "
        "seasons or places, rather than moving on. Train on several periods, and let the test be a later one."
    )


def every(span: float | None) -> str:
    """Write a span of months as how often one does something.

    >>> every(2.6), every(1.2), every(.3), every(.01), every(30)
    ('2 months', '5 weeks', '9 days', 'day', '2 years')
    """
    if span is None:
        return "time the checks say so"
    for number, noun in ((span / 12, "year"), (span, "month"), (span * WEEKS, "week"), (span * DAYS, "day")):
        if int(number) >= 2:
            return words.counted(int(number), noun)
    return "day"


def duration(span: float) -> str:
    """Write a span of months.

    >>> duration(16.9), duration(.4), duration(30.0)
    ('17 months', '12 days', '30 months')
    """
    return words.counted(span, "month") if span >= 2 else words.counted(max(span * DAYS, 1), "day")
