"""One rule of each sort."""

from datetime import datetime

import pytest

from components.data.condition import Condition
from components.data.records import Expectation

RULES = (
    Expectation(rule="range", columns=["age"], low=0, high=120),
    Expectation(rule="range", columns=["wage"], low=0.5, allowed=0.1, severity="warned"),
    Expectation(rule="range", columns=["day"], low=datetime(2020, 1, 1)),
    Expectation(rule="type", columns=["age"], type="number"),
    Expectation(rule="pattern", columns=["code"], pattern=r"[A-Z]{2}\d+"),
    Expectation(rule="allowed_set", columns=["kind"], values=["a", "b"]),
    Expectation(rule="allowed_set", columns=["size"], values=["1", "2.5"], allowed=0.25),
    Expectation(rule="length", columns=["code"], low=3, high=5),
    Expectation(rule="missing", columns=["kind"], allowed=0.05, why="Because: yes # no"),
    Expectation(rule="key", columns=["id"]),
    Expectation(rule="key", columns=["shop", "order"]),
    Expectation(rule="row_count", low=1, high=10),
    Expectation(rule="freshness", columns=["day"], days=30),
    Expectation(rule="monotonic", columns=["day"], strictly=True),
    Expectation(rule="determines", columns=["zip"], determined="town"),
    Expectation(
        rule="never",
        condition={"clauses": [{"column": "age", "operator": "below", "value": "18"}, {"column": "wage", "operator": "is filled"}]},
    ),
    Expectation(rule="never", condition=Condition.parse("kind has the tag x")),
    Expectation(rule="foreign_key", columns=["shop"], reference="shops", reference_column="id"),
)


@pytest.fixture
def rules():
    return RULES
