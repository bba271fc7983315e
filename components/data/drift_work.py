"""Comparing versions, splits or periods of a data set, as a job."""

import time
from datetime import date
from math import isnan
from typing import Any

import pandas as pd

from components.data.drift import drift
from components.data.drift.over_time import OverTime, over_time, over_versions, periods
from components.data.drift.wording import drift_answer
from components.data.items import described
from components.data.records import DriftRun
from components.data.work import items_of, load
from components.errors import BadInput
from components.jobs.work import Work
from components.project.data_sets import DataSet, DataVersion

TOLERANCE = 0.1


def measure(work: Work) -> dict[str, Any]:
    """Compare what `params` say and save a `DriftRun`.

    `params`: `data_version`; `how` (versions, splits, time, pace); `days` (for the pace: by the ids of versions when each was collected,
    which is kept with them); `before`, `after` (for versions the id of the other one; for splits two
    values of the split column); `column` (of times); `tolerance` (share of moved values after which the model is to be retrained).
    """
    params, started = work.params, time.monotonic()
    version, data_set, frame = _described(work, params["data_version"])
    without = tuple(column for column in (data_set.id_column, data_set.split_column) if column and column in frame.columns)
    followed: OverTime | None = None
    work.progress(0.05, "Reading the data")
    if params["how"] == "versions":
        other, _, before = _described(work, params["before"])
        after, names = frame, (f"version {other.number}", f"version {version.number}")
        simulated = version.simulated or other.simulated
    elif params["how"] == "splits":
        names = (params["before"], params["after"])
        before, after = (_split(frame, data_set.split_column, name) for name in names)
        simulated = version.simulated
    elif params["how"] == "pace":
        found = _collected(work, {**params["days"]})
        followed = over_versions([frame.drop(columns=list(without), errors="ignore") for _, frame in found], list(map(_day, found)))
        (first, before), (last, after) = found[0], found[-1]
        names = f"version {first.number}", f"version {last.number}"
        simulated = next((one.simulated for one, _ in found if one.simulated), "")
    else:
        column = params["column"]
        if column not in frame.columns:
            raise BadInput(f"There is no column “{column}”.", f"The columns are: {', '.join(map(str, frame.columns[:12]))}.")
        followed = over_time(frame, column, without)
        before, after, names = _halves(frame, column)
        simulated = version.simulated
    table = drift(
        before.drop(columns=list(without), errors="ignore"),
        after.drop(columns=list(without), errors="ignore"),
        progress=lambda share, message: work.progress(0.1 + 0.9 * share, message),
    )
    run = DriftRun(
        data_version=params["data_version"],
        how=params["how"],
        before=names[0],
        after=names[1],
        rows=(len(before), len(after)),
        columns=plain(table),
        over_time=_plain_over_time(followed),
        tolerance=params.get("tolerance") or TOLERANCE,
        seconds=round(time.monotonic() - started, 3),
        simulated=simulated,
    )
    work.store.put(work.project_id, run, person=work.person, id=params["data_version"])
    return {"sentence": drift_answer(run)}


def _collected(work: Work, days: dict[str, str]) -> list[tuple[DataVersion, pd.DataFrame]]:
    """Return versions with their tables in the order of the days on which they were collected, which are kept with them."""
    found = []
    for id_, day in days.items():
        _, _, frame = _described(work, id_)
        record = work.store.get(work.project_id, DataVersion, id_)
        assert record is not None
        body = record.body.model_copy(update={"collected": date.fromisoformat(day)})
        if body != record.body:
            work.store.put(work.project_id, body, person=work.person, id=id_)
        found.append((body, frame))
    return sorted(found, key=lambda pair: (pair[0].collected, pair[0].number))


def _day(found: tuple[DataVersion, pd.DataFrame]) -> pd.Timestamp:
    return pd.Timestamp(found[0].collected)


def _described(work: Work, version_id: str) -> tuple[DataVersion, DataSet, pd.DataFrame]:
    """Return a version with its table; of images, recordings and texts, with what they are like."""
    version, data_set, frame = load(work, version_id)
    return version, data_set, described(frame, items_of(work, version_id), version.archive is not None, version.media)


def plain(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of `drift` as plain values; what is not known is None."""
    return [
        {key: None if isinstance(value, float) and isnan(value) else value for key, value in row.items()}
        for row in table.to_dict("records")
    ]


def _split(frame: pd.DataFrame, column: str | None, name: str) -> pd.DataFrame:
    if not column or column not in frame.columns:
        raise BadInput("No column names the split.", "Say on the screen of the data sets which one does.")
    here = frame[column].astype(str) == name
    if not here.any():
        raise BadInput(f"There is no split “{name}”.", f"There are: {', '.join(frame[column].astype(str).unique()[:12])}.")
    return frame[here].reset_index(drop=True)


def _halves(frame: pd.DataFrame, column: str) -> tuple[pd.DataFrame, pd.DataFrame, tuple[str, str]]:
    """Return the first and the second half of the periods."""
    _, places, starts = periods(frame, column)
    middle = len(starts) // 2
    names = f"before {starts[middle]:%-d %B %Y}", f"from {starts[middle]:%-d %B %Y}"
    first, second = (places >= 0) & (places < middle), places >= middle
    rest = frame.drop(columns=[column])
    return rest[first].reset_index(drop=True), rest[second].reset_index(drop=True), names


def _plain_over_time(found: OverTime | None) -> dict[str, Any] | None:
    if found is None:
        return None
    moved = found.moved.assign(period=[f"{start:%Y-%m-%dT%H:%M}" for start in found.moved["period"]])
    return {
        "unit": found.unit,
        "starts": [f"{start:%Y-%m-%dT%H:%M}" for start in found.starts],
        "rows": found.rows,
        "moved": moved.to_dict("records"),
        "rate": found.pace.rate.to_dict(),
        "half_life": found.pace.half_life.to_dict(),
        "lags": found.pace.lags,
        "shares": found.pace.moved,
    }
