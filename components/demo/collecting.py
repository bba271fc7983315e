"""Which cases matter to the example's team, and what its rounds of collecting brought."""

from components.data.condition import Clause, Condition
from components.data.records import ImportantCase, Iteration
from components.project.records import Body


def cases(data_set: str) -> dict[str, Body]:
    """Return two important cases: one that the data cover, and one that they don't."""
    return {
        "eights": _digit(data_set, 8, "Eights", 0.1, "An 8 that is read as a 3 sends a letter to the wrong end of the town."),
        "zeros": _digit(data_set, 0, "Zeros", 0.25, "Every second code of this region ends with one."),
    }


def _digit(data_set: str, digit: int, name: str, width: float, why: str) -> ImportantCase:
    condition = Condition(clauses=(Clause(column="label", operator="is", value=str(digit)),))
    return ImportantCase(data_set=data_set, name=name, condition=condition, width=width, expected=0.95, why=why)


def rounds(data_set: str) -> dict[str, Body]:
    """Return rounds of growing size: accuracy of logistic regression, learnt from the first so many training images, on the test images."""
    measured = ((100, 4, 0.7994), (200, 3, 0.8078), (400, 6, 0.8774), (800, 11, 0.8886), (1438, 16, 0.9025))
    learnt = {100: "Ones and sevens are mixed up; collect slanted ones.", 400: "Eights are the worst now; collect pens that smear."}
    return {
        f"round-{place}": Iteration(
            data_set=data_set,
            what=f"Logistic regression on the first {size:,} training images",
            size=size,
            hours=hours,
            value=value,
            learnt=learnt.get(size, ""),
        )
        for place, (size, hours, value) in enumerate(measured, 1)
    }
