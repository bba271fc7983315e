"""Long work: one model on several versions of the data, judged on the same items."""

from dataclasses import replace
from typing import Any

import numpy as np

from components import words
from components.errors import BadInput
from components.jobs.work import Work
from components.modelling.better_data import Keyed, folds_for, gain, held_back, keyed, right, shared_items
from components.modelling.growing import gain_of_more
from components.modelling.learning import Material, material
from components.modelling.quick_models import QuickModel, models_for, try_all
from components.modelling.records import BetterDataRun, GrowthRun

FOLDS = 5
FEWEST_ITEMS = 20


def measure(work: Work) -> dict[str, Any]:
    """Hold a model fixed, vary the version of the data, and save what each version gains over the first.

    `params`: `versions` (ids; the first is what the others are held against), `model`, and if wanted `judge` (the id of the version
    whose labels count as the truth; the newest by default) and `seed`.
    """
    ids, seed = list(dict.fromkeys(work.params["versions"])), int(work.params.get("seed", 0))
    if len(ids) < 2:  # noqa: PLR2004 - a comparison takes two
        raise BadInput("One version can't be compared with itself.", "Choose another version to hold against it.")
    work.progress(0.02, "Reading the versions")
    read = {id_: material(work, id_) for id_ in ids}
    first = read[ids[0]]
    if any(one.version.data_set != first.version.data_set for one in read.values()):
        raise BadInput("These are versions of different data sets.", "Choose versions of one.")
    problems = {id_: _keyed(one, seed) for id_, one in read.items()}
    judge = work.params.get("judge") or max(ids, key=lambda id_: read[id_].version.number)
    tasks = {one.made.task for one in problems.values()}
    if len(tasks) > 1:
        raise BadInput("The target is a class in one version and a number in the other.", "Choose versions with the same target.")
    task = tasks.pop()
    model = next((one for one in models_for(task) if one.name == work.params["model"]), None)
    if model is None:
        raise BadInput("There is no such model for this target.", "Choose another.")
    items = shared_items(list(problems.values()))
    if len(items) < FEWEST_ITEMS:
        raise BadInput(
            f"Only {words.counted(len(items), 'item')} stand in every version.", "Name the key of a row, or choose other versions."
        )
    truth = dict(zip(problems[judge].keys, problems[judge].made.target, strict=True))
    groups = _groups(first, problems[ids[0]], items)
    fold_of = held_back(items, groups, FOLDS, seed)
    scored = {}
    for number, (id_, one) in enumerate(problems.items()):
        tell = _teller(work, 0.1 + 0.85 * number / len(problems), read[id_].version.number)
        scored[id_] = _judged(one, model, fold_of, items, truth, seed, tell)
    base = scored[ids[0]]
    gains = [
        {
            "data_version": id_,
            "name": f"Version {read[id_].version.number}",
            "what": _what(read[id_]),
            "gain": gain(base, scored[id_], [truth[item] for item in items], task, seed).to_dict(),
            "rows": len(problems[id_].made.target),
            "items": len(items),
        }
        for id_ in ids[1:]
    ]
    grown = work.store.get(work.project_id, GrowthRun, ids[0])
    if grown is not None and grown.body.model == model.name:
        more = {
            "data_version": "",
            "name": "Twice the data",
            "what": "by the curve of growing parts",
            "rows": 2 * grown.body.rows,
            "items": 0,
        }
        gains.append({**more, "gain": gain_of_more(grown.body.steps, 2).to_dict()})
    run = BetterDataRun(
        base=ids[0],
        model=model.name,
        title=model.title,
        metric=problems[ids[0]].made.metric,
        target=first.target,
        seed=seed,
        folds=FOLDS,
        judge=read[judge].version.number,
        items=len(items),
        score=_score(base, [truth[item] for item in items], task),
        gains=gains,
        simulated=first.version.simulated,
    )
    work.store.put(work.project_id, run, person=work.person, id=ids[0])
    return {"versions": len(ids)}


def _keyed(read: Material, seed: int) -> Keyed:
    key = read.data_set.id_column if read.data_set.id_column in read.frame.columns else "path" if read.version.archive else None
    return keyed(read.problem(seed, FOLDS), read.frame, key, read.target)


def _groups(read: Material, one: Keyed, items: list[str]) -> Any:
    if read.group is None:
        return None
    of = dict(zip(one.keys, read.frame[read.group].iloc[one.made.rows], strict=True))
    return np.array([of[item] for item in items], dtype=object)


def _judged(
    one: Keyed, model: QuickModel, fold_of: dict[str, int], items: list[str], truth: dict[str, Any], seed: int, tell: Any
) -> np.ndarray[Any, np.dtype[np.float64]]:
    made = replace(one.made, folds=folds_for(one, fold_of, FOLDS))
    tried = try_all(made, seed=seed, time_limit=600, models=(model,), alive=tell)[0]
    if tried.fitted.error:
        raise BadInput(f"{model.title}: {tried.fitted.error}", "Choose another model.")
    return right(one, tried.fitted.predictions, items, truth, made.task)


def _score(each: np.ndarray[Any, np.dtype[np.float64]], truth: list[Any], task: str) -> float:
    if task == "classification":
        return float(each.mean())
    values = np.asarray(truth, float)
    return float(1 + each.sum() / ((values - values.mean()) ** 2).sum())


def _what(read: Material) -> str:
    """Say in which way a version differs: its steps, or what somebody noted."""
    steps = "; ".join(str(step.get("sentence", "")) for step in read.version.steps)
    return (steps or read.version.note or f"from {read.version.source}")[:200]


def _teller(work: Work, share: float, number: int) -> Any:
    return lambda title, _: work.progress(share, f"{title} on version {number}")
