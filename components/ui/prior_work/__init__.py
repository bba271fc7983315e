"""The parts of the screen *Prior work*: its forms, its entries, and bringing results in."""

from components.ui.prior_work.entries import add, entries
from components.ui.prior_work.exchange import bring_in, hand_out
from components.ui.prior_work.figures import figures, measured

__all__ = ["add", "bring_in", "entries", "figures", "hand_out", "measured"]
