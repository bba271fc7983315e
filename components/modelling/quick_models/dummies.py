"""Baselines that look at nothing."""

from typing import Any

from components.modelling.quick_models.declaration import QuickModel


def _most_frequent(seed: int) -> Any:
    from sklearn.dummy import DummyClassifier

    return DummyClassifier(strategy="most_frequent")


def _stratified(seed: int) -> Any:
    from sklearn.dummy import DummyClassifier

    return DummyClassifier(strategy="stratified", random_state=seed)


def _uniform(seed: int) -> Any:
    from sklearn.dummy import DummyClassifier

    return DummyClassifier(strategy="uniform", random_state=seed)


def _mean(seed: int) -> Any:
    from sklearn.dummy import DummyRegressor

    return DummyRegressor(strategy="mean")


def _median(seed: int) -> Any:
    from sklearn.dummy import DummyRegressor

    return DummyRegressor(strategy="median")


WHY = "Whoever does not beat this has learnt nothing from the features."

DUMMIES = (
    QuickModel("dummy_most_frequent", "Most frequent class", "classification", _most_frequent, WHY, trivial=True),
    QuickModel("dummy_stratified", "Guessing by frequency", "classification", _stratified, WHY, trivial=True),
    QuickModel("dummy_uniform", "Guessing evenly", "classification", _uniform, WHY, trivial=True),
    QuickModel("dummy_mean", "Mean of the target", "regression", _mean, WHY, trivial=True),
    QuickModel("dummy_median", "Median of the target", "regression", _median, WHY, trivial=True),
)
