"""A round of judging, opened by its link: one item at a time, blind."""

from components import ui
from components.ui.rounds.judging import judging

judging(ui.project(guests=True))
