"""Baselines that look at nothing: every strategy of scikit-learn's dummies."""

from typing import Any

import pandas as pd

from components.modelling.quick_models.declaration import Problem, QuickModel

UPPER = 0.9


def _classifier(made: Problem, strategy: str, seed: int, constant: Any = None) -> Any:
    from sklearn.dummy import DummyClassifier

    return DummyClassifier(strategy=strategy, random_state=seed, constant=constant)


def _regressor(strategy: str, **options: Any) -> Any:
    from sklearn.dummy import DummyRegressor

    return DummyRegressor(strategy=strategy, **options)


def _most_frequent(made: Problem, seed: int) -> Any:
    return _classifier(made, "most_frequent", seed)


def _prior(made: Problem, seed: int) -> Any:
    return _classifier(made, "prior", seed)


def _stratified(made: Problem, seed: int) -> Any:
    return _classifier(made, "stratified", seed)


def _uniform(made: Problem, seed: int) -> Any:
    return _classifier(made, "uniform", seed)


def _rarest(made: Problem, seed: int) -> Any:
    return _classifier(made, "constant", seed, pd.Series(made.target).value_counts(sort=True).index[-1])


def _mean(made: Problem, seed: int) -> Any:
    return _regressor("mean")


def _median(made: Problem, seed: int) -> Any:
    return _regressor("median")


def _upper(made: Problem, seed: int) -> Any:
    return _regressor("quantile", quantile=UPPER)


def _zero(made: Problem, seed: int) -> Any:
    return _regressor("constant", constant=0.0)


WHY = "Whoever does not beat this has learnt nothing from the features."

DUMMIES = (
    QuickModel("dummy_most_frequent", "Most frequent class", "classification", _most_frequent, WHY, trivial=True),
    QuickModel("dummy_prior", "Class frequencies", "classification", _prior, WHY, trivial=True),
    QuickModel("dummy_stratified", "Guessing by frequency", "classification", _stratified, WHY, trivial=True),
    QuickModel("dummy_uniform", "Guessing evenly", "classification", _uniform, WHY, trivial=True),
    QuickModel("dummy_constant", "Always the rarest class", "classification", _rarest, WHY, trivial=True),
    QuickModel("dummy_mean", "Mean of the target", "regression", _mean, WHY, trivial=True),
    QuickModel("dummy_median", "Median of the target", "regression", _median, WHY, trivial=True),
    QuickModel("dummy_quantile", "Upper tenth of the target", "regression", _upper, WHY, trivial=True),
    QuickModel("dummy_constant", "Always zero", "regression", _zero, WHY, trivial=True),
)
