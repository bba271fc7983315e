"""Labels that are probably wrong."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from components.data.checks.declaration import Check, Counts, Finding
from components.data.checks.table import Table
from components.data.engine import ROW
from components.data.label_errors import LEAST_ROWS, likely_errors, probabilities

MOST_ROWS = 5000
MOST_CLASSES = 50
LEAST_BETTER = 0.5


class LikelyLabelErrors(Check):
    """Share of the labels that confident learning takes for wrong, by a model that did not see them, on a sample of many rows."""

    code = "L04"
    title = "Likely label errors"
    severity = "warned"
    threshold = 0.01
    says = "{figure} of the labels are probably wrong ({note}); up to {threshold} passes."
    advice = "Look at the rows, the most doubtful first, and label them again where the label is wrong: many will be, not all."
    advice_unstructured = "Judge these items again, blind and in a round, the most doubtful first: many labels will be wrong, not all."
    why = (
        "Confident learning (Northcutt 2021): a label is doubtful where a model that learnt from the other rows is surer of another class "
        "than it is on average of that class. It says little where the features hardly tell the classes apart, and then doesn't apply."
    )

    def inapplicable(self, table: Table) -> str:
        """Ask for a label, features and enough rows of each class."""
        if table.plan.label is None:
            return "No column was named as the label."
        if not table.described and not table.properties:
            return "There is no feature beside the label."
        return "" if table.rows >= LEAST_ROWS else f"There are fewer than {LEAST_ROWS} rows."

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Judge the share of doubtful labels, where a model tells the classes apart."""
        found = self._doubtful(table)
        if found is None:
            return
        doubtful, sampled, accuracy = found
        share = len(doubtful) / sampled
        part = f", looking at {sampled:,} rows" if sampled < table.rows else ""
        yield Finding(str(table.plan.label), share, len(doubtful), f"a quick model is right on {accuracy:.0%} of the others{part}")

    def _doubtful(self, table: Table) -> tuple[list[int], int, float] | None:
        """Return the numbers of the doubtful rows, the most doubtful first, how many were looked at, and how often the model is right.

        None where classes are too many or too small, or the model takes away less than half of the error of guessing.
        """
        if table.classes is None or len(table.classes) > MOST_CLASSES:
            return None
        label = str(table.plan.label)
        columns = [label, *table.described]
        rows = table.sampled(MOST_ROWS).filter(~table.missing(label, table.sampled(MOST_ROWS)))
        frame = rows.select(ROW, *table.short(columns), *table.properties.values()).order_by(ROW).to_pyarrow().to_pandas()
        classes, codes = np.unique(frame[table.names[label]].to_numpy(), return_inverse=True)
        known = np.isin(codes, np.flatnonzero(np.bincount(codes) >= LEAST_ROWS // 10))
        frame, codes = frame[known], np.unique(codes[known], return_inverse=True)[1]
        if len(codes) < LEAST_ROWS or codes.max() < 1:
            return None
        features: pd.DataFrame = frame.drop(columns=[ROW, table.names[label]])
        sure = probabilities(features, codes)
        accuracy = float((sure.argmax(axis=1) == codes).mean())
        guessing = float(np.bincount(codes).max() / len(codes))
        if accuracy < guessing + LEAST_BETTER * (1 - guessing):
            return None
        places = likely_errors(codes, sure)
        return [int(row) for row in frame[ROW].to_numpy()[places]], len(codes), accuracy

    def concerned(self, table: Table, column: str) -> Any:
        """Rows whose label is doubtful, the most doubtful first."""
        import ibis
        import pyarrow as pa

        found = self._doubtful(table)
        order = found[0] if found else []
        marked = pa.table({"number": pa.array(order, pa.int64()), "place": pa.array(range(len(order)), pa.int64())})
        doubtful = table.once("likely label errors", lambda: ibis.memtable(marked))
        return table.expression.join(doubtful, table.expression[ROW] == doubtful.number).order_by("place").drop("number", "place")
