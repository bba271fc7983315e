"""Predictions as people bring them: a table with the truth and a column a model, or beside a table that holds the truth."""

from collections.abc import Mapping, Sequence

import pandas as pd

from components import words
from components.errors import BadInput
from components.stats.label_counts import coded, require_columns

ITEM_NAMES = ("item", "item_id", "id", "path", "file", "image", "key", "row")
TRUTH_NAMES = ("truth", "gold", "target", "label", "y", "y_true", "expected", "reference", "actual")
MOST_NAMED = 5
FEWEST_CLASSES = 2
MOST_WHOLE = 20
"""Whole numbers with more different values than this are numbers, not classes; the quick models tell them apart alike."""
SENTENCE = 2.5


def scorable(frame: pd.DataFrame, truth: str, models: Sequence[str]) -> tuple[pd.Series, dict[str, pd.Series]]:
    """Return the truth and each model's predictions out of one table.

    Raises
    ------
    BadInput
        A column isn't there or is named twice, there is no row, or every item's truth is the same.
    """
    require_columns(frame, [truth, *models])
    named = [truth, *models]
    twice = next((name for name in named if named.count(name) > 1), None)
    if twice is not None:
        raise BadInput(f"“{twice}” can't be two things at once.", "Name the truth and each model once, each by a column of its own.")
    if not len(frame):
        raise BadInput("This table has no rows.", "Bring at least two items.")
    classes = coded(frame[truth])[1]
    if len(classes) < FEWEST_CLASSES and frame[truth].notna().all():
        only = f"Every item's truth is “{str(classes[0])[:40]}”" if len(classes) else "No item has a truth"
        raise BadInput(f"{only}: nothing can be told from that.", "Bring items of at least two classes.")
    return frame[truth], {name: frame[name] for name in models}


def likely_metric(truth: pd.Series, models: Mapping[str, pd.Series]) -> str:
    """Return the code of the metric that predictions are first scored by: of numbers R², of sentences WER, of classes accuracy.

    >>> likely_metric(pd.Series([1.5, 2.25, 4.0]), {"ours": pd.Series([1.4, 2.5, 3.5])})
    'R²'
    """
    numbers = pd.api.types.is_numeric_dtype(truth) and not pd.api.types.is_bool_dtype(truth)
    if numbers and all(pd.api.types.is_numeric_dtype(column) for column in models.values()):
        known = truth.dropna()
        return "R²" if known.nunique() > MOST_WHOLE or (known != known.round()).any() else "accuracy"
    if not numbers and truth.astype(str).str.count(r"\S+").mean() >= SENTENCE and truth.nunique() > len(truth) / 2:
        return "WER"
    return "accuracy"


def with_truth(predictions: pd.DataFrame, item: str, data: pd.DataFrame, key: str, target: str) -> pd.DataFrame:
    """Put the truth of a data set, as the column `target`, beside predictions of its items.

    Raises
    ------
    BadInput
        A column isn't there, an item stands twice, or predictions are for items that the data don't hold.
    """
    require_columns(predictions, [item])
    require_columns(data, [key, target])
    said, known = texts(predictions[item]), texts(data[key])
    for whose, names in (("The predictions", said), ("The data", known)):
        twice = names[names.duplicated()]
        if len(twice):
            raise BadInput(f"{whose} hold “{twice.iloc[0][:60]}” twice.", "Name each item once.")
    absent = said[~said.isin(known)]
    if len(absent):
        what = f"{words.counted(len(absent), 'prediction')} {'is' if len(absent) == 1 else 'are'} for items that the data don't hold"
        raise BadInput(f"{what}, such as “{absent.iloc[0][:60]}”.", "Check that both name items alike.", list(absent[:MOST_NAMED]))
    truth = said.map(dict(zip(known, data[target], strict=True))).to_numpy()
    return predictions.drop(columns=[target], errors="ignore").assign(**{target: truth})


def texts(column: pd.Series) -> pd.Series:
    """Return names of items as text, whole numbers without decimals, so that two tables that name them alike can be joined."""
    codes, names = coded(column)
    if (codes < 0).any():
        raise BadInput(f"Row {int((codes < 0).argmax()) + 1} names no item.", "Name every item, or leave the row out.")
    return pd.Series(names[codes], index=column.index)


def guesses(frame: pd.DataFrame) -> tuple[str, str, list[str]]:
    """Return which columns most likely name the item, hold the truth, and are models; the first two may be empty.

    >>> guesses(pd.DataFrame({"item_id": [1], "gold": [0], "ours": [0], "theirs": [1]}))
    ('item_id', 'gold', ['ours', 'theirs'])
    """
    columns = [str(column) for column in frame.columns]
    item = next((column for name in ITEM_NAMES for column in columns if column.strip().lower() == name), "")
    truth = next((column for name in TRUTH_NAMES for column in columns if column.strip().lower() == name and column != item), "")
    return item, truth, [column for column in columns if column not in {item, truth}]
