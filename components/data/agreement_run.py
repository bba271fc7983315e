"""The agreement of a set of labels, as it is saved."""

from dataclasses import fields
from typing import Any

import pandas as pd

from components.data.agreement import Agreement, agreement
from components.data.labellers import by_rule
from components.data.records import AgreementRun
from components.data.weighted import Weighted
from components.project.data_sets import LabelSet
from components.project.plain import finite
from components.stats.label_counts import named_columns

WEIGHTED = tuple(one.name for one in fields(Weighted))
MOST_PEOPLE, MOST_CONFUSIONS = 1000, 100


def agreement_of(body: LabelSet, judgements: pd.DataFrame) -> Agreement:
    """Measure the agreement of a set of labels, whatever its columns are called."""
    return agreement(named_columns(judgements, item=body.item, annotator=body.annotator, label=body.label), body.level)


def agreement_run(label_set: str, body: LabelSet, judgements: pd.DataFrame, found: Agreement | None = None) -> AgreementRun:
    """Measure the agreement of a set of labels and return it as it is saved; `found` where it was measured already."""
    found = found or agreement_of(body, judgements)
    named = not body.anonymous
    return AgreementRun(
        label_set=label_set,
        items=found.items,
        annotators=found.annotators,
        labels=found.judgements,
        level=body.level,
        percent=found.percent.to_dict(),
        cohen=found.cohen.to_dict(),
        fleiss=found.fleiss.to_dict(),
        alpha=found.alpha.to_dict(),
        ac1=found.ac1.to_dict(),
        band=found.band,
        too_low=found.too_low,
        why=found.why,
        per_label=_rows(found.per_label),
        per_annotator=_rows(found.per_annotator.head(MOST_PEOPLE)) if named else [],
        per_pair=_rows(found.per_pair) if named else [],
        per_rule=_rows(_by_rule(body, judgements)) if body.rule else [],
        confusion=_rows(found.confusion.head(MOST_CONFUSIONS)),
        weighted={name: getattr(found.weighted, name).to_dict() for name in WEIGHTED},
        shared=found.shared,
        disputed=found.disputed,
        simulated=body.simulated,
    )


def _by_rule(body: LabelSet, judgements: pd.DataFrame) -> pd.DataFrame:
    assert body.rule is not None
    return by_rule(named_columns(judgements, item=body.item, annotator=body.annotator, label=body.label, rule=body.rule))


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = finite(frame.to_dict("records"))
    return rows
