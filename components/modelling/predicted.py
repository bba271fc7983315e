"""Whose predictions there are: of the quick models, and of models that somebody brought."""

from dataclasses import dataclass

import pandas as pd

from components.errors import BadInput
from components.modelling.predictions import texts
from components.modelling.records import Leaderboard, PredictionSet
from components.project.files import Files
from components.project.store import Store
from components.project.tables import read_table


@dataclass(frozen=True)
class Source:
    """One model's predictions on a version of the data. `item` names the column of its table that names the items; empty: by row."""

    ref: str
    title: str
    table: str
    prediction: str
    truth: str
    item: str
    data_version: str
    value: float = 0.0
    simulated: str = ""


def sources(store: Store, project_id: str, data_version: str) -> list[Source]:
    """Return whose predictions there are on a version of the data, the best quick model first."""
    found = []
    for record in store.all(project_id, Leaderboard):
        board = record.body
        if board.data_version != data_version or board.task != "classification":
            continue
        for entry in board.models:
            if entry.predictions and not entry.trivial:
                ref, value = f"board:{record.id}:{entry.name}", entry.estimate["value"] or 0.0
                found.append(Source(ref, entry.title, entry.predictions, "prediction", "truth", "", data_version, value, board.simulated))
    found.sort(key=lambda one: -one.value)
    for brought in store.all(project_id, PredictionSet):
        body = brought.body
        if body.data_version == data_version and body.item:
            found += [
                Source(f"set:{brought.id}:{name}", f"{name}, {body.name}", body.table, name, body.truth, body.item, data_version)
                for name in body.models
            ]
    return found


def right_by_row(files: Files, source: Source, keys: pd.Series | None) -> pd.Series:
    """Return whether the model is right, by the place of a row in the version of the data; rows that it predicted only.

    `keys` names the rows, where the source names items.
    """
    table = read_table(files, source.table)
    right = texts_equal(table[source.truth], table[source.prediction])
    if not source.item:
        return pd.Series(right.to_numpy(), index=table["row"].to_numpy(dtype=int) - 1)
    if keys is None:
        raise BadInput("The data don't say which column names a row.", "Say it under “Data sets”: what the columns mean.")
    place = pd.Series(range(len(keys)), index=texts(keys).to_numpy())
    named = texts(table[source.item])
    absent = named[~named.isin(place.index)]
    if len(absent):
        raise BadInput(f"The data hold no item “{absent.iloc[0][:60]}”.", "Check that both name items alike.")
    return pd.Series(right.to_numpy(), index=place[named.to_numpy()].to_numpy())


def items_predicted(files: Files, source: Source, keys: pd.Series) -> pd.DataFrame:
    """Return what a model predicted: item, prediction; `keys` names the rows of the version, where the source goes by row."""
    table = read_table(files, source.table)
    items = table[source.item] if source.item else keys.iloc[table["row"].to_numpy(dtype=int) - 1].reset_index(drop=True)
    return pd.DataFrame({"item": items.to_numpy(), "prediction": table[source.prediction].to_numpy()})


def texts_equal(first: pd.Series, second: pd.Series) -> pd.Series:
    """Return where two columns hold the same label, whole numbers and their texts being one."""
    return texts(first) == texts(second)
