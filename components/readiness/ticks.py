"""Lines of the checklist that other screens have measured: each ticks itself, with what was measured and where."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from components import words
from components.data.drift.wording import drift_answer
from components.data.records import AgreementRun, DriftRun, Expectation
from components.data.rulebook.records import CalibrationRun
from components.deployment.records import FailureCase, Metric, RolloutRun
from components.modelling.records import HumanLevelRun, Leaderboard
from components.modelling.slice_records import SliceRun
from components.project.store import Store
from components.project.target import Target
from components.readiness.effects import EFFECTS
from components.readiness.measured import measured_figures
from components.readiness.ml_test_score import State
from components.readiness.records import ChecklistAnswer
from components.scoping.assessment.ladder import SIDES
from components.scoping.assessment.reading import ethics_standing
from components.scoping.assessment.records import LadderStep

ORDER: tuple[State, ...] = ("none", "manual", "automated")


@dataclass(frozen=True)
class Tick:
    """What was measured for a line, and on which screen one can see it."""

    state: State
    text: str
    screen: str


def measured_ticks(store: Store, project_id: str) -> dict[str, Tick]:
    """Return the lines that measured figures answer, by their code; measured once counts as tested by hand."""
    return dict(_ticks(store, project_id))


def _ticks(store: Store, project_id: str) -> Iterator[tuple[str, Tick]]:
    figures = measured_figures(store, project_id)

    def text(ref: str) -> str:
        return figures[ref].text if ref in figures else ""

    yield from _scoping(store, project_id)
    rules = store.all(project_id, Expectation)
    if rules:
        yield "C01", Tick("manual", f"{words.counted(len(rules), 'rule')} of the team, checked with the data", "data/checks")
    boards = [record for record in store.all(project_id, Leaderboard) if record.body.best is not None]
    if boards:
        board = max(boards, key=lambda record: record.seq)
        best, tried = board.body.best, [entry for entry in board.body.models if not entry.trivial and entry.estimate["value"] is not None]
        if best is not None and len(tried) > 1:
            said = text(f"leaderboard:{board.id}:{best.name}")
            yield "C12", Tick("manual", f"{said}; beside {words.counted(len(tried) - 1, 'other model')}", "modelling/baselines")
        tracked = [entry for entry in tried if entry.run_id]
        if tracked:
            runs = words.counted(len(tracked), "tracked run")
            yield "C15", Tick("manual", f"{runs}, each with seed {board.body.seed} and its version of the data", "modelling/baselines")
    yield from _slices(store, project_id)
    for rollout in store.all(project_id, RolloutRun):
        if rollout.body.plan.strategy == "canary":
            yield "C20", Tick("manual", text(f"rollout_run:{rollout.id}:bad_decisions"), "deployment/rollout")
    cases = [record.body for record in store.all(project_id, FailureCase)]
    if cases and all(case.handled for case in cases):
        yield (
            "C30",
            Tick("manual", f"{words.counted(len(cases), 'failure case')}, each with a handling and its test", "deployment/monitoring"),
        )
    yield from _watched(store, project_id)
    for drift in store.all(project_id, DriftRun)[-1:]:
        yield "C34", Tick("manual", drift_answer(drift.body).rstrip("."), "data/drift")
    measured = store.all(project_id, AgreementRun)
    judged = {record.id for record in store.all(project_id, CalibrationRun)}
    for agreement in ([record for record in measured if record.id in judged] or measured)[-1:]:  # rounds by the rulebook tell most
        said = text(f"agreement_run:{agreement.id}:alpha")
        if said and not agreement.body.too_low:
            yield "C35", Tick("manual", said, "data/round_result" if agreement.id in judged else "data/labels")
    for people in store.all(project_id, HumanLevelRun)[-1:]:
        yield "C36", Tick("manual", text(f"human_level_run:{people.id}"), "modelling/human_level")


def _scoping(store: Store, project_id: str) -> Iterator[tuple[str, Tick]]:
    """Tick what was agreed before anything was built: the target, what it is worth, and whether it is right."""
    target = store.get(project_id, Target, "target")
    if target:
        body = target.body
        least = "at least" if body.direction == "higher" else "at most"
        number = f"{body.value:g}".removeprefix("0") or "0"
        yield "C37", Tick("manual", f"{body.metric} of {least} {number}", "scoping/prior_work")
    ladders: dict[str, list[LadderStep]] = {}
    for record in store.all(project_id, LadderStep):
        ladders.setdefault(record.body.solution, []).append(record.body)
    for steps in ladders.values():
        levels = {step.level: step.metric for step in steps}
        if {"ml", "business"} <= set(levels) and all(step.holds(side) for step in steps for side in SIDES):
            said = f"{words.counted(len(steps), 'step')} from “{levels['ml']}” to “{levels['business']}”, signed by both sides"
            yield "C38", Tick("manual", said, "scoping/assessment")
    right = ethics_standing(store, project_id)
    if right.answers and right.settled:
        yield "C39", Tick("manual", right.sentence.removesuffix("."), "scoping/assessment")


def _watched(store: Store, project_id: str) -> Iterator[tuple[str, Tick]]:
    """Tick the lines whose monitors are all in place in the monitoring plan."""
    watched = {record.body.monitor: record.body.metric for record in store.all(project_id, Metric) if record.body.watching}
    for code, effect in EFFECTS.items():
        if effect.monitors and all(monitor in watched for monitor in effect.monitors):
            named = words.listed([watched[monitor].lower() for monitor in effect.monitors])
            yield code, Tick("manual", f"In the monitoring plan, in place: {named}", "deployment/monitoring")


def _slices(store: Store, project_id: str) -> Iterator[tuple[str, Tick]]:
    for sliced in store.all(project_id, SliceRun)[-1:]:
        if sliced.body.rows:
            said = f"{words.counted(len(sliced.body.rows), 'slice')} measured on {words.counted(sliced.body.n, 'item')}"
            yield "C13", Tick("manual", said, "modelling/where_to_work")


def overrules(body: ChecklistAnswer, tick: Tick | None) -> bool:
    """Whether an answer says less than what was measured: that needs a name and a reason."""
    return tick is not None and ORDER.index(body.state) < ORDER.index(tick.state)


def states_of(answers: Mapping[str, ChecklistAnswer], ticks: Mapping[str, Tick]) -> dict[str, State]:
    """Return how far each line is met: what somebody answered, else what was measured."""
    states: dict[str, State] = {code: tick.state for code, tick in ticks.items()}
    for code, body in answers.items():
        told = code not in ticks or body.state != "none" or body.reason
        states[code] = body.state if told else ticks[code].state
    return states
