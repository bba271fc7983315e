"""What others have reached, against what we want to."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import pandas as pd

from components import words
from components.project.target import Target
from components.scoping.records import PriorWork

COMPLEMENTS = {"error": "accuracy", "error rate": "accuracy"}


@dataclass(frozen=True)
class Attainable:
    """What the literature says about our target; figures in the target's metric."""

    best: PriorWork | None
    best_score: float | None
    median_score: float | None
    people_score: float | None
    used: int
    beyond_best: bool
    beyond_people: bool

    def sentence(self, target: Target | None) -> str:
        """Answer “what have others reached?” in a sentence."""
        if self.best is None or self.best_score is None:
            return "Nobody knows yet what is attainable."
        best = f"Best published: {score_text(self.best_score, target.metric if target else self.best.metric)}"
        if target is None:
            return f"{best}."
        wanted = score_text(target.value, target.metric)
        return f"{best}; our target of {wanted} {'is beyond it' if self.beyond_best else 'has been reached'}."


def attainable(entries: Sequence[PriorWork], target: Target | None) -> Attainable:
    """Compare published results with the target.

    Only results in the target's metric are used; an error rate counts as an accuracy of one minus it, and the other way round.
    Without a target, the metric of the first entry is taken.
    """
    metric, direction = (target.metric, target.direction) if target else _common(entries)
    scored = [(entry, score) for entry in entries if (score := in_metric(entry, metric)) is not None]
    models = [(entry, score) for entry, score in scored if not entry.people]
    people = [score for entry, score in scored if entry.people]
    better = max if direction == "higher" else min
    best, best_score = better(models, key=lambda pair: pair[1], default=(None, None))
    people_score = better(people, default=None)

    def beyond(score: float | None) -> bool:
        if target is None or score is None:
            return False
        return target.value > score if direction == "higher" else target.value < score

    middle = median(score for _, score in models) if models else None
    return Attainable(best, best_score, middle, people_score, len(scored), beyond(best_score), beyond(people_score))


def _common(entries: Sequence[PriorWork]) -> tuple[str, str]:
    return (entries[0].metric, entries[0].direction) if entries else ("accuracy", "higher")


def in_metric(entry: PriorWork, metric: str) -> float | None:
    """Return a result in another metric, or None where that can't be done.

    >>> in_metric(PriorWork(title="LeNet-5", score=.0095, metric="error rate", direction="lower"), "accuracy")
    0.9905
    """
    ours, theirs = metric.strip().lower(), entry.metric.strip().lower()
    if ours == theirs:
        return entry.score
    if COMPLEMENTS.get(theirs) == ours or COMPLEMENTS.get(ours) == theirs:
        return round(1 - entry.score, 12)
    return None


def score_text(value: float, metric: str) -> str:
    """Write a score as its metric is usually written: shares as percentages."""
    shares = {"accuracy", "error", "error rate", "f1", "precision", "recall", "word error rate", "character error rate", "auc"}
    return words.percent(value, 2).replace(".00 %", ".0 %") if metric.strip().lower() in shares else words.decimal(value)


def table(entries: Sequence[PriorWork], target: Target | None) -> pd.DataFrame:
    """Return the entries with what must be known to compare them: columns as on the screen."""
    metric = target.metric if target else _common(entries)[0]
    rows = []
    for entry in entries:
        score = in_metric(entry, metric)
        gap = None
        if score is not None and target is not None:
            gap = score - target.value if target.direction == "higher" else target.value - score
        rows.append(
            {
                "who and what": entry.title,
                "score": score_text(entry.score, entry.metric),
                "metric": entry.metric,
                f"as {metric}": None if score is None else score_text(score, metric),
                "against our target": None if gap is None else words.percent(gap, 2, sign=True),
                "people": "people" if entry.people else "model",
                "data": entry.data,
                "year": entry.year,
                "licence": entry.licence,
                "source": entry.link,
            }
        )
    return pd.DataFrame(rows)
