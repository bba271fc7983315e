"""Fills the example: every figure in it is measured by the same functions that a team's own project uses."""

from datetime import date
from typing import Any

from components.data import coverage_work, drift_work, version_work
from components.data import work as data_work
from components.data.agreement_run import agreement_run
from components.data.consensus_run import consensus_run
from components.data.steps import Augment
from components.demo import assessment, board, collecting, digits, game, monitoring, promises, rulebook, transcripts, votes
from components.deployment.plan import Plan
from components.deployment.records import RolloutPlan
from components.deployment.rehearsal import rehearse
from components.deployment.starting import started
from components.jobs.work import Work
from components.modelling import better_data_work, growing_work, human_level_work
from components.modelling import work as modelling_work
from components.modelling.experiments import working_version
from components.modelling.experiments_work import RUNS, kept_runs
from components.modelling.human_level_run import human_level_run
from components.modelling.predicted import items_predicted, sources
from components.modelling.records import Baseline, ComputeMeans, ComputeNeed, HumanLevelRun, Leaderboard, RunIndex
from components.modelling.slice_records import Slice
from components.project.data_sets import DataVersion, LabelSet
from components.project.records import Body
from components.project.tables import put_table, read_table
from components.project.target import Target
from components.readiness import prediction_work, slice_work
from components.readiness.records import ChecklistAnswer
from components.readiness.starting import BOARD, error_rates
from components.report.work import render
from components.scoping.records import PriorWork

IMAGES, IMAGES_V1 = "digits-images", "digits-images-1"
TABLE, TABLE_V1 = "digits-table", "digits-table-1"
FIRST, FIRST_V1, FEW = "digits-first", "digits-first-1", 300
LABELS = "digits-labels"
FEWER_FOLDS = 3  # on the table, which says little that the images do not: whoever opens the example waits for it

PRIOR_WORK = {
    "people-usps": PriorWork(
        title="People on USPS digits, Bromley & Säckinger",
        score=0.025,
        metric="error",
        direction="lower",
        people=True,
        link="https://doi.org/10.1007/978-1-4757-2440-0",
        year=1991,
        task="Reading single handwritten digits",
        data="USPS zip codes",
        model="People",
        paper="Neural-network and k-nearest-neighbor classifiers, AT&T technical report 11359-910819-16TM",
        similarity=3,
        note="Quoted by Vapnik 1995, The nature of statistical learning theory.",
    ),
    "lenet": PriorWork(
        title="LeNet-5, LeCun et al.",
        score=0.0095,
        metric="error",
        direction="lower",
        link="https://doi.org/10.1109/5.726791",
        year=1998,
        task="Reading single handwritten digits",
        data="MNIST, images of 28 × 28",
        split="test, 10,000 images",
        model="Convolutional network",
        paper="Gradient-based learning applied to document recognition, Proceedings of the IEEE 86 (11)",
        similarity=3,
    ),
    "one-nn": PriorWork(
        title="Nearest neighbour, UCI's own description",
        score=0.98,
        metric="accuracy",
        link="https://archive.ics.uci.edu/dataset/80/optical+recognition+of+handwritten+digits",
        year=1998,
        task="Reading single handwritten digits",
        data="Optical Recognition of Handwritten Digits",
        split="test, writers that are not in the training set",
        model="1-NN, Euclidean distance",
        licence="CC BY 4.0",
        similarity=5,
        note="The set's description gives 98.00 % for k = 1.",
    ),
}
BASELINES = {
    "lenet": Baseline(
        name="LeNet-5",
        value=0.9905,
        n=10_000,
        data="MNIST test",
        why_not="other images",
        link="https://doi.org/10.1109/5.726791",
    ),
    "one-nn": Baseline(
        name="1-NN, UCI's description",
        value=0.98,
        n=1797,
        data="These 1,797 images, after training on 3,823 by other writers",
        why_not="trained on more",
        link="https://archive.ics.uci.edu/dataset/80/optical+recognition+of+handwritten+digits",
    ),
}
GUESSED = "Counted by the typists on one morning's forms; how good a model is there is a guess."
GUESSED_SLICES = {
    "clean": Slice(name="Clean boxes", share=0.82, share_from="production", model=0.97, human=0.985, n=200, people_n=200, note=GUESSED),
    "smudged": Slice(
        name="Smudged boxes", share=0.06, share_from="production", model=0.8, human=0.93, n=40, people_n=40, ease=2, note=GUESSED
    ),
    "corrected": Slice(name="Corrected digits", share=0.02, share_from="production", model=0.6, human=0.9, n=20, people_n=20, note=GUESSED),
    "faint": Slice(name="Faint pens", share=0.1, share_from="production", model=0.92, human=0.95, n=60, people_n=60, note=GUESSED),
}
COMPUTE = {
    "lenet": ComputeNeed(
        name="Repeat LeNet-5 as published",
        hours=60,
        speed=20,
        link="https://doi.org/10.1109/5.726791",
        note="The paper says two to three days on one 200 MHz processor. That ours is 20 times as fast is a guess on the safe side.",
    ),
    "all-forms": ComputeNeed(
        name="Logistic regression on all forms of a year",
        how="measured here",
        data_version=TABLE_V1,
        rows=60_000,
        runs=200,
        note="20 settings × 5 folds × 2 seeds.",
    ),
    "means": ComputeMeans(hours=8, memory=16, note="One machine, overnight."),
}
ANSWERS = {
    "C01": ("automated", "Chioma", "The checks of the data set"),
    "C05": ("manual", "Ben", "Forms are cut into single boxes before anybody sees them"),
    "C07": ("manual", "Dev", ""),
    "C08": ("manual", "Dev", ""),
    "C12": ("automated", "Ana", "Logistic regression runs beside every model"),
    "C13": ("manual", "Ana", ""),
    "C15": ("automated", "Ana", "Every baseline is tracked with its seed and data"),
    "C18": ("manual", "Dev", ""),
    "C20": ("manual", "Dev", "The canary that was rehearsed here"),
    "C21": ("manual", "Dev", ""),
    "C23": ("manual", "Chioma", ""),
}


def create(work: Work) -> dict[str, Any]:
    """Fill the example. Pieces are saved as they are finished, so that one can watch it grow."""
    _save(work, {"target": Target(value=0.985, why="At 98.5 % a person has to look at one box in sixty, and the office keeps up.")})
    for bodies in (board.PROBLEMS, board.SOLUTIONS, board.COMMENTS, PRIOR_WORK):
        _save(work, bodies)
    _save(work, assessment.feasibility(LABELS, IMAGES_V1) | assessment.HISTORY)
    _save(work, assessment.ladder() | assessment.OUTCOMES)
    _save(work, assessment.COSTS | assessment.ETHICS)
    votes.vote(work)
    today = date.today()
    for made in (promises.milestones, promises.meeting, promises.decisions):
        _save(work, made(today))
    work.progress(0.05, "Packing 1,797 images")
    images, archive = data_work.read_source("digits.zip", digits.as_zip())
    roles = {"structured": False, "target": "label", "id_column": "path", "split_column": "split"}
    data_work.save_version(work, images, archive, name="digits.zip", title="Digits, as images", roles=roles, ids=(IMAGES, IMAGES_V1))
    table_roles = {"structured": True, "target": "label", "split_column": "split"}
    data_work.save_version(
        work, digits.as_table(), None, name="digits.csv", title="Digits, as a table", roles=table_roles, ids=(TABLE, TABLE_V1)
    )
    _save(work, collecting.cases(IMAGES) | collecting.rounds(IMAGES))
    coverage_work.measure(work.part({"data_version": IMAGES_V1}, 0.19, 0.2))
    work.progress(0.2, "Checking the data")
    for number, version in enumerate((IMAGES_V1, TABLE_V1)):
        data_work.check(work.part({"data_version": version}, 0.2 + 0.07 * number, 0.27 + 0.07 * number))
    for number, version in enumerate((IMAGES_V1, TABLE_V1)):
        splits = {"data_version": version, "how": "splits", "before": "train", "after": "test"}
        drift_work.measure(work.part(splits, 0.34 + 0.02 * number, 0.36 + 0.02 * number))
    work.progress(0.37, "Judging images in two rounds")
    rulebook.play(work, IMAGES, IMAGES_V1)
    work.progress(0.4, "Measuring the labellers")
    _labels(work)
    _rollout(work)
    _save(work, {code: ChecklistAnswer(state=state, owner=owner, evidence=seen) for code, (state, owner, seen) in ANSWERS.items()})
    work.progress(0.45, "Running the baselines")
    modelling_work.baselines(work.part({"data_version": IMAGES_V1}, 0.45, 0.7))
    modelling_work.baselines(work.part({"data_version": TABLE_V1, "folds": FEWER_FOLDS}, 0.7, 0.93))
    _save(work, BASELINES)
    people = work.store.get(work.project_id, HumanLevelRun, LABELS)
    _save(work, transcripts.runs() | {"error_levels": digits.error_levels(1 - people.body.accuracy["value"] if people else 0.0)})
    _compare(work)
    _take_measured(work)
    _slices(work)
    _mark_working(work)
    _better_data(work)
    growing_work.measure(work.part({"data_version": TABLE_V1, "model": "logistic_regression"}, 0.95, 0.955))
    _save(work, COMPUTE)
    render(work.part({}, 0.95, 1.0))
    return {"created": date.today().isoformat()}


def _save(work: Work, bodies: dict[str, Any]) -> None:
    for id_, body in bodies.items():
        assert isinstance(body, Body)
        work.store.put(work.project_id, body, person=work.person, id=id_)


def _labels(work: Work) -> None:
    judgements = digits.labels()
    body = LabelSet(
        name="Digits, five labellers",
        table=put_table(work.files, judgements),
        gold="gold",
        time="seconds",
        repeated=put_table(work.files, digits.labelled_again(judgements)),
        data_set=IMAGES,
        source=f"{digits.ITEMS} images drawn at random",
        simulated=digits.SIMULATED,
    )
    agreement = agreement_run(LABELS, body, judgements)
    people = human_level_run(LABELS, body, judgements)
    consensus = consensus_run(LABELS, body, judgements, work.files)
    for saved in (body, consensus, agreement, people):
        work.store.put(work.project_id, saved, person=work.person, id=LABELS)
    _save(work, {one.id: one for one in digits.settled(LABELS, judgements, read_table(work.files, consensus.queue))})


def _slices(work: Work) -> None:
    """Name a slice for each digit and some that nobody has data of, and measure the former."""
    for digit in range(10):
        clauses = [{"column": "label", "operator": "is", "value": str(digit)}]
        _save(work, {f"digit-{digit}": Slice(name=f"Digit {digit}", data_set=IMAGES, clauses=clauses)})
    _save(work, GUESSED_SLICES)
    if sources(work.store, work.project_id, IMAGES_V1):
        slice_work.measure(work.part({"data_version": IMAGES_V1, "labels": LABELS}, 0.94, 0.95))


def _mark_working(work: Work) -> None:
    """Mark the best tracked run on the images as the version that works; without a tracking store there is none."""
    board = work.store.get(work.project_id, Leaderboard, IMAGES_V1)
    best = board.body.best if board else None
    index = work.store.get(work.project_id, RunIndex, RUNS)
    if best is None or not best.run_id or index is None:
        return
    run = next((one for one in kept_runs(work) if one["id"] == best.run_id), None)
    if run is None:
        return
    _save(
        work, {"working": working_version(run, "The best of the quick models on the images; the canary was rehearsed with its error rate.")}
    )


def _better_data(work: Work) -> None:
    """Augment the first forms, as one does while there are few, and measure what that buys."""
    few, archive = data_work.read_source("first-forms.zip", digits.as_zip(FEW))
    roles = {"structured": False, "target": "label", "id_column": "path", "split_column": "split"}
    data_work.save_version(
        work, few, archive, name="first-forms.zip", title="Digits of the first forms", roles=roles, ids=(FIRST, FIRST_V1)
    )
    note = "There were only a few forms then: a copy of each image, turned and moved a little."
    step = Augment(copies=1, degrees=8.0, shift=0.05, light=0.0).model_dump(mode="json")
    made = version_work.derive(work.part({"data_version": FIRST_V1, "steps": [step], "note": note}, 0.943, 0.946))
    params = {"versions": [FIRST_V1, made["data_version"]], "model": "logistic_regression"}
    better_data_work.measure(work.part(params, 0.946, 0.95))


def _compare(work: Work) -> None:
    """Compare the quick models in pairs as if a team had brought their predictions, and hold them against the labellers' panels."""
    there = sources(work.store, work.project_id, IMAGES_V1)
    if not there:
        return
    keys = read_table(work.files, work.store.get(work.project_id, DataVersion, IMAGES_V1).body.table)  # type: ignore[union-attr]
    frame = keys[["path", "label"]].rename(columns={"label": "truth"})
    for source in there:
        predicted = items_predicted(work.files, source, keys["path"]).set_index("item")["prediction"]
        frame[source.title] = frame["path"].map(predicted)
    frame = frame.dropna()
    params = {"name": "quick models.csv", "file": work.files.put(frame.to_csv(index=False).encode()), "item": "path", "truth": "truth"}
    prediction_work.score(work.part({**params, "models": [one.title for one in there]}, 0.93, 0.935))
    human_level_work.measure(work.part({"label_set": LABELS}, 0.935, 0.94))


def _rollout(work: Work) -> None:
    plan = Plan(failure_rate=0.03)
    body = RolloutPlan(plan=plan, harm=2.0, source="What people in the office get wrong today: 3 of 100 boxes.")
    run = rehearse(plan, body.harm).record()
    for saved in (body, run):
        work.store.put(work.project_id, saved, person=work.person, id="rollout")
    _save(work, monitoring.monitoring(plan, date.today()))
    game.play(work, plan, monitoring.IN_PLACE)


def _take_measured(work: Work) -> None:
    """Let the rollout's new version be as good as the best quick model on the images was measured to be."""
    board, saved = work.store.get(work.project_id, Leaderboard, IMAGES_V1), work.store.get(work.project_id, RolloutPlan, "rollout")
    best = board.body.best if board else None
    new = error_rates(work.store, work.project_id).get(f"{BOARD}:{IMAGES_V1}:{best.name}") if best else None
    if saved is None or new is None:
        return
    plan, harm = started(saved.body.plan, saved.body.harm, {"new": new})
    body = saved.body.model_copy(update={"plan": plan, "harm": harm, "taken": {"new": new}})
    run = rehearse(plan, harm, good=body.good).record()
    _save(work, {"rollout": body})
    _save(work, {"rollout": run})
