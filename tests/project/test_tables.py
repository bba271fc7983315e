"""Tables: the same content is the same file, nothing loses its meaning, and no cell of a CSV is a formula."""

import csv
import datetime
import io
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from components.errors import BadInput
from components.project.tables import canonical, put_table, read_table, to_csv

TEXT = st.text(st.characters(codec="utf-8"), max_size=8)
CELLS = {
    "whole": st.integers(-(2**63), 2**63 - 1),
    "broken": st.floats(allow_nan=False),
    "truth": st.booleans(),
    "text": TEXT,
    "text with gaps": st.none() | TEXT,
    "time": st.datetimes(datetime.datetime(1700, 1, 1), datetime.datetime(2200, 1, 1)),
}


@st.composite
def frames(draw):
    rows = draw(st.integers(0, 5))
    kinds = draw(st.lists(st.sampled_from(sorted(CELLS)), max_size=4))
    columns = {f"{name} {n}": draw(st.lists(CELLS[name], min_size=rows, max_size=rows)) for n, name in enumerate(kinds)}
    return pd.DataFrame(columns, index=range(rows) if kinds else None)


@given(frames())
def test_what_was_read_back_is_the_same_table_and_the_same_bytes(frame):
    class Kept(dict):
        def put(self, content):
            self["sha"] = content
            return "sha"

        def read(self, sha):
            return self[sha]

    kept = Kept()
    back = read_table(kept, put_table(kept, frame))
    assert canonical(back) == canonical(frame)
    assert list(back.columns) == list(frame.columns)
    for name in frame.columns:
        assert back[name].isna().tolist() == frame[name].isna().tolist()
        assert back[name].dropna().tolist() == frame[name].dropna().tolist()


def test_the_index_the_chunks_and_the_way_text_is_held_do_not_matter():
    frame = pd.DataFrame({"item": ["a", "b", "a"], "n": [1, 2, 3]})
    same = [
        frame.set_index(pd.Index([7, 8, 9])),
        frame.astype({"item": object}),
        frame.astype({"item": "string"}),
        frame.astype({"item": "category"}),
        pd.concat([frame.iloc[:1], frame.iloc[1:]]),
        frame.astype({"n": "Int64"}),
        frame.astype({"n": object}),
    ]
    assert {canonical(other) for other in same} == {canonical(frame)}
    assert canonical(frame.iloc[::-1]) != canonical(frame)
    assert canonical(frame.astype({"n": float})) != canonical(frame)


def test_numbers_among_text_become_text_as_they_were_typed(files):
    frame = pd.DataFrame({"mixed": pd.Series([1, "one", 2.5, None, b"two", True, np.nan, b"\xff"], dtype=object)})
    back = read_table(files, put_table(files, frame))["mixed"]
    assert back.isna().tolist() == [False, False, False, True, False, False, True, False]
    assert back.dropna().tolist() == ["1", "one", "2.5", "two", "True", "\\xff"]


def test_whole_and_broken_numbers_share_a_column_of_numbers(files):
    frame = pd.DataFrame({"n": pd.Series([1, 2.5, np.int64(3), None], dtype=object)})
    assert read_table(files, put_table(files, frame))["n"].tolist()[:3] == [1.0, 2.5, 3.0]


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        (pd.period_range("2026-01", periods=2, freq="M"), ["2026-01", "2026-02"]),
        (pd.to_timedelta([1, None], unit="s"), ["0 days 00:00:01"]),
        (pd.IntervalIndex.from_breaks([0, 1, 2]), ["(0, 1]", "(1, 2]"]),
        (np.array([1j, 2j]), ["1j", "2j"]),
        (pd.Series([10**30, 1], dtype=object), [str(10**30), "1"]),
        (pd.Series(["\ud800", "a"], dtype=object), ["\\ud800", "a"]),
        (pd.Series([object, 1], dtype=object), ["<class 'object'>", "1"]),
    ],
)
def test_what_parquet_has_no_type_for_becomes_text(files, cells, text):
    back = read_table(files, put_table(files, pd.DataFrame({"a": cells})))["a"]
    assert back.dropna().tolist() == text


def test_times_keep_their_instant_and_their_nanoseconds(files):
    berlin = pd.DataFrame({"t": pd.to_datetime(["2026-07-01 12:00"]).tz_localize("Europe/Berlin")})
    assert read_table(files, put_table(files, berlin))["t"][0] == berlin["t"][0]
    fine = pd.DataFrame({"t": np.array(["2026-01-01T00:00:00.000000001"], dtype="datetime64[ns]")})
    assert_frame_equal(read_table(files, put_table(files, fine)), fine)
    units = [pd.DataFrame({"t": np.array(["2026-01-01"], dtype=f"datetime64[{unit}]")}) for unit in ("s", "ms", "us", "ns")]
    assert len({canonical(frame) for frame in units}) == 1


def test_decimals_dates_and_lists_stay_what_they_are(files):
    frame = pd.DataFrame({"price": [Decimal("1.50"), None], "day": [datetime.date(2026, 1, 1), None], "tags": [["a"], ["b", "c"]]})
    back = read_table(files, put_table(files, frame))
    assert back["price"][0] == Decimal("1.50")
    assert back["day"][0] == datetime.date(2026, 1, 1)
    assert [list(tags) for tags in back["tags"]] == [["a"], ["b", "c"]]


@pytest.mark.parametrize("names", [["a", "a"], [1, "1"]])
def test_two_columns_of_one_name_are_refused(names):
    with pytest.raises(BadInput, match="Two columns are called"):
        canonical(pd.DataFrame([[1, 2]], columns=names))


def test_some_columns_are_read_alone_and_an_absent_one_says_so(files):
    sha = put_table(files, pd.DataFrame({"a": [1], "b": [2], "c": [3]}))
    assert list(read_table(files, sha, ["c", "a"]).columns) == ["c", "a"]
    with pytest.raises(BadInput, match=r"no column “d”. The columns are: a, b, c"):
        read_table(files, sha, ["a", "d"])


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"PAR1" + bytes(50) + b"PAR1"])
def test_a_file_that_is_no_table_says_so(files, content):
    with pytest.raises(BadInput, match="can't be read"):
        read_table(files, files.put(content))


@pytest.mark.parametrize("cell", ["=cmd()", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "=\u0130"])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(cell):
    for column in ([cell, "a"], pd.Series([cell, "a"], dtype=object), pd.Categorical([cell, "a"]), pd.Series([cell, 1], dtype=object)):
        rows = list(csv.reader(io.StringIO(to_csv(pd.DataFrame({cell: column})), newline="")))
        assert rows[0] == [f"'{cell}"]
        assert rows[1] == [f"'{cell}"]


def test_numbers_times_and_gaps_stay_as_they_are():
    frame = pd.DataFrame({"n": [-1, 2], "x": [-0.5, np.nan], "t": pd.to_datetime(["2026-01-01", None]), "b": [True, False]})
    assert to_csv(frame) == "n,x,t,b\n-1,-0.5,2026-01-01,True\n2,,,False\n"
    assert to_csv(pd.DataFrame([["-a", 1]], columns=["a", "a"], index=[5])) == "a,a\n'-a,1\n"
    assert to_csv(pd.DataFrame(columns=["=a"])) == "'=a\n"


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), min_size=1, max_size=5))
def test_no_cell_of_a_csv_starts_like_a_formula(rows):
    for row in csv.reader(io.StringIO(to_csv(pd.DataFrame(rows, columns=["a", "b"])), newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
