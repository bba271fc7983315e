"""Checks of a large Parquet file against reading every column of it once, and against peers in environments of their own.

`GROUNDWORK_PEERS` names a folder with an environment for each peer (`great_expectations`, `evidently`); without it the peers are skipped.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from components.data import checks
from components.data.checks.measuring import measure
from components.data.drift import drift
from components.data.engine import read
from components.data.records import Expectation

ROOT = Path(__file__).resolve().parents[2]
BEYOND_CORE = {"T13", "T14", "T15", "T16", "T17", "L04", "S01", "S04", "S05", "S06", "S07"}
"""Associations, leaks and likely label errors run on a sample or on request; core is what the design counts as such."""
CORE = tuple(check for check in checks.CHECKS if check.code not in BEYOND_CORE)
MOST_RATIO = 10
TIMES = 5
"""Of so many the best counts, on both sides: what else the machine does is no part of the work."""
MOST_MEGABYTES = 1500
PEERS = Path(os.environ.get("GROUNDWORK_PEERS", "/nowhere"))
ALONE = """
import json, resource, sys, time
from pathlib import Path
from components.data import checks
plan = checks.Plan(label="label", id="id", split="split")
import pandas as pd
checks.run(pd.DataFrame({"id": [1, 2], "label": ["a", "b"], "split": ["x", "y"]}), plan)
started = time.perf_counter()
report = checks.run(Path(sys.argv[1]), plan)
print(json.dumps([time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, report.count("error")]))
"""


def write(path: Path, rows: int) -> Path:
    """Write 20 columns: a key, numbers with gaps and without, categories, a label and a split."""
    target = None
    for start in range(0, rows, 1_000_000):
        rng, size = np.random.default_rng(start), min(1_000_000, rows - start)
        numbers = {f"x{n}": pa.array(rng.normal(size=size), mask=rng.random(size) < 0.02 if n < 2 else None) for n in range(10)}
        counts = {f"k{n}": pa.array(rng.integers(0, 1000, size)) for n in range(3)}
        words = {f"c{n}": pa.array(np.array([f"kind {one}" for one in range(20)])[rng.integers(0, 20, size)]) for n in range(4)}
        label = pa.array(np.array(["no", "yes"])[rng.integers(0, 2, size)])
        split = pa.array(np.array(["train", "test"])[(rng.random(size) < 0.2).astype(int)])
        key = pa.array(np.arange(start, start + size))
        table = pa.table({"id": key, **numbers, **counts, **words, "label": label, "split": split})
        target = target or pq.ParquetWriter(path, table.schema)
        target.write_table(table)
    assert target is not None
    target.close()
    return path


pytestmark = pytest.mark.timeout(1800)


@pytest.fixture(scope="module")
def million(tmp_path_factory):
    return write(tmp_path_factory.mktemp("data") / "million.parquet", 1_000_000)


def read_once(path: Path) -> float:
    """Seconds that DuckDB takes to hand out every column once; the best of several."""
    taken = []
    for _ in range(TIMES):
        with duckdb.connect() as connection:
            started = time.perf_counter()
            for _batch in connection.sql(f"SELECT * FROM read_parquet('{path}')").to_arrow_reader(100_000):
                pass
            taken.append(time.perf_counter() - started)
    return min(taken)


ROLES = checks.Plan(label="label", id="id", split="split")


def ours(path: Path, which: tuple[type, ...], plan: checks.Plan = ROLES) -> float:
    """Seconds that checks take, start-up aside; the best of several."""
    taken = []
    measure(pq.read_table(path).slice(0, 10), plan, which)
    for _ in range(TIMES):
        started = time.perf_counter()
        assert measure(path, plan, which).count("error") == 0
        taken.append(time.perf_counter() - started)
    return min(taken)


def test_core_checks_of_a_million_rows(million):
    floor, core, everything = read_once(million), ours(million, CORE), ours(million, checks.CHECKS)
    moved = halves(million)
    print(f"\nfloor {floor:.2f} s; {len(CORE)} core checks {core:.2f} s, ratio {core / floor:.1f}")
    print(f"drift between the halves {moved:.2f} s; both together: ratio {(core + moved) / floor:.1f}")
    print(f"all {len(checks.CHECKS)} checks {everything:.2f} s, ratio {everything / floor:.1f}")
    assert (core + moved) / floor <= MOST_RATIO


def test_ten_million_rows_are_ten_times_as_much_in_little_memory(million, tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}

    def alone(path):
        settings = {"capture_output": True, "text": True, "check": True, "env": environment}
        return json.loads(subprocess.run([sys.executable, "-c", ALONE, str(path)], **settings).stdout.splitlines()[-1])

    small, large = alone(million), alone(write(tmp_path / "ten.parquet", 10_000_000))
    print(f"\n1,000,000 rows: {small[0]:.1f} s, {small[1]:.0f} MB; 10,000,000 rows: {large[0]:.1f} s, {large[1]:.0f} MB")
    assert large[2] == 0
    assert large[0] <= 13 * small[0]
    assert large[1] <= MOST_MEGABYTES


GREAT_EXPECTATIONS = """
import sys, time
import pandas as pd
import great_expectations as gx
e = gx.expectations
def check():
    started = time.perf_counter()
    frame = pd.read_parquet(sys.argv[1])
    context = gx.get_context(mode="ephemeral")
    batch = context.data_sources.add_pandas("p").add_dataframe_asset("a").add_batch_definition_whole_dataframe("b")
    suite = gx.ExpectationSuite("s")
    for name in frame.columns:
        suite.add_expectation(e.ExpectColumnValuesToNotBeNull(column=name, mostly=.95))
        suite.add_expectation(e.ExpectColumnUniqueValueCountToBeBetween(column=name, min_value=2))
        if name[0] in "xk":
            suite.add_expectation(e.ExpectColumnValuesToBeBetween(column=name, min_value=-1e9, max_value=1e9))
        if name[0] == "c":
            suite.add_expectation(e.ExpectColumnValuesToBeInSet(column=name, value_set=[f"kind {n}" for n in range(20)]))
    suite.add_expectation(e.ExpectColumnValuesToBeUnique(column="id"))
    suite.add_expectation(e.ExpectCompoundColumnsToBeUnique(column_list=[n for n in frame.columns if n != "id"]))
    suite = context.suites.add(suite)
    done = context.validation_definitions.add(gx.ValidationDefinition(name="v", data=batch, suite=suite))
    assert done.run(batch_parameters={"dataframe": frame}).success
    return time.perf_counter() - started
print("SECONDS", min(check() for _ in range(5)))
"""
EVIDENTLY = """
import sys, time
import pandas as pd
from evidently import Report
from evidently.presets import DataDriftPreset
def check():
    started = time.perf_counter()
    frame = pd.read_parquet(sys.argv[1]).drop(columns=["id"])
    half = len(frame) // 2
    Report([DataDriftPreset()]).run(frame.iloc[:half], frame.iloc[half:])
    return time.perf_counter() - started
print("SECONDS", min(check() for _ in range(2)))
"""


def expectations(path: Path) -> float:
    """Seconds for the same 59 expectations as rules and checks: nulls, single values, ranges, sets, keys and duplicate rows."""
    ranges = [Expectation(rule="range", columns=[name], low=-1e9, high=1e9) for name in names("xk")]
    sets = [Expectation(rule="allowed_set", columns=[name], values=[f"kind {n}" for n in range(20)]) for name in names("c")]
    codes = {"T01", "T03", "T08", "T09", "T21", "T23"}
    which = tuple(check for check in checks.CHECKS if check.code in codes)
    return ours(path, which, checks.Plan(id="id", expectations=(*ranges, *sets)))


def names(first: str) -> list[str]:
    """Return the columns of the file that begin with one of these letters and a number."""
    many = {"x": 10, "k": 3, "c": 4}
    return [f"{letter}{n}" for letter in first for n in range(many[letter])]


def halves(path: Path) -> float:
    """Seconds that the drift of the second half against the first takes, from the file on; the best of several."""
    taken = []
    for rows in (20, *[None] * TIMES):
        started = time.perf_counter()
        table = read(path).drop_columns(["id"]).slice(0, rows)
        drift(table.slice(0, len(table) // 2), table.slice(len(table) // 2))
        taken.append(time.perf_counter() - started)
    return min(taken[1:])


PARTS = [("great_expectations", GREAT_EXPECTATIONS, expectations, 4), ("evidently", EVIDENTLY, halves, 12)]


@pytest.mark.parametrize(("name", "program", "part", "least"), PARTS)
def test_faster_than_peers_on_their_part(million, name, program, part, least):
    """Both from the file to the answer, the best of several, programs started and their imports done."""
    python = PEERS / name / "bin" / "python"
    if not python.exists():
        pytest.skip(f"there is no environment of {name} in GROUNDWORK_PEERS")
    done = subprocess.run([python, "-W", "ignore", "-c", program, str(million)], capture_output=True, text=True, check=True)
    seconds = float(next(line for line in done.stdout.splitlines() if line.startswith("SECONDS")).split()[1])
    mine = part(million)
    print(f"\n{name} {seconds:.2f} s, the same part here {mine:.2f} s, ratio {seconds / mine:.1f}")
    assert seconds / mine >= least
