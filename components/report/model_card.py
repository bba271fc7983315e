"""The model card: what a model is for, what it was measured on and where it ends, in the form that Hugging Face's hub reads."""

from typing import Any

import pandas as pd
import yaml

from components import __version__, words
from components.modelling.records import Entry, HumanLevelRun, Leaderboard
from components.modelling.wording import people_answer, people_method, score_text
from components.project.data_sets import DataSet, DataVersion
from components.project.decisions import Decision, log
from components.project.shelf import Shelf
from components.project.store import Project
from components.readiness.standing import standing
from components.report.brief import dissent
from components.report.markdown import plain, table
from components.report.parts import Source
from components.scoping.board import cards
from components.scoping.records import Problem, Solution
from components.stats.estimate import Estimate

TASKS = {"accuracy": "tabular-classification"}
OTHER_TASK = "tabular-regression"
MOST_LIMITS = 12


def model_card(source: Source, project: Project) -> str:
    """Return the model card of a project: metadata as YAML, then the same in words. What isn't known is said to be unknown."""
    versions, sets = source.by_id(DataVersion), source.by_id(DataSet)
    boards = [(versions[id_], board) for id_, board in source.by_id(Leaderboard).items() if id_ in versions and board.best]
    lines = [
        f"# {plain(project.name)}",
        "",
        f"A model card, made with Groundwork {__version__}. Project {project.id}, state {project.seq}.",
        "",
    ]
    lines += ["## Intended use", "", *_use(source), "", "## Evaluation", ""]
    if not boards:
        lines += ["Nothing has been measured yet.", ""]
    for version, board in boards:
        lines += [f"Data {plain(_named(version, sets))}, version {version.number} (`{version.table[:12]}`), seed {board.seed}.", ""]
        if board.simulated:
            lines += [f"`simulated` {plain(board.simulated)}", ""]
        lines += [*table(_rows(board)), ""]
    people = source.all(HumanLevelRun)
    if people:
        lines += [
            "## Human level",
            "",
            *[
                plain(f"{people_answer(run, None)} {people_method(run, None)}") + (" `simulated`" if run.simulated else "")
                for run in people
            ],
            "",
        ]
    lines += ["## Limitations and open points", "", *_limits(source), "", "## Decisions", "", *_decided(source), ""]
    return f"---\n{_metadata(project, boards, sets)}---\n\n" + "\n".join(lines)


def _metadata(project: Project, boards: list[tuple[DataVersion, Leaderboard]], sets: dict[str, DataSet]) -> str:
    """Return the metadata as YAML; a result names its data by the content that it was measured on."""
    results = []
    for version, board in boards:
        best = board.best
        if best is None or best.estimate["value"] is None:
            continue
        metric = {"type": board.metric, "value": float(best.estimate["value"]), "name": f"{board.metric}, {best.title}"}
        data = {"name": _named(version, sets), "type": words.slug(_named(version, sets)) or "data", "revision": version.table}
        results.append({"task": {"type": TASKS.get(board.metric, OTHER_TASK)}, "dataset": data, "metrics": [metric]})
    found: dict[str, Any] = {"tags": ["groundwork", "baseline"]}
    if results:
        found |= {"library_name": "sklearn", "model-index": [{"name": words.slug(project.name) or "model", "results": results}]}
    text: str = yaml.safe_dump(found, allow_unicode=True, sort_keys=False)
    return text


def _named(version: DataVersion, sets: dict[str, DataSet]) -> str:
    return sets[version.data_set].name if version.data_set in sets else version.source


def _rows(board: Leaderboard) -> pd.DataFrame:
    def row(entry: Entry) -> dict[str, str]:
        estimate = Estimate(**entry.estimate)
        return {
            "model": entry.title,
            board.metric: entry.error or score_text(estimate.value, board.metric),
            "95 % interval": words.interval(estimate, board.metric == "accuracy") or words.MISSING,
            "n": words.count(estimate.n),
            "run": entry.run_id[:12] or words.MISSING,
        }

    return pd.DataFrame([row(entry) for entry in board.models])


def _use(source: Source) -> list[str]:
    problems, solutions = cards(source.store, source.project_id, Problem), cards(source.store, source.project_id, Solution)
    lines = [f"- Problem: {plain(one.body.statement)}" for one in problems[:MOST_LIMITS]]
    lines += [f"- Solution considered: {plain(one.body.title)}" for one in solutions[:MOST_LIMITS]]
    target = source.target
    if target is not None and target.value is not None:
        lines.append(f"- Target: {plain(target.metric)} {target.value:g}")
    return lines or ["Not written down yet."]


def _limits(source: Source) -> list[str]:
    steps = [f"- {lane.phase}: {plain(step.what)}" for lane in standing(source.store, source.project_id).lanes for step in lane.open]
    return steps[:MOST_LIMITS] or ["None is known."]


def _decided(source: Source) -> list[str]:
    lines = []
    for entry in log(Shelf(source.store, source.project_id).all(Decision)):
        if entry.holds:
            against = f" Open dissent: {plain(dissent(entry))}" if dissent(entry) else ""
            lines.append(f"- {plain(entry.body.title)}.{against}")
    return lines or ["None is written down yet."]
