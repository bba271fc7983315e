"""What must be known to read figures of agreement: why two of them differ, what they rest on, and labels that may not be meant."""

import numpy as np
import pandas as pd

from components import words
from components.data.disagreement import Level
from components.stats.estimate import Estimate
from components.stats.label_counts import LabelCounts

PARADOX = 0.2
FEW_OTHERS = 10
"""Below so many items with another label than the most frequent one, intervals miss more often than 5 in 100; see docs/agreement.md."""
MOSTLY = 0.5
MANY_LABELS = 20


def paradox(coded: LabelCounts, level: Level, percent: Estimate, alpha: Estimate, ac1: Estimate) -> str:
    """Say why α and AC1 differ, where they differ much."""
    if alpha.value is None or ac1.value is None or percent.value is None or abs(ac1.value - alpha.value) <= PARADOX:
        return ""
    shares = coded.counts.sum(axis=0) / coded.judgements
    most = int(shares.argmax())
    if level != "nominal" and (shares[most] < MOSTLY or alpha.value > ac1.value):
        apart, same = words.decimal(alpha.value), words.decimal(ac1.value)
        return f"α ({apart}) weighs how far labels lie apart, AC1 ({same}) only whether they are the same."
    if percent.value < MOSTLY or alpha.value > ac1.value:
        return ""
    return (
        f"Annotators give the same label {words.percent(percent.value)} of the time, yet α is only {words.decimal(alpha.value)}: "
        f"“{str(coded.labels[most])[:40]}” is {words.percent(shares[most])} of all labels, so chance alone would agree nearly as "
        f"often. AC1 ({words.decimal(ac1.value)}) corrects for that differently; look at both."
    )


def rests_on(coded: LabelCounts, alpha: Estimate) -> str:
    """Say where the figures rest on few of the items, so that their intervals promise too much."""
    if alpha.low is None:
        return ""
    said = []
    shared = coded.per_item >= 2
    together = int(shared.sum())
    if together < MOSTLY * len(coded.items):
        said.append(
            f"Only {words.count(together)} of {words.counted(len(coded.items), 'item')} have two labels; all figures rest on those."
        )
    counts = coded.counts[shared]
    most = int(counts.sum(axis=0).argmax())
    others = int((counts.sum(axis=1) > counts[:, most]).sum())
    if alpha.value != 1 and others < FEW_OTHERS:
        said.append(
            f"Only {words.counted(others, 'item')} of {together} hold another label than “{str(coded.labels[most])[:40]}”: with so few, "
            "intervals miss the truth more often than 5 times in 100 (up to 16 in simulations). Label more items of the rare kind."
        )
    return " ".join(said)


def odd_labels(coded: LabelCounts, level: Level) -> str:
    """Say which labels may be one label written in two ways, or of two types."""
    names = pd.Series(coded.labels.astype(str))
    alike = names.groupby(names.str.casefold().str.split().str.join(" "), sort=False).agg(list)
    twice = next((found for found in alike if len(found) > 1), None)
    said = []
    if twice is not None:
        said.append(f"“{twice[0][:40]}” and “{twice[1][:40]}” count as two labels; write them alike if they mean the same.")
    if len(coded.labels) > max(MOSTLY * coded.judgements, MANY_LABELS):
        labels = words.counted(len(coded.labels), "different label")
        said.append(f"There are {labels} in {words.counted(coded.judgements, 'judgement')}: is that the column of labels?")
    if level == "nominal":
        numbers = np.isfinite(pd.to_numeric(names, errors="coerce").to_numpy(dtype=np.float64))
        if numbers.any() and not numbers.all():
            number, word = (names[which].iloc[0][:40] for which in (numbers, ~numbers))
            said.append(f"Labels mix numbers and words (“{number}”, “{word}”); each is taken as a name.")
    return " ".join(said)
