"""Baselines out of prior work and pasted tables, and the line that is promised."""

from datetime import date

import pytest

from components.errors import BadInput
from components.modelling.records import Baseline
from components.project.target import Target
from components.readiness.baselines import from_prior_work, offered, read, target_line, written
from components.scoping.milestones import Milestone, Promise
from components.scoping.records import PriorWork

TABLE = """Name,Kind,Value,Metric,n,Comparable,Reason,Status,Date,Shoe size
Vendor A,competitor's product,97.2 %,accuracy,,no,no test set named,claimed,,44
Ours of 2024,previous system,"0,953",accuracy,500,yes,,reproduced,2026-01-31,
ROVER,open source,0.116,word error rate,2939,no,,,,
Broken,literature,lots,accuracy,,,,,,
"""


def test_a_table_is_read_and_what_cannot_be_taken_spoils_nothing():
    found = read("results.csv", TABLE)
    vendor, ours, rover = found.entries
    assert (vendor.source_kind, vendor.value, vendor.why_not) == ("product", 0.972, "no test set named")
    assert (ours.value, ours.n, ours.comparable, ours.status, ours.measured_on) == (0.953, 500, True, "reproduced", date(2026, 1, 31))
    assert (rover.direction, rover.source_kind) == ("lower", "open source")
    assert found.unknown == ["Shoe size"]
    assert found.refused == ["Line 5: the value “lots” isn't a number"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("x,accuracy,97.2,", "An accuracy lies between 0 and 1"),
        ("x,accuracy,.9,perhaps", "“perhaps” under comparable: write yes or no"),
    ],
)
def test_rows_that_cannot_be_say_why(row, said):
    assert said in read("pasted", f"name,metric,value,comparable\n{row}").refused[0]


def test_a_table_without_values_is_refused():
    with pytest.raises(BadInput, match="has no column “value”"):
        read("pasted", "name,metric\nx,accuracy")


def test_prior_work_is_offered_until_it_is_taken(store, project):
    work = PriorWork(title="LeNet-5", score=0.0095, metric="error", direction="lower", data="MNIST", year=1998, hardware="a CPU")
    record = store.save(project.id, work, person="ana", id="lenet")
    assert [one.id for one in offered(store, project.id)] == ["lenet"]
    body = from_prior_work(record)
    assert (body.source_kind, body.direction, body.comparable, body.why_not, body.compute) == (
        "literature",
        "lower",
        False,
        "on MNIST",
        "a CPU",
    )
    store.save(project.id, body, person="ana")
    assert offered(store, project.id) == []
    people = store.save(project.id, PriorWork(title="People", score=97.5, metric="accuracy", people=True), person="ana")
    assert (from_prior_work(people).source_kind, from_prior_work(people).value) == ("human level", 0.975)


def test_the_line_is_the_targets_or_the_next_promise(store, project):
    assert target_line(store, project.id, "accuracy") is None
    for id_, day, value in (("late", 20, 0.99), ("soon", 10, 0.97)):
        store.save(project.id, Milestone(title=id_, due=date(2027, 1, day)), person="ana", id=id_)
        store.save(project.id, Promise(milestone=id_, metric="Accuracy", value=value), person="ana")
    assert target_line(store, project.id, "accuracy") == (0.97, "promised for “soon”:")
    assert target_line(store, project.id, "R²") is None
    store.save(project.id, Target(value=0.985), person="ana", id="target")
    assert target_line(store, project.id, "accuracy") == (0.985, "target")


def test_written_with_what_is_known():
    body = Baseline(name="x", value=12.5, metric="MAE", unit="cm", direction="lower", data="Ours", split="test", n=10)
    assert written(body) == "MAE 12.50 cm, literature, claimed, Ours test, 10 items"
