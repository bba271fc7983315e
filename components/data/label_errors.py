"""Which labels are probably wrong: what a quick model thinks of rows that it didn't learn from, and confident learning on top."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

LEAST_ROWS = 50
FOLDS = 5
TREES = 100
WORDS = 20_000
MOST_CATEGORIES = 200
LONG = 40


def probabilities(features: pd.DataFrame, labels: NDArray[np.int64], seed: int = 0) -> NDArray[np.float64]:
    """Return what a quick model thinks of each row's class, having learnt from other rows.

    Parameters
    ----------
    features : DataFrame
        Numbers, booleans, times and text; missing cells are allowed.
    labels : array of shape (rows,)
        Classes as numbers from 0, each with at least 5 rows.
    seed : int
        Of the folds and the model.

    Returns
    -------
    array of shape (rows, classes)
        Rows add up to 1. Long text is learnt by a linear model on its words, everything else by extremely randomised trees.
    """
    from sklearn.ensemble import ExtraTreesClassifier
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline

    texts = [name for name in features.columns if _is_long_text(features[name])]
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    if texts:
        words = features[texts].fillna("").agg(" ".join, axis=1).to_numpy(dtype=object)
        reader = TfidfVectorizer(max_features=WORDS, sublinear_tf=True, token_pattern=r"(?u)\b\w+\b|[^\w\s]")
        linear = make_pipeline(reader, LogisticRegression(C=10.0, max_iter=200))
        return np.asarray(cross_val_predict(linear, words, labels, cv=folds, method="predict_proba"))
    trees = ExtraTreesClassifier(TREES, min_samples_leaf=2, random_state=seed)
    return np.asarray(cross_val_predict(trees, _numbers(features), labels, cv=folds, method="predict_proba"))


def likely_errors(labels: NDArray[np.int64], sure: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the places of the labels that confident learning takes for wrong, the most doubtful first.

    Confident learning (Northcutt, Jiang and Chuang, J. Artif. Intell. Res. 70, 2021) as the package cleanlab has it: of each class, as many
    rows as the estimated noise matrix says are wrong. A class that nobody has is no class.
    """
    from cleanlab.filter import find_label_issues

    return np.asarray(find_label_issues(labels, sure, return_indices_ranked_by="self_confidence", n_jobs=1), dtype=np.int64)


def _is_long_text(cells: pd.Series) -> bool:
    if not (pd.api.types.is_string_dtype(cells) or pd.api.types.is_object_dtype(cells)):
        return False
    filled = cells.dropna()
    return len(filled) > 0 and filled.nunique() > MOST_CATEGORIES and float(filled.str.len().mean()) >= LONG


def _numbers(features: pd.DataFrame) -> NDArray[np.float32]:
    """Return features as numbers a tree can part: categories by how frequent they are, missing cells as -1 deviation below the least."""
    columns = []
    for name in features.columns:
        cells = features[name]
        if pd.api.types.is_datetime64_any_dtype(cells):
            numbers = cells.astype("int64").to_numpy(dtype=float, copy=True)
            numbers[cells.isna().to_numpy()] = np.nan
        elif pd.api.types.is_bool_dtype(cells) or pd.api.types.is_numeric_dtype(cells):
            numbers = cells.to_numpy(dtype=float, na_value=np.nan)
        else:
            order = cells.value_counts()
            numbers = cells.map(dict(zip(order.index, range(len(order)), strict=True))).to_numpy(dtype=float)
        numbers = np.where(np.isfinite(numbers), numbers, np.nan)
        columns.append(_ranked(numbers))
    return np.column_stack(columns).astype(np.float32)


def _ranked(numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the order of numbers, -1 for missing ones: trees ask for no more, and no number is too large for them."""
    known = ~np.isnan(numbers)
    ranks = np.full(len(numbers), -1.0)
    ranks[known] = np.unique(numbers[known], return_inverse=True)[1]
    return ranks
