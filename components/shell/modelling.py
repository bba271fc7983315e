"""Shell commands of the modelling phase."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from components import words
from components.modelling.human_level import human_level as measure_human_level
from components.shell.output import AsJson, Encoding, read_table, show
from components.stats.estimate import Estimate
from components.stats.label_counts import named_columns


def human_level(
    labels: Annotated[Path, typer.Argument(help="A long table: one row a judgement.")],
    item: Annotated[str, typer.Option(help="Column that names the item.")] = "item",
    annotator: Annotated[str, typer.Option(help="Column that names the annotator.")] = "annotator",
    label: Annotated[str, typer.Option(help="Column that holds the label.")] = "label",
    gold: Annotated[Path | None, typer.Option(help="A table with the columns item and gold (or two columns).")] = None,
    encoding: Encoding = None,
    as_json: AsJson = False,
) -> int:
    """Measure how good people are: against the majority of the others, or against gold."""
    table = named_columns(read_table(labels, encoding), item=item, annotator=annotator, label=label)
    truth = None
    if gold is not None:
        found_gold = read_table(gold, encoding)
        columns = [str(column) for column in found_gold.columns]
        own_item = item if item in columns else "item"
        rest = [column for column in columns if column != own_item]
        own_gold = next((name for name in ("gold", label) if name in rest), rest[0] if len(rest) == 1 else "gold")
        truth = named_columns(found_gold, item=own_item, gold=own_gold)
    found = measure_human_level(table, truth)
    people = [
        {
            "annotator": row["annotator"],
            "accuracy": Estimate(row["accuracy"], row["low"], row["high"]).to_json(),
            "labels": row["labels"],
        }
        for row in found.per_annotator.to_dict("records")
    ]
    result = {"accuracy": found.accuracy.to_json(), "items": found.items, "ties": found.ties, "per_annotator": people}
    head = f"{words.percent(found.accuracy.value)} {words.interval(found.accuracy, as_percent=True)} against {found.against}"
    lines = [f"{person['annotator']}: {words.percent(person['accuracy']['value'])}" for person in people]
    show(result, as_json, "\n".join([f"{head}, {words.counted(found.items, 'item')}, {words.counted(found.ties, 'tie')}", *lines]))
    return 0


def baselines(
    data: Annotated[Path, typer.Argument(help="CSV, TSV, Parquet or JSON lines.")],
    target: Annotated[str, typer.Option(help="Column to predict.")],
    time_limit: Annotated[float, typer.Option(help="Seconds after which a model is cut off.", min=0.1)] = 60,
    encoding: Encoding = None,
    as_json: AsJson = False,
) -> int:
    """Fit the quick models that suit the target, on the same folds."""
    from components.modelling.quick_models import problem, try_all

    made = problem(read_table(data, encoding), target)
    found = try_all(made, time_limit=time_limit)
    tried = sorted(found, key=lambda one: float("inf") if one.estimate.value is None else -one.estimate.value)
    models = [
        {
            "name": one.model.name,
            "value": one.estimate.value,
            "low": one.estimate.low,
            "high": one.estimate.high,
            "fit_seconds": one.fitted.fit_seconds,
            "error": one.fitted.error or None,
        }
        for one in tried
    ]
    lines = [
        f"{one.model.title:24} {one.fitted.error or f'{words.decimal(one.estimate.value, 3)} {words.interval(one.estimate, digits=3)}'}"
        for one in tried
    ]
    text = "\n".join([f"{made.metric}: {made.convention}", *made.notes, *lines])
    show({"metric": made.metric, "direction": "higher", "models": models}, as_json, text)
    return 0


COMMANDS: tuple[Callable[..., int | None], ...] = (human_level, baselines)
