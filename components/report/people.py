"""How good people are, and which model is better, as the report shows it."""

import pandas as pd

from components import words
from components.modelling.charts import bias_chart, people_chart, transcripts_chart
from components.modelling.comparison_wording import comparison_answer, comparison_method, models_chart, shown_models
from components.modelling.human_bounds import BiasVariance, bias_variance
from components.modelling.records import ErrorLevels, HumanLevelRun, Leaderboard, ModelComparison, PredictionSet, TranscriptRun
from components.modelling.wording import (
    best_on,
    bias_method,
    measured_bias,
    model_beside,
    panels_sentences,
    people_answer,
    people_method,
    transcripts_answer,
    transcripts_table,
)
from components.project.data_sets import DataVersion, LabelSet
from components.report.drawing import svg
from components.report.parts import Part, Source
from components.stats.estimate import Estimate
from components.theme import LIGHT


def people_parts(source: Source) -> list[Part]:
    """Return a part for each human level, for transcripts, and for bias against variance."""
    labels, versions = source.by_id(LabelSet), source.by_id(DataVersion)
    boards = source.all(Leaderboard)
    parts = []
    for id_, run in source.by_id(HumanLevelRun).items():
        of = labels[id_].data_set if id_ in labels else None
        ours = best_on(boards, {key for key, version in versions.items() if of and version.data_set == of})
        answer = people_answer(run, ours)
        part = Part("Human level", answer, people_method(run, ours), run.simulated)
        frame = pd.DataFrame(run.per_annotator)
        part.pictures.append(svg(people_chart(frame, LIGHT, team=Estimate(**run.accuracy), model=model_beside(run, ours)), answer))
        part.notes += [*panels_sentences(run), *([run.convention] if run.convention else [])]
        parts.append(part)
        both = measured_bias(run, ours)
        if both and ours:
            parts.append(_bias_part(both, bias_method(both, run, ours, "the same data"), run.simulated))
    return parts + _transcripts(source) + _bias(source)


def _transcripts(source: Source) -> list[Part]:
    runs = source.all(TranscriptRun)
    if not runs:
        return []
    answer = transcripts_answer(runs)
    simulated = next((run.simulated for run in runs if run.simulated), "")
    part = Part("Transcripts", answer, "Word error rate = Σ edits ÷ Σ words; 95 % intervals by the bootstrap over lines.", simulated)
    if any(run.who == "machine" or run.per_speaker for run in runs):
        part.pictures.append(svg(transcripts_chart(runs, LIGHT), answer))
    part.tables.append(transcripts_table(runs))
    return [part]


def _bias(source: Source) -> list[Part]:
    parts = []
    for body in source.all(ErrorLevels):
        found = bias_variance(body.human, body.train, body.dev)
        errors = [
            f"{name} {words.percent(error)}"
            for name, error in (("people", body.human), ("training", body.train), ("development", body.dev))
        ]
        parts.append(_bias_part(found, f"Errors: {', '.join(errors)}. {body.source}"))
    return parts


def _bias_part(found: BiasVariance, method: str, simulated: str = "") -> Part:
    part = Part("Bias or variance", found.sentence, method, simulated)
    part.pictures.append(svg(bias_chart(found, LIGHT), found.sentence))
    return part


def comparison_parts(source: Source) -> list[Part]:
    """Return a part for each set of predictions that was compared."""
    sets = source.by_id(PredictionSet)
    parts = []
    for id_, run in source.by_id(ModelComparison).items():
        if id_ in sets:
            answer = comparison_answer(run)
            part = Part(f"Predictions “{sets[id_].name}”", answer, comparison_method(run), run.simulated, tables=[shown_models(run)])
            part.pictures.append(svg(models_chart(run, LIGHT), answer))
            parts.append(part)
    return parts
