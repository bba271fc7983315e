"""Training rows that are later than the test."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Counts, Finding
from components.data.checks.table import Table


class SplitTimes(Check):
    """Share of the rows outside training that are not later than every row of it."""

    code = "S06"
    title = "Splits that overlap in time"
    severity = "warned"
    threshold = 0
    says = "{figure} of the rows outside “{note}” are from its time; up to {threshold} passes."
    advice = "If the model will predict the future, split by time: train on what came before, test on what came after."
    why = "A model that has seen next week's rows in training knows what it is asked to predict; in use it won't."

    def inapplicable(self, table: Table) -> str:
        """Ask for splits and a time."""
        if table.plan.split is None:
            return "No column was named as the split."
        if table.time is None:
            return "No column was named as the time."
        return "" if table.training is not None else "There is one split only."

    def counts(self, table: Table) -> Counts:
        """Take the latest row of training."""
        if table.training is None or table.time is None:
            return {}
        inside = table[str(table.plan.split)] == table.training
        return {(table.time, "latest"): inside.ifelse(table[table.time], None).max()}

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Count the rows that are not later."""
        for (name, _), latest in counted.items():
            if latest is None:
                continue
            outside = (table[str(table.plan.split)] != table.training) & table[name].notnull()
            sums = {"rows": table.count(outside & (table[name] <= latest)), "all": table.count(outside)}
            found = table.expression.aggregate(**sums).to_pyarrow().to_pylist()[0]
            if found["all"]:
                yield Finding(name, found["rows"] / found["all"], found["rows"], str(table.training))

    def concerned(self, table: Table, column: str) -> Any:
        """Rows outside training that are from its time, the earliest first."""
        split, time = table[str(table.plan.split)], table[column]
        latest = table.where(split == table.training).aggregate(latest=time.max()).to_pyarrow().column(0)[0].as_py()
        return table.where((split != table.training) & (time <= latest)).order_by([time, table.expression.row])
