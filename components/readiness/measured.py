"""Every figure that a phase has measured, each under a name that another phase can refer to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from components import words
from components.data.records import AgreementRun, CheckRun
from components.deployment.records import RolloutRun
from components.modelling.records import HumanLevelRun, Leaderboard
from components.project.data_sets import DataSet, DataVersion, LabelSet
from components.project.store import Store
from components.scoping.prior_work import Reached
from components.stats.estimate import Estimate

PERCENT = frozenset({"accuracy", "share"})


def written(value: float | None, metric: str) -> str:
    """Write a value as its metric is read.

    >>> written(.985, "accuracy"), written(1234.0, "count"), written(.833, "α"), written(250.0, "ms")
    ('98.5 %', '1,234', '.83', '250')
    """
    if metric in PERCENT:
        return words.percent(value)
    if metric == "count" or (value is not None and abs(value) >= 10 and float(value).is_integer()):
        return words.count(value)
    return words.decimal(value)


@dataclass(frozen=True)
class MeasuredFigure:
    """One figure. `ref` is its name in a record, `screen` where one can see it, `run_id` the tracked run where there is one.

    `on` says what it was measured on, `at` when.
    """

    ref: str
    title: str
    metric: str
    direction: str
    estimate: Estimate
    screen: str
    simulated: str = ""
    run_id: str = ""
    on: str = ""
    at: datetime | None = None

    @property
    def as_percent(self) -> bool:
        """Whether it is written as a percentage."""
        return self.metric in PERCENT

    @property
    def value_text(self) -> str:
        """Write the figure with its interval and n."""
        estimate, value = self.estimate, written(self.estimate.value, self.metric)
        limits = words.interval(estimate, self.as_percent)
        if not self.as_percent and estimate.low is not None and estimate.high is not None:
            limits = f"[{written(estimate.low, self.metric)}, {written(estimate.high, self.metric)}]"
        number = f"n = {words.count(estimate.n)}" if estimate.n else ""
        return ", ".join(part for part in (f"{value} {limits}".strip(), number, "simulated" if self.simulated else "") if part)

    @property
    def text(self) -> str:
        """Say what was measured, and the figure."""
        return f"{self.title}: {self.value_text}"


def measured_figures(store: Store, project_id: str) -> dict[str, MeasuredFigure]:
    """Return what data, modelling and deployment have measured, by its name; the newest of a kind first."""
    found = [*_models(store, project_id), *_people(store, project_id), *_labels(store, project_id), *_rest(store, project_id)]
    return {figure.ref: figure for figure in found}


def best_model(store: Store, project_id: str) -> MeasuredFigure | None:
    """Return the best quick model of the newest leaderboard."""
    return next(_models(store, project_id), None)


def human_level(store: Store, project_id: str) -> MeasuredFigure | None:
    """Return the newest human level on the column to predict; rounds that asked something else measure that."""
    other = {f"human_level_run:{record.id}" for record in store.all(project_id, LabelSet) if record.body.question}
    return next((figure for figure in _people(store, project_id) if figure.ref not in other), None)


def reached(found: MeasuredFigure | None) -> Reached | None:
    """Return a figure as it is held against prior work."""
    if found is None or found.estimate.value is None:
        return None
    return Reached(found.title, found.estimate.value, found.metric, found.estimate.low, found.estimate.high, found.simulated)


def _models(store: Store, project_id: str) -> Iterator[MeasuredFigure]:
    versions = {record.id: record.body for record in store.all(project_id, DataVersion)}
    sets = {record.id: record.body for record in store.all(project_id, DataSet)}
    for record in sorted(store.all(project_id, Leaderboard), key=lambda one: -one.seq):
        board, version = record.body, versions.get(record.id)
        data_set = sets.get(version.data_set) if version else None
        where = f" on {data_set.name}" if data_set else ""
        scored = [entry for entry in board.models if entry.estimate["value"] is not None]
        for entry in sorted(scored, key=lambda one: -one.estimate["value"]):
            yield MeasuredFigure(
                f"leaderboard:{record.id}:{entry.name}",
                f"{entry.title}{where}",
                board.metric,
                "higher",
                Estimate(**entry.estimate),
                "modelling/baselines",
                board.simulated,
                entry.run_id,
            )


def _people(store: Store, project_id: str) -> Iterator[MeasuredFigure]:
    labels = {record.id: record.body for record in store.all(project_id, LabelSet)}
    for record in sorted(store.all(project_id, HumanLevelRun), key=lambda one: -one.seq):
        name = f", {labels[record.id].name}" if record.id in labels else ""
        estimate = Estimate(**record.body.accuracy)
        title, screen = f"Human level{name}", "modelling/human_level"
        yield MeasuredFigure(f"human_level_run:{record.id}", title, "accuracy", "higher", estimate, screen, record.body.simulated)


def _labels(store: Store, project_id: str) -> Iterator[MeasuredFigure]:
    labels = {record.id: record.body for record in store.all(project_id, LabelSet)}
    for record in sorted(store.all(project_id, AgreementRun), key=lambda one: -one.seq):
        name = f", {labels[record.id].name}" if record.id in labels else ""
        title, estimate = f"Agreement (α){name}", Estimate(**record.body.alpha)
        screen = "data/round_result" if record.id in labels and labels[record.id].round else "data/labels"
        if estimate.value is not None:
            yield MeasuredFigure(f"agreement_run:{record.id}:alpha", title, "α", "higher", estimate, screen, record.body.simulated)


def _rest(store: Store, project_id: str) -> Iterator[MeasuredFigure]:
    versions = {record.id: record.body for record in store.all(project_id, DataVersion)}
    for record in sorted(store.all(project_id, CheckRun), key=lambda one: -one.seq):
        run, version = record.body, versions.get(record.id)
        of = f" of {version.source}, version {version.number}" if version else ""
        failed = Estimate(float(run.count("failed")))
        yield MeasuredFigure(f"check_run:{record.id}:rows", f"Rows{of}", "count", "higher", Estimate(float(run.rows)), "data/checks")
        yield MeasuredFigure(f"check_run:{record.id}:failed", f"Checks failed{of}", "count", "lower", failed, "data/checks")
    for rehearsed in store.all(project_id, RolloutRun):
        bad, caught = Estimate(**rehearsed.body.bad_decisions), Estimate(**rehearsed.body.caught)
        screen, how = "deployment/rollout", rehearsed.body.simulated
        title = "Bad decisions before rollback"
        yield MeasuredFigure(f"rollout_run:{rehearsed.id}:bad_decisions", title, "count", "lower", bad, screen, how)
        yield MeasuredFigure(f"rollout_run:{rehearsed.id}:caught", "Harmful version rolled back", "share", "higher", caught, screen, how)
