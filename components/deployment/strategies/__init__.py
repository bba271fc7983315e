"""The ways to roll out, each a file of its own and listed here."""

from components.deployment.plan import Plan
from components.deployment.strategies.blue_green import BlueGreen
from components.deployment.strategies.canary import Canary
from components.deployment.strategies.declaration import Strategy
from components.deployment.strategies.shadow import Shadow

STRATEGIES: tuple[type[Strategy], ...] = (Shadow, Canary, BlueGreen)


def strategy_of(plan: Plan) -> type[Strategy]:
    """Return the strategy that a plan names."""
    return next(strategy for strategy in STRATEGIES if strategy.name == plan.strategy)
