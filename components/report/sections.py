"""What stands in a report: each section a question, its answer, how it was found, its figures, pictures and tables."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from components import words
from components.deployment.charts import evidence_chart
from components.deployment.records import RolloutPlan, RolloutRun
from components.deployment.rehearsal import rehearse
from components.errors import BadInput
from components.modelling.baselines import comparison, people_band, typed_people
from components.modelling.charts import baselines_chart
from components.modelling.records import Baseline, HumanLevelRun, Leaderboard, ModelComparison, PredictionSet
from components.modelling.wording import baselines_answer, baselines_method, score_text
from components.project.data_sets import DataSet, DataVersion, LabelSet
from components.readiness.baselines import target_line
from components.readiness.charts import ml_test_score_chart
from components.readiness.ml_test_score import LINES, score
from components.readiness.records import ChecklistAnswer
from components.readiness.standing import standing
from components.readiness.starting import sentence
from components.report.brief import since
from components.report.compute import better_data_parts, compute_parts
from components.report.data import data
from components.report.drawing import svg
from components.report.experiments import experiments
from components.report.monitoring import monitoring
from components.report.parts import Part, Section, Source
from components.report.people import comparison_parts, people_parts
from components.report.promises import decisions, milestones
from components.report.scoping import scoping
from components.report.slices import slice_parts
from components.stats.estimate import Estimate
from components.theme import LIGHT


def made_sections(source: Source, wanted: Sequence[str] | None = None) -> list[Section]:
    """Return the sections of a report, all or those wanted, in the order of the phases."""
    return [make(source) for name, make in SECTIONS.items() if wanted is None or name in wanted]


def known_sections(names: Sequence[str]) -> None:
    """Raise BadInput where a name is no section."""
    unknown = [name for name in names if name not in SECTIONS]
    if unknown:
        raise BadInput(f"There is no section “{unknown[0][:60]}”.", f"The sections are {', '.join(SECTIONS)}.")


def _summary(source: Source) -> Section:
    found = standing(source.store, source.project_id)
    section = Section("summary", "Summary", "Where do we stand?", found.sentence, "")
    rows = [
        {
            "phase": lane.phase,
            "done": "; ".join(lane.done) or words.MISSING,
            "open": "; ".join(step.what for step in lane.open) or words.MISSING,
        }
        for lane in found.lanes
    ]
    figures = measured(source)
    section.parts.append(Part(tables=[pd.DataFrame(rows)]))
    if figures:
        section.parts.append(Part(title="What was measured", tables=[pd.DataFrame(figures)]))
    return section


def measured(source: Source) -> list[dict[str, str]]:
    """Return the figures of all phases, each with its interval and what it was measured on."""
    return [
        {
            "figure": figure.label,
            "value": _figure(figure.estimate.value, figure.as_percent, figure.as_count),
            "95 % interval": _interval(figure.estimate, figure.as_percent, figure.as_count),
            "measured on": figure.note,
            "phase": lane.phase,
        }
        for lane in standing(source.store, source.project_id).lanes
        for figure in lane.figures
    ]


def _changes(source: Source) -> Section:
    return since(source, measured(source))


def _figure(value: float | None, as_percent: bool, as_count: bool) -> str:
    if as_count:
        return words.count(value)
    return words.percent(value) if as_percent else words.decimal(value)


def _interval(estimate: Estimate, as_percent: bool, as_count: bool) -> str:
    if as_count and estimate.low is not None and estimate.high is not None:
        return f"[{words.count(estimate.low)}, {words.count(estimate.high)}]"
    return words.interval(estimate, as_percent) or words.MISSING


def _modelling(source: Source) -> Section:
    versions, sets = source.by_id(DataVersion), source.by_id(DataSet)
    labels, people = source.by_id(LabelSet), source.by_id(HumanLevelRun)
    brought, compared = source.by_id(PredictionSet), source.by_id(ModelComparison)
    section = Section("modelling", "Modelling", "What must we beat, and how good are people?", "", "No baseline has been measured yet.")
    boards = [(id_, board) for id_, board in source.by_id(Leaderboard).items() if id_ in versions and board.models]
    for id_, board in boards:
        version = versions[id_]
        data_set = sets.get(version.data_set)
        runs = [run for key, run in people.items() if key in labels and labels[key].data_set in {version.data_set, None}]
        run = runs[-1] if runs else None
        typed = typed_people(source.all(Baseline))
        band, no_band = people_band(data_set.structured if data_set else None, board, run, typed)
        here = [one for key, one in compared.items() if key in brought and brought[key].data_version == id_]
        table = comparison(board, source.all(Baseline), here)
        first = next(iter(table[table["role"] == "highlight"].to_dict("records")), None)
        answer = baselines_answer(board, first["name"] if first else "", first["value"] if first else None, band)
        line = target_line(source.store, source.project_id, board.metric)
        name = data_set.name if data_set else version.source
        simulated = run.simulated if run and band else board.simulated
        part = Part(f"Baselines on “{name}”", answer, f"{baselines_method(board)} Data {version.table[:12]}, seed {board.seed}.", simulated)
        if len(table):
            part.pictures.append(svg(baselines_chart(table, LIGHT, metric=board.metric, band=band, target=line), answer))
        part.tables.append(_runs(board))
        part.notes += [*board.notes, *([no_band] if no_band else []), *([board.tracked] if board.tracked else [])]
        part.notes += [f"Dashed: {line[1].removesuffix(':')} {score_text(line[0], board.metric)}."] if line else []
        section.parts.append(part)
        section.answer = section.answer or answer
    section.parts += people_parts(source)
    section.parts += comparison_parts(source)
    section.parts += slice_parts(source)
    section.parts += experiments(source)
    section.parts += better_data_parts(source)
    section.parts += compute_parts(source)
    return section


def _runs(board: Leaderboard) -> pd.DataFrame:
    rows = []
    for entry in sorted(board.models, key=lambda one: -(one.estimate["value"] if one.estimate["value"] is not None else float("inf"))):
        estimate = Estimate(**entry.estimate)
        rows.append(
            {
                "model": entry.title,
                board.metric: entry.error or score_text(estimate.value, board.metric),
                "95 % interval": words.interval(estimate, board.metric == "accuracy") or words.MISSING,
                "n": words.count(estimate.n),
                "fit, s": f"{entry.fit_seconds:.2f}",
                "run": entry.run_id[:12] or words.MISSING,
            }
        )
    return pd.DataFrame(rows)


def _deployment(source: Source) -> Section:
    section = Section("deployment", "Deployment", "Is the rollout safe, and are we ready?", "", "No rollout has been rehearsed yet.")
    plans, runs = source.by_id(RolloutPlan), source.by_id(RolloutRun)
    for id_, run in runs.items():
        rehearsal = rehearse(run.plan, run.harm, run.runs, run.seed, run.good)
        section.answer = rehearsal.answer
        measured = plans[id_].measured if id_ in plans else {}
        source_of_rate = plans[id_].source if id_ in plans and "current" not in measured else ""
        part = Part("Canary", rehearsal.answer, rehearsal.method, run.simulated)
        part.pictures.append(svg(evidence_chart(rehearsal, LIGHT), f"Evidence by window. {rehearsal.answer}"))
        part.tables.append(_outcomes(run))
        if source_of_rate:
            part.notes.append(f"Failure rate: {source_of_rate}")
        part.notes += [sentence(role, taken) for role, taken in measured.items()]
        section.parts.append(part)
    section.parts += monitoring(source)
    answers = {key: body for key, body in source.by_id(ChecklistAnswer).items() if key in {line.code for line in LINES}}
    if answers:
        scored = score({key: body.state for key, body in answers.items()})
        said = f"ML Test Score {words.decimal(scored.score, 1)}: {scored.band}."
        part = Part("Checklist", said, "Half a point for a test by hand, a full one when automated; the lowest section counts.")
        part.pictures.append(svg(ml_test_score_chart(scored, LIGHT), said))
        part.tables.append(_checklist(answers))
        section.parts.append(part)
    return section


def _outcomes(run: RolloutRun) -> pd.DataFrame:
    def row(name: str, found: dict[str, Any], as_percent: bool) -> dict[str, str]:
        estimate = Estimate(**found)
        value = _figure(estimate.value, as_percent, not as_percent)
        return {
            "simulated": name,
            "value": value,
            "95 % interval": _interval(estimate, as_percent, not as_percent),
            "runs": words.count(run.runs),
        }

    return pd.DataFrame(
        [
            row("harmful version rolled back", run.caught, True),
            row("bad decisions until then", run.bad_decisions, False),
            row("of these in excess of the current version's", run.excess_bad_decisions, False),
            row("good version rolled back all the same", run.false_rollbacks, True),
            row("good version promoted", run.promoted, True),
        ]
    )


def _checklist(answers: dict[str, ChecklistAnswer]) -> pd.DataFrame:
    states = {"none": "not yet", "manual": "by hand", "automated": "automated"}
    rows = []
    for line in LINES:
        given = answers.get(line.code)
        state = states[given.state] if given else "not yet"
        owner, evidence = (given.owner, given.evidence) if given else ("", "")
        rows.append({"line": line.code, "section": line.section, "what": line.title, "tested": state, "owner": owner, "evidence": evidence})
    return pd.DataFrame(rows)


SECTIONS: dict[str, Callable[[Source], Section]] = {
    "summary": _summary,
    "scoping": scoping,
    "milestones": milestones,
    "decisions": decisions,
    "data": data,
    "modelling": _modelling,
    "deployment": _deployment,
    "changes": _changes,
}
TITLES = {name: name.capitalize() for name in SECTIONS} | {"changes": "Since the last report"}
