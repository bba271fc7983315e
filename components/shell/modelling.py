"""Shell commands of the modelling phase."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from components import words
from components.modelling.comparison import compare as compare_models
from components.modelling.human_level import human_level as measure_human_level
from components.modelling.metrics import BY_CODE, metric_of
from components.modelling.predictions import scorable
from components.modelling.transcripts import matched, transcribed
from components.shell.output import AsJson, Encoding, read_labels, read_table, show
from components.stats.estimate import Estimate
from components.stats.label_counts import named_columns, require_columns


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
    table = named_columns(read_labels(labels, encoding), item=item, annotator=annotator, label=label)
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
    group: Annotated[str | None, typer.Option(help="Column of what belongs together and is never torn between training and test.")] = None,
    time: Annotated[str | None, typer.Option(help="Column by which folds are ordered in time.")] = None,
    id_column: Annotated[str | None, typer.Option("--id", help="Column that names a row, and is no feature.")] = None,
    folds: Annotated[int, typer.Option(help="How many folds.", min=2, max=20)] = 5,
    seed: Annotated[int, typer.Option(help="Seed of folds, models and intervals.", min=0)] = 0,
    time_limit: Annotated[float, typer.Option(help="Seconds after which a model is cut off.", min=0.1)] = 60,
    memory_limit: Annotated[float | None, typer.Option(help="Megabytes beyond which a model is cut off.", min=1)] = None,
    encoding: Encoding = None,
    as_json: AsJson = False,
) -> int:
    """Fit the quick models that suit the target, on the same folds."""
    from components.modelling.quick_models import problem, try_all

    table = read_table(data, encoding)
    if id_column is not None:
        require_columns(table, [id_column])
    made = problem(table, target, seed=seed, folds=folds, leave_out=(id_column,) if id_column else (), group=group, time=time)
    found = try_all(made, seed=seed, time_limit=time_limit, memory_limit=memory_limit)
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


def compare(
    predictions: Annotated[Path, typer.Argument(help="A table with the truth and each model's predictions, one row an item.")],
    truth: Annotated[str, typer.Option(help="Column that holds the truth.")],
    first: Annotated[str, typer.Option(help="Column of the first model.")],
    second: Annotated[str, typer.Option(help="Column of the second model.")],
    metric: Annotated[str, typer.Option(help=f"One of {', '.join(BY_CODE)}.")] = "accuracy",
    positive: Annotated[str | None, typer.Option(help="The positive class, where the metric is of one class.")] = None,
    margin: Annotated[float | None, typer.Option(help="Differences below it don't matter; .01 by default.", min=0)] = None,
    seed: Annotated[int, typer.Option(help="Seed of the bootstrap.", min=0)] = 0,
    encoding: Encoding = None,
    as_json: AsJson = False,
) -> int:
    """Compare two models on the same items: is the first better, worse, equivalent, or is that undecided."""
    right, models = scorable(read_table(predictions, encoding), truth, [first, second])
    found = compare_models(right, models[first], models[second], seed, metric=metric, positive=positive, margin=margin)
    used = metric_of(metric)
    result = {"difference": found.difference.to_json(), "p_value": found.p_value, "verdict": found.verdict, "n": found.n}
    limits = f" {words.interval(found.difference, used.share, None if used.share else 3)}".rstrip()
    scores = f"{first} {used.written(found.first)}, {second} {used.written(found.second)}"
    test = "McNemar, exact" if used.right_or_wrong else "bootstrap"
    lines = [
        f"{first} against {second}: {found.verdict}",
        f"{scores}: {used.difference(found.difference.value)}{limits}, p {found.p_value:.2g} ({test}), {words.counted(found.n, 'item')}",
        f"{found.convention} So many items show a difference of {used.difference(found.smallest)} in four of five tries.",
    ]
    show(result, as_json, "\n".join([*lines, *([found.difference.why] if found.difference.why else [])]))
    return 0


def transcripts(
    references: Annotated[Path, typer.Argument(help="What was said or written: a table, one row a line.")],
    hypotheses: Annotated[Path, typer.Argument(help="What was understood: a table, one row a transcript.")],
    item: Annotated[str, typer.Option(help="Column that names the line.")] = "item",
    text: Annotated[str, typer.Option(help="Column that holds the text.")] = "text",
    speaker: Annotated[str | None, typer.Option(help="Column of the hypotheses that names who transcribed or spoke.")] = None,
    raw: Annotated[bool, typer.Option("--raw", help="Compare texts as they are written, without normalising them.")] = False,
    encoding: Encoding = None,
    as_json: AsJson = False,
) -> int:
    """Measure word and character error rate of transcripts: Σ edits ÷ Σ words (characters) of the references."""
    both = matched(read_table(references, encoding), read_table(hypotheses, encoding), item, text)
    if speaker is not None:
        require_columns(both, [speaker])
    found = transcribed(both["reference"], both[text], not raw, items=both[item], speakers=None if speaker is None else both[speaker])
    rates = {"word_error_rate": found.words, "character_error_rate": found.characters}
    lines = [
        f"{name.replace('_', ' '):21}{words.percent(rate.value)} {words.interval(rate, as_percent=True)}".rstrip()
        for name, rate in rates.items()
    ]
    people = [f"{row.speaker}: {words.percent(row.value)}, {words.counted(row.lines, 'line')}" for row in found.per_speaker.itertuples()]
    counted = f"{words.counted(found.lines, 'line')}, {words.counted(found.transcripts, 'transcript')}; {found.normalisation}."
    show({**{name: rate.to_json() for name, rate in rates.items()}, "lines": found.lines}, as_json, "\n".join([*lines, counted, *people]))
    return 0


COMMANDS: tuple[Callable[..., int | None], ...] = (human_level, baselines, compare, transcripts)
