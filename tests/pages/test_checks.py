"""The screen of the checks, with a real worker behind it."""

import pandas as pd
import pytest

from components.data.records import CheckRun
from components.data.work import check, ingest
from components.jobs.work import Cancelled, Work
from tests.pages.conftest import finished, plain

pytestmark = [pytest.mark.xdist_group("workers")]
ROWS = "components.data.work:rows_concerned"
CHECK = "components.data.work:check"


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


def test_a_check_that_is_stopped_leaves_the_last_result_and_says_so(tab, brought, installation, monkeypatch):
    version, store = brought(orders(), id_column="key")["data_version"], installation.store()

    def never_ends(_, project_id, task, params, title, person):
        store.start_job(job := store.add_job(project_id, task, params, title, person, "a server"))
        return job

    monkeypatch.setattr(type(installation.runner()), "submit", never_ends)
    app = tab.open("data/checks")
    before = store.get(tab.project_id, CheckRun, version)
    press(app, "Check again")
    tab.whole()
    assert next(button for button in app.button if button.label == "Check again").disabled
    press(app, "Stop")
    tab.whole()
    assert [plain(one.value) for one in app.toast] == ["Stopped: Checking. Nothing unfinished was saved."]
    (job,) = store.jobs(tab.project_id, CHECK)
    assert job.state == "cancelled"
    with pytest.raises(Cancelled):
        check(Work(store, installation.files(), installation.settings(), tab.project_id, {"data_version": version}, "ana", job.id))
    assert store.get(tab.project_id, CheckRun, version) == before
    assert not next(button for button in tab.open("data/checks").button if button.label == "Check again").disabled


def test_names_of_columns_are_text(tab, brought):
    brought(orders(**{"**bold** <script>alert(1)</script> [x](http://x)": [None] * 20 + list(range(20))}), id_column="key")
    tab.open("data/checks")
    assert "<script>alert(1)</script>" in tab.text


def test_a_threshold_is_changed_with_a_reason_and_kept_with_the_next_report(tab, brought, installation):
    version = brought(orders(size=[None] * 4 + list(range(36)), extra=[n * 7919 % 97 / 3 for n in range(40)]), id_column="key")[
        "data_version"
    ]
    app = tab.open("data/checks")
    assert tab.answer == "1 thing to fix before you train."
    app.selectbox(key="checks.threshold.code").select("T01").run()
    app.number_input(key="checks.threshold.T01.0.threshold").set_value(0.2)
    press(app, "Save")
    assert "Why is missing" in tab.text
    app.text_area(key="checks.threshold.T01.0.reason").set_value("The sensor is off at night.")
    press(app, "Save")
    tab.whole()
    finished(installation.store(), tab.project_id, CHECK)
    run = installation.store().get(tab.project_id, CheckRun, version).body
    assert run.thresholds == [{"schema_version": 1, "code": "T01", "threshold": 0.2, "reason": "The sensor is off at night."}]
    app = tab.open("data/checks")
    assert tab.answer == "You can train on this: every check that applies has passed."
    assert "The sensor is off at night." in tab.text
    press(app, "Default")
    finished(installation.store(), tab.project_id, CHECK)
    tab.open("data/checks")
    assert tab.answer == "1 thing to fix before you train."


def test_a_rule_is_added_checked_and_deleted(tab, brought, installation):
    brought(orders(), id_column="key")
    app = tab.open("data/checks")
    app.selectbox(key="checks.rule.range.0.column").select("size")
    press(app, "Add the rule")
    assert "needs a least or a largest value" in tab.text
    app.text_input(key="checks.rule.range.0.high").set_value("5.1")
    press(app, "Add the rule")
    tab.whole()
    finished(installation.store(), tab.project_id, CHECK)
    app = tab.open("data/checks")
    assert tab.answer == "1 thing to fix before you train."
    assert "size is at most 5.1" in tab.text
    assert "broken by 4 rows" in tab.text
    press(app, "Delete")
    finished(installation.store(), tab.project_id, CHECK)
    tab.open("data/checks")
    assert tab.answer == "You can train on this: every check that applies has passed."


def test_what_no_row_may_be_is_said_in_lines_and_checked(tab, brought, installation):
    brought(orders(word=["ape", "bee", "cow", "dog"] * 10), id_column="key")
    app = tab.open("data/checks")
    app.selectbox(key="checks.rule.sort").select("never").run()
    press(app, "Add the rule")
    assert "the rule needs a condition" in tab.text.lower()
    app.selectbox(key="checks.rule.never.0.condition.0.column").select("word").run()
    app.text_input(key="checks.rule.never.0.condition.0.value").set_value("bee").run()
    press(app, "And another")
    app.selectbox(key="checks.rule.never.0.condition.1.column").select("size").run()
    app.selectbox(key="checks.rule.never.0.condition.1.operator").select("above").run()
    app.text_input(key="checks.rule.never.0.condition.1.value").set_value("5").run()
    press(app, "Add the rule")
    tab.whole()
    finished(installation.store(), tab.project_id, CHECK)
    tab.open("data/checks")
    assert "Rows that should not be" in tab.text
    assert "no row may be so: word is bee and size above 5" in tab.text


def test_leaks_are_pointed_out_first(tab, brought):
    brought(orders(split=["train", "test"] * 20, size=[n // 2 for n in range(40)]), id_column="key")
    tab.open("data/checks")
    assert "A leak: duplicate rows across splits." in tab.text
    assert "Stop the leaks" in tab.text


def test_rows_concerned_can_be_filtered(tab, brought, installation):
    brought(orders(size=[None] * 9 + list(range(31)), word=["ape", "bee", "cow", "dog"] * 10), id_column="key")
    tab.open("data/checks")
    finished(installation.store(), tab.project_id, ROWS)
    app = tab.open("data/checks")
    app.text_input(key="checks.filter.T01.size").set_value("BEE").run()
    assert "2 rows of 9" in tab.text
    assert list(app.dataframe[-1].value["row"]) == [2, 6]
