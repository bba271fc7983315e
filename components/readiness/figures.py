"""The figures of a project that promises, kill criteria and triggers are bound to: each always the newest of its kind."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from components import words
from components.data.records import AgreementRun, CheckRun
from components.deployment.records import ROLLOUT, RolloutRun
from components.modelling.records import HumanLevelRun, Leaderboard
from components.modelling.slice_records import Slice, SliceRun
from components.project.data_sets import DataVersion, LabelSet
from components.project.records import Record
from components.project.shelf import Shelf
from components.project.target import Target
from components.readiness.measured import MeasuredFigure, written
from components.readiness.ml_test_score import BY_CODE, score
from components.readiness.records import ChecklistAnswer
from components.stats.estimate import Estimate


@dataclass(frozen=True)
class Figure:
    """A figure that the project measures again and again. `read` returns None while nobody has; codes are never reused."""

    code: str
    title: str
    metric: str
    direction: Literal["higher", "lower"]
    screen: str
    read: Callable[[Shelf, "Figure"], MeasuredFigure | None]

    def measured(self, estimate: Estimate, on: str, record: Record[Any], simulated: str = "", metric: str = "") -> MeasuredFigure:
        """Return what it came out at, on what, and when."""
        metric = metric or self.metric
        return MeasuredFigure(self.code, self.title, metric, self.direction, estimate, self.screen, simulated, on=on, at=record.updated_at)


def _alpha(shelf: Shelf, figure: Figure) -> MeasuredFigure | None:
    run = shelf.newest(AgreementRun)
    if run is None:
        return None
    on = words.counted(run.body.annotators, "labeller")
    return figure.measured(Estimate(**run.body.alpha), on, run, run.body.simulated)


def _people(shelf: Shelf, figure: Figure) -> MeasuredFigure | None:
    other = {record.id for record in shelf.all(LabelSet) if record.body.question}
    run = max((one for one in shelf.all(HumanLevelRun) if one.id not in other), key=lambda record: record.seq, default=None)
    if run is None:
        return None
    return figure.measured(Estimate(**run.body.accuracy), "people on labelled items", run, run.body.simulated)


def _baseline(shelf: Shelf, figure: Figure) -> MeasuredFigure | None:
    """Return the best quick model in the target's metric; without one, of the newest leaderboard."""
    boards = [record for record in shelf.all(Leaderboard) if record.body.best is not None]
    target = shelf.get(Target, "target")
    metric = target.body.metric.strip().lower() if target else ""
    fitting = [record for record in boards if record.body.metric.lower() == metric]
    board = max(fitting, key=_best_value) if fitting else max(boards, key=lambda record: record.seq, default=None)
    if board is None or board.body.best is None:
        return None
    best = board.body.best
    on = f"{board.body.metric} of {best.title}"
    found = figure.measured(Estimate(**best.estimate), on, board, board.body.simulated, board.body.metric)
    return replace(found, run_id=best.run_id)


def _best_value(record: Record[Leaderboard]) -> float:
    best = record.body.best
    return float(best.estimate["value"]) if best else float("-inf")


def _headroom(shelf: Shelf, figure: Figure) -> MeasuredFigure | None:
    """Return what the most promising slice would bring."""
    run = shelf.newest(SliceRun)
    rows = [(id_, row) for id_, row in run.body.rows.items() if row["headroom"] is not None] if run else []
    if run is None or not rows:
        return None
    id_, row = max(rows, key=lambda one: float(one[1]["headroom"]))
    named = shelf.get(Slice, id_)
    on = f"“{named.body.name}”, {words.counted(row['n'], 'item')}" if named else words.counted(row["n"], "item")
    return figure.measured(Estimate(row["headroom"], row["low"], row["high"], row["n"]), on, run, run.body.simulated)


def _to_fix(shelf: Shelf, figure: Figure) -> MeasuredFigure | None:
    newest = {record.body.data_set: record.id for record in shelf.all(DataVersion)}
    runs = [record for record in shelf.all(CheckRun) if record.id in newest.values()]
    if not runs:
        return None
    failed = sum(record.body.count("failed") for record in runs)
    on = f"{words.counted(len(runs), 'data set')}, each in its newest version"
    last = max(runs, key=lambda record: record.seq)
    return figure.measured(Estimate(float(failed)), on, last, _first(record.body.simulated for record in runs))


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")


def _rows(shelf: Shelf, figure: Figure) -> MeasuredFigure | None:
    version = shelf.newest(DataVersion)
    return figure.measured(Estimate(float(version.body.rows)), f"version {version.body.number}", version) if version else None


def _rehearsed(field: str) -> Callable[[Shelf, Figure], MeasuredFigure | None]:
    def read(shelf: Shelf, figure: Figure) -> MeasuredFigure | None:
        run = shelf.get(RolloutRun, ROLLOUT)
        if run is None:
            return None
        estimate = Estimate(**getattr(run.body, field))
        return figure.measured(estimate, "rehearsed runs", run, run.body.simulated)

    return read


def _test_score(shelf: Shelf, figure: Figure) -> MeasuredFigure | None:
    answers = [record for record in shelf.all(ChecklistAnswer) if record.id in BY_CODE]
    if not answers:
        return None
    scored = score({record.id: record.body.state for record in answers})
    on = f"{scored.met} of {len(BY_CODE)} lines met, weakest in {scored.weakest.lower()}"
    return figure.measured(Estimate(scored.score), on, max(answers, key=lambda record: record.seq))


FIGURES: tuple[Figure, ...] = (
    Figure("agreement-alpha", "Agreement of labellers (α)", "α", "higher", "data/labels", _alpha),
    Figure("checks-to-fix", "Checks to fix", "count", "lower", "data/checks", _to_fix),
    Figure("rows", "Rows of the newest data", "count", "higher", "data/data_sets", _rows),
    Figure("human-level", "Human level", "accuracy", "higher", "modelling/human_level", _people),
    Figure("best-baseline", "Best baseline", "accuracy", "higher", "modelling/baselines", _baseline),
    Figure("headroom", "Largest headroom of a slice", "share", "lower", "modelling/where_to_work", _headroom),
    Figure("rollout-stopped", "Harmful rollouts stopped", "share", "higher", "deployment/rollout", _rehearsed("caught")),
    Figure("rollout-bad-decisions", "Bad decisions before rollback", "count", "lower", "deployment/rollout", _rehearsed("bad_decisions")),
    Figure("rollout-false-stops", "Good rollouts stopped", "share", "lower", "deployment/rollout", _rehearsed("false_rollbacks")),
    Figure("ml-test-score", "ML Test Score", "points", "higher", "deployment/checklist", _test_score),
)
BY_FIGURE = {figure.code: figure for figure in FIGURES}
Readings = dict[str, MeasuredFigure]


def readings(shelf: Shelf) -> Readings:
    """Return the figures that the project has measured, by their codes; reads each kind of record once."""
    found = {figure.code: figure.read(shelf, figure) for figure in FIGURES}
    return {code: one for code, one in found.items() if one is not None and one.estimate.value is not None}


def condition(code: str, comparison: str, value: float, found: Readings) -> str:
    """Write a condition on a figure, such as “Best baseline below 80.0 %”."""
    figure = BY_FIGURE.get(code)
    metric = found[code].metric if code in found else figure.metric if figure else ""
    compared = {"<": "below", "≤": "at most", "≥": "at least", ">": "above"}[comparison]
    return f"{figure.title if figure else code} {compared} {written(value, metric)}"


def now(code: str, found: Readings) -> str:
    """Write what a figure is now, on what it was measured."""
    return f"{found[code].value_text}, {found[code].on}" if code in found else "not measured yet"
