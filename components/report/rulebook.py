"""What the report says of the rulebook: the rules as they stand, and whether people mean the same by them."""

import pandas as pd

from components import words
from components.data.records import AgreementRun
from components.data.rulebook.charts import rules_chart
from components.data.rulebook.comparison import compared_sentence
from components.data.rulebook.records import Calibration, CalibrationRun
from components.data.rulebook.rounds import newest_finished
from components.data.rulebook.versions import Ruled, rulebook
from components.data.rulebook.wording import round_method, rulebook_answer
from components.report.drawing import svg
from components.report.parts import Part, Source
from components.theme import LIGHT


def rulebook_parts(source: Source) -> list[Part]:
    """Return the rules with their versions and, after a round of judging, the agreement on each; nothing where there is no rule."""
    store, id_ = source.store, source.project_id
    rules = rulebook(store, id_, retired=False)
    if not rules:
        return []
    last = newest_finished(store, id_)
    agreed = store.get(id_, AgreementRun, last.id) if last else None
    run = store.get(id_, CalibrationRun, last.id) if last else None
    about = store.get(id_, Calibration, last.id) if last else None
    if last is None or agreed is None or run is None or about is None:
        return [Part("The rulebook", rulebook_answer(rules, 0, None, None), "", tables=[_table(rules)])]
    answer, number = rulebook_answer(rules, last.body.number, agreed.body, run.body), last.body.number
    part = Part("The rulebook", answer, round_method(last.body, about.body, agreed.body), run.body.simulated, tables=[_table(rules)])
    part.pictures.append(svg(rules_chart(agreed.body, run.body, "alpha", LIGHT), f"Agreement by rule in round {number}. {answer}"))
    if run.body.compared:
        part.notes.append(compared_sentence(run.body.compared, number - 1))
    return [part]


def _table(rules: list[Ruled]) -> pd.DataFrame:
    rows = [
        {
            "rule": rule.title,
            "definition": rule.body.definition,
            "then it is": f"{rule.body.label}: {rule.body.action}",
            "where": rule.body.condition.sentence if rule.body.condition.clauses else words.MISSING,
            "version": f"{rule.version}, {'agreed' if rule.body.holds else 'proposed'}",
        }
        for rule in rules
    ]
    return pd.DataFrame(rows)
