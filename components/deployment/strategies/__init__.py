"""The ways to roll out, each a file of its own and listed here."""

from components.deployment.plan import Plan
from components.deployment.strategies.canary import Canary

STRATEGIES = (Canary,)


def strategy_of(plan: Plan) -> type[Canary]:
    """Return the strategy that a plan names."""
    return next(strategy for strategy in STRATEGIES if strategy.name == plan.strategy)
