"""Preprocessing, inside the pipeline so that nothing of a test fold is learnt."""

from typing import Any

import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer, TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from components.modelling.quick_models.declaration import Problem, QuickModel

MOST_CATEGORIES = 30
MOST_WORDS = 20_000
WORDS = r"(?u)\w+|[^\w\s]"  # signs and emoji are words of their own
HASHED, DIRECTIONS = 2**14, 50


def pipeline(model: QuickModel, problem: Problem, seed: int) -> Pipeline:
    """Return a model with its preprocessing: fill in and scale numbers, encode categories, the rare ones together, weigh words."""
    if model.trivial:
        return Pipeline([("model", model.make(problem, seed))])
    names = problem.features.columns
    numbers = [name for name in names if pd.api.types.is_float_dtype(problem.features[name])]
    categories = [name for name in names if name not in numbers and name not in problem.texts]
    filled = SimpleImputer(strategy="median", keep_empty_features=True)
    numeric: Any = make_pipeline(filled, StandardScaler()) if model.scaled else filled
    encoded = make_pipeline(
        SimpleImputer(strategy="constant", fill_value="missing", missing_values=None),
        OneHotEncoder(handle_unknown="infrequent_if_exist", max_categories=MOST_CATEGORIES, sparse_output=False),
    )
    texts = [(f"text {number}", _text(model, seed), name) for number, name in enumerate(problem.texts)]
    columns = ColumnTransformer([("numbers", numeric, numbers), ("categories", encoded, categories), *texts])
    return Pipeline([("columns", columns), ("model", model.make(problem, seed))])


def _text(model: QuickModel, seed: int) -> Any:
    """Return TF-IDF of words and pairs of words, or for a model that wants few columns the directions in which texts differ most."""
    if model.sparse:
        return TfidfVectorizer(token_pattern=WORDS, ngram_range=(1, 2), sublinear_tf=True, max_features=MOST_WORDS)
    counts = HashingVectorizer(token_pattern=WORDS, n_features=HASHED, alternate_sign=False, norm=None)
    return make_pipeline(counts, TfidfTransformer(sublinear_tf=True), TruncatedSVD(DIRECTIONS, random_state=seed))
