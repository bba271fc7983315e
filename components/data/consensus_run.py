"""The consensus of a set of labels and what is known of its annotators, as they are saved."""

import pandas as pd

from components.data.adjudication.queue import MOST_QUEUED, disputed, with_voices
from components.data.consensus import DawidSkene, fitted
from components.data.label_items import SURE, items, likely_wrong, right
from components.data.labellers import leaning, speed, with_themselves
from components.data.records import ConsensusRun
from components.errors import BadInput
from components.project.data_sets import LabelSet
from components.project.files import Files
from components.project.plain import finite
from components.project.tables import put_table, read_table
from components.stats.label_counts import LabelCounts, label_counts, named_columns

MOST_ROWS = 1000
COUNTED = "Who gave which vote is not known, so annotators can't be weighed; the consensus is the majority."


def consensus_run(label_set: str, body: LabelSet, judgements: pd.DataFrame, files: Files, coded: LabelCounts | None = None) -> ConsensusRun:
    """Find the consensus of a set of labels; `coded` are its labels where they were counted already."""
    coded = coded or label_counts(named_columns(judgements, item=body.item, annotator=body.annotator, label=body.label))
    model, why = _model(coded, body)
    found = items(coded, model)
    wrong = likely_wrong(coded, model) if model is not None else None
    gold = _gold(body, judgements)
    truths = {"majority": right(found, "majority", gold), "model": right(found, "label", gold)} if gold is not None else {}
    order = disputed(coded)
    timed = body.time and not body.anonymous
    return ConsensusRun(
        label_set=label_set,
        items=put_table(files, found if gold is None else found.assign(gold=found["item"].map(gold))),
        queue=put_table(files, with_voices(coded, order.head(MOST_QUEUED))),
        queued=len(order),
        wrong=put_table(files, wrong) if wrong is not None else "",
        wrong_number=0 if wrong is None else len(wrong),
        tied=int(found["tied"].sum()),
        unsure=int((found["probability"] < SURE).sum()),
        model=model is not None,
        why=why,
        right={name: share.to_dict() for name, share in truths.items() if model is not None or name == "majority"},
        leaning=finite(leaning(coded).head(MOST_ROWS).to_dict("records")) if not body.anonymous else [],
        speed=finite(_speed(body, judgements).head(MOST_ROWS).to_dict("records")) if timed else [],
        themselves=finite(with_themselves(read_table(files, body.repeated)).head(MOST_ROWS).to_dict("records")) if body.repeated else [],
        simulated=body.simulated,
    )


def _model(coded: LabelCounts, body: LabelSet) -> tuple[DawidSkene | None, str]:
    if body.anonymous:
        return None, COUNTED
    try:
        return fitted(coded), ""
    except BadInput as refused:
        return None, f"{refused.what} The consensus is the majority."


def _gold(body: LabelSet, judgements: pd.DataFrame) -> pd.Series | None:
    """Return the gold label of each item that has one."""
    if not body.gold:
        return None
    table = named_columns(judgements, item=body.item, label=body.gold).drop_duplicates().assign(annotator="gold")
    try:
        coded = label_counts(table, of="gold labels")
    except BadInput:
        return None
    return pd.Series(coded.labels[coded.label_codes], index=coded.items[coded.item_codes], dtype=object)


def _speed(body: LabelSet, judgements: pd.DataFrame) -> pd.DataFrame:
    assert body.time is not None
    return speed(named_columns(judgements, annotator=body.annotator, time=body.time))
