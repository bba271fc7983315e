"""Nearest neighbours on scaled features."""

from typing import Any

from components.modelling.quick_models.declaration import Problem, QuickModel

NEIGHBOURS = 5


def _neighbours(made: Problem) -> int:
    return min(NEIGHBOURS, *(len(train) for train, _ in made.folds))


def _classifier(made: Problem, seed: int) -> Any:
    from sklearn.neighbors import KNeighborsClassifier

    return KNeighborsClassifier(n_neighbors=_neighbours(made))


def _regressor(made: Problem, seed: int) -> Any:
    from sklearn.neighbors import KNeighborsRegressor

    return KNeighborsRegressor(n_neighbors=_neighbours(made))


WHY = "Learns by heart: what it reaches shows how much similar rows agree."

NEAREST_NEIGHBOURS = (
    QuickModel("nearest_neighbours", "Nearest neighbours", "classification", _classifier, WHY, scaled=True),
    QuickModel("nearest_neighbours", "Nearest neighbours", "regression", _regressor, WHY, scaled=True),
)
