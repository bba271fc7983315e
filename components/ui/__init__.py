"""What a page needs to draw itself, in Streamlit."""

from components.ui.choose import data_version as choose_version
from components.ui.choose import label_set as choose_labels
from components.ui.choose import table
from components.ui.figures import behind, chart, download, figure
from components.ui.forms import close, editor, word_for
from components.ui.labels import bring_labels, cached_agreement
from components.ui.live import busy, live
from components.ui.patterns import answer, bad_input, card, done_line, empty, note, open_line, section
from components.ui.pieces import card_of, delete, image_wall, people_for, rows_of_check, save_over, versions_of
from components.ui.preview import preview
from components.ui.quick import keep_it, link_anew, start_quick_check, tried
from components.ui.resources import files, runner, settings, store
from components.ui.session import current, escape, go, link, open_project, palette, person, project
from components.ui.state import edit, editing, remember, say, value
from components.ui.uploads import file_drop, job_here, start_job, watch

__all__ = [
    "answer",
    "bad_input",
    "behind",
    "bring_labels",
    "cached_agreement",
    "card_of",
    "delete",
    "people_for",
    "versions_of",
    "busy",
    "card",
    "chart",
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
    "link_anew",
    "start_quick_check",
    "tried",
    "word_for",
    "escape",
    "figure",
    "file_drop",
    "files",
    "go",
    "image_wall",
    "job_here",
    "link",
    "live",
    "note",
    "open_line",
    "open_project",
    "palette",
    "person",
    "preview",
    "project",
    "remember",
    "rows_of_check",
    "runner",
    "save_over",
    "say",
    "section",
    "settings",
    "start_job",
    "store",
    "table",
    "value",
    "watch",
]
