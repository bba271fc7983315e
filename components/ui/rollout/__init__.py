"""The rollout screen: a plan that is tried out at once, and saved over what was read."""

from components.ui.rollout.answers import follow, gates, load, one_rollout, prices, strategies, what_happened
from components.ui.rollout.controls import controls
from components.ui.rollout.designing import designer
from components.ui.rollout.draft import Draft, rehearsed, settle
from components.ui.rollout.export import export
from components.ui.rollout.replaying import backtest
from components.ui.rollout.slices import by_slice
from components.ui.rollout.starting import measured_since, take_measured, where_figures_come_from

__all__ = [
    "Draft",
    "backtest",
    "by_slice",
    "controls",
    "designer",
    "export",
    "follow",
    "gates",
    "load",
    "measured_since",
    "one_rollout",
    "prices",
    "rehearsed",
    "settle",
    "strategies",
    "take_measured",
    "what_happened",
    "where_figures_come_from",
]
