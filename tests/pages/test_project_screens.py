"""The overview, the report, and everything of a project to take along."""

import json

import pytest

from components.project.exchange import export
from components.project.target import Target
from components.report.records import Report
from components.scoping.records import Problem
from tests.pages.conftest import finished

pytestmark = [pytest.mark.xdist_group("workers")]


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()


def test_the_overview_leads_to_the_next_step(tab, installation):
    app = tab.open("project/overview")
    assert tab.answer == "Nothing is written down yet."
    press(app, "Do it now")
    tab.whole()
    assert "What is worth solving" in tab.text


def test_the_report_is_made_by_a_worker_and_previewed(tab, installation):
    store = installation.store()
    store.save(tab.project_id, Problem(statement="Forms wait <script>alert(1)</script>"), person="ana")
    app = tab.open("project/report")
    app.button(key="report.make").click().run()
    tab.whole()
    assert finished(store, tab.project_id)[0].state == "done"
    tab.open("project/report")
    made = store.get(tab.project_id, Report, "report").body
    content = installation.files().read(made.file).decode()
    assert "&lt;script&gt;" in content
    assert "<script" not in content
    assert tab.answer.startswith("One file of ")


def test_a_project_is_imported_from_its_export(tab, installation):
    store, files = installation.store(), installation.files()
    store.save(tab.project_id, Target(value=0.9), person="ana", id="target")
    text = json.dumps(export(store, files, tab.project_id)).encode()
    app = tab.open("project/people_and_files")
    app.file_uploader(key="people_and_files.import").set_value(("project.json", text, "application/json")).run()
    press(app, "Import it")
    tab.whole()
    assert len(store.projects()) == 2
    assert {store.get(one.id, Target, "target").body.value for one in store.projects()} == {0.9}


@pytest.mark.parametrize(("content", "said"), [(b"{", "its JSON is damaged"), (b"{}", "isn't a project"), (b"\xff\xfe", "damaged")])
def test_a_damaged_project_is_refused_and_changes_nothing(tab, installation, content, said):
    app = tab.open("project/people_and_files")
    app.file_uploader(key="people_and_files.import").set_value(("project.json", content, "application/json")).run()
    press(app, "Import it")
    tab.whole()
    assert said in tab.text
    assert len(installation.store().projects()) == 1


def test_a_project_is_renamed_and_deleted(tab, installation):
    app = tab.open("project/people_and_files")
    app.text_input(key="people_and_files.name.Reading forms").set_value("Reading parcels")
    press(app, "Rename")
    assert installation.store().project(tab.project_id).name == "Reading parcels"
    app = tab.open("project/people_and_files")
    app.button(key="people_and_files.delete_it").click().run()
    tab.whole()
    assert installation.store().projects() == []
