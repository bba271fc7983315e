"""Conditions: what they mean, on pandas and in the engine alike."""

import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from components.data.condition import OPERATORS, Clause, Condition
from components.data.engine import opened
from components.errors import BadInput

FRAME = pd.DataFrame(
    {
        "age": [10, 65, 80, None],
        "name": ["Ana", "ben", " ", "Zoë, Bo"],
        "tags": ["night, rain", "Night", "rain,night train", None],
        "ok": pd.Series([True, False, None, True], dtype=object).infer_objects(),
        "day": pd.to_datetime(["2026-01-01", "2026-02-01", None, "2026-03-01"]),
    }
)


def condition(*clauses):
    return Condition(clauses=tuple(Clause(column=c, operator=o, value=v) for c, o, v in clauses))


def both(one, frame):
    """Rows on pandas and in the engine."""
    with opened(frame) as (rows, names, _):
        marked = rows.select("row", met=one.on_engine(rows, names)).order_by("row").to_pyarrow()
    return one.on_frame(frame).tolist(), marked.column("met").to_pylist()


@pytest.mark.parametrize(
    ("clause", "wanted"),
    [
        (("age", "at least", "65"), [False, True, True, False]),
        (("age", "below", "65"), [True, False, False, False]),
        (("age", "is not", "65"), [True, False, True, False]),
        (("age", "is one of", "10, 80"), [True, False, True, False]),
        (("age", "is missing", ""), [False, False, False, True]),
        (("name", "is", "Ana"), [True, False, False, False]),
        (("name", "is missing", ""), [False, False, True, False]),
        (("name", "is not", "Ana"), [False, True, False, True]),
        (("name", "begins with", "Zo"), [False, False, False, True]),
        (("name", "contains", "ë,"), [False, False, False, True]),
        (("tags", "has the tag", "night"), [True, True, False, False]),
        (("tags", "contains", "night"), [True, False, True, False]),
        (("ok", "is", "yes"), [True, False, False, True]),
        (("day", "above", "2026-02-01"), [False, False, False, True]),
        (("day", "is filled", ""), [True, True, False, True]),
    ],
)
def test_each_operator_means_the_same_on_pandas_and_in_the_engine(clause, wanted):
    assert both(condition(clause), FRAME) == (wanted, wanted)


def test_all_lines_have_to_hold_and_none_is_every_row():
    assert both(condition(("age", "above", "5"), ("tags", "has the tag", "night")), FRAME)[0] == [True, True, False, False]
    assert both(Condition(), FRAME) == ([True] * 4, [True] * 4)
    assert condition(("age", "above", "5"), ("ok", "is filled", "")).sentence == "age above 5 and ok is filled"


@pytest.mark.parametrize(
    ("clause", "message"),
    [
        (("gone", "is", "1"), "no column “gone”"),
        (("age", "above", "old"), "is no number"),
        (("age", "contains", "1"), "asks for text"),
        (("name", "above", "a"), "asks for a number or a time"),
        (("day", "is", "soon"), "is no time"),
        (("ok", "is", "perhaps"), "is no boolean"),
    ],
)
def test_what_does_not_fit_is_one_sentence(clause, message):
    one = condition(clause)
    with pytest.raises(BadInput, match=message):
        one.on_frame(FRAME)
    with opened(FRAME) as (rows, names, _), pytest.raises(BadInput, match=message):
        one.on_engine(rows, names)


def test_a_value_is_asked_for():
    with pytest.raises(ValidationError, match="needs a value"):
        Clause(column="age", operator="above")


NAMES = st.sampled_from(["a", 'a"; drop table data;--', "select", " "])
CELLS = [
    st.one_of(st.none(), st.sampled_from(["NA", "yes", "x, y", "X", "%", "'", ""])),
    st.one_of(st.none(), st.floats(-5, 5), st.just(float("inf"))),
    st.integers(-3, 3),
    st.datetimes(datetime.datetime(2000, 1, 1), datetime.datetime(2001, 1, 1)).map(lambda t: t.replace(microsecond=0)),
]


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_condition_gives_the_same_rows_on_both(data):
    name = data.draw(NAMES)
    cells = data.draw(st.lists(data.draw(st.sampled_from(CELLS)), min_size=1, max_size=8))
    frame = pd.DataFrame({name: pd.Series(cells, dtype=object).infer_objects()})
    value = data.draw(st.sampled_from(["0", "1.5", "yes", "x", "%", "'", "2000-06-01", "-1, 2", "'; drop table data"]))
    one = condition((name, data.draw(st.sampled_from(OPERATORS)), value))
    try:
        here = one.on_frame(frame).tolist()
    except BadInput:
        return
    with opened(frame) as (rows, names, _):
        there = rows.select("row", met=one.on_engine(rows, names)).order_by("row").to_pyarrow().column("met").to_pylist()
    assert here == [bool(one) for one in there]
    assert len(here) == len(np.atleast_1d(cells))
