"""The engine reaches nothing but the table it was given."""

import duckdb
import pandas as pd
import pyarrow as pa
import pytest

from components.data.engine import as_arrow, opened

FRAME = pd.DataFrame({"x": [1, 2], "X": ["a", None], "row": [True, False]})


def test_names_that_clash_and_rows_that_are_numbered():
    with opened(FRAME) as (table, names):
        assert set(names) == {"x", "X", "row"}
        assert table.select("row").to_pyarrow().column(0).to_pylist() == [1, 2]
        assert table.select(names["X"]).to_pyarrow().column(0).to_pylist() == ["a", None]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('{path}')",
        "SELECT * FROM '{path}'",
        "COPY data TO '{path}'",
        "ATTACH '{path}.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access=true",
        "SET memory_limit='1TB'",
        "SELECT content FROM read_text('/etc/hostname')",
    ],
)
def test_nothing_else_can_be_reached(statement, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("x\n1\n")
    with opened(FRAME) as (table, _), pytest.raises(duckdb.Error):
        table.get_backend().raw_sql(statement.format(path=path)).fetchall()
    assert path.read_text() == "x\n1\n"


def test_columns_of_any_kind_become_one_that_checks_know():
    arrow = pa.table(
        {
            "half": pa.array([1.5], pa.float16()),
            "money": pa.array([1]).cast(pa.decimal128(30, 2)),
            "kind": pa.array(["a"]).dictionary_encode(),
            "nothing": pa.nulls(1),
            "bytes": pa.array([b"\xff"]),
            "long": pa.array([1], pa.duration("s")),
            "zoned": pa.array([0], pa.timestamp("s", "Europe/Bern")),
            "view": pa.array(["v"]).cast(pa.large_string()),
            "not a number": [float("nan")],
        }
    )
    with opened(arrow) as (table, names):
        kinds = {name: str(table.schema()[short]) for name, short in names.items()}
        assert kinds["half"] == kinds["money"] == kinds["not a number"] == "float64"
        assert kinds["kind"] == kinds["nothing"] == kinds["bytes"] == kinds["long"] == kinds["view"] == "string"
        assert kinds["zoned"].startswith("timestamp")
        assert table[names["not a number"]].isnull().sum().to_pyarrow().as_py() == 1


def test_frames_of_mixed_cells_become_text():
    arrow = as_arrow(pd.DataFrame({"x": [1, "a", None], 7: [True, None, False]}))
    assert arrow.column("x").to_pylist() == ["1", "a", None]
    assert arrow.column("7").to_pylist() == [True, None, False]
