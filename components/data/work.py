"""Long work on data: reading what somebody brought, checking a version, measuring the agreement of many labels."""

import time
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from components.data import archives, checks, places, sources
from components.data.description import column_types, guess
from components.data.engine import as_arrow, scannable
from components.data.items import measured as items_measured
from components.data.records import CheckRun, CheckThreshold, Expectation, ImportantCase
from components.errors import BadInput
from components.jobs.work import Work
from components.project.data_sets import DataSet, DataVersion
from components.project.projects import new_id
from components.project.tables import put_table, read_table

MEASURING = 0.4
"""The part of the time that measuring images, recordings and texts takes, before the checks."""


def ingest(work: Work) -> dict[str, Any]:
    """Read an uploaded file into a new data set, or into the next version of one, and check it.

    `params`: `name`; `file` (SHA-256) and `encoding`, or `folder`, or `database` and `table`, as `places` names them; `data_set` (an
    id, or None), `note`, and the data set's `target`, `id_column`, `split_column` and `structured`, guessed where they are None.
    """
    version_id, new = bring(work)
    if not new:
        return {"data_version": version_id, "unchanged": True, "sentence": "This content is here already; no version was added."}
    return {"data_version": version_id, **check(work.part({"data_version": version_id}, 0.4, 1.0))}


def bring(work: Work) -> tuple[str, bool]:
    """Read a file into a version without checking it; `params` as `ingest` takes them. Returns its id, and whether it is new."""
    params = work.params
    work.progress(0.05, f"Reading {params['name']}")
    frame, archive = brought(work)
    keep = {
        "structured": params.get("structured"),
        "target": params.get("target"),
        "id_column": params.get("id_column"),
        "split_column": params.get("split_column"),
    }
    before = {record.id for record in work.store.all(work.project_id, DataVersion)}
    work.progress(0.3, f"Keeping {len(frame):,} rows")
    version_id = save_version(
        work, frame, archive, name=params["name"], data_set=params.get("data_set"), roles=keep, note=params.get("note", "")
    )
    return version_id, version_id not in before


def brought(work: Work) -> tuple[pd.DataFrame, bytes | None]:
    """Return the table that somebody brought: a kept file, a folder of Parquet on the server, or a table in a database."""
    params = work.params
    if params.get("folder"):
        return places.read_folder(places.allowed_folder(params["folder"], work.settings)), None
    if params.get("database"):
        return places.read_database(params["database"], params["table"], work.settings), None
    return read_source(params["name"], work.files.read(params["file"]), params.get("encoding"))


def read_source(name: str, data: bytes, encoding: str | None = None) -> tuple[pd.DataFrame, bytes | None]:
    """Return the table in a file, with its images where it is a zip of them."""
    if name.lower().endswith(".zip"):
        return archives.read_archive(name, data, encoding)
    return sources.read(name, data, encoding), None


def save_version(
    work: Work,
    frame: pd.DataFrame,
    archive: bytes | None,
    *,
    name: str,
    data_set: str | None = None,
    roles: dict[str, Any] | None = None,
    note: str = "",
    title: str = "",
    ids: tuple[str, str] | None = None,
    derived: dict[str, Any] | None = None,
    again: bool = False,
) -> str:
    """Save a table as a version of a data set and return the version's id; the same content is not saved twice, unless `again`."""
    given = {key: value for key, value in (roles or {}).items() if value is not None}
    for column in (given.get(role) for role in ("target", "id_column", "split_column")):
        if column and column not in frame.columns:
            raise BadInput(f"There is no column “{column}”.", f"The columns are: {', '.join(map(str, frame.columns[:12]))}.")
    if data_set is not None and work.store.get(work.project_id, DataSet, data_set) is None:
        raise BadInput("This data set isn't here any more.", "Choose another one, or begin a new one.")
    table, kept = put_table(work.files, frame), work.files.put(archive) if archive else None
    guessed = guess(frame, images=archive is not None)
    set_id, version_id = ids or (data_set or new_id(), new_id())
    if data_set is None:
        found = {
            "structured": guessed.structured,
            "target": guessed.target,
            "id_column": guessed.id_column,
            "split_column": guessed.split_column,
        }
        body = DataSet(name=title or name.rsplit(".", 1)[0][:200] or name, **{**found, **given})
        work.store.put(work.project_id, body, person=work.person, id=set_id)
    earlier = [record for record in work.store.all(work.project_id, DataVersion) if record.body.data_set == set_id]
    same = next((record for record in earlier if (record.body.table, record.body.archive) == (table, kept)), None)
    if same is not None and not again:
        return same.id
    version = DataVersion(
        data_set=set_id,
        number=1 + max((record.body.number for record in earlier), default=0),
        table=table,
        archive=kept,
        media=archives.media_of(frame) if archive else "",
        source=name,
        rows=len(frame),
        columns=column_types(frame),
        note=note,
        **(derived or {}),
    )
    work.store.put(work.project_id, version, person=work.person, id=version_id)
    return version_id


def check(work: Work) -> dict[str, Any]:
    """Check a version of a data set. `params`: `data_version`."""
    version_id = work.params["data_version"]
    version, data_set = opened(work, version_id)
    started = time.monotonic()
    plan = plan_of(work, data_set, version)
    items, kept = _measured(work, version_id, read=False)
    done = 0.0 if items is None else MEASURING
    report = checks.run(_source(work, version), plan, lambda share, message: work.progress(done + (1 - done) * share, message), items)
    run = CheckRun(
        data_version=version_id,
        rows=report.rows,
        columns=report.columns,
        results=report.to_records(),
        seconds=round(time.monotonic() - started, 3),
        simulated=version.simulated,
        thresholds=[record.body.model_dump() for record in work.store.all(work.project_id, CheckThreshold)],
        properties=kept,
    )
    work.store.put(work.project_id, run, person=work.person, id=version_id)
    return {"sentence": report.sentence}


def rows_concerned(work: Work) -> dict[str, Any]:
    """Keep the rows that a result of a check is about as a table. `params`: `data_version`, `code`, `column`."""
    version, data_set = opened(work, work.params["data_version"])
    items, _ = _measured(work, work.params["data_version"], read=True)
    plan = plan_of(work, data_set, version)
    rows = checks.rows_concerned(_source(work, version), plan, work.params["code"], work.params["column"], items)
    return {"table": put_table(work.files, rows)}


def _source(work: Work, version: DataVersion) -> pd.DataFrame | Path:
    """Return where the table of a version lies, if the engine can read it there, else the table."""
    path = work.files.path(version.table)
    return path if scannable(path) else read_table(work.files, version.table)


def items_of(work: Work, version_id: str) -> pd.DataFrame | None:
    """Return what was measured of each image, recording or text of a version, as its last check kept it; None for a table."""
    return _measured(work, version_id, read=True)[0]


def _measured(work: Work, version_id: str, read: bool) -> tuple[pd.DataFrame | None, str | None]:
    """Return what was measured of each image, recording or text, and where it is kept; with `read`, as the last check kept it."""
    version, data_set = opened(work, version_id)
    if data_set.structured is not False:
        return None, None
    last = work.store.get(work.project_id, CheckRun, version_id)
    if last is not None and last.body.properties and (read or version.archive):
        return read_table(work.files, last.body.properties), last.body.properties
    archive = work.files.path(version.archive) if version.archive else None
    frame = read_table(work.files, version.table)
    found = items_measured(frame, archive, version.media, lambda share, message: work.progress(MEASURING * share, message))
    return found, None if found is None else put_table(work.files, found)


def opened(work: Work, version_id: str) -> tuple[DataVersion, DataSet]:
    """Return a version of a data set with its data set."""
    version = work.store.get(work.project_id, DataVersion, version_id)
    data_set = work.store.get(work.project_id, DataSet, version.body.data_set) if version else None
    if version is None or data_set is None:
        raise BadInput("This version of the data isn't here any more.", "Choose another one.")
    return version.body, data_set.body


def load(work: Work, version_id: str) -> tuple[DataVersion, DataSet, pd.DataFrame]:
    """Return a version of a data set with its data set and its table."""
    version, data_set = opened(work, version_id)
    return version, data_set, read_table(work.files, version.table)


def plan_of(work: Work, data_set: DataSet, version: DataVersion) -> checks.Plan:
    """Return which columns have a role, of those that the version has, with the rules and thresholds that the team set."""
    rules = tuple(record.body for record in work.store.all(work.project_id, Expectation) if record.body.data_set == version.data_set)

    def there(column: str | None) -> str | None:
        return column if column in version.columns else None

    return checks.Plan(
        label=there(data_set.target),
        id=there(data_set.id_column),
        split=there(data_set.split_column),
        group=there(data_set.group_column),
        time=there(data_set.time_column),
        structured=data_set.structured,
        expectations=rules,
        cases=tuple(one.body for one in work.store.all(work.project_id, ImportantCase) if one.body.data_set == version.data_set),
        thresholds={record.id: record.body.threshold for record in work.store.all(work.project_id, CheckThreshold)},
        references=_references(work, rules),
    )


def _references(work: Work, rules: tuple[Expectation, ...]) -> dict[tuple[str, str], pa.ChunkedArray]:
    """Return the values that foreign keys refer to, from the newest version of each data set that is here and has the column."""
    wanted = {(rule.reference, rule.reference_column) for rule in rules if rule.rule == "foreign_key"}
    newest = {record.body.data_set: record.body for record in work.store.all(work.project_id, DataVersion)} if wanted else {}
    return {
        (name, column): as_arrow(read_table(work.files, newest[name].table, [column])).column(0)
        for name, column in wanted
        if name in newest and column in newest[name].columns
    }
