"""The rulebook and its rounds in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from components import words
from components.data.agreement import GOOD, TENTATIVE
from components.data.records import AgreementRun
from components.data.rulebook.records import Calibration, CalibrationRun
from components.data.rulebook.round_result import costs_most
from components.data.rulebook.sampling import sample_sentence
from components.data.rulebook.versions import Ruled
from components.project.data_sets import DataVersion
from components.project.rounds import Round
from components.stats.estimate import Estimate

VERDICTS = {"good": "good enough to go on", "tentative": "enough for a first look only", "too low": "not good enough"}


def round_answer(agreed: AgreementRun, run: CalibrationRun) -> str:
    """Answer “where do we differ, and why?”.

    The verdict is that of the interval's lower end; which rule costs most is said where that rule is under the lowest band.
    """
    alpha = Estimate(**agreed.alpha)
    worst = costs_most(run)
    costs = f" Rule {worst['number']} costs most." if worst else ""
    if alpha.value is None or agreed.band is None:
        return f"You say the same {words.percent(agreed.percent['value'])} of the time; how much of that is chance is not known.{costs}"
    return f"Agreement is {words.decimal(alpha.value)} {words.interval(alpha)}: {VERDICTS[agreed.band]}.{costs}"


def round_method(body: Round, about: Calibration, agreed: AgreementRun) -> str:
    """Say how a round was measured."""
    people = words.counted(agreed.annotators, "person", "people")
    return (
        f"Round {body.number}: {people} × {words.counted(len(body.cards), 'item')}, "
        f"{sample_sentence(about.sample, about.drawn_from, about.stratified_by)}. Krippendorff's α, nominal, 95 % interval over items. "
        f"The same label {words.percent(agreed.percent['value'])} of the time, AC1 {words.decimal(agreed.ac1['value'])} "
        f"{words.interval(Estimate(**agreed.ac1))}."
    )


def round_badge(agreed: AgreementRun) -> tuple[str, str]:
    """Return the verdict on a round as a word and its kind."""
    if agreed.band == "good":
        return f"above {words.decimal(GOOD, 1)}", "pass"
    if agreed.band == "tentative":
        return f"between {words.decimal(TENTATIVE)} and {words.decimal(GOOD, 1)}", "warn"
    return (f"below {words.decimal(TENTATIVE)}", "fail") if agreed.band else ("no verdict", "note")


def rulebook_answer(rules: Sequence[Ruled], number: int, agreed: AgreementRun | None, run: CalibrationRun | None) -> str:
    """Answer “do we all mean the same?”."""
    living = [rule for rule in rules if rule.body.status != "retired"]
    if agreed is None or run is None:
        told = f"{words.counted(len(living), 'rule')}, {words.count(sum(rule.body.holds for rule in living))} agreed."
        return f"{told} Whether you mean the same, a round tells."
    alpha = Estimate(**agreed.alpha)
    worst = costs_most(run)
    if alpha.value is None or agreed.band is None:
        return f"In round {number} everybody said nearly the same; α is not defined."
    said = {"good": "Yes", "tentative": "Nearly", "too low": "Not yet"}[agreed.band]
    costs = f"; rule {worst['number']} costs most" if worst else ""
    return f"{said}: α = {words.decimal(alpha.value)} {words.interval(alpha)} in round {number}{costs}."


def where_it_splits(label: str, agreed: AgreementRun) -> str:
    """Say with which other label the label of a rule is mixed up most."""
    for row in agreed.confusion:
        if label in {row["label"], row["other"]}:
            other = row["other"] if row["label"] == label else row["label"]
            pairs = words.counted(row["pairs"], "pair")
            return f"Mixed up most with “{str(other)[:60]}”: {pairs} of judgements, {words.percent(row['share'], 0)} of all that differ."
    return "Nobody mixed it up with another label."


def applied(versions: Mapping[str, DataVersion]) -> list[dict[str, Any]]:
    """Return what rules did to a data set, one row a rule's version and version of the data: counted, and by which wording."""
    rows = []
    for id_, version in versions.items():
        for one in version.steps:
            step = one["step"]
            if step.get("step") == "rule":
                told = {name: step[name] for name in ("rule", "number", "version", "content", "name", "action")}
                rows.append({**told, "rows": one["changed"], "data_version": id_, "data_number": version.number})
    return rows
