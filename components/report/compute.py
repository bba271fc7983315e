"""What is bought with what in the report: the compute that is planned, and what better or more data bring."""

import pandas as pd

from components import words
from components.modelling.better_data import better_data_answer, gains_table
from components.modelling.compute import TITLES, Required, all_required, amount, compute_answer, required, verdicts
from components.modelling.growth_charts import gains_chart
from components.modelling.records import BetterDataRun, ComputeMeans, ComputeNeed, GrowthRun
from components.modelling.wording import score_text
from components.project.data_sets import DataVersion
from components.report.drawing import svg
from components.report.parts import Part, Source
from components.theme import LIGHT


def better_data_parts(source: Source) -> list[Part]:
    """Return a part for each comparison of versions of the data whose base is still there."""
    versions = source.by_id(DataVersion)
    parts = []
    for id_, run in source.by_id(BetterDataRun).items():
        if id_ not in versions:
            continue
        answer = better_data_answer(run.gains, run.metric)
        base = f"against version {versions[id_].number} ({score_text(run.score, run.metric)})"
        how = f"{words.counted(run.items, 'item')} in {run.folds} folds, the labels of version {run.judge} as the truth"
        part = Part("Better data, or more of them?", answer, f"{run.title} {base}: the same {how}; paired 95 % intervals.", run.simulated)
        table = gains_table(run.gains, run.metric)
        if len(table):
            part.pictures.append(svg(gains_chart(table, LIGHT, run.metric), answer))
            shown = table[["name", "text", "rows", "items"]].rename(columns={"name": "version", "text": f"gain in {run.metric}"})
            part.tables.append(shown.assign(items=[words.count(items) for items in shown["items"]]))
        parts.append(part)
    return parts


def compute_parts(source: Source) -> list[Part]:
    """Return the part on what is planned to run against hours, memory and money; none where nothing is planned."""
    needs, grown = source.all(ComputeNeed), source.by_id(GrowthRun)
    if not needs:
        return []
    means = source.by_id(ComputeMeans).get("means")
    each = [required(need, grown.get(need.data_version)) for need in needs]
    total = all_required(each)
    method = "Cited figures as their authors give them; measured ones by a power law through growing parts, with the interval of a new run."
    part = Part("Compute", compute_answer(total, means), method, tables=[_planned(needs, each)])
    part.notes += [said for _, said in verdicts(total, means)]
    part.notes += [f"{need.name}: {need.note} {need.link}".strip() for need in needs if need.note or need.link]
    return [part]


def _planned(needs: list[ComputeNeed], each: list[Required]) -> pd.DataFrame:
    rows = []
    for need, found in zip(needs, each, strict=True):
        row = {"what": need.name, "how": need.how, "runs": words.count(need.runs)}
        for what, title in TITLES.items():
            one = getattr(found, what)
            limits = f" [{amount(one.low, what)}, {amount(one.high, what)}]" if one.low is not None and one.high is not None else ""
            row[title] = f"{amount(one.value, what)}{limits}"
        rows.append(row)
    return pd.DataFrame(rows)
