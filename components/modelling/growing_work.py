"""Long work: a quick model on growing parts of a version of the data."""

from dataclasses import replace
from typing import Any

from components import words
from components.errors import BadInput
from components.jobs.work import Work
from components.modelling.growing import sizes, subsample
from components.modelling.learning import material
from components.modelling.quick_models import models_for, try_all
from components.modelling.records import GrowthRun, GrowthStep
from components.stats.estimate import Estimate

FOLDS = 3


def measure(work: Work) -> dict[str, Any]:
    """Fit a quick model on growing parts and save how error, time and memory go with the rows. `params`: `data_version`, `model`, `seed`.

    The same rows are held back at every step.
    """
    seed = int(work.params.get("seed", 0))
    work.progress(0.02, "Reading the data")
    read = material(work, work.params["data_version"])
    made = read.problem(seed, FOLDS)
    model = next((one for one in models_for(made.task) if one.name == work.params["model"]), None)
    if model is None or model.trivial:
        raise BadInput("This model learns nothing from more data.", "Choose one that does.")
    smallest = min(len(train) for train, _ in made.folds)
    steps: list[GrowthStep] = []
    planned = sizes(smallest)
    if len(planned) < 3:  # noqa: PLR2004 - two points give no interval
        raise BadInput(f"{words.counted(smallest, 'row')} are too few to learn from parts of them.", "Bring at least a hundred rows.")
    for number, size in enumerate(planned):
        work.progress(0.05 + 0.9 * number / len(planned), f"{model.title} on {size:,} rows")
        parts = [(subsample(train, made.target, size, seed, made.task == "classification"), test) for train, test in made.folds]
        tell = _teller(work, (number + 0.5) / len(planned), size)
        one = try_all(replace(made, folds=parts), seed=seed, time_limit=600, models=(model,), alive=tell)[0]
        if one.fitted.error:
            raise BadInput(f"{model.title} on {size:,} rows: {one.fitted.error}", "Choose another model.")
        score = one.estimate
        high, low = (None if limit is None else 1 - limit for limit in (score.low, score.high))
        error = Estimate(None if score.value is None else 1 - score.value, low, high, score.n)
        seconds = one.fitted.fit_seconds / len(parts)
        steps.append(GrowthStep(rows=size, error=error.to_dict(), seconds=round(seconds, 5), megabytes=round(one.fitted.own_megabytes, 2)))
    run = GrowthRun(
        data_version=work.params["data_version"],
        model=model.name,
        title=model.title,
        metric=made.metric,
        seed=seed,
        rows=len(made.target),
        steps=steps,
        simulated=read.version.simulated,
    )
    work.store.put(work.project_id, run, person=work.person, id=work.params["data_version"])
    return {"steps": len(steps)}


def _teller(work: Work, share: float, size: int) -> Any:
    return lambda title, number: work.progress(share, f"{title} on {size:,} rows")
