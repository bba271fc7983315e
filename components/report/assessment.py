"""What the report says of the assessment: feasibility, value and ethics, where somebody filled them in."""

from datetime import date

from components.errors import BadInput
from components.readiness.measured import measured_figures
from components.report.drawing import svg
from components.report.parts import Part, Source
from components.scoping.assessment.charts import ethics_strip, history_chart, ladder_chart, payback_chart
from components.scoping.assessment.ethics import ethics_table
from components.scoping.assessment.feasibility import evidence_table, feasibility_table
from components.scoping.assessment.ladder import ladder_table
from components.scoping.assessment.payback import matrix_table, payback_table
from components.scoping.assessment.reading import ethics_standing, feasibilities, ladders, paybacks, projection
from components.scoping.assessment.records import Outcome
from components.theme import LIGHT


def assessment(source: Source) -> list[Part]:
    """Return the parts on feasibility, error history, value, payback and ethics; none where nothing was said."""
    return [*_feasibility(source), *_history(source), *_ladders(source), *_paybacks(source), *_ethics(source)]


def _feasibility(source: Source) -> list[Part]:
    found = [one for one in feasibilities(source.store, source.project_id).values() if one.verdict or any(one.rests_on.values())]
    figures = {ref: figure.text for ref, figure in measured_figures(source.store, source.project_id).items()}
    parts = [Part("Can it be done?", "", "Each verdict with what it rests on.", tables=[feasibility_table(found)])] if found else []
    return parts + [
        Part(f"Feasibility: {one.title}", one.sentence, one.method, tables=[evidence_table(one, figures)], notes=one.warnings)
        for one in found
    ]


def _history(source: Source) -> list[Part]:
    found = projection(source.store, source.project_id)
    if found is None:
        return []
    return [Part("The project's own error rate", found.sentence, found.method, pictures=[svg(history_chart(found, LIGHT), found.sentence)])]


def _ladders(source: Source) -> list[Part]:
    titles = {id_: one.title for id_, one in feasibilities(source.store, source.project_id).items()}
    parts = []
    for id_, climbed in ladders(source.store, source.project_id).items():
        if climbed.rungs:
            part = Part(
                f"Metric ladder: {titles[id_]}", climbed.sentence, climbed.method, tables=[ladder_table(climbed)], notes=climbed.lapsed
            )
            if any(rung.moved.value for rung in climbed.rungs):
                part.pictures.append(svg(ladder_chart(climbed, LIGHT), climbed.sentence))
            parts.append(part)
    return parts


def _paybacks(source: Source) -> list[Part]:
    outcomes = source.all(Outcome)
    begun = {one.solution for one in outcomes}
    every = {id_: one for id_, one in paybacks(source.store, source.project_id).items() if id_ in begun}
    known = [one for one in every.values() if not isinstance(one, BadInput)]
    parts = [Part("Is it worth it?", "", "Every idea with a cost matrix.", tables=[payback_table(known)])] if known else []
    for id_, found in every.items():
        if isinstance(found, BadInput):
            parts.append(Part("Payback", str(found)))
            continue
        table = matrix_table([one for one in outcomes if one.solution == id_])
        part = Part(f"Payback: {found.title}", found.sentence, found.method, tables=[table])
        if not found.missing:
            part.pictures.append(svg(payback_chart(found, LIGHT), found.sentence))
        parts.append(part)
    return parts


def _ethics(source: Source) -> list[Part]:
    found = ethics_standing(source.store, source.project_id, date.today())
    if len(found.of("")) == len(found.items):
        return []
    part = Part("Is it right?", found.sentence, found.method, tables=[ethics_table(found)])
    part.pictures.append(svg(ethics_strip(found, LIGHT), found.sentence))
    part.notes += [f"Overdue: {line}" for line in found.overdue_lines]
    return [part]
