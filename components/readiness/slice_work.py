"""Long work on slices: which rows belong to them, how good model and people are there, and which slices nobody named."""

from contextlib import suppress
from typing import Any

import numpy as np
import pandas as pd
from pydantic import ValidationError

from components import words
from components.data.condition import Condition
from components.data.records import CheckRun
from components.errors import BadInput
from components.jobs.work import Work
from components.modelling import tracking
from components.modelling.human_level_run import human_level_of
from components.modelling.predicted import Source, error_by_row, right_by_row, sources
from components.modelling.predictions import texts
from components.modelling.records import Leaderboard
from components.modelling.slice_records import Slice, SliceRun
from components.modelling.slice_search import find
from components.modelling.slices import Judged, measured
from components.project.data_sets import DataSet, DataVersion, LabelSet
from components.project.plain import finite
from components.project.tables import read_table

PROPERTIES = ("brightness", "sharpness", "information", "seconds", "loudness")
FEWEST = 10
WORST = 0.8
"""Of numbers, the search looks for where the worst fifth of the errors is."""


def measure(work: Work) -> dict[str, Any]:
    """Measure the slices of a version of the data, and search for others.

    `params`: `data_version`, and if wanted `predictions` (a `Source.ref`, the best quick model by default), `labels` (a label set, by
    which people are measured) or `level` (their accuracy).
    """
    id_, params = work.params["data_version"], work.params
    record = work.store.get(work.project_id, DataVersion, id_)
    data_set = work.store.get(work.project_id, DataSet, record.body.data_set) if record else None
    if record is None or data_set is None:
        raise BadInput("This version of the data isn't here any more.", "Choose another one.")
    source = _source(work, id_, params.get("predictions"))
    work.progress(0.1, f"Reading what {source.title} predicted")
    frame = features(work, record.body, id_)
    key = data_set.body.id_column
    keys = frame.get(key, None)
    right = error_by_row(work.files, source, keys) if source.numbers else right_by_row(work.files, source, keys)
    everything = frame.reset_index(drop=True)
    frame = frame.iloc[right.index].reset_index(drop=True)
    average = float(right.mean()) if source.numbers else 1.0
    if not average > 0:
        raise BadInput(f"{source.title} makes no error on these data, so there is nothing to work on.", "Look for what the data leave out.")
    people = _to_reach(len(frame), average, params) if source.numbers else _people(work, frame, key, params)
    slices = {one.id: one for one in work.store.all(work.project_id, Slice) if one.body.data_set == data_set.id and one.body.clauses}
    members, refused = _members(frame, {slice_id: one.body for slice_id, one in slices.items()})
    work.progress(0.4, "Measuring the slices")
    scored = -right.to_numpy(dtype=float) / average if source.numbers else right.to_numpy(dtype=bool)
    wrong = right.to_numpy(dtype=float) > float(right.quantile(WORST)) if source.numbers else ~right.to_numpy(dtype=bool)
    judged = Judged(scored, people["right"], people["judged"])
    rows: dict[str, Any] = {}
    if len(members.columns):
        table = measured(members, judged, people["level"], _factors(slices))
        rows = {str(row["slice"]): finite({k: v for k, v in row.items() if k != "slice"}) for row in table.to_dict("records")}
    work.progress(0.6, "Searching for slices that nobody named")
    hidden = {data_set.body.id_column, data_set.body.split_column}
    if source.numbers:
        hidden.add(data_set.body.target)  # every model is worst where the target is extreme, and nobody knows it beforehand
    found = find(frame.drop(columns=[name for name in frame if name in hidden]), wrong)
    run = SliceRun(
        data_version=id_,
        predictions=source.ref,
        model=source.title,
        people=people["said"],
        labels=str(params.get("labels") or ""),
        level=float(params.get("level") or 0.0) if source.numbers else people["level"],
        metric="error" if source.numbers else "accuracy",
        n=len(frame),
        judged=int((people["judged"] > 0).sum()),
        rows=rows,
        refused=refused,
        counted={slice_id: one.version for slice_id, one in slices.items()},
        found=[
            {"clauses": list(one.clauses), "n": one.n, "error": one.error, "elsewhere": one.elsewhere, "p_value": one.p_value}
            for one in found
        ],
        searched=f"A shallow tree searched one half of {words.counted(len(frame), record.body.noun)}; the other half tested it (Holm).",
        simulated=people["simulated"] or source.simulated,
    )
    work.store.put(work.project_id, run, person=work.person, id=id_)
    work.progress(0.9, "Noting the slices with the tracked runs")
    bodies = {slice_id: one.body for slice_id, one in slices.items()}
    _tracked(work, id_, _members(everything, bodies)[0], {slice_id: body.name for slice_id, body in bodies.items()})
    return {"data_version": id_, "found": len(found)}


def _tracked(work: Work, version_id: str, members: pd.DataFrame, names: dict[str, str]) -> None:
    """Note with every tracked run on these data how good its model is on each slice; a store that is away loses nothing here."""
    board = work.store.get(work.project_id, Leaderboard, version_id)
    there = sources(work.store, work.project_id, version_id, numbers=True) if board else []
    ours = [one for one in there if one.ref.startswith(f"board:{version_id}:")]
    run_ids = {entry.name: entry.run_id for entry in board.body.models} if board else {}
    found = {}
    for source in ours:
        run_id = run_ids[source.ref.rsplit(":", 1)[1]]
        if run_id and len(members.columns):
            each = error_by_row if source.numbers else right_by_row
            right = each(work.files, source, None).reindex(members.index).dropna().astype(float)
            inside = members.loc[right.index]
            rows = [(names[str(one)], float(right[inside[one]].mean()), int(inside[one].sum())) for one in inside if inside[one].any()]
            found[run_id] = pd.DataFrame(rows, columns=["slice", "absolute error" if source.numbers else "accuracy", "n"])
    if found:
        with suppress(BadInput):
            tracking.add_slices(work.settings, found)


def features(work: Work, version: DataVersion, id_: str) -> pd.DataFrame:
    """Return the table of a version, with what the checks measured of its images or recordings."""
    frame = read_table(work.files, version.table)
    checked = work.store.get(work.project_id, CheckRun, id_)
    if checked is None or not checked.body.properties:
        return frame
    properties = read_table(work.files, checked.body.properties)
    if len(properties) != len(frame):
        return frame
    return frame.assign(**{name: properties[name].to_numpy() for name in PROPERTIES if name in properties and name not in frame})


def _source(work: Work, data_version: str, ref: str | None) -> Source:
    there = sources(work.store, work.project_id, data_version, numbers=True)
    found = next((one for one in there if one.ref == ref), None) if ref else (there[0] if there else None)
    if found is None:
        raise BadInput("Nobody's predictions on these data are here.", "Run the quick models, or bring predictions of yours.")
    return found


def _to_reach(rows: int, average: float, params: dict[str, Any]) -> dict[str, Any]:
    """Return the error that is to be reached, in units of the average one; 0 where nobody named one."""
    level, none = float(params.get("level") or 0.0), np.zeros(rows)
    said = f"a mean absolute error of {level:.4g}, as the team typed in" if level else "no error at all, since nobody named one"
    return {"right": none, "judged": none, "level": -level / average, "said": f"{said} (on average {average:.4g})", "simulated": ""}


def _people(work: Work, frame: pd.DataFrame, key: str | None, params: dict[str, Any]) -> dict[str, Any]:
    """Return how many judgements by people of each row are right, or the accuracy that was given for them."""
    none = np.zeros(len(frame))
    label_set = work.store.get(work.project_id, LabelSet, params["labels"]) if params.get("labels") else None
    if label_set is None:
        level = float(params.get("level") or 1.0)
        said = f"{words.percent(level)}, as the team typed in" if level < 1 else "all of it: nobody measured people"
        return {"right": none, "judged": none, "level": level, "said": said, "simulated": ""}
    found = human_level_of(label_set.body, read_table(work.files, label_set.body.table))
    if not key or key not in frame:
        raise BadInput("The data don't say which column names a row.", "Say it under “Data sets”, so that labels and rows can be joined.")
    per_item = found.per_item.set_index(texts(found.per_item["item"]).to_numpy())
    names = texts(frame[key])
    joined = per_item.reindex(names.to_numpy())[["right", "judged"]].fillna(0.0)
    if (joined["judged"] > 0).sum() < FEWEST:
        what = f"“{label_set.body.name}” judges {words.counted(int((joined['judged'] > 0).sum()), 'item')} of these data"
        raise BadInput(f"{what}: too few to measure people on.", "Choose other labels, or type in how good people are.")
    said = f"{words.percent(found.accuracy.value)} overall, {label_set.body.name}, against {found.against}"
    return {
        "right": joined["right"].to_numpy(dtype=float),
        "judged": joined["judged"].to_numpy(dtype=float),
        "level": None,
        "said": said,
        "simulated": label_set.body.simulated,
    }


def _members(frame: pd.DataFrame, slices: dict[str, Slice]) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return which rows belong to each slice, and why a slice doesn't fit."""
    members, refused = {}, {}
    for id_, body in slices.items():
        try:
            inside = Condition.model_validate({"clauses": body.clauses}).on_frame(frame)
        except ValidationError:
            refused[id_] = "Its condition can't be read."
        except BadInput as error:
            refused[id_] = str(error)
        else:
            if inside.any():
                members[id_] = inside.to_numpy(dtype=bool)
            else:
                refused[id_] = "No item of these data belongs to it."
    return pd.DataFrame(members, index=frame.index), refused


def _factors(slices: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            id_: {
                "importance": one.body.importance,
                "ease": one.body.ease,
                "share": one.body.share if one.body.share_from == "production" else None,
            }
            for id_, one in slices.items()
        }
    ).T.astype("float64")
