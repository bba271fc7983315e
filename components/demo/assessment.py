"""What the example's team thinks of its ideas: assumptions of the example, marked so; what was measured is referred to."""

from datetime import date
from typing import Any

from components.scoping.assessment.feasibility import answer_id
from components.scoping.assessment.ladder import signed
from components.scoping.assessment.records import (
    Economics,
    ErrorMeasurement,
    EthicsAnswer,
    Feasibility,
    FeasibilityAnswer,
    LadderStep,
    Outcome,
)

ASSUMED = "An assumption of this example."
SIGNED = date(2026, 11, 3)


def feasibility(labels: str, images: str) -> dict[str, Any]:
    """Return the feasibility of the recogniser and of the open model; `labels` and `images` are what was measured."""
    answers = {
        "human-level": ("for", "Five people label the same images; they are right nearly always.", f"human_level_run:{labels}", ""),
        "benchmark": ("for", "LeNet-5 reached .95 % error on MNIST in 1998.", "", "https://doi.org/10.1109/5.726791"),
        "volume": ("for", "Enough to begin with; our own forms come on top.", f"check_run:{images}:rows", ""),
        "labelling": ("for", "The labellers agree on what a digit is.", f"agreement_run:{labels}:alpha", ""),
        "access": ("for", f"The forms are scanned in the intake office. {ASSUMED}", "", ""),
        "legal": ("doubtful", f"Whether forms may be kept for training is being asked. {ASSUMED}", "", ""),
        "explainability": ("for", f"A doubtful box goes to a person, who sees the picture. {ASSUMED}", "", ""),
        "robustness": ("for", "The canary stops a version that is twice as bad.", "rollout_run:rollout:caught", ""),
    }
    found: dict[str, Any] = {
        "recogniser": Feasibility(
            data="unstructured",
            project="new",
            verdict="feasible",
            why="People can do it, and others did.",
            owner="Ana",
        ),
        "open-model": Feasibility(data="unstructured", project="existing"),
    }
    for code, (says, text, figure, link) in answers.items():
        id_ = answer_id("recogniser", code)
        found[id_] = FeasibilityAnswer(solution="recogniser", code=code, says=says, text=text, figure=figure, link=link)
    return found


HISTORY = {
    f"error-{month}": ErrorMeasurement(measured_on=date(2026, month, 1), error_rate=error, n=1500, note=ASSUMED)
    for month, error in ((1, 0.062), (3, 0.051), (5, 0.046), (7, 0.039), (9, 0.031), (11, 0.028))
}
"""The error rate of the open-source model in a pilot."""

_LADDER = (
    ("ml", "Accuracy on single boxes", "points", 0.6, 1.2, 1.8, "Ana", "The best quick model against the open model."),
    ("task", "Forms read without a person", "points", 5.0, 7.0, 9.0, "Ana", "Ten boxes a form; one doubtful box sends it to a person."),
    ("user", "Applicants answered the same day", "points", 0.5, 0.8, 0.95, "Chioma", "What isn't typed by noon waits until tomorrow."),
    ("business", "Fewer complaints", "a month", 0.5, 2.0, 4.0, "Ben", "Complaints about waiting, last year's log."),
)


def ladder() -> dict[str, Any]:
    """Return the recogniser's ladder; engineering has signed all of it, business all but the last step."""
    found = {}
    for place, (level, metric, unit, low, likely, high, owner, why) in enumerate(_LADDER):
        named = {"solution": "recogniser", "level": level, "metric": metric, "unit": unit, "place": place}
        values = {"low": low, "likely": likely, "high": high, "owner": owner, "evidence": f"{why} {ASSUMED}"}
        step = LadderStep.model_validate(named | values)
        step = signed(step, "engineering", "Ana", SIGNED)
        found[f"ladder-{level}"] = step if level == "business" else signed(step, "business", "Chioma", SIGNED)
    return found


COSTS = {
    "recogniser": Economics(
        source=ASSUMED,
        volume_low=15000,
        volume=17000,
        volume_high=19000,
        running_low=900,
        running=1200,
        running_high=1800,
        build_low=26000,
        build=34000,
        build_high=50000,
    ),
    "online": Economics(source=ASSUMED, volume=17000, running=800, build_low=20000, build=25500, build_high=40000),
}
OUTCOMES = {
    "read-right": Outcome(
        solution="recogniser",
        name="Read right, nobody types",
        rate_low=0.75,
        rate=0.85,
        rate_high=0.92,
        value_low=0.45,
        value=0.55,
        value_high=0.65,
        note=f"A minute and a half of typing. {ASSUMED}",
    ),
    "to-a-person": Outcome(
        solution="recogniser",
        name="Sent to a person",
        rate_low=0.07,
        rate=0.14,
        rate_high=0.22,
        value_low=-0.1,
        value=-0.05,
        value_high=0.0,
        note=f"Typed as today, a little later. {ASSUMED}",
    ),
    "read-wrong": Outcome(
        solution="recogniser",
        name="Read wrong and accepted",
        rate_low=0.004,
        rate=0.01,
        rate_high=0.02,
        value_low=-25.0,
        value=-15.0,
        value_high=-8.0,
        note=f"A letter comes back, half an hour. {ASSUMED}",
    ),
    "online-filled": Outcome(
        solution="online",
        name="Filled in on a screen",
        rate_low=0.3,
        rate=0.45,
        rate_high=0.65,
        value_low=0.5,
        value=0.6,
        value_high=0.7,
        note=f"No typing and no typing errors. {ASSUMED}",
    ),
}
ETHICS = {
    "N1": EthicsAnswer(answer="yes", reason=f"Applicants wait two days less. {ASSUMED}", owner="Chioma"),
    "N2": EthicsAnswer(
        answer="partial", reason=f"Error rates by style of writing are not measured yet. {ASSUMED}", owner="Dev", due=date(2027, 1, 15)
    ),
    "N3": EthicsAnswer(answer="yes", reason=f"The intake office took part in the vote. {ASSUMED}", owner="Chioma"),
    "A.1": EthicsAnswer(answer="not applicable", reason=f"Forms are sent in to be read. {ASSUMED}"),
    "A.2": EthicsAnswer(answer="partial", reason=f"Handwriting of older people is rare in the sample. {ASSUMED}", owner="Ben"),
    "A.3": EthicsAnswer(answer="yes", reason=f"Single boxes are cut out before anybody sees them. {ASSUMED}", owner="Ben"),
    "B.1": EthicsAnswer(answer="yes", reason=f"Scans stay on the office's own server. {ASSUMED}", owner="Dev"),
    "B.3": EthicsAnswer(answer="no", reason=f"Nobody has said when scans are deleted. {ASSUMED}", owner="Ben", due=date(2027, 1, 31)),
    "D.2": EthicsAnswer(answer="partial", reason=f"Compared by digit, not by who wrote it. {ASSUMED}", owner="Ana"),
    "E.2": EthicsAnswer(answer="yes", reason="The canary that was rehearsed here goes back by itself.", owner="Dev"),
}
