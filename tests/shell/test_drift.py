"""`drift`, as a pipeline calls it."""

import json

import numpy as np
import pandas as pd
import pytest

RNG = np.random.default_rng(0)


@pytest.fixture
def drift(shell, tmp_path):
    """Write two tables, compare them, and return exit code, output and error."""

    def run(before, after, *words):
        paths = [tmp_path / "before.csv", tmp_path / "after.csv"]
        for path, table in zip(paths, (before, after), strict=True):
            if table is not None:
                table.to_csv(path, index=False)
        return shell("drift", *paths, *words)

    return run


def table(loc=0.0):
    return pd.DataFrame({"x": RNG.normal(loc, 1, 500), "c": RNG.choice(list("ab"), 500)})


def test_drift_ends_with_one(drift):
    code, out, _ = drift(table(), table(1.0), "--json")
    columns = {row["column"]: row for row in json.loads(out)["columns"]}
    assert code == 1
    assert set(columns["x"]) == {"column", "kind", "psi", "statistic", "p_value", "adjusted_p", "verdict", "codes", "note"}
    assert (columns["x"]["verdict"], columns["c"]["verdict"]) == ("drift", "no drift")
    assert columns["x"]["adjusted_p"] < 0.001


def test_one_world_ends_with_zero_and_says_so(drift):
    code, out, err = drift(table(), table())
    assert (code, out, err) == (0, "0 of 2 columns drift.\n", "")


def test_a_column_that_is_gone_has_no_figures(drift):
    code, out, _ = drift(table(), table().drop(columns="c"), "--json")
    gone = next(row for row in json.loads(out)["columns"] if row["column"] == "c")
    assert code == 1
    assert (gone["psi"], gone["verdict"], gone["note"]) == (None, "drift", "only in the first")
    assert "D04 c: only in the first" in drift(table(), table().drop(columns="c"))[1]


def test_a_file_that_is_missing_is_one_line(drift):
    code, out, err = drift(table(), None)
    assert (code, out) == (2, "")
    assert len(err.strip().splitlines()) == 1
