"""Human level from a set of labels, as it is saved."""

import pandas as pd

from components.errors import BadInput
from components.modelling.human_level import REFUSED, HumanLevel, human_level
from components.modelling.records import HumanLevelRun
from components.project.data_sets import LabelSet
from components.project.plain import finite
from components.stats.label_counts import named_columns


def human_level_of(body: LabelSet, judgements: pd.DataFrame) -> HumanLevel:
    """Measure human level on a set of labels, against its gold where it has any.

    Raises
    ------
    BadInput
        The labels were given on structured data, where human level is no benchmark.
    """
    if body.structured:
        raise BadInput(REFUSED)
    table = named_columns(judgements, item=body.item, annotator=body.annotator, label=body.label)
    gold = None
    if body.gold:
        gold = named_columns(judgements, item=body.item, gold=body.gold).drop_duplicates()
    return human_level(table, gold)


def human_level_run(label_set: str, body: LabelSet, judgements: pd.DataFrame) -> HumanLevelRun:
    """Measure human level on a set of labels and return it as it is saved."""
    found = human_level_of(body, judgements)
    return HumanLevelRun(
        label_set=label_set,
        accuracy=found.accuracy.to_dict(),
        per_annotator=finite(found.per_annotator.to_dict("records")),
        ties=found.ties,
        items=found.items,
        judgements=found.judgements,
        against=found.against,
        simulated=body.simulated,
    )
