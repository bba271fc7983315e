"""What the checks of the data found that can make a score look better than the model is."""

from components.data.checks.wording import headline
from components.data.records import CheckRun
from components.project.store import Store

LEAKS = {
    "S01": "What stands in training and test is known by heart.",
    "S04": "What is nearly the same in training and test is known by heart.",
    "S05": "A group that is torn between training and test gives itself away.",
    "T08": "Copies fall into different folds, so that some answers are known.",
    "T13": "A column that holds the answer won't be there in use.",
    "T14": "Whether a cell is filled tells the answer; in use it may not.",
    "I08": "Copies fall into different folds, so that some answers are known.",
    "I09": "What is nearly the same falls into different folds.",
    "I10": "A property of the files tells the answer; in use it may not.",
    "I24": "Copies fall into different folds, so that some answers are known.",
}
"""Codes of the checks, and how each flatters a score."""


def leaks(store: Store, project_id: str, version_id: str) -> list[str]:
    """Return what the last check of a version found that may flatter its scores, one sentence each, with the code."""
    checked = store.get(project_id, CheckRun, version_id)
    if checked is None:
        return []
    return [
        f"{headline(group)} ({group[0]['code']}). {LEAKS[group[0]['code']]}" for group in checked.body.firing() if group[0]["code"] in LEAKS
    ]
