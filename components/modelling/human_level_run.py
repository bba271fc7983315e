"""Human level from a set of labels, as it is saved."""

from collections.abc import Mapping
from contextlib import suppress

import pandas as pd

from components.errors import BadInput
from components.modelling.human_bounds import convention
from components.modelling.human_level import REFUSED, HumanLevel, human_level
from components.modelling.panels import on_the_same_panels
from components.modelling.records import HumanLevelRun
from components.project.data_sets import LabelSet
from components.project.plain import finite
from components.stats.label_counts import named_columns


def human_level_of(body: LabelSet, judgements: pd.DataFrame, override: str = "") -> HumanLevel:
    """Measure human level on a set of labels, against its gold where it has any.

    Raises
    ------
    BadInput
        The labels were given on structured data, where human level is no benchmark, and nobody said why it is one here.
    """
    if body.structured and not override.strip():
        raise BadInput(REFUSED)
    return human_level(*_tables(body, judgements))


def human_level_run(
    label_set: str, body: LabelSet, judgements: pd.DataFrame, override: str = "", models: Mapping[str, pd.DataFrame] | None = None
) -> HumanLevelRun:
    """Measure human level on a set of labels and return it as it is saved.

    `models` holds predictions (item, prediction) by the model's name: each is scored against the same panels. One that predicted too
    few of the items is left out.
    """
    found = human_level_of(body, judgements, override)
    labels, gold = _tables(body, judgements)
    habit = None
    with suppress(BadInput):  # where every item was judged once, nobody can be held against another
        habit = convention(labels)
    return HumanLevelRun(
        label_set=label_set,
        accuracy=found.accuracy.to_dict(),
        per_annotator=finite(found.per_annotator.to_dict("records")),
        ties=found.ties,
        items=found.items,
        judgements=found.judgements,
        against=found.against,
        override=override.strip() if body.structured else "",
        agreement=habit.agreement.to_dict() if habit else {},
        majority=habit.majority.to_dict() if habit else {},
        classes=habit.classes if habit else 0,
        convention=habit.sentence if habit else "",
        trap=bool(habit and habit.trap),
        panels=_panels(labels, gold, models or {}),
        simulated=body.simulated,
    )


def _tables(body: LabelSet, judgements: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    labels = named_columns(judgements, item=body.item, annotator=body.annotator, label=body.label)
    if not body.gold:
        return labels, None
    return labels, named_columns(judgements, item=body.item, gold=body.gold).drop_duplicates()


def _panels(labels: pd.DataFrame, gold: pd.DataFrame | None, models: Mapping[str, pd.DataFrame]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for name, predictions in models.items():
        try:
            one = on_the_same_panels(labels, predictions, gold)
        except BadInput:
            continue  # it predicted other items
        rows.append(
            {
                "model": name,
                "accuracy": one.model.to_dict(),
                "people": one.people.to_dict(),
                "difference": one.difference.to_dict(),
                "items": one.items,
            }
        )
    return rows
