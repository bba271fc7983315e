"""Random forest."""

from typing import Any

from components.modelling.quick_models.declaration import Problem, QuickModel


def _classifier(made: Problem, seed: int) -> Any:
    from sklearn.ensemble import RandomForestClassifier

    return RandomForestClassifier(random_state=seed)


def _regressor(made: Problem, seed: int) -> Any:
    from sklearn.ensemble import RandomForestRegressor

    return RandomForestRegressor(random_state=seed)


WHY = "Good on most tables without tuning, and hard to get wrong."

FOREST = (
    QuickModel("forest", "Random forest", "classification", _classifier, WHY),
    QuickModel("forest", "Random forest", "regression", _regressor, WHY),
)
