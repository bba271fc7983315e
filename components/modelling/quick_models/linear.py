"""Linear models on scaled features."""

from typing import Any

from components.modelling.quick_models.declaration import Problem, QuickModel


def _logistic(made: Problem, seed: int) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(max_iter=1000, random_state=seed)


def _ridge(made: Problem, seed: int) -> Any:
    from sklearn.linear_model import Ridge

    return Ridge(random_state=seed)


WHY = "Fast, hard to overfit, easy to explain: what is complicated has to beat it."

LINEAR = (
    QuickModel("logistic_regression", "Logistic regression", "classification", _logistic, WHY, scaled=True, sparse=True),
    QuickModel("ridge", "Ridge regression", "regression", _ridge, WHY, scaled=True, sparse=True),
)
