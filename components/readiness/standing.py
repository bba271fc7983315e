"""Where a project stands: what is done, what was measured, what is open, and the next best step; read from what is saved."""

from collections.abc import Callable
from dataclasses import dataclass, field

from components import words
from components.data.checks.report import sentence as check_sentence
from components.data.coverage import coverage_answer, coverage_table
from components.data.drift.wording import drift_answer
from components.data.records import AgreementRun, CheckRun, CoverageRun, DriftRun, ImportantCase
from components.data.rulebook.records import Rule
from components.deployment.iteration import still_open
from components.deployment.records import Metric, RolloutRun
from components.modelling.records import HumanLevelRun, Leaderboard
from components.modelling.slice_records import SliceRun
from components.project.data_sets import DataSet, DataVersion, LabelSet
from components.project.store import Store
from components.project.target import Target
from components.readiness.ml_test_score import LINES, score
from components.readiness.records import ChecklistAnswer
from components.scoping.assessment.payback import Payback
from components.scoping.assessment.reading import ethics_standing, feasibilities, paybacks
from components.scoping.board import cards
from components.scoping.milestones import Milestone
from components.scoping.opinions import ranking_of
from components.scoping.ranking import Ranking
from components.scoping.records import PriorWork, Problem, Solution
from components.stats.estimate import Estimate


@dataclass(frozen=True)
class Figure:
    """One measured figure of a phase, with what it is held against."""

    label: str
    estimate: Estimate
    as_percent: bool = False
    as_count: bool = False
    target: float | None = None
    note: str = ""
    people: bool = False
    domain: tuple[float, float] | None = None


@dataclass(frozen=True)
class Step:
    """Something to do: what, why, and on which screen, in which of its views."""

    what: str
    why: str
    screen: str
    view: str = ""


@dataclass
class Lane:
    """One phase: what is done, what was measured, what is open."""

    phase: str
    done: list[str] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    open: list[Step] = field(default_factory=list)

    @property
    def of(self) -> str:
        """How much is done, such as “3 of 4”."""
        return f"{len(self.done)} of {len(self.done) + len(self.open)}"


@dataclass(frozen=True)
class Standing:
    """The four lanes of a project."""

    lanes: tuple[Lane, Lane, Lane, Lane]

    @property
    def next_step(self) -> Step | None:
        """The first open step, in the order of the phases."""
        return next((step for lane in self.lanes for step in lane.open), None)

    @property
    def still_open(self) -> int:
        """How many steps are open."""
        return sum(len(lane.open) for lane in self.lanes)

    @property
    def simulated(self) -> bool:
        """Whether a figure of a lane rests on simulation."""
        return any("simulated" in figure.note for lane in self.lanes for figure in lane.figures)

    @property
    def measured(self) -> bool:
        """Whether there is a figure in any lane."""
        return any(lane.figures for lane in self.lanes)

    @property
    def begun(self) -> bool:
        """Whether anything is done."""
        return any(lane.done for lane in self.lanes)

    @property
    def sentence(self) -> str:
        """Where the project stands, in a word."""
        if not self.begun:
            return "Nothing is written down yet."
        if not self.still_open:
            return "Ready for a pilot."
        ready = [lane for lane in self.lanes if not lane.open]
        things = words.counted(self.still_open, "thing")
        return f"Ready for a pilot, except for {things}." if len(ready) >= 2 else f"{things.capitalize()} to do before a pilot."


def standing(store: Store, project_id: str) -> Standing:
    """Return where a project stands, from its saved records."""
    return Standing((_scoping(store, project_id), _data(store, project_id), _modelling(store, project_id), _deployment(store, project_id)))


def _tick(lane: Lane, met: bool, done: str, step: Callable[[], Step]) -> None:
    if met:
        lane.done.append(done)
    else:
        lane.open.append(step())


def _scoping(store: Store, project_id: str) -> Lane:
    lane = Lane("Scoping")
    problems, solutions = cards(store, project_id, Problem), cards(store, project_id, Solution)
    prior, target = store.all(project_id, PriorWork), store.get(project_id, Target, "target")
    _tick(
        lane,
        bool(problems),
        f"{words.counted(len(problems), 'problem')}, {words.counted(len(solutions), 'solution')}",
        lambda: Step("Write down a problem", "What do you wish worked better?", "scoping/problems_and_solutions"),
    )
    ranking = ranking_of(store, project_id)
    ranked = ranking.ranked
    _tick(
        lane,
        len(ranked) > 0,
        f"First: {ranked['name'].iloc[0]}" if len(ranked) else "",
        lambda: (
            Step("Rank the ideas", "Reach, impact, confidence and effort say which comes first.", "scoping/assessment")
            if solutions
            else Step(
                "Write down solutions", "Several for each problem, one of them without machine learning.", "scoping/problems_and_solutions"
            )
        ),
    )
    target_text = f"Target: {target.body.metric} {words.decimal(target.body.value, 3)}" if target else ""
    _tick(
        lane, target is not None, target_text, lambda: Step("Set a target", "Every later phase is held against it.", "scoping/prior_work")
    )
    _tick(
        lane,
        bool(prior),
        f"Prior work: {words.counted(len(prior), 'result')}",
        lambda: Step("Look up prior work", "It says what accuracy is attainable.", "scoping/prior_work"),
    )
    milestones = store.all(project_id, Milestone)
    _tick(
        lane,
        bool(milestones),
        words.counted(len(milestones), "milestone"),
        lambda: Step("Promise a milestone", "Later phases measure whether it is kept.", "scoping/milestones"),
    )
    if len(ranked):
        lane.figures.append(_first_idea(ranking))
    _assessment(store, project_id, lane, str(ranked["idea"].iloc[0]) if len(ranked) else "")
    return lane


def _first_idea(ranking: Ranking) -> Figure:
    first = ranking.ranked.iloc[0]
    note = f"{words.counted(len(ranking.ranked), 'idea')} ranked"
    if not ranking.voters:
        return Figure("RICE of the first idea", Estimate(float(first["score"])), as_count=True, note=note)
    estimate = Estimate(float(first["score"]), float(first["low"]), float(first["high"]), ranking.voters)
    note += f" by {words.counted(ranking.voters, 'person', 'people')}{', simulated' if ranking.simulated else ''}"
    return Figure("RICE of the first idea", estimate, as_count=True, note=note)


def _assessment(store: Store, project_id: str, lane: Lane, first: str) -> None:
    """Tell of feasibility, value and ethics, where somebody filled them in."""
    doable = [one for one in feasibilities(store, project_id).values() if one.verdict]
    if doable:
        lane.done.append(f"Feasibility: {words.counted(len(doable), 'idea')} judged")
    paid = paybacks(store, project_id).get(first)
    if isinstance(paid, Payback) and not paid.missing:
        lane.done.append(f"The first idea {paid.payback_text}")
        lane.figures.append(Figure(f"Net value {paid.per}, {paid.unit}", paid.net, as_count=True, note="first idea, by its cost matrix"))
    right = ethics_standing(store, project_id)
    if right.overdue:
        what = f"{words.counted(len(right.overdue), 'question')} of ethics overdue"
        lane.open.append(Step(what, right.overdue_lines[0], "scoping/assessment", "ethics"))
    if len(right.of("")) < len(right.items):
        said = right.sentence.removesuffix(".")
        if right.of(""):
            what = f"Ethics: {said[:1].lower()}{said[1:]}"
            lane.open.append(Step(what, "Say yes, partial, no or n.a., and why.", "scoping/assessment", "ethics"))
        else:
            lane.done.append(f"Ethics: {said[:1].lower()}{said[1:]}")


def _data(store: Store, project_id: str) -> Lane:
    lane = Lane("Data")
    versions, sets = store.all(project_id, DataVersion), {record.id: record.body for record in store.all(project_id, DataSet)}
    checks, labels = store.all(project_id, CheckRun), store.all(project_id, LabelSet)
    agreement = store.all(project_id, AgreementRun)
    newest = max(versions, key=lambda record: record.seq, default=None)
    held = f"{words.counted(newest.body.rows, 'row')} in {words.counted(len(sets), 'data set')}" if newest else ""
    _tick(lane, newest is not None, held, lambda: Step("Bring in data", "A file is enough to begin with.", "data/data_sets"))
    failing = sum(run.body.count("failed") for run in checks)
    _tick(
        lane,
        bool(checks),
        f"{words.counted(len(checks), 'version')} checked",
        lambda: Step("Check the data", "It takes seconds.", "data/checks"),
    )
    if failing:
        worst = max(checks, key=lambda run: run.body.count("failed"))
        counts = {"failed": worst.body.count("failed")}
        lane.open.append(Step(f"{words.counted(failing, 'check')} to fix", check_sentence(counts, worst.body.rows), "data/checks"))
    _coverage(store, project_id, lane)
    rules = [record.body for record in store.all(project_id, Rule) if record.body.status != "retired"]
    if rules:
        lane.done.append(f"{words.counted(len(rules), 'rule')} written, {words.count(sum(rule.holds for rule in rules))} agreed on")
    drift = store.all(project_id, DriftRun)
    if drift:
        said = drift_answer(drift[-1].body)[:-1]
        lane.done.append(f"Drift: {said[:1].lower()}{said[1:]}")
    _tick(
        lane,
        bool(labels),
        f"Labels by {words.counted(agreement[-1].body.annotators, 'annotator')}" if agreement else "Labels",
        lambda: Step("Measure whether labellers agree", "Three people and a few dozen items tell.", "data/labels"),
    )
    if agreement:
        run = agreement[-1].body
        note = f"n = {run.items}" + (", simulated" if run.simulated else "")
        alpha = Estimate(**run.alpha)
        lowest = 0.6 if (alpha.low or 0.0) > 0.65 else 0.0  # what is all good would be a dot at the end of the whole scale
        lane.figures.append(Figure("Agreement (α)", alpha, target=0.8, note=note, people=True, domain=(lowest, 1.0)))
        if run.too_low:
            lane.open.append(Step("Labellers don't agree enough", "Talk the disputed items over and sharpen the rule.", "data/labels"))
    return lane


def _coverage(store: Store, project_id: str, lane: Lane) -> None:
    """Add whether the important cases of the newest version that was counted have rows enough."""
    runs = store.all(project_id, CoverageRun)
    if not runs:
        return
    cases = {record.id: record.body for record in store.all(project_id, ImportantCase)}
    table = coverage_table(cases, max(runs, key=lambda run: run.seq).body)
    answer = coverage_answer(table)
    if (table["collect"] > 0).any():
        lane.open.append(Step(answer.split(":")[0], f"{answer} Rare cases are where a model fails unseen.", "data/data_sets"))
    elif len(table):
        lane.done.append(answer[:-1])


def _modelling(store: Store, project_id: str) -> Lane:
    lane = Lane("Modelling")
    boards = [record.body for record in store.all(project_id, Leaderboard) if record.body.best is not None]
    people = store.all(project_id, HumanLevelRun)
    target = store.get(project_id, Target, "target")
    board = max(boards, key=lambda found: found.best.estimate["value"] if found.best else 0.0, default=None)
    best = board.best if board else None
    tried = f"{words.counted(sum(len(found.models) for found in boards), 'quick model')} tried"
    _tick(lane, board is not None, tried, lambda: Step("Run quick models", "What must be beaten?", "modelling/baselines"))
    structured_only = all(record.body.structured for record in store.all(project_id, DataSet)) and store.all(project_id, DataSet)
    if not structured_only or people:
        measured = f"Human level: {words.percent(people[-1].body.accuracy['value'])}" if people else ""
        _tick(lane, bool(people), measured, lambda: Step("Measure how good people are", "It is the benchmark.", "modelling/human_level"))
    for sliced in store.all(project_id, SliceRun)[-1:]:
        if sliced.body.rows:
            lane.done.append(f"{words.counted(len(sliced.body.rows), 'slice')} measured")
    if board and best:
        value = float(best.estimate["value"])
        share = board.metric == "accuracy"
        same = target is not None and target.body.metric.strip().lower() == board.metric.lower()
        wanted = target.body.value if target and same else None
        estimate = Estimate(**best.estimate)
        lane.figures.append(Figure("Best baseline", estimate, as_percent=share, target=wanted, note=f"n = {words.count(board.n)}"))
        if target and same and not target.body.reached_by(value):
            lane.open.append(Step("The best baseline misses the target", "Find out where work pays off.", "modelling/where_to_work"))
        elif target and same:
            lane.done.append("The target is reached by a baseline")
    return lane


def _deployment(store: Store, project_id: str) -> Lane:
    lane = Lane("Deployment")
    runs = store.all(project_id, RolloutRun)
    answers = {
        record.id: record.body.state for record in store.all(project_id, ChecklistAnswer) if record.id in {line.code for line in LINES}
    }
    scored = score(answers)
    step = Step("Rehearse the rollout", "See what a bad model would cost before it does.", "deployment/rollout")
    _tick(lane, bool(runs), "Canary rehearsed", lambda: step)
    if runs:
        run = runs[-1].body
        bad = Estimate(**run.bad_decisions)
        lane.figures.append(
            Figure("Bad decisions before rollback", bad, as_count=True, note=f"{words.count(run.runs)} rollouts, simulated")
        )
    if scored.met:
        lane.done.append(f"{scored.met} of {len(LINES)} checklist lines met")
    watched = [record.body for record in store.all(project_id, Metric)]
    _tick(
        lane,
        any(row.watching for row in watched),
        f"{words.counted(sum(row.watching for row in watched), 'metric')} watched",
        lambda: Step("Plan what is watched in service", "A fault that nobody notices costs most.", "deployment/monitoring"),
    )
    fired = still_open(store, project_id)
    if fired:
        names = {record.id: record.body.metric for record in store.all(project_id, Metric)}
        alarm, action = fired[0]
        what = f"“{names.get(alarm.body.metric, 'A monitor')}” raised an alarm on {alarm.body.on:%-d %B}"
        lane.open.append(Step(what, action.what if action else "Say whether it was real.", "deployment/monitoring"))
    if not answers:
        lane.open.append(Step("Answer the checklist", f"{len(LINES)} questions say whether you are ready.", "deployment/checklist"))
    elif scored.score <= 1:
        what = f"ML Test Score {words.decimal(scored.score, 1)}: weakest in {scored.weakest.lower()}"
        lane.open.append(Step(what, "The lowest of the four sections counts.", "deployment/checklist"))
    return lane
