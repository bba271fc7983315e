"""Answer by yourself in a round that somebody opened: by link or QR code, on a phone or a laptop."""

from components import ui
from components.ui.rounds.joining import joining

joining(ui.project(guests=True))
