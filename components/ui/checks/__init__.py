"""The parts of the screen of the checks."""

from components.ui.checks.cards import fix_cards
from components.ui.checks.rows import rows_concerned
from components.ui.checks.rules import rules
from components.ui.checks.thresholds import thresholds

__all__ = ["fix_cards", "rows_concerned", "rules", "thresholds"]
