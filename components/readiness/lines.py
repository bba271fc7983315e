"""Every line of the checklist: the ML Test Score's 28, and what a pilot needs besides; codes are never reused."""

from components.readiness.effects import EFFECTS, NOTHING, Effect
from components.readiness.ml_test_score import LINES, SECTIONS, Line

SCOPING, PILOT = "Scoping", "Pilot"
MORE = (
    Line("C29", PILOT, "Server load is monitored", "Requests beyond the capacity are counted before they wait in line."),
    Line("C30", PILOT, "Failure cases have a handling", "Refuse, fall back to a person or the old version, retry: decided, and tested."),
    Line("C31", PILOT, "Key metrics and slices are agreed", "Everybody knows which figures count, for whom, and where the limit is."),
    Line("C32", PILOT, "The whole pipeline is monitored", "Software, inputs and outputs; and the monitors themselves."),
    Line("C33", PILOT, "Labels keep coming", "Outcomes that are due and don't come are noticed."),
    Line("C34", PILOT, "The speed of change is known", "How fast the data change says how often to look and to retrain."),
    Line("C35", PILOT, "Labellers agree", "Where people disagree on the label, no monitor can tell right from wrong."),
    Line("C36", PILOT, "Human level is known", "What people reach on the same items says what a bad decision is."),
    Line("C37", SCOPING, "The target is agreed", "One metric, one value: everybody means the same by good enough."),
    Line(
        "C38", SCOPING, "Both sides agree what it is worth", "Engineers and business are comfortable with each step from metric to money."
    ),
    Line("C39", SCOPING, "Questions of ethics are settled", "Whom it may harm was asked before anybody is, and the answers have reasons."),
)
ALL_LINES = (*LINES, *MORE)
LINE_BY_CODE = {line.code: line for line in ALL_LINES}
ALL_SECTIONS = (SCOPING, *SECTIONS, PILOT)


__all__ = ["ALL_LINES", "ALL_SECTIONS", "LINES", "LINE_BY_CODE", "MORE", "PILOT", "SCOPING", "effect_of"]


def effect_of(code: str) -> Effect:
    """Return what a line does against faults."""
    return EFFECTS.get(code, NOTHING)
