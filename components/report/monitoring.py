"""The monitoring plan and the failure cases in a report."""

import pandas as pd

from components import words
from components.deployment.charts import stages_chart
from components.deployment.gaps import exposures
from components.deployment.monitoring_plan import Watching, table
from components.deployment.records import FailureCase, Metric
from components.readiness.evidence import planned_rollout
from components.readiness.gaps import Gaps
from components.readiness.records import ChecklistAnswer
from components.readiness.ticks import measured_ticks, states_of
from components.readiness.watching import finds
from components.report.drawing import svg
from components.report.parts import Part, Source
from components.theme import LIGHT

RUNS = 300
KEPT = ("stage", "metric", "state", "baseline", "alarm", "severity", "owner", "faults it notices (simulated)", "false alarms a month")


def monitoring(source: Source) -> list[Part]:
    """Return the monitoring plan and the register of failure cases, where there are any."""
    records = source.store.all(source.project_id, Metric)
    parts = [_plan(source)] if records else []
    cases = source.all(FailureCase)
    if cases:
        still = sum(not case.handled for case in cases)
        part = Part("Failure cases", f"{words.counted(len(cases), 'failure case')}, {still} without a tested handling.")
        part.tables.append(_cases(cases))
        parts.append(part)
    return parts


def _plan(source: Source) -> Part:
    body = planned_rollout(source.store, source.project_id)
    states = states_of(source.by_id(ChecklistAnswer), measured_ticks(source.store, source.project_id))
    gaps = Gaps(exposures(body.plan, body.harm, RUNS), states)
    records = source.store.all(source.project_id, Metric)
    watching = Watching({record.id: record.body for record in records}, body.plan)
    method = "False alarms from each baseline and the planned traffic, or counted in a quiet time; what is noticed is simulated."
    part = Part("Monitoring plan", watching.answer, method, gaps.method)
    part.pictures.append(svg(stages_chart(watching.coverage, LIGHT), watching.answer))
    shown = table(records, body.plan, finds(gaps))
    part.tables.append(shown.loc[shown["state"] != "retired", list(KEPT)].fillna(words.MISSING))
    if len(watching.changes):
        part.tables.append(watching.changes)
    return part


def _cases(cases: list[FailureCase]) -> pd.DataFrame:
    handled = FailureCase.model_fields["handling"].json_schema_extra
    called = handled["words"] if isinstance(handled, dict) and isinstance(handled["words"], dict) else {}
    return pd.DataFrame(
        [
            {
                "what": case.what,
                "likely": case.likelihood,
                "effect": case.effect,
                "handled": called.get(case.handling, case.handling),
                "test": case.test or words.MISSING,
                "owner": case.owner,
                "fault": case.fault,
                "monitor": case.monitor,
            }
            for case in cases
        ]
    )
