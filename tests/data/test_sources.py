"""Reading tables: what is recognised, and each file that can't be read told in a sentence that says what to do."""

import io
import json
import time

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from components.data import sources
from components.errors import BadInput

CSV = b"id,x,y,when,yes\n007,1,a,2024-01-02,true\n008,2.5,b,2024-01-03,false\n"


def refused(name, data, **options):
    with pytest.raises(BadInput) as caught:
        sources.read(name, data, **options)
    assert caught.value.what.endswith(".")
    assert caught.value.todo.endswith((".", "}."))
    return caught.value


def parquet(**columns):
    target = io.BytesIO()
    pq.write_table(pa.table(columns), target)
    return target.getvalue()


def test_csv_types_are_recognised_and_leading_zeros_stay():
    frame = sources.read("data.csv", CSV)
    assert list(frame["id"]) == ["007", "008"]
    assert frame["x"].dtype == "float64"
    assert frame["when"].iloc[0] == pd.Timestamp("2024-01-02")
    assert frame["yes"].dtype == bool


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["1", "2"], "int64"),
        (["1", ""], "float64"),
        (["1", "NA"], "float64"),
        (["+5", "-3"], "int64"),
        ([".5", "5."], "float64"),
        (["1e3", "-2E-4"], "float64"),
        (["inf", "-Infinity"], "float64"),
        (["1e999", "2"], "float64"),
        (["0", "0.5"], "float64"),
        (["00", "1"], "str"),
        (["1,5", "2"], "str"),
        (["12345678901234567890", "1"], "str"),
        (["123456789012345678", "1"], "int64"),
        (["123456789012345678", ""], "str"),
        (["TRUE", "false"], "bool"),
        (["true", ""], "boolean"),
        (["2024-02-30", "2024-01-01"], "str"),
        (["2024-01-01T10:00", "2024-01-01 10:00:01.5"], "datetime64[us]"),
        (["1066-10-14", "1815-06-18"], "datetime64[us]"),
        (["2024-01-01T10:00Z", "2024-01-01"], "str"),
        (["NA", ""], "str"),
        (["a", "1"], "str"),
    ],
)
def test_recognised_types(cells, kind):
    text = "x,y\n" + "".join(f'"{cell}",1\n' if "," in cell else f"{cell},1\n" for cell in cells)
    assert str(sources.read("t.csv", text.encode())["x"].dtype) == kind


def test_infinite_numbers_and_words_for_missing_numbers():
    column = sources.read("t.csv", b"x\ninf\n-inf\nNaN\n1e999\n1\n")["x"]
    assert list(np.isinf(column)) == [True, True, False, True, False]
    assert column.isna().sum() == 1


def test_empty_cells_are_missing_and_quoted_empty_ones_are_text():
    frame = sources.read("t.csv", b'x,y\na,\nb,""\n')
    assert frame["y"].iloc[0] is None or pd.isna(frame["y"].iloc[0])
    assert frame["y"].iloc[1] == ""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.tsv", "x\ty\n1\ta,b\n"),
        ("a.csv", "x;y\n1;a,b\n"),
        ("a.txt", "x|y\n1|a,b\n"),
        ("a.csv", 'x,y\r\n1,"a,b"\r\n'),
        ("a.csv", '\n\nx,y\n1,"a,b"\n'),
        ("a.csv", '"x";y\n1;"a,b"\n'),
        ("a.csv", '\ufeffx,y\n1,"a,b"'),
    ],
)
def test_separators_line_ends_and_marks(name, text):
    frame = sources.read(name, text.encode())
    assert list(frame.columns) == ["x", "y"]
    assert frame["y"].iloc[0] == "a,b"


def test_cells_over_several_lines_and_columns_without_name():
    frame = sources.read("a.csv", b'x,,"two\nlines"\n1,"a\nb",3\n')
    assert list(frame.columns) == ["x", "column 2", "two\nlines"]
    assert frame["column 2"].iloc[0] == "a\nb"


def test_one_column():
    assert list(sources.read("a.csv", b"only\na\nb\n")["only"]) == ["a", "b"]


def test_every_format_gives_the_same_table(tmp_path):
    frame = pd.DataFrame({"n": [1, 2], "f": [0.5, np.nan], "t": ["a", "手"], "b": [True, False]})
    lines = frame.to_json(orient="records", lines=True, force_ascii=False).encode()
    (tmp_path / "a.parquet").write_bytes(frame.to_parquet())
    for name, data in [("a.jsonl", lines), ("a.parquet", frame.to_parquet()), ("a.parquet", tmp_path / "a.parquet")]:
        pd.testing.assert_frame_equal(sources.read(name, data), frame)
    pd.testing.assert_frame_equal(sources.read("a.csv", frame.to_csv(index=False).encode()), frame)


def test_parquet_columns_of_every_kind_can_be_compared():
    frame = sources.read(
        "a.parquet",
        parquet(
            listed=pa.array([[1, 2], None]),
            money=pa.array([1, 2]).cast(pa.decimal128(30, 2)),
            kind=pa.array(["a", "b"]).dictionary_encode(),
            far=pa.array([-62135596800, 253402300799]).cast(pa.timestamp("s")),
            day=pa.array([0, 1], pa.date32()),
        ),
    )
    assert frame["listed"].iloc[0] == "[1, 2]"
    assert frame["money"].dtype == "float64"
    assert len(frame) == 2


def test_reading_a_table_is_quick():
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({f"n{place}": rng.normal(size=10_000) for place in range(20)})
    data = frame.to_csv(index=False).encode()
    seconds = []
    for _ in range(3):
        started = time.process_time()
        sources.read("a.csv", data)
        seconds.append(time.process_time() - started)
    assert min(seconds) < 0.6


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.jsonl", "a.parquet"])
def test_an_empty_file(name):
    assert "empty" in refused(name, b"").what


@pytest.mark.parametrize("text", [b" \n\n", b"\n", b"\xef\xbb\xbf"])
def test_a_file_with_nothing_but_white_space(text):
    assert "empty" in refused("a.csv", text).what


@pytest.mark.parametrize(("name", "data"), [("a.csv", b"x,y\n"), ("a.csv", b"x,y"), ("a.parquet", parquet(x=pa.array([], pa.int64())))])
def test_a_header_only(name, data):
    assert "no rows" in refused(name, data).what


def test_a_ragged_line_is_named_and_shown_with_its_neighbours():
    error = refused("a.csv", b"x,y\n1,2\n3,4,5\n6,7\n")
    assert "line 3: 3 cells where the header has 2" in error.what
    assert "quotes" in error.todo
    assert error.lines == ["2  1,2", "3  3,4,5", "4  6,7"]


def test_the_line_is_right_after_cells_over_several_lines():
    assert "line 4: 1 cells" in refused("a.csv", b'x,y\n"a\nb",2\n6\n').what


def test_an_open_quote():
    error = refused("a.csv", b'x,y\n0,0\n1,"2\n3,4\n')
    assert "line 3: a quote is opened and never closed" in error.what
    assert error.lines[1] == '3  1,"2'


def test_a_quote_within_a_cell_opens_nothing():
    assert sources.read("a.csv", b'x,y\n5" pipe,1\n').iloc[0]["x"] == '5" pipe'


def test_another_encoding_is_detected_and_offered_and_can_then_be_read():
    data = "name,x\nZoë,1\n".encode("latin-1")
    error = refused("a.csv", data)
    assert isinstance(error, sources.WrongEncoding)
    assert "line 2" in error.what
    assert error.offer == {"encoding": "cp1252"}
    assert sources.read("a.csv", data, **error.offer)["name"].iloc[0] == "Zoë"


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1", "cp1252"])
def test_every_encoding_that_is_offered_works_for_json_lines_too(encoding):
    text = '{"name": "Zoë\x81", "x": 1}\n' if encoding == "latin-1" else '{"name": "Zoë", "x": 1}\n'
    error = refused("a.jsonl", text.encode(encoding))
    assert error.offer == {"encoding": encoding}
    assert sources.read("a.jsonl", text.encode(encoding), encoding)["name"].iloc[0].startswith("Zoë")


def test_an_encoding_nobody_knows():
    assert "“rot13”" in refused("a.csv", CSV, encoding="rot13").what


def test_over_the_limit(monkeypatch, tmp_path):
    monkeypatch.setattr(sources, "MOST_BYTES", 10)
    assert "at most 200 MB" in refused("a.csv", CSV).what
    (tmp_path / "a.csv").write_bytes(CSV)
    assert "at most 200 MB" in refused("a.csv", tmp_path / "a.csv").what


def test_the_limit_is_two_hundred_megabytes():
    assert sources.MOST_BYTES == 200 * 1024**2


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 20,
        b"\x89PNG\r\n\x1a\n" + b"x" * 100,
        b"PK\x03\x04" + b"x" * 100,
        parquet(x=[1]),
        b"x,y\n1,\x00\n",
        b"\x01\x02\x03\x04abc,\x05\x06\n" * 9,
        b"x,y\n" + b"1,2\n" * 20000 + b"3,\x00\n",
    ],
)
def test_a_binary_file_called_csv(data):
    assert "isn't a text file" in refused("a.csv", data).what


def test_an_ending_nobody_knows():
    assert "“.xlsx”" in refused("a.xlsx", b"PK").what
    assert "none" in refused("table", CSV).what


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.csv", b"x,y,x\n1,2,3\n"), ("a.csv", b" x,x \n1,2\n"), ("a.jsonl", b'{"x": 1, "x": 2}\n')],
)
def test_two_columns_of_one_name(name, data):
    assert "x" in refused(name, data).what


def test_two_columns_of_one_name_in_parquet():
    target = io.BytesIO()
    pq.write_table(pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["x", "x"]), target)
    assert "two columns called “x”" in refused("a.parquet", target.getvalue()).what


@pytest.mark.parametrize("cut", [4, 100, -20])
def test_damaged_parquet(cut):
    whole = parquet(x=list(range(1000)))
    assert "damaged" in refused("a.parquet", whole[:cut] if cut > 0 else whole[:cut] + b"x" * -cut).what


def test_parquet_with_too_many_cells(monkeypatch):
    monkeypatch.setattr(sources, "MOST_CELLS", 5)
    assert "too many" in refused("a.parquet", parquet(x=[1] * 6)).what


@pytest.mark.parametrize("line", ["{", "[1]", "1", "null", '{"a": 1} {"a": 2}', "[" * 100_000])
def test_a_broken_json_line_is_named_and_shown(line):
    error = refused("a.jsonl", f'{{"a": 1}}\n\n{line}\n'.encode())
    assert "line 3" in error.what
    assert error.lines[0].startswith("3  ")


def test_json_lines_may_lack_names_and_hold_separators_and_lists():
    text = json.dumps({"a": "x\u2028y"}, ensure_ascii=False) + "\n" + json.dumps({"b": [1]}) + "\n"
    frame = sources.read("a.jsonl", text.encode())
    assert frame["a"].iloc[0] == "x\u2028y"
    assert frame["b"].iloc[1] == "[1]"
    assert pd.isna(frame["a"].iloc[1])


def test_too_many_columns(monkeypatch):
    monkeypatch.setattr(sources, "MOST_COLUMNS", 2)
    assert "3 columns" in refused("a.csv", b"x,y,z\n1,2,3\n").what


def test_a_file_that_is_gone(tmp_path):
    assert "can't be opened" in refused("a.csv", tmp_path / "gone.csv").what


def test_folders_that_the_owner_allowed(tmp_path):
    inside, outside = tmp_path / "allowed", tmp_path / "secret.csv"
    (inside / "sub").mkdir(parents=True)
    (inside / "sub" / "a.csv").write_bytes(CSV)
    outside.write_bytes(CSV)
    (inside / "link.csv").symlink_to(outside)
    assert sources.allowed("sub/a.csv", (inside,)) == (inside / "sub" / "a.csv").resolve()
    for path in ("../secret.csv", "link.csv", str(outside), "sub", "gone.csv", "sub/../../secret.csv"):
        with pytest.raises(BadInput, match="no file"):
            sources.allowed(path, (inside,))
    with pytest.raises(BadInput):
        sources.allowed("a.csv", ())


def test_a_formula_is_text():
    assert sources.read("a.csv", b"x\n=cmd()\n")["x"].iloc[0] == "=cmd()"
