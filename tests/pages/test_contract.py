"""Rules taken along as a contract and brought in from one, on the screen of the checks."""

import pandas as pd
import pytest

from components.data.contract import to_odcs
from components.data.records import Expectation
from components.data.work import ingest
from components.jobs.work import Work
from components.project.data_sets import DataSet
from tests.pages.conftest import finished

pytestmark = [pytest.mark.xdist_group("workers")]


@pytest.fixture
def data_set(tab, installation):
    """The id of a data set with one rule."""
    frame = pd.DataFrame({"size": [n / 7 for n in range(40)], "kind": ["a", "b"] * 20})
    file = installation.files().put(frame.to_csv(index=False).encode())
    work = Work(installation.store(), installation.files(), installation.settings(), tab.project_id, {"name": "a.csv", "file": file}, "ana")
    ingest(work)
    id_ = installation.store().all(tab.project_id, DataSet)[0].id
    rule = Expectation(data_set=id_, rule="determines", columns=["size"], determined="kind")
    installation.store().put(tab.project_id, rule, person="ana", id=rule.id)
    return id_


def upload(tab, text, name="rules.odcs.yaml"):
    app = tab.open("data/checks")
    next(one for one in app.file_uploader if one.key.startswith("checks.contract.upload")).set_value(
        (name, text.encode(), "text/yaml")
    ).run()
    tab.whole()
    return app


def test_rules_can_be_taken_along_and_what_is_lost_is_named(tab, data_set):
    app = tab.open("data/checks")
    assert {one.label for one in app.get("download_button")} >= {"ODCS 3", "Great Expectations", "Pandera", "dbt"}
    assert "1 rule as a data contract" in tab.text
    assert "size determines kind: Pandera has no such check" in tab.text


def test_rules_come_in_are_checked_and_say_what_was_not_understood(tab, data_set, installation):
    store = installation.store()
    text = to_odcs([Expectation(rule="range", columns=["size"], high=5)]).replace(
        "    quality:\n", "    quality:\n    - {type: sql, query: SELECT 1, mustBe: 1}\n", 1
    )
    upload(tab, text)
    kept = {one.body.rule: one.body for one in store.all(tab.project_id, Expectation)}
    assert set(kept) == {"determines", "range"}
    assert (kept["range"].high, kept["range"].data_set) == (5, data_set)
    finished(store, tab.project_id, "components.data.work:check")
    tab.open("data/checks")
    assert "Not understood: size: a rule in SQL of another tool" in tab.text
    assert "size is at most 5" in tab.text


def test_a_contract_that_unfolds_changes_nothing(tab, data_set, installation):
    upload(tab, "kind: DataContract\napiVersion: v3.1.0\na: &a [1]\nb: [*a, *a]\n")
    assert "names for its parts" in tab.text
    assert len(installation.store().all(tab.project_id, Expectation)) == 1
