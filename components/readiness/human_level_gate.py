"""Whether a set of labels may say how good people are: not when it disagrees with itself, nor when its items were picked for that."""

from components.data.records import AgreementRun
from components.data.rulebook.records import Calibration
from components.project.store import Store

FIX_FIRST = (
    "Fix the labels first: the lower limits of α and of AC1 are both under .667, so there is no label that people could be held against."
)
PICKED = (
    "These items were picked because people differed on them or a rule changed, so people look worse here than they are. "
    "A round on random items that nobody saw before says how good they are."
)


def why_no_human_level(store: Store, project_id: str, label_set: str) -> str:
    """Return why a set of labels is no measurement of how good people are; nothing where it may be one."""
    about, agreed = store.get(project_id, Calibration, label_set), store.get(project_id, AgreementRun, label_set)
    if about is not None and not about.body.unseen:
        return PICKED
    return FIX_FIRST if agreed is not None and agreed.body.too_low else ""
