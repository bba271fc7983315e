"""Baselines and human level in words."""

from collections.abc import Collection, Sequence

import pandas as pd

from components import words
from components.modelling.human_bounds import GOLDS, BiasVariance, measured_bias_variance, without_noise
from components.modelling.records import SHARES, Entry, HumanLevelRun, Leaderboard, TranscriptRun
from components.stats.estimate import Estimate


def score_text(value: float | None, metric: str) -> str:
    """Write a score as its metric is written."""
    return words.percent(value) if metric.lower() in SHARES else words.decimal(value)


def best_on(boards: Sequence[Leaderboard], versions: Collection[str]) -> Entry | None:
    """Return the best model by accuracy on one of the given versions of the data."""
    entries = [board.best for board in boards if board.data_version in versions and board.metric == "accuracy"]
    return max((entry for entry in entries if entry), key=lambda entry: entry.estimate["value"], default=None)


def baselines_answer(
    board: Leaderboard | None, best_name: str, best_value: float | None, people: Estimate | None, metric: str = "accuracy"
) -> str:
    """Answer “what must we beat?”."""
    metric = board.metric if board else metric
    if best_value is None:
        return "Nobody knows yet."
    answer = f"{score_text(best_value, metric)}, reached by {best_name[:1].lower()}{best_name[1:]}."
    if people is not None and people.value is not None:
        answer += f" People reach {words.percent(people.value)}."
    return answer


def baselines_method(board: Leaderboard | None) -> str:
    """Say how the baselines were measured."""
    if board is None:
        return "Entered by the team; the quick models have not run."
    return f"{board.convention} {words.counted(board.n, 'row')}, target “{board.target}”; intervals resample rows within folds."


def progress_answer(board: Leaderboard, running: bool) -> str:
    """Say how far the quick models are, or how far they came before they were stopped."""
    best = f"; best so far {score_text(board.best.estimate['value'], board.metric)}." if board.best else "."
    if running:
        return f"{board.done} of {board.planned} quick models are done{best}"
    return f"Stopped after {board.done} of {board.planned} quick models{best}"


def board_notes(board: Leaderboard, running: bool = False) -> list[str]:
    """Say what a leaderboard does not show: models that failed or are older, rows and columns left out, where it is tracked."""
    notes = [f"{entry.title}: {entry.error}" for entry in board.models if entry.error]
    if board.whole and not board.finished and not running:
        notes.append(f"Stopped after {board.done} of {words.counted(board.planned, 'quick model')}: the others are from the run before.")
    return notes + [" ".join([*board.notes, board.tracked]).strip()] * bool(board.notes or board.tracked)


def on_another_scale(table: pd.DataFrame, metric: str) -> str:
    """Name the results of a comparison that have no place in its chart, since they were measured by another metric."""
    others = table[table["metric"] != metric]
    named = [f"{row.name} ({row.metric} {score_text(row.value, row.metric)})" for row in others.itertuples(index=False)]
    return f"Not on this scale: {words.listed(named)}." if named else ""


def people_answer(run: HumanLevelRun, ours: Entry | None) -> str:
    """Answer “how good are people, and are we there?”."""
    team = Estimate(**run.accuracy)
    said = f"People are right {words.percent(team.value)} of the time {words.interval(team, as_percent=True)}"
    model = model_beside(run, ours)
    if model is None:
        return f"{said}."
    reached = words.percent(model.value)
    if _below(team, model) if not run.panels else _sign(run) > 0:
        return f"{said}; our best model is beyond them with {reached}."
    if _below(model, team) if not run.panels else _sign(run) < 0:
        return f"{said}; our best model is not there yet with {reached}."
    return f"{said}; our best model, {reached}, can't be told from them."


def _below(one: Estimate, other: Estimate) -> bool:
    return one.high is not None and other.low is not None and one.high < other.low


def _sign(run: HumanLevelRun) -> int:
    """Return 1 where the best model is better than people on the same panels, -1 where it is worse, 0 where that can't be told."""
    return _side(Estimate(**run.panels[0]["difference"]))


def _side(difference: Estimate) -> int:
    if difference.low is None or difference.high is None:
        return 0
    return (difference.low > 0) - (difference.high < 0)


def model_beside(run: HumanLevelRun, ours: Entry | None) -> Estimate | None:
    """Return how good our best model is beside people: on the same panels where it was scored on them."""
    if run.panels:
        return Estimate(**run.panels[0]["accuracy"])
    return Estimate(**ours.estimate) if ours else None


def people_method(run: HumanLevelRun, ours: Entry | None) -> str:
    """Say how human level was measured."""
    judged = f"{words.counted(len(run.per_annotator), 'annotator')}, {words.counted(run.judgements, 'judgement')}"
    model = " The model was measured on all items, people on a sample of them." if ours and not run.panels else ""
    if run.override:
        model += f" The data are structured; people are a benchmark because: {run.override}"
    return f"Each judgement against {run.against}: {judged} of {words.counted(run.items, 'item')}, 95 % interval over items.{model}"


def people_note(run: HumanLevelRun) -> str:
    """Say how the picture of human level is read, and which judgements are not in it."""
    note = f"Violet: people, each with a Wilson interval; the band is all of them together, {words.counted(run.items, 'item')}."
    if run.against == "gold":
        return note
    ties = f"{words.counted(run.ties, 'judgement')} left out because the others tied"
    return f"{note} {ties}; where an instruction splits people, the majority is no proof of being right."


def panels_sentences(run: HumanLevelRun) -> list[str]:
    """Say how models do on the same panels as people."""
    said = []
    for one in run.panels:
        model, people, difference = (Estimate(**one[name]) for name in ("accuracy", "people", "difference"))
        verdict = {1: "is better than people", 0: "can't be told from people", -1: "is worse than people"}[_side(difference)]
        limits = words.points_interval(difference)
        said.append(
            f"{one['model']} {verdict}: {words.percent(model.value)} against {words.percent(people.value)} on the same "
            f"{words.counted(one['items'], 'item')}, difference {words.points(difference.value, sign=True)} {limits}."
        )
    return said


def measured_bias(run: HumanLevelRun, entry: Entry | None) -> BiasVariance | None:
    """Return bias and variance of a quick model beside people; nothing where it was not measured on what it had learnt."""
    if entry is None or not entry.learnt:
        return None
    return measured_bias_variance(Estimate(**run.accuracy), Estimate(**entry.learnt), Estimate(**entry.forgets))


def bias_method(found: BiasVariance, run: HumanLevelRun, entry: Entry, where: str) -> str:
    """Say how bias and variance of a quick model were measured."""
    people = f"people {words.percent(found.human)} of {words.counted(run.judgements, 'judgement')}"
    errors = f"{people}, on what it learnt {words.percent(found.train)}, held back {words.percent(found.dev)}"
    rows = words.counted(Estimate(**entry.learnt).n or 0, "row")
    return f"{entry.title} on {where}. Errors: {errors}; {rows}, each once learnt from and once held back. 95 % intervals."


def noise_table(run: HumanLevelRun) -> pd.DataFrame:
    """Return human level as it would be against perfect gold, for gold of several qualities: a sensitivity, no result."""
    score = Estimate(**run.accuracy)
    rows = []
    for gold in GOLDS:
        moved = without_noise(score, gold, max(run.classes, 2))
        rows.append((words.percent(gold), words.percent(moved.value), words.interval(moved, as_percent=True)))
    return pd.DataFrame(rows, columns=["if gold is right in", "people are right in", "95 % interval, %"])


def transcripts_answer(runs: Sequence[TranscriptRun]) -> str:
    """Answer “how good are people, and are we there?” for transcripts, the newest of either."""
    people = next((run for run in reversed(runs) if run.who == "people"), None)
    machine = min((run for run in runs if run.who == "machine"), key=lambda run: run.words["value"], default=None)

    def rate(run: TranscriptRun) -> str:
        return f"{words.percent(run.words['value'])} {words.interval(Estimate(**run.words), as_percent=True)}"

    if people is None:
        return f"{machine.name} misses {rate(machine)} of the words." if machine else "Nobody knows yet."
    said = f"People miss {rate(people)} of the words"
    if machine is None:
        return f"{said}."
    less = machine.words["value"] < people.words["value"]
    return f"{said}; {machine.name} {'only ' if less else ''}{rate(machine)}."


def transcripts_table(runs: Sequence[TranscriptRun]) -> pd.DataFrame:
    """Return transcripts as a table, best first."""
    rows = [
        (
            run.name,
            run.who,
            words.percent(run.words["value"]),
            words.interval(Estimate(**run.words), as_percent=True),
            words.percent(run.characters["value"]),
            run.lines,
            run.transcripts,
            run.normalisation,
        )
        for run in sorted(runs, key=lambda run: float(run.words["value"]))
    ]
    columns = ["transcripts", "who", "word error rate", "95 % interval, %", "character error rate", "lines", "texts", "normalisation"]
    return pd.DataFrame(rows, columns=columns)
