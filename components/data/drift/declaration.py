"""What drift looks for: each kind with its code, what it says and what to do."""

from dataclasses import dataclass

LEAST_VERSIONS = 3
"""Versions of different days that a pace takes."""


@dataclass(frozen=True)
class DriftCheck:
    """One kind of drift; `least` is the smallest difference that counts, however certain it is."""

    code: str
    title: str
    least: float
    advice: str
    why: str


SHIFT = DriftCheck(
    "D01",
    "Values that moved",
    0.02,
    "Find out what changed in the world or in how this is collected; label a fresh sample, and train again if the model uses it.",
    "Kolmogorov–Smirnov for numbers and lengths, Cramér's V for categories. Below .02 a certain difference still matters to nobody.",
)
MISSINGNESS = DriftCheck(
    "D02",
    "Cells that went missing, or came back",
    0.01,
    "Look for a change in the source: a field that was dropped, a form that changed, a join that fails.",
    "The stability index looks at the cells that are there and doesn't see it.",
)
CATEGORIES = DriftCheck(
    "D03",
    "Categories that are new, or vanished",
    0.0,
    "Ask whether a new category is a new case or a new spelling; a model has never seen it.",
    "A model has learnt nothing about a category that was not there. Rare ones come and go by chance, which is allowed for.",
)
SCHEMA = DriftCheck(
    "D04",
    "Columns that came, went or changed their type",
    0.0,
    "Agree with whoever delivers the data; a model can't read what isn't there.",
    "Whatever reads the data by name or type breaks, or worse, goes on with a default.",
)
DRIFT_CHECKS = (SHIFT, MISSINGNESS, CATEGORIES, SCHEMA)
BY_CODE = {check.code: check for check in DRIFT_CHECKS}
