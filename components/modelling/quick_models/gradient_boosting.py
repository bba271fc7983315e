"""Histogram gradient boosting."""

from typing import Any

from components.modelling.quick_models.declaration import Problem, QuickModel


def _classifier(made: Problem, seed: int) -> Any:
    from sklearn.ensemble import HistGradientBoostingClassifier

    return HistGradientBoostingClassifier(random_state=seed)


def _regressor(made: Problem, seed: int) -> Any:
    from sklearn.ensemble import HistGradientBoostingRegressor

    return HistGradientBoostingRegressor(random_state=seed)


WHY = "The strongest default on tables; what it reaches without tuning is the figure to beat."

GRADIENT_BOOSTING = (
    QuickModel("hist_gradient_boosting", "Gradient boosting", "classification", _classifier, WHY),
    QuickModel("hist_gradient_boosting", "Gradient boosting", "regression", _regressor, WHY),
)
