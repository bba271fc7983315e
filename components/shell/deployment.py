"""Shell commands of the deployment phase."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from components import words
from components.deployment.event_log import event_log
from components.deployment.manifests import TARGETS
from components.deployment.outcome import Outcome
from components.deployment.plan import Plan
from components.deployment.reading import read_plan, read_plan_file
from components.deployment.simulation import simulate as run_simulation
from components.deployment.stages import stages
from components.deployment.starting import Role, Taken
from components.errors import BadInput
from components.project.tables import to_csv
from components.readiness.starting import error_rates, named, sentence
from components.shell.output import AsJson, show
from components.shell.project import installation, project_id

EXPECTED = ("promoted", "rolled_back", "undecided")
MET = 0.95
SHOWN = {"title", "on", "value", "low", "high", "n"}


def simulate(
    plan: Annotated[Path, typer.Argument(help="A plan in YAML.")],
    runs: Annotated[int, typer.Option(help="How many rollouts.")] = 1000,
    seed: Annotated[int, typer.Option(help="Seed that replays them.", min=0)] = 0,
    expect: Annotated[str | None, typer.Option(help="promoted, rolled_back or undecided: exit code 1 unless 95 % of the runs are.")] = None,
    project: Annotated[
        str | None, typer.Option(help="A project whose measured error rates it starts from, with --current or --new.")
    ] = None,
    current: Annotated[str | None, typer.Option(help="The model, or People, that decides today there: its failure_rate.")] = None,
    new: Annotated[str | None, typer.Option(help="The model that is to be rolled out: its risk_ratio.")] = None,
    log: Annotated[int | None, typer.Option(help="Write what happened in this one of the rollouts, from 1, window by window.")] = None,
    window: Annotated[int | None, typer.Option(help="With --log: the requests of this window, stage by stage.")] = None,
    as_json: AsJson = False,
) -> int:
    """Simulate a rollout: how often it is promoted or rolled back, how long that takes, what it costs.

    Keys of a plan, with what holds when they are left out:

    \b
    strategy: canary  # or shadow, blue-green
    requests_per_window: 1000  # both versions together
    window_minutes: 1
    daily_swing: 0  # how far the traffic swings within a day, as a share of its mean
    burst: 1  # a burst of so many times the traffic ...
    burst_every: 0  # ... every so many windows
    capacity: null  # requests that one replica can answer in a window
    replicas: 1
    service_ms: 50  # mean time to answer without waiting
    latency_objective_ms: 300  # slower answers count as slow
    stage_shares: {route: .02, validate: .04, preprocess: .2, model: .6, postprocess: .1, decision: .04}  # of the time without waiting
    steps:  # the ramp, shares never going down; in shadow and blue-green the share that both answer
    - {share: .01, windows: 30}
    - {share: .05, windows: 15}
    - {share: .25, windows: 15}
    - {share: .5, windows: 15}  # also least_sample: 0, outcomes before the gate says anything; approved: true, a person is asked after it
    largest_share: 1  # no step of a canary may have more
    warm_up: 0  # first windows, whose outcomes the gate leaves out
    approval: null  # or {who: "", windows: 5, answered: 1, otherwise: hold (roll back, go on), promotion: true}
    unit: {kind: request, requests: 1, correlation: 0}  # canary: or session, user; their requests in a window, and how alike they end
    slices: []  # such as {name: rare, share: .1, failure_rate: .2, risk_ratio: 3}; shares make 1, failure_rate follows from theirs
    failure_rate: .05  # of the current version
    risk_ratio: 1  # of the new one: 2 is twice as bad
    gate: {kind: e-process, alpha: .05, margin: .25}  # or threshold: limit .1, strikes 4; z-test: alpha .05, least_sample 30
    judge_latency: false  # true: the gate also looks at answers slower than the objective; they roll back, never promote, and share α
    error_overlap: .5  # shadow, blue-green: share of the rarer version's errors that both make
    review: null  # shadow: or {capacity: 50, sample: random (disagreements)}, answers that people can look at in a window, and which
    switch: {migration: [], limit: null, strikes: 3, drain: 0, blue_stays: null, restart: 0}  # blue-green, after the promotion: steps
    # such as {share: .2, windows: 5, limit: .1}; a failure rate that strikes; windows until sessions have ended, until the old version
    # is taken down, and until it is up again
    windows_after: 0  # watched after promotion, with all of the traffic
    label_delay: 0  # windows until an outcome is known
    label_coverage: 1  # share of outcomes that ever are
    detection_delay: 0  # windows from an alarm until somebody acts
    rollback_delay: 0  # windows until a rollback works; on apps and devices the mean
    cost_of_bad: null  # money for each bad decision
    error_budget: null  # share of a month's decisions that may be bad
    target: service  # or app, device
    faults: []  # such as {code: F05, window: 10, arm: canary, strength: 1}; also windows: how many, slice: where, course: gradual ...
    monitors: []  # in place, such as M01
    name: model  # the rest is for manifests
    namespace: default
    service: ""
    image: ""
    metric_query: ""
    """  # noqa: D301 - typer keeps what follows \b as it is written
    if expect is not None and expect not in EXPECTED:
        raise BadInput(f"A rollout can't be expected to end “{expect}”.", f"Use one of {words.listed(EXPECTED)}.")
    asked, taken = _measured(read_plan_file(plan), project, {"current": current, "new": new})
    outcome = run_simulation(asked, runs, seed)
    if log is not None or window is not None:
        show(*_one(outcome, log, window, as_json=as_json))
        return 0
    shares = {name: getattr(outcome, name) for name in EXPECTED}
    result = {
        "runs": runs,
        **{name: estimate.value for name, estimate in shares.items()},
        "windows_to_roll_back": {"median": outcome.windows_to_roll_back(), "p95": outcome.windows_to_roll_back(0.95)},
        "bad_decisions": outcome.bad_decisions.value,
        "excess_bad_decisions": outcome.excess_bad_decisions.value,
        **({"taken": {role: one.model_dump(include=SHOWN) for role, one in taken.items()}} if taken else {}),
    }
    lines = [f"{name.replace('_', ' '):12} {words.percent(e.value)} {words.interval(e, as_percent=True)}" for name, e in shares.items()]
    bad, excess = words.counted(outcome.bad_decisions.value or 0, "bad decision"), words.count(outcome.excess_bad_decisions.value)
    median = outcome.windows_to_roll_back()
    stopped = "Most runs were not rolled back" if median is None else f"Half of the runs were rolled back by window {words.count(median)}"
    head, tail = f"Simulated: {words.counted(runs, 'run')}, seed {seed}.", f"{stopped}; {bad} a run, {excess} of them in excess."
    show(result, as_json, "\n".join([head, *lines, tail, *(sentence(role, one) for role, one in taken.items())]))
    return 1 if expect is not None and (shares[expect].value or 0) < MET else 0


def _measured(plan: Plan, project: str | None, names: dict[Role, str | None]) -> tuple[Plan, dict[Role, Taken]]:
    """Put measured error rates of a project into a plan; they win over what it says."""
    asked: dict[Role, str] = {role: name for role, name in names.items() if name}
    if not project:
        if asked:
            raise BadInput("Nobody said in which project it was measured.", "Give its name or its id with --project.")
        return plan, {}
    if not asked:
        raise BadInput("Nobody said what is taken from the project.", "Name a model with --current, --new or both.")
    with installation() as (store, _):
        rates = error_rates(store, project_id(store, project))
    taken: dict[Role, Taken] = {role: named(rates, name) for role, name in asked.items()}
    rate = round(taken["current"].value, 6) if "current" in taken else plan.failure_rate
    risk = round(taken["new"].value / rate, 6) if "new" in taken else plan.risk_ratio
    return read_plan({**plan.model_dump(), "failure_rate": rate, "risk_ratio": risk}), taken


def _one(outcome: Outcome, run: int | None, window: int | None, *, as_json: bool) -> tuple[dict[str, Any], bool, str]:
    """Return one rollout, or one of its windows, as `show` takes it; as text it is CSV."""
    if run is None:
        raise BadInput("Nobody said of which rollout the window is.", "Give its number with --log.")
    if not 1 <= run <= outcome.runs:
        raise BadInput(
            f"There is no rollout {run}.", f"They are numbered from 1 to {words.count(outcome.runs)}; --runs says how many there are."
        )
    table = event_log(outcome, run - 1)
    if window is not None:
        if not 1 <= window <= len(table):
            raise BadInput(f"Rollout {run} has no window {window}.", f"It ended after {words.counted(len(table), 'window')}.")
        table = stages(outcome, run - 1, window)
    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    found = {"simulated": True, "seed": outcome.seed, "rollout": run, "stages" if window else "log": rows}
    return found, as_json, to_csv(table).rstrip("\n")


def manifests(
    plan: Annotated[Path, typer.Argument(help="A plan in YAML.")],
    target: Annotated[str, typer.Option(help="argo, flagger, kserve or prometheus.")],
) -> None:
    """Write a rollout plan as the manifest of a tool; what it can't express goes to standard error, one line each."""
    if target not in TARGETS:
        raise BadInput(f"There is no target “{target}”.", f"Use one of {words.listed(TARGETS)}.")
    text, lost = TARGETS[target][1](read_plan_file(plan))
    typer.echo(text, nl=False)
    for line in lost:
        typer.echo(line, err=True)


COMMANDS: tuple[Callable[..., int | None], ...] = (simulate, manifests)
