"""Important cases that have too few rows."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Counts, Finding
from components.data.checks.table import Table
from components.data.coverage import TEST, needed
from components.data.records import ImportantCase
from components.errors import BadInput


class ImportantCases(Check):
    """The rows of each case that the team declared important, against what the wanted interval takes."""

    code = "L06"
    title = "Important cases with too few rows"
    severity = "warned"
    threshold = 0.0
    unit = "count"
    at_least = True
    each = True
    says = "{figure} rows of {note}; {threshold} give the interval that is wanted."
    advice = "Collect and label more rows of the case, or say how wide an interval is good enough for it."
    why = (
        "A model that is 95 % right can be wrong on every case that matters. How many rows a case takes is what its 95 % Wilson interval "
        "takes to be as narrow as the team wants; rows of the test part count where there is one, since accuracy is measured on them."
    )

    def inapplicable(self, table: Table) -> str:
        """Ask for a case."""
        return "" if table.plan.cases else "The team has declared no important case."

    @staticmethod
    def _tested(table: Table) -> Any:
        """Whether a row is in a test part; None without a column of the split."""
        return None if table.plan.split is None else table[table.plan.split].cast("string").lower().isin(TEST)

    @staticmethod
    def _met(table: Table, case: ImportantCase) -> Any:
        return case.condition.on_engine(table.expression, table.names)

    def counts(self, table: Table) -> Counts:
        """Count the rows of each case, of the test part and of all."""
        tested, found = self._tested(table), {}
        if tested is not None:
            found["", "tested"] = table.count(tested)
        for place, case in enumerate(table.plan.cases):
            try:
                met = self._met(table, case)
            except BadInput:
                continue
            found[case.name, f"have{place}"] = table.count(met)
            if tested is not None:
                found[case.name, f"tested{place}"] = table.count(met & tested)
        return found

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Judge each case; one that doesn't fit these data has no row."""
        part = "tested" if counted.get(("", "tested")) else "have"
        for place, case in enumerate(table.plan.cases):
            rows = int(counted.get((case.name, f"{part}{place}"), 0))
            told = f"“{case.condition.sentence}”" + (" in the test part" if part == "tested" else "")
            try:
                self._met(table, case)
            except BadInput as error:
                told = f"{told} ({str(error).split('. ')[0].removesuffix('.')})"
            yield Finding(case.name, rows, rows, told, threshold=needed(case.width, case.expected))

    def concerned(self, table: Table, column: str) -> Any:
        """Rows of the case."""
        case = next(case for case in table.plan.cases if case.name == column)
        try:
            return table.where(self._met(table, case))
        except BadInput:
            return table.expression.limit(0)
