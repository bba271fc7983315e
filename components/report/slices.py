"""Where to work next, as the report shows it."""

import pandas as pd

from components.modelling.slice_charts import headroom_chart
from components.modelling.slice_records import Slice, SliceRun
from components.modelling.slice_wording import certainty, measured_method, run_table, shown_table, typed_method, typed_table, where_answer
from components.modelling.slices import headroom
from components.report.drawing import svg
from components.report.parts import Part, Source
from components.theme import LIGHT


def slice_parts(source: Source) -> list[Part]:
    """Return a part for the slices of each version that were measured, and one for those that were typed in."""
    slices = source.by_id(Slice)
    parts = []
    for run in source.all(SliceRun):
        table = run_table(run, {id_: body.name for id_, body in slices.items()})
        if len(table):
            parts.append(_part("Where to work next", table, measured_method(run), run.simulated, run.metric))
    typed = [body for body in slices.values() if not body.clauses]
    if typed:
        table = headroom(typed_table(typed))
        parts.append(_part("Where to work next, by figures that were typed in", table, typed_method(table), ""))
    return parts


def _part(title: str, table: pd.DataFrame, method: str, simulated: str, metric: str = "accuracy") -> Part:
    answer = where_answer(table, metric)
    shown = shown_table(table, metric).convert_dtypes().astype(object)  # numbers of items are whole, shares keep their digits
    part = Part(title, answer, method, simulated, tables=[shown.map(lambda value: None if pd.isna(value) else str(value))])
    known = table[table["headroom"].notna()]
    if len(known):
        part.pictures.append(svg(headroom_chart(known, LIGHT, metric), answer))
    part.notes += [said for said in (certainty(table),) if said]
    return part
