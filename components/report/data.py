"""What the report says of the data phase."""

import pandas as pd

from components import words
from components.data.charts import coverage_chart, iterations_chart, severity_chart
from components.data.checks.report import STATUSES, sentence
from components.data.checks.wording import figure_text, headline
from components.data.coverage import coverage_answer, coverage_table
from components.data.drift.charts import columns_chart, columns_table
from components.data.drift.wording import cadence, drift_answer, drift_method
from components.data.iterations import table as rounds_table
from components.data.iterations import worth
from components.data.label_charts import agreement_chart
from components.data.records import AgreementRun, CheckRun, CoverageRun, DriftRun, ImportantCase, Iteration
from components.data.wording import agreement_answer, agreement_method
from components.project.data_sets import DataSet, DataVersion, LabelSet
from components.report.drawing import svg
from components.report.parts import Part, Section, Source
from components.report.rulebook import rulebook_parts
from components.theme import LIGHT


def data(source: Source) -> Section:
    """Return the checks, drift, what is covered, what another round is worth, and the agreement of the labellers."""
    sets, versions = source.by_id(DataSet), source.by_id(DataVersion)
    section = Section("data", "Data", "Can we train on this, and can we trust the labels?", "", "No data has been brought in yet.")
    worst: tuple[int, int] | None = None
    for id_, run in source.by_id(CheckRun).items():
        version = versions.get(id_)
        if version is None:
            continue
        counts = {status: run.count(status) for status in STATUSES}
        name = sets[version.data_set].name if version.data_set in sets else version.source
        part = Part(
            f"{name}, version {version.number}",
            sentence(counts, run.rows),
            f"{words.counted(run.rows, 'row')} × {words.counted(run.columns, 'column')}, data {version.table[:12]}, from {version.source}.",
            simulated=version.simulated,
        )
        part.pictures.append(svg(severity_chart(counts, LIGHT), f"Results of the checks: {sentence(counts, run.rows)}"))
        rows = [{"code": g[0]["code"], "what": headline(g), "found": figure_text(g), "what to do": g[0]["advice"]} for g in run.firing()]
        if rows:
            part.tables.append(pd.DataFrame(rows))
        section.parts.append(part)
        if worst is None or (counts["failed"], counts["warned"]) > worst:
            worst, section.answer = (counts["failed"], counts["warned"]), f"{part.title}: {sentence(counts, run.rows)}"
    section.parts += rulebook_parts(source)
    section.parts += [*_drift(source, sets, versions), *_coverage(source, sets, versions), *_rounds(source, sets)]
    labels = source.by_id(LabelSet)
    for id_, run in source.by_id(AgreementRun).items():
        part = Part(
            f"Agreement of the labellers: {labels[id_].name if id_ in labels else id_}",
            agreement_answer(run),
            agreement_method(run),
            simulated=run.simulated,
        )
        part.pictures.append(svg(agreement_chart(run, LIGHT), agreement_answer(run)))
        if run.why:
            part.notes.append(run.why)
        section.parts.append(part)
    return section


def _named(version: DataVersion, sets: dict[str, DataSet]) -> str:
    name = sets[version.data_set].name if version.data_set in sets else version.source
    return f"{name}, version {version.number}"


def _drift(source: Source, sets: dict[str, DataSet], versions: dict[str, DataVersion]) -> list[Part]:
    parts = []
    for id_, run in source.by_id(DriftRun).items():
        if id_ not in versions:
            continue
        part = Part(f"Drift of {_named(versions[id_], sets)}", drift_answer(run), drift_method(run), simulated=run.simulated)
        if any(row["psi"] is not None for row in run.columns):
            part.pictures.append(svg(columns_chart(run, LIGHT), drift_answer(run)))
        shown = columns_table(run)
        part.tables.append(shown[shown["verdict"] == "drift"].head(20).round(4))
        part.notes += cadence(run)
        parts.append(part)
    return parts


def _coverage(source: Source, sets: dict[str, DataSet], versions: dict[str, DataVersion]) -> list[Part]:
    parts, cases = [], source.by_id(ImportantCase)
    for id_, run in source.by_id(CoverageRun).items():
        table = coverage_table(cases, run)
        if id_ not in versions or not len(table):
            continue
        answer = coverage_answer(table)
        method = "Rows against what the wanted 95 % interval takes (Wilson)."
        part = Part(f"Important cases in {_named(versions[id_], sets)}", answer, method, simulated=run.simulated)
        part.pictures.append(svg(coverage_chart(table, LIGHT), answer))
        part.tables.append(table)
        parts.append(part)
    return parts


def _rounds(source: Source, sets: dict[str, DataSet]) -> list[Part]:
    parts = []
    rounds = source.all(Iteration)
    for id_, data_set in sets.items():
        here = [one for one in rounds if one.data_set == id_]
        found = worth(here)
        if found is None:
            continue
        part = Part(
            f"Rounds of collecting for {data_set.name}", found.sentence, "A power law through the rounds.", tables=[rounds_table(here)]
        )
        if found.curve is not None:
            part.pictures.append(svg(iterations_chart(found, LIGHT), found.sentence))
        parts.append(part)
    return parts
