"""What others have reached, against what we want to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

import pandas as pd

from components import words
from components.project.target import Target
from components.scoping.records import PriorWork

COMPLEMENTS = {"error": "accuracy", "error rate": "accuracy"}
SHARES = frozenset(
    {"accuracy", "error", "error rate", "f1", "precision", "recall", "word error rate", "character error rate", "auc", "top-1", "top-5"}
)
OLD_YEARS = 3
THE_SAME = 5
LIKENESS = {1: "not alike at all", 2: "a little alike", 3: "partly alike", 4: "mostly alike"}


@dataclass(frozen=True)
class Reached:
    """What we have measured ourselves: a figure in its metric, how it is written, and how it was simulated, if it was."""

    name: str
    value: float
    metric: str
    low: float | None = None
    high: float | None = None
    simulated: str = ""


@dataclass(frozen=True)
class Attainable:
    """What the literature says about our target; figures in one metric, `used` of them entered.

    `people_score` is the measured human level where there is one, else the best that was entered for people.
    """

    metric: str
    direction: str
    best: PriorWork | None
    best_score: float | None
    median_score: float | None
    people_score: float | None
    people_measured: bool
    used: int
    target: Target | None

    def gap(self, score: float | None, other: float | None = None) -> float | None:
        """Return how much better `score` is than our target, or than `other`; negative where it is worse."""
        held = other if other is not None else self.target.value if self.target else None
        if score is None or held is None:
            return None
        return score - held if self.direction == "higher" else held - score

    @property
    def beyond_best(self) -> bool:
        """Whether the target is above the best published result."""
        gap = self.gap(self.best_score)
        return gap is not None and gap < 0

    @property
    def beyond_people(self) -> bool:
        """Whether the target is above human level."""
        gap = self.gap(self.people_score)
        return gap is not None and gap < 0

    @property
    def sentence(self) -> str:
        """Answer “what have others reached?” in a sentence."""
        if self.best_score is None:
            return "Nobody knows yet what is attainable."
        best = f"Best published: {score_text(self.best_score, self.metric)}"
        if self.target is None:
            return f"{best}."
        wanted = score_text(self.target.value, self.metric)
        return f"{best}; our target of {wanted} {'is beyond it' if self.beyond_best else 'has been reached'}."

    @property
    def warnings(self) -> list[str]:
        """What speaks against the target."""
        if self.target is None:
            return []
        wanted, found = score_text(self.target.value, self.metric), []
        if self.beyond_best and self.best is not None:
            best = score_text(self.best_score or 0.0, self.metric)
            found.append(f"Our target of {wanted} is above the best published result, {best} ({self.best.title}): nobody has shown it.")
        if self.beyond_people:
            people = score_text(self.people_score or 0.0, self.metric)
            how = "measured" if self.people_measured else "published"
            found.append(f"Our target of {wanted} is above human level, {people} as {how}: people can't label data that well.")
        return found


def attainable(entries: Sequence[PriorWork], target: Target | None, people: Reached | None = None) -> Attainable:
    """Compare published results with the target.

    Only results in the target's metric are used; an error rate counts as an accuracy of one minus it, and the other way round.
    Without a target, the metric of the first entry is taken. `people` is human level as we measured it.
    """
    metric, direction = (target.metric, target.direction) if target else _common(entries)
    scored = [(entry, score) for entry in entries if (score := in_metric(entry, metric)) is not None]
    models = [(entry, score) for entry, score in scored if not entry.people]
    better = max if direction == "higher" else min
    best, best_score = better(models, key=lambda pair: pair[1], default=(None, None))
    typed = better([score for entry, score in scored if entry.people], default=None)
    measured = converted(people.value, people.metric, metric) if people else None
    middle = median(score for _, score in models) if models else None
    humans = typed if measured is None else measured
    return Attainable(metric, direction, best, best_score, middle, humans, measured is not None, len(scored), target)


def _common(entries: Sequence[PriorWork]) -> tuple[str, str]:
    return (entries[0].metric, entries[0].direction) if entries else ("accuracy", "higher")


def in_metric(entry: PriorWork, metric: str) -> float | None:
    """Return a result in another metric, or None where that can't be done.

    >>> in_metric(PriorWork(title="LeNet-5", score=.0095, metric="error rate", direction="lower"), "accuracy")
    0.9905
    """
    return converted(entry.score, entry.metric, metric)


def converted(score: float, metric: str, wanted: str) -> float | None:
    """Return a score in another metric, or None where that can't be done."""
    ours, theirs = wanted.strip().lower(), metric.strip().lower()
    if ours == theirs or {ours, theirs} <= set(COMPLEMENTS):
        return score
    if COMPLEMENTS.get(theirs) == ours or COMPLEMENTS.get(ours) == theirs:
        return round(1 - score, 12)
    return None


def is_share(metric: str) -> bool:
    """Whether a metric is a share, written as a percentage."""
    return metric.strip().lower() in SHARES


def score_text(value: float, metric: str) -> str:
    """Write a score as its metric is usually written: shares as percentages."""
    return words.percent(value, 2).replace(".00 %", ".0 %") if is_share(metric) else words.decimal(value)


def gap_text(value: float | None, metric: str) -> str:
    """Write a distance between two scores, shares in percentage points."""
    if value is None:
        return words.MISSING
    return f"{words.bare_percent(value, 2, sign=True)} points" if is_share(metric) else f"{value:+.2f}"


def flags(entry: PriorWork, today: date) -> list[str]:
    """Return what one should know before leaning on a result."""
    found = []
    if is_share(entry.metric) and not 0 <= entry.score <= 1:
        found.append(f"{entry.metric} beyond 0 to 1: write 97.2 % as .972")
    if not entry.people and not entry.licence.strip():
        found.append("licence missing")
    if entry.similarity is None:
        found.append("not said whether the data are like ours")
    elif entry.similarity < THE_SAME:
        found.append(f"not the same data ({LIKENESS[entry.similarity]})")
    if entry.year is not None and today.year - entry.year > OLD_YEARS:
        found.append(f"older than three years ({entry.year})")
    return found


def table(entries: Sequence[PriorWork], target: Target | None, people: Reached | None = None, today: date | None = None) -> pd.DataFrame:
    """Return the entries with what must be known to compare them: columns as on the screen, the best first."""
    found = attainable(entries, target, people)
    sign = -1 if found.direction == "higher" else 1
    rows = []
    for entry in entries:
        score = in_metric(entry, found.metric)
        rows.append(
            {
                "order": float("inf") if score is None else sign * score,
                "who and what": entry.title,
                "score": score_text(entry.score, entry.metric),
                "metric": entry.metric,
                f"as {found.metric}": None if score is None else score_text(score, found.metric),
                "against our target": gap_text(found.gap(score), found.metric),
                "against people": words.MISSING
                if score is None or found.people_score is None
                else gap_text(found.gap(score, found.people_score), found.metric),
                "people": "people" if entry.people else "model",
                "data": ", ".join(part for part in (entry.data, entry.split) if part),
                "like ours": words.MISSING if entry.similarity is None else f"{entry.similarity} of 5",
                "year": entry.year,
                "licence": entry.licence,
                "reproduced": entry.reproduced,
                "mind": "; ".join(flags(entry, today or date.today())),
                "source": entry.link,
            }
        )
    frame = pd.DataFrame(rows).sort_values("order", kind="stable").drop(columns="order").reset_index(drop=True)
    return frame.astype({"year": "Int64"})
