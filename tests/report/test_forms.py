"""Every form of a report says the same, and each reads where it is meant to be read."""

import io
import socket
import zipfile
from datetime import date

import pandas as pd
import pytest
from huggingface_hub import ModelCard
from PIL import Image

from components.errors import BadInput
from components.jobs.work import Work
from components.project.decisions import Decision, Voice
from components.report import pdf as paper
from components.report.brief import brief, since
from components.report.markdown import plain, table
from components.report.parts import Source
from components.report.records import Report
from components.report.sections import measured
from components.report.work import FORMS, render, written
from components.scoping.milestones import Milestone
from components.scoping.records import Problem
from tests.report.test_html import HOSTILE, filled

__all__ = ["filled"]


@pytest.fixture
def source(store, files, project, filled):
    return Source(store, files, project.id)


def test_the_model_card_is_read_without_an_error_by_the_library_of_the_hub(store, files, project, filled):
    text = written(store, files, project.id, "card").decode()
    card = ModelCard(text)
    result = card.data.eval_results[0]
    assert result.metric_type == "accuracy"
    assert 0 < result.metric_value <= 1
    assert result.dataset_revision
    assert "95 % interval" in card.text


def test_the_card_of_an_empty_project_is_read_too(store, files, project):
    assert "Nothing has been measured yet." in ModelCard(written(store, files, project.id, "card").decode()).text


def test_markdown_says_what_the_html_says_and_nothing_in_it_comes_alive(store, files, project, filled):
    text = written(store, files, project.id, "markdown").decode()
    assert HOSTILE not in text
    assert plain(HOSTILE) in text
    assert "> Chart: " in text
    assert "## Modelling" in text
    assert "simulated" in text


def test_a_cell_breaks_no_table():
    lines = table(pd.DataFrame({"a|b": ["x|y\nz"], "n": [1234.4]}))
    assert lines == ["| a\\|b | n |", "| --- | --- |", "| x\\|y z | 1,234 |"]


def test_the_pdf_is_made_of_the_page_and_fetches_nothing(store, files, project, filled):
    assert written(store, files, project.id, "pdf").startswith(b"%PDF-")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/x"
        leak = f'<p>x</p><img src="{address}"><link rel="stylesheet" href="{address}"><a rel=attachment href="file:///etc/hosts">y</a>'
        assert paper.pdf(leak).startswith(b"%PDF-")
        with pytest.raises(TimeoutError):
            listening.accept()


def test_without_pango_and_browser_the_way_out_is_said(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("GROUNDWORK_BROWSER", raising=False)
    with pytest.raises(BadInput, match="print it as PDF"):
        paper.pdf("<p>x</p>")


def test_every_chart_is_there_as_svg_and_png(store, files, project, filled):
    with zipfile.ZipFile(io.BytesIO(written(store, files, project.id, "charts"))) as found:
        names = found.namelist()
        drawn = [name for name in names if name.endswith(".svg")]
        assert len(drawn) > 3
        assert {name.removesuffix(".svg") for name in drawn} == {name.removesuffix(".png") for name in names if name.endswith(".png")}
        with Image.open(io.BytesIO(found.read(drawn[0].replace(".svg", ".png")))) as picture:
            assert picture.width > 800


def test_one_page_holds_what_a_stakeholder_asks(source, store, project):
    store.put(project.id, Milestone(title="Pilot", owner="Ana", due=date(2027, 1, 29)), person="ana", id="m")
    against = [Voice(who="Ben", agrees=False)]
    store.put(project.id, Decision(title="Go on", on=date(2026, 10, 1), votes=against), person="ana", id="d1")
    store.put(project.id, Decision(title="Stop", on=date(2026, 11, 1)), person="ana", id="d2")
    page = brief(source, measured(source))
    tables = {part.title: part.tables[0].to_dict("records") for part in page.parts}
    assert list(tables) == ["", "What was measured", "What is promised", "What was decided", "What is open"]
    assert tables[""][0]["the target"] == "accuracy .985"
    assert tables["What is promised"][0]["due"] == "29 Jan 2027"
    assert [(row["decided"], row["open dissent"]) for row in tables["What was decided"]] == [("Stop", "–"), ("Go on", "against: Ben")]
    assert any("simulated" in note for part in page.parts for note in part.notes)


def test_what_changed_since_the_last_report_names_figures_and_edits(store, files, project, filled):
    source = Source(store, files, project.id)
    assert since(source, measured(source)).missing == "This is the first report."
    before = [{**row, "value": "0"} for row in measured(source)]
    sha = files.put(b"x")
    store.put(
        project.id,
        Report(file=sha, sections=[], made_on="2026-11-01", seq=store.seq(project.id), figures=before),
        person="ana",
        id="report",
    )
    store.save(project.id, Problem(statement="Forms wait"), person="ana")
    found = since(source, measured(source))
    assert found.answer.startswith("1 change since")
    moved, edited = found.parts
    assert len(moved.tables[0]) == len(before)
    assert edited.tables[0].to_dict("records") == [{"what": "problem", "added": 1, "changed": 0, "deleted": 0}]


def test_a_report_is_kept_in_every_form(store, files, settings, project, filled):
    render(Work(store, files, settings, project.id, {"sections": ["summary"], "forms": list(FORMS)}, "ana"))
    made = store.get(project.id, Report, "report").body
    assert set(made.also) == set(FORMS) - {"html"}
    assert made.notes == []
    assert made.figures
