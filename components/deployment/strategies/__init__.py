"""The ways to roll out, each a file of its own and listed here."""

from components.deployment.strategies.canary import Canary

STRATEGIES = (Canary,)
