"""The engine reaches nothing but the table it was given."""

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from components.data import checks, engine
from components.data.engine import as_arrow, opened

FRAME = pd.DataFrame({"x": [1, 2], "X": ["a", None], "row": [True, False]})


def test_names_that_clash_and_rows_that_are_numbered():
    with opened(FRAME) as (table, names, _):
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
    with opened(FRAME) as (table, _, _), pytest.raises(duckdb.Error):
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
    with opened(arrow) as (table, names, _):
        kinds = {name: str(table.schema()[short]) for name, short in names.items()}
        assert kinds["half"] == kinds["money"] == kinds["not a number"] == "float64"
        assert kinds["kind"] == kinds["nothing"] == kinds["bytes"] == kinds["long"] == kinds["view"] == "string"
        assert kinds["zoned"].startswith("timestamp")
        assert table[names["not a number"]].isnull().sum().to_pyarrow().as_py() == 1


def test_frames_of_mixed_cells_become_text():
    arrow = as_arrow(pd.DataFrame({"x": [1, "a", None], 7: [True, None, False]}))
    assert arrow.column("x").to_pylist() == ["1", "a", None]
    assert arrow.column("7").to_pylist() == [True, None, False]


def same_both_ways(frame, path, plan):
    pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), path)
    assert engine.scannable(path)
    held, scanned = (checks.run(table, plan).results for table in (frame, path))
    pd.testing.assert_frame_equal(held, scanned)
    for code, column, status in zip(held["code"], held["column"], held["status"], strict=True):
        if status in {"warned", "failed"}:
            pd.testing.assert_frame_equal(
                checks.rows_concerned(frame, plan, code, column), checks.rows_concerned(path, plan, code, column), check_dtype=False
            )


@pytest.mark.parametrize("most", [0, 10**9])
def test_a_parquet_file_is_checked_as_the_table_in_it(tmp_path, monkeypatch, most):
    monkeypatch.setattr(engine, "MOST_CELLS_HELD", most)
    frame = pd.DataFrame(
        {
            "id": [*range(59), 3],
            "x": [float("nan"), float("inf"), None, *(n / 7 for n in range(57))],
            "t": ["a", "A ", None, "", *(f"n{n % 5}" for n in range(56))],
            "day": pd.to_datetime(["2020-01-01", None] * 30),
            "truth": [True, False] * 30,
            "label": ["u", "v", "v"] * 20,
            "split": ["train"] * 50 + ["test"] * 10,
        }
    )
    same_both_ways(
        pd.concat([frame, frame.tail(3)], ignore_index=True),
        tmp_path / 'it\'s "a".parquet',
        checks.Plan(label="label", id="id", split="split"),
    )


def test_a_large_file_is_the_only_one_that_can_be_read(tmp_path, monkeypatch):
    monkeypatch.setattr(engine, "MOST_CELLS_HELD", 0)
    for name in ("one.parquet", "other.parquet"):
        pq.write_table(pa.table({"x": [1, 2]}), tmp_path / name)
    with engine.opened(tmp_path / "one.parquet") as (rows, _, _):
        assert rows.count().to_pyarrow().as_py() == 2
        with pytest.raises(Exception, match="(?i)permission|access"):
            rows.get_backend().read_parquet(str(tmp_path / "other.parquet"))


@pytest.mark.parametrize("table", [pa.table({"x": [[1]]}), pa.table({"x": [1], "X": [1]}), pa.table({"x": pa.array([], pa.int64())})])
def test_files_that_need_care_are_not_scanned(tmp_path, table):
    pq.write_table(table, tmp_path / "a.parquet")
    assert not engine.scannable(tmp_path / "a.parquet")


def test_nothing_is_printed_however_long_it_takes():
    with opened(FRAME) as (table, _, _):
        asked = table.get_backend().raw_sql("SELECT current_setting('enable_progress_bar')")
        assert asked.fetchone() == (False,)
