"""Preprocessing, inside the pipeline so that nothing of a test fold is learnt."""

from typing import Any

import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from components.modelling.quick_models.declaration import QuickModel
from components.modelling.quick_models.task import Problem

MOST_CATEGORIES = 30


def pipeline(model: QuickModel, problem: Problem, seed: int) -> Pipeline:
    """Return a model with its preprocessing: fill in and scale numbers, encode categories, the rare ones together."""
    numbers = [name for name in problem.features.columns if pd.api.types.is_float_dtype(problem.features[name])]
    categories = [name for name in problem.features.columns if name not in numbers]
    filled = SimpleImputer(strategy="median", keep_empty_features=True)
    numeric: Any = make_pipeline(filled, StandardScaler()) if model.scaled else filled
    encoded = make_pipeline(
        SimpleImputer(strategy="constant", fill_value="missing", missing_values=None),
        OneHotEncoder(handle_unknown="infrequent_if_exist", max_categories=MOST_CATEGORIES, sparse_output=False),
    )
    columns = ColumnTransformer([("numbers", numeric, numbers), ("categories", encoded, categories)])
    return Pipeline([("columns", columns), ("model", model.make(seed))])
