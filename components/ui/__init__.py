"""What a page needs to draw itself, in Streamlit."""

from components.ui.figures import behind, chart, download, figure
from components.ui.forms import close, editor
from components.ui.live import busy, live
from components.ui.patterns import answer, bad_input, card, done_line, empty, note, open_line, section
from components.ui.resources import files, runner, settings, store
from components.ui.session import current, escape, go, link, open_project, palette, person, project

__all__ = [
    "answer",
    "bad_input",
    "behind",
    "busy",
    "card",
    "chart",
    "close",
    "current",
    "done_line",
    "download",
    "editor",
    "empty",
    "escape",
    "figure",
    "files",
    "go",
    "link",
    "live",
    "note",
    "open_line",
    "open_project",
    "palette",
    "person",
    "project",
    "runner",
    "section",
    "settings",
    "store",
]
