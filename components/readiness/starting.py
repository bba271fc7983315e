"""What the project has measured that a rollout can start from: error rates of models and people, errors they share, and drift."""

from collections.abc import Iterator
from dataclasses import dataclass

from components import words
from components.data.drift.wording import drift_method
from components.data.records import DriftRun
from components.deployment.plan import MOST_SLICES, NEAR
from components.deployment.starting import ROLES, Role, Taken
from components.errors import BadInput
from components.modelling.predicted import texts_equal
from components.modelling.records import HumanLevelRun, Leaderboard, ModelComparison, PredictionSet
from components.modelling.slice_records import Slice, SliceRun
from components.project.data_sets import DataSet, DataVersion, LabelSet
from components.project.files import Files
from components.project.records import Record
from components.project.store import Store
from components.project.tables import read_table
from components.stats.estimate import Estimate
from components.stats.intervals import wilson

HIGHEST = 0.5
"""Whoever is wrong more often is no version that decides."""
BOARD, BROUGHT, PEOPLE, DRIFT, SHARED = "leaderboard", "model_comparison", "human_level_run", "drift_run", "overlap"
KINDS = {"board": BOARD, "set": BROUGHT}
"""How `predicted.Source` names what we name otherwise."""
SAID = 300
REST = "all the rest"

Rates = dict[str, Taken]


def error_rates(store: Store, project_id: str) -> Rates:
    """Return how often each model, and people, were measured to be wrong, by the name of the figure; the newest measurement first.

    Rates of 0 or more than a half are left out: no rollout can start from them.
    """
    versions = {record.id: record.body for record in store.all(project_id, DataVersion)}
    sets = {record.id: record.body for record in store.all(project_id, DataSet)}
    found = [
        *_boards(store, project_id, versions, sets),
        *_brought(store, project_id, versions, sets),
        *_people(store, project_id),
    ]
    found.sort(key=lambda one: one.at, reverse=True)
    return {one.ref: one for one in found if 0 < one.value <= HIGHEST}


def named(rates: Rates, name: str) -> Taken:
    """Return the newest rate of a model (or of people) by its title or its reference.

    Raises
    ------
    BadInput
        Nothing of that name was measured; the sentence says what was.
    """
    found = rates.get(name) or next((one for one in rates.values() if one.title.casefold() == name.casefold()), None)
    if found is None:
        there = list(dict.fromkeys(one.title for one in rates.values()))
        todo = f"There are: {words.listed(there, most=12)}." if there else "Run the quick models there, or bring predictions."
        raise BadInput(f"Nothing called “{name[:60]}” was measured in this project.", todo)
    return found


def drift(store: Store, project_id: str) -> Taken | None:
    """Return the share of values that lie elsewhere than they did, by the newest drift that was measured; None without one.

    Followed over time, it is the share that moves in a month. Between two samples it is that of the column that drifts most, and at
    least so many: the Kolmogorov-Smirnov distance of numbers, the Jensen-Shannon divergence of categories (both at most the total
    variation); 0 where no column drifts.
    """
    runs = store.all(project_id, DriftRun)
    if not runs:
        return None
    record = max(runs, key=lambda one: one.seq)
    run, rate = record.body, Estimate(None)
    if run.over_time is not None:
        rate = Estimate(**run.over_time["rate"])
        title = "Values that move in a month"
    if rate.value is None:
        shares = {str(row["column"]): _elsewhere(row) for row in run.drifting}
        most = max(shares, key=shares.__getitem__, default="")
        rate = Estimate(shares[most] if most else 0.0, n=sum(run.rows))
        title = f"Values of {most[:60]}, the column that drifts most, at least" if most else "No column drifts"
    return Taken(
        ref=f"{DRIFT}:{record.id}",
        series=DRIFT,
        title=title,
        on=drift_method(run)[:SAID],
        value=min(max(rate.value or 0.0, 0.0), 1.0),
        low=rate.low,
        high=rate.high,
        n=rate.n,
        screen="data/drift",
        simulated=run.simulated,
        at=record.updated_at,
    )


@dataclass(frozen=True)
class MeasuredSlices:
    """The slices that were measured, as what the traffic is made of: by name the share and the error rate; whose rates, and on what.

    `ref` names the error rate of the same model. Without parts, `why` says why these slices can't make up the traffic.
    """

    parts: dict[str, tuple[float, float | None]]
    ref: str
    said: str
    why: str = ""


def slices_measured(store: Store, project_id: str, rates: Rates) -> MeasuredSlices | None:
    """Return the slices that were measured last, and one for the rest where they don't make up everything; None without any."""
    runs = [record for record in store.all(project_id, SliceRun) if record.body.metric == "accuracy" and record.body.rows]
    if not runs:
        return None
    run, named_ = max(runs, key=lambda one: one.seq).body, {record.id: record.body.name for record in store.all(project_id, Slice)}
    kind, _, rest = run.predictions.partition(":")
    ref = f"{KINDS.get(kind, kind)}:{rest}"
    measured = {id_: row for id_, row in run.rows.items() if id_ in named_ and row["share"] and row["model"] is not None}
    parts: dict[str, tuple[float, float | None]] = {named_[id_]: (row["share"], 1 - row["model"]) for id_, row in measured.items()}
    said = f"{words.counted(len(parts), 'slice')}, error rates of {run.model} on {words.counted(run.n, 'item')}"
    together = sum(share for share, _ in parts.values())
    if not parts or together > 1 + NEAR or len(parts) >= MOST_SLICES:
        why = f"{words.counted(len(parts), 'measured slice')} can't make up the traffic: a request belongs to one of at most {MOST_SLICES}."
        return MeasuredSlices({}, ref, said, why)
    if together < 1 - NEAR:
        left, overall = 1 - together, rates.get(ref)
        wrong = sum(share * (rate or 0.0) for share, rate in parts.values())
        parts[REST] = (left, min(max((overall.value - wrong) / left, 0.0), 1.0) if overall else None)
    else:
        parts = {name: (share / together, rate) for name, (share, rate) in parts.items()}
    return MeasuredSlices(parts, ref, said)


def overlap(store: Store, files: Files, project_id: str, current: Taken, new: Taken) -> Taken | None:
    """Return which share of the rarer errors both versions make, where both were measured on the same items; else None."""
    wrong = _wrong_on_the_same(store, files, project_id, current.ref, new.ref)
    if wrong is None:
        return None
    both, rarer, n = wrong
    share = wilson(both, rarer)
    if share.value is None:
        return None
    on = f"{words.count(both)} of {words.counted(rarer, 'error')} are errors of the other too, on {words.counted(n, 'item')}"
    return Taken(
        ref=f"{SHARED}|{current.ref}|{new.ref}"[:400],
        series=SHARED,
        title=f"{new.title} and {current.title}"[:400],
        on=on,
        value=share.value,
        low=share.low,
        high=share.high,
        n=rarer,
        screen=new.screen,
        view=new.view,
        simulated=new.simulated,
        at=max(current.at, new.at),
    )


def since_then(taken: Taken, rates: Rates, drifted: Taken | None = None) -> tuple[str, Taken | None]:
    """Say what became of a measured figure since a plan took it, and return what to take instead; nothing where it stands as it was."""
    if taken.series == SHARED:  # follows the two rates that it was counted with
        return "", None
    if taken.series == DRIFT:
        now = newest = drifted
    else:
        now = rates.get(taken.ref)
        newest = next((one for one in rates.values() if one.series == taken.series and one.at >= taken.at), None)
    if now is None and newest is None:
        return "what measured it isn't there any more, or can't start a rollout", None
    latest = newest or now
    assert latest is not None
    if latest.ref != taken.ref:
        return f"measured on newer data: {written(latest)}, on {latest.on}", latest
    if (latest.value, latest.n) != (taken.value, taken.n):
        return f"measured again: {written(latest)}", latest
    return "", None


def written(taken: Taken) -> str:
    """Write a taken share with its interval and n."""
    estimate = taken.estimate
    limits = words.interval(estimate, as_percent=True)
    number = f"n = {words.count(estimate.n)}" if estimate.n else ""
    said = ", ".join(part for part in (f"{words.percent(estimate.value)} {limits}".strip(), number) if part)
    return f"{said}, simulated" if taken.simulated else said


def sentence(role: Role, taken: Taken) -> str:
    """Say which figure of a rollout comes from where."""
    return f"{ROLES[role]}: {written(taken)}. Measured: {taken.title}, {taken.on}."


def source(taken: Taken) -> str:
    """Return where a failure rate comes from, as a plan keeps it."""
    simulated = " (simulated)" if taken.simulated else ""
    return f"measured: {taken.title}, {taken.on}"[: SAID - len(simulated)] + simulated


def _where(version_id: str, versions: dict[str, DataVersion], sets: dict[str, DataSet]) -> str:
    version = versions.get(version_id)
    data_set = sets.get(version.data_set) if version else None
    return f"{data_set.name}, version {version.number}" if version and data_set else ""


def _wrong(accuracy: Estimate) -> tuple[float, float | None, float | None, int | None]:
    """Turn an accuracy into an error rate with its interval."""
    assert accuracy.value is not None
    low, high = (None if limit is None else max(1 - limit, 0.0) for limit in (accuracy.high, accuracy.low))
    return round(1 - accuracy.value, 9), low, high, accuracy.n


def _boards(store: Store, project_id: str, versions: dict[str, DataVersion], sets: dict[str, DataSet]) -> Iterator[Taken]:
    for record in store.all(project_id, Leaderboard):
        board = record.body
        version = versions.get(board.data_version)
        if board.metric != "accuracy":
            continue
        for entry in board.models:
            if entry.estimate["value"] is None or entry.earlier:
                continue
            value, low, high, n = _wrong(Estimate(**entry.estimate))
            yield Taken(
                ref=f"{BOARD}:{record.id}:{entry.name}",
                series=f"{BOARD}:{version.data_set if version else record.id}:{entry.name}",
                title=entry.title,
                on=_where(board.data_version, versions, sets) or words.counted(board.n, "row"),
                value=value,
                low=low,
                high=high,
                n=n or board.n,
                screen="modelling/baselines",
                simulated=board.simulated,
                at=record.updated_at,
            )


def _brought(store: Store, project_id: str, versions: dict[str, DataVersion], sets: dict[str, DataSet]) -> Iterator[Taken]:
    brought = {record.id: record.body for record in store.all(project_id, PredictionSet)}
    for record in store.all(project_id, ModelComparison):
        run, predictions = record.body, brought.get(record.id)
        if run.metric != "accuracy" or predictions is None:
            continue
        where = _where(predictions.data_version, versions, sets)
        for row in run.models:
            if row["value"] is None:
                continue
            value, low, high, n = _wrong(Estimate(row["value"], row["low"], row["high"], row["n"]))
            yield Taken(
                ref=f"{BROUGHT}:{record.id}:{row['model']}"[:400],
                series=f"{BROUGHT}:{predictions.name}:{row['model']}"[:400],
                title=str(row["model"])[:400],
                on=", ".join(part for part in (f"predictions “{predictions.name}”", where) if part),
                value=value,
                low=low,
                high=high,
                n=n,
                screen="modelling/baselines",
                view="your-predictions",
                simulated=run.simulated,
                at=record.updated_at,
            )


def _people(store: Store, project_id: str) -> Iterator[Taken]:
    labels = {record.id: record.body for record in store.all(project_id, LabelSet)}
    for record in store.all(project_id, HumanLevelRun):
        about = labels.get(record.id)
        accuracy = Estimate(**record.body.accuracy)
        if about is None or about.question or accuracy.value is None:  # asked something else than the decision
            continue
        value, low, high, n = _wrong(accuracy)
        yield Taken(
            ref=f"{PEOPLE}:{record.id}",
            series=f"{PEOPLE}:{about.data_set or record.id}",
            title="People",
            on=f"labels “{about.name}”, {words.counted(record.body.judgements, 'judgement')}",
            value=value,
            low=low,
            high=high,
            n=n,
            screen="modelling/human_level",
            simulated=record.body.simulated,
            at=record.updated_at,
        )


def _elsewhere(row: dict[str, object]) -> float:
    """Return how many of a column's values lie elsewhere, at least."""
    if row["kind"] == "category":
        return float(str(row.get("js") or 0.0)) ** 2
    return float(str(row.get("statistic") or 0.0))


def _wrong_on_the_same(store: Store, files: Files, project_id: str, first: str, second: str) -> tuple[int, int, int] | None:
    """Return how many items both get wrong, how many errors the rarer one makes, and how many items both predicted."""
    if first == second or first.split(":")[:2] != second.split(":")[:2]:
        return None
    kind, id_, one = first.split(":", 2)
    other = second.split(":", 2)[2]
    if kind == BROUGHT:
        return _of_brought(store.get(project_id, PredictionSet, id_), files, one, other)
    return _of_board(store.get(project_id, Leaderboard, id_), files, one, other) if kind == BOARD else None


def _of_brought(record: Record[PredictionSet] | None, files: Files, one: str, other: str) -> tuple[int, int, int] | None:
    if record is None:
        return None
    table = read_table(files, record.body.table)
    if not {one, other, record.body.truth} <= set(table.columns):
        return None
    wrong = [~texts_equal(table[record.body.truth], table[name]) for name in (one, other)]
    return int((wrong[0] & wrong[1]).sum()), int(min(each.sum() for each in wrong)), len(table)


def _of_board(record: Record[Leaderboard] | None, files: Files, one: str, other: str) -> tuple[int, int, int] | None:
    entries = {entry.name: entry for entry in record.body.models if entry.predictions} if record else {}
    if one not in entries or other not in entries:
        return None
    wrong = []
    for name in (one, other):
        table = read_table(files, entries[name].predictions).set_index("row")
        wrong.append(~texts_equal(table["truth"], table["prediction"]))
    first, second = wrong[0].align(wrong[1], join="inner")
    return int((first & second).sum()), int(min(first.sum(), second.sum())), len(first)
