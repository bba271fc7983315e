"""What a page needs to draw itself, in Streamlit."""

from components.ui import resources
from components.ui.choose import data_version as choose_version
from components.ui.choose import label_set as choose_labels
from components.ui.choose import table
from components.ui.comments import comments
from components.ui.definitions import definitions, term
from components.ui.figures import behind, chart, download, figure
from components.ui.forms import close, editor, word_for
from components.ui.labels import bring_labels, labels_refused, watch_labels
from components.ui.live import busy, live
from components.ui.looking import first_rows, label_balance
from components.ui.many import many
from components.ui.patterns import answer, bad_input, card, done_line, empty, note, open_line, section
from components.ui.pieces import card_of, delete, image_wall, look, people_for, players, save_over, source, versions_of, view
from components.ui.preview import preview
from components.ui.quick import keep_it, lead_on, reading, start_quick_check
from components.ui.resources import files, runner, settings, store
from components.ui.session import current, escape, go, link, open_project, palette, person, project, today
from components.ui.state import edit, editing, remember, say, value
from components.ui.uploads import begin, file_drop, server_place, start_job, watch

__all__ = [
    "answer",
    "bad_input",
    "begin",
    "behind",
    "bring_labels",
    "labels_refused",
    "watch_labels",
    "card_of",
    "definitions",
    "delete",
    "people_for",
    "players",
    "versions_of",
    "busy",
    "card",
    "chart",
    "comments",
    "choose_labels",
    "choose_version",
    "close",
    "current",
    "done_line",
    "download",
    "edit",
    "editing",
    "editor",
    "empty",
    "keep_it",
    "lead_on",
    "reading",
    "start_quick_check",
    "word_for",
    "escape",
    "figure",
    "file_drop",
    "files",
    "first_rows",
    "go",
    "image_wall",
    "label_balance",
    "link",
    "live",
    "look",
    "many",
    "note",
    "open_line",
    "open_project",
    "palette",
    "person",
    "preview",
    "project",
    "remember",
    "resources",
    "runner",
    "save_over",
    "say",
    "section",
    "source",
    "term",
    "settings",
    "server_place",
    "start_job",
    "store",
    "table",
    "today",
    "value",
    "view",
    "watch",
]
