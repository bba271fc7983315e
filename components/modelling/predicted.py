"""Whose predictions there are: of the quick models, and of models that somebody brought."""

from dataclasses import dataclass

import pandas as pd

from components.errors import BadInput
from components.modelling.metrics import BY_CODE
from components.modelling.predictions import texts
from components.modelling.records import Leaderboard, ModelComparison, PredictionSet
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
    numbers: bool = False


def sources(store: Store, project_id: str, data_version: str, *, numbers: bool = False) -> list[Source]:
    """Return whose predictions of classes there are on a version of the data, or also those of numbers; the best quick model first."""
    found = []
    measured = {record.id: record.body.metric for record in store.all(project_id, ModelComparison)}
    for record in store.all(project_id, Leaderboard):
        board = record.body
        of_numbers = board.task == "regression"
        if board.data_version != data_version or (of_numbers and not numbers):
            continue
        for entry in board.models:
            if entry.predictions and not entry.trivial:
                ref, value = f"board:{record.id}:{entry.name}", entry.estimate["value"] or 0.0
                at = (entry.predictions, "prediction", "truth", "", data_version)
                found.append(Source(ref, entry.title, *at, value, board.simulated, of_numbers))
    found.sort(key=lambda one: -one.value)
    for brought in store.all(project_id, PredictionSet):
        body = brought.body
        metric = BY_CODE.get(measured.get(brought.id, ""))
        of_numbers = metric is not None and metric.kind == "numbers"
        if body.data_version == data_version and body.item and (numbers or not of_numbers):
            for name in body.models:
                ref, title = f"set:{brought.id}:{name}", f"{name}, {body.name}"
                found.append(Source(ref, title, body.table, name, body.truth, body.item, data_version, numbers=of_numbers))
    return found


def right_by_row(files: Files, source: Source, keys: pd.Series | None) -> pd.Series:
    """Return whether the model is right, by the place of a row in the version of the data; rows that it predicted only.

    `keys` names the rows, where the source names items.
    """
    table = read_table(files, source.table)
    return _by_place(table, source, texts_equal(table[source.truth], table[source.prediction]), keys)


def error_by_row(files: Files, source: Source, keys: pd.Series | None) -> pd.Series:
    """Return how far off the model's numbers are, without their sign, as `right_by_row` does whether it is right."""
    table = read_table(files, source.table)
    return _by_place(table, source, (table[source.prediction] - table[source.truth]).abs().astype("float64"), keys).dropna()


def _by_place(table: pd.DataFrame, source: Source, each: pd.Series, keys: pd.Series | None) -> pd.Series:
    if not source.item:
        return pd.Series(each.to_numpy(), index=table["row"].to_numpy(dtype=int) - 1)
    if keys is None:
        raise BadInput("The data don't say which column names a row.", "Say it under “Data sets”: what the columns mean.")
    place = pd.Series(range(len(keys)), index=texts(keys).to_numpy())
    named = texts(table[source.item])
    absent = named[~named.isin(place.index)]
    if len(absent):
        raise BadInput(f"The data hold no item “{absent.iloc[0][:60]}”.", "Check that both name items alike.")
    return pd.Series(each.to_numpy(), index=place[named.to_numpy()].to_numpy())


def items_predicted(files: Files, source: Source, keys: pd.Series) -> pd.DataFrame:
    """Return what a model predicted: item, prediction; `keys` names the rows of the version, where the source goes by row."""
    table = read_table(files, source.table)
    items = table[source.item] if source.item else keys.iloc[table["row"].to_numpy(dtype=int) - 1].reset_index(drop=True)
    return pd.DataFrame({"item": items.to_numpy(), "prediction": table[source.prediction].to_numpy()})


def texts_equal(first: pd.Series, second: pd.Series) -> pd.Series:
    """Return where two columns hold the same label, whole numbers and their texts being one."""
    return texts(first) == texts(second)
