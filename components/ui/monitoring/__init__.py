"""The monitoring screen: what is watched at each stage, what an alarm leads to, and what changes."""

from components.ui.monitoring.alarms import alarms
from components.ui.monitoring.export import export
from components.ui.monitoring.plan import Desk, add, begin, changes, coverage, rows

__all__ = ["Desk", "add", "alarms", "begin", "changes", "coverage", "export", "rows"]
