"""The screen of the checks, with a real worker behind it."""

import pandas as pd
import pytest

from components.data.records import CheckRun
from components.data.work import ingest
from components.jobs.work import Work
from tests.pages.conftest import finished

pytestmark = [pytest.mark.xdist_group("workers")]
ROWS = "components.data.work:rows_concerned"


@pytest.fixture
def brought(tab, installation):
    """Bring a table in, in this process."""

    def bring(frame, **params):
        file = installation.files().put(frame.to_csv(index=False).encode())
        params = {"name": "orders.csv", "file": file, **params}
        return ingest(Work(installation.store(), installation.files(), installation.settings(), tab.project_id, params, "ana"))

    return bring


def orders(**changes):
    columns = {"key": range(40), "size": [n / 7 for n in range(40)], "label": [["a", "b"][n % 2] for n in range(40)]}
    return pd.DataFrame({**columns, **changes})


def press(app, label):
    next(button for button in app.button if button.label.replace("\\", "") == label).click().run()


def test_what_to_fix_is_the_answer_and_each_card_says_what_to_do(tab, brought):
    brought(orders(size=[0, 0, *range(2, 40)]), id_column="key")
    tab.open("data/checks")
    assert tab.answer == "1 thing to fix before you train."
    assert "Conflicting labels: label" in tab.text
    assert "Judge these rows again together" in tab.text
    assert "L01" in tab.text


def test_the_rows_concerned_are_found_once_and_shown(tab, brought, installation, open_tab):
    brought(orders(size=[None] * 9 + list(range(31))), id_column="key")
    tab.open("data/checks")
    (job,) = finished(installation.store(), tab.project_id, ROWS)
    assert job.state == "done"
    app = tab.open("data/checks")
    rows = app.dataframe[-1].value
    assert list(rows["row"]) == list(range(1, 10))
    other = open_tab(tab.project_id)
    assert len(other.open("data/checks").dataframe[-1].value) == 9
    assert len(installation.store().jobs(tab.project_id, ROWS)) == 1


def test_another_check_can_be_looked_at(tab, brought, installation):
    brought(orders(size=[None] * 3 + list(range(37)), label=["a"] * 39 + [None]), id_column="key")
    app = tab.open("data/checks")
    assert tab.answer == "2 things to fix before you train."
    press(app, "1 row")
    finished(installation.store(), tab.project_id, ROWS)
    app = tab.open("data/checks")
    assert "L03 label" in tab.text
    assert list(app.dataframe[-1].value["row"]) == [40]


def test_many_columns_of_one_check_are_all_within_reach(tab, brought):
    brought(orders(**{f"gap {n}": [None] * 20 + list(range(20)) for n in range(6)}), id_column="key")
    app = tab.open("data/checks")
    assert sum(button.label.startswith("gap") for button in app.button) == 6


def test_good_data_can_be_trained_on(tab, brought):
    brought(orders(), id_column="key")
    tab.open("data/checks")
    assert tab.answer == "You can train on this: every check that applies has passed."
    assert "Nothing to fix" in tab.text
    assert "No row is concerned." in tab.text


def test_thresholds_stand_in_the_table_of_all_results(tab, brought):
    brought(orders(), id_column="key")
    app = tab.open("data/checks")
    table = next(one.value for one in app.dataframe if "threshold" in one.value.columns)
    assert table.set_index("code").loc["T01", "threshold"].max() == 0.05


def test_checking_again_runs_and_shows_the_new_result(tab, brought, installation):
    version = brought(orders(), id_column="key")["data_version"]
    app = tab.open("data/checks")
    press(app, "Check again")
    tab.whole()
    finished(installation.store(), tab.project_id, "components.data.work:check")
    assert installation.store().get(tab.project_id, CheckRun, version).version == 2
    tab.open("data/checks")


def test_a_version_that_nobody_checked_offers_to(tab, brought, installation):
    version = brought(orders(), id_column="key")["data_version"]
    record = installation.store().get(tab.project_id, CheckRun, version)
    installation.store().delete(tab.project_id, CheckRun, version, read=record.version, person="ana")
    app = tab.open("data/checks")
    assert "has not been checked yet" in tab.text
    press(app, "Check it")
    finished(installation.store(), tab.project_id, "components.data.work:check")
    tab.open("data/checks")
    assert "train" in tab.answer


def test_names_of_columns_are_text(tab, brought):
    brought(orders(**{"**bold** <script>alert(1)</script> [x](http://x)": [None] * 20 + list(range(20))}), id_column="key")
    tab.open("data/checks")
    assert "<script>alert(1)</script>" in tab.text
