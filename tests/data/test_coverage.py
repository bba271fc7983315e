"""Important cases: what a width takes, what is there, what to collect."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from components.data.condition import Clause, Condition
from components.data.coverage import count_cases, coverage_answer, coverage_table, needed, next_batch, slices_table
from components.data.coverage_work import measure
from components.data.records import CoverageRun, ImportantCase
from components.data.work import ingest
from components.jobs.work import Work
from components.project.data_sets import DataSet

FRAME = pd.DataFrame(
    {
        "age": [10, 85, 90, 20, 81],
        "tags": ["night", "night, rain", None, "rain", "Night"],
        "split": ["train", "test", "test", "train", "train"],
        "label": ["a", "a", "b", "b", None],
    }
)


def where(*clauses):
    return Condition(clauses=tuple(Clause(column=c, operator=o, value=v) for c, o, v in clauses))


@pytest.mark.parametrize(("width", "expected"), [(0.1, 0.9), (0.02, 0.95), (0.3, 0.5), (0.05, 1.0)])
def test_what_a_width_takes_is_what_statsmodels_gives(width, expected):
    def wide(n):
        low, high = proportion_confint(expected * n, n, method="wilson")
        return high - low

    n = needed(width, expected)
    assert wide(n) <= width < wide(n - 1)


def test_cases_are_counted_in_one_scan_by_part_and_label():
    cases = {
        "old": where(("age", "at least", "80")),
        "night": where(("tags", "has the tag", "night")),
        "none": where(("age", "above", "99")),
    }
    found = count_cases(FRAME, cases, "split", "label")
    assert found["old"] == {"have": 3, "tested": 2, "labels": {"a": 1, "b": 1, "–": 1}}
    assert (found["night"]["have"], found["night"]["tested"]) == (3, 1)
    assert found["none"]["have"] == 0
    assert count_cases(FRAME, cases)["old"] == {"have": 3, "tested": None, "labels": {}}
    assert count_cases(FRAME, {}) == {}


def test_what_to_collect_is_what_is_lacking_the_most_first():
    cases = {
        "a": ImportantCase(data_set="s", name="Old", condition=where(("age", "at least", "80")), width=0.4),
        "b": ImportantCase(data_set="s", name="Night", condition=where(("tags", "has the tag", "night")), width=0.1),
    }
    run = CoverageRun(data_version="v", cases=count_cases(FRAME, {id_: case.condition for id_, case in cases.items()}), counted={})
    table = coverage_table(cases, run)
    assert table["name"].tolist() == ["Night", "Old"]
    assert table["collect"].tolist() == [needed(0.1, 0.9) - 3, needed(0.4, 0.9) - 3]
    assert coverage_answer(table) == f"2 of 2 important cases need more rows: “Night” {needed(0.1, 0.9) - 3}."
    assert next_batch(table)[0] == "138 more of “Night”: tags has the tag night"
    assert slices_table(cases, run)["case"].tolist() == ["Old", "Night"]
    assert coverage_answer(table.assign(collect=0)) == "All 2 important cases have enough rows to be sure of."


def test_the_job_counts_the_cases_of_its_data_set_and_says_which_do_not_fit(store, files, settings, project):
    def work(**params):
        return Work(store, files, settings, project.id, params, "ana")

    content = FRAME.assign(id=np.arange(5)).to_csv(index=False).encode()
    version = ingest(work(name="a.csv", file=files.put(content)))["data_version"]
    set_id = store.all(project.id, DataSet)[0].id
    for id_, name, condition, of in (
        ("old", "Old", where(("age", "at least", "80")), set_id),
        ("odd", "Odd", where(("gone", "is", "x")), set_id),
        ("other", "Other", where(("age", "at least", "1")), "another"),
    ):
        store.put(project.id, ImportantCase(data_set=of, name=name, condition=condition), person="ana", id=id_)
    assert measure(work(data_version=version)) == {"cases": 1}
    run = store.get(project.id, CoverageRun, version).body
    assert run.cases["old"]["tested"] == 2
    assert "no column “gone”" in run.refused["odd"]
    assert set(run.counted) == {"old", "odd"}
