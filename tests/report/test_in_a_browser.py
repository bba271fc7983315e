"""The report in a real browser, without a network: it opens, draws, fits a phone, and prints."""

import re

import pytest

from components.deployment.plan import Plan
from components.deployment.rehearsal import rehearse
from components.report.html import html
from components.scoping.records import Problem, Solution
from tests.browsing import tab


@pytest.fixture
def report(store, files, project, tmp_path):
    """The report of a project with a ranking and a rollout, as a file."""
    store.put(project.id, Problem(statement="Forms wait two days; 表格要等两天; 帳票が待つ; 양식이 기다린다"), person="ana", id="p")
    store.put(project.id, Solution(problem="p", title="Recogniser", reach=9, impact=2.0, confidence=0.8, effort=3), person="ana", id="s")
    store.put(project.id, rehearse(Plan(), 2.0, runs=200).record(), person="ana", id="rollout")
    path = tmp_path / "report.html"
    path.write_text(html(store, files, project.id), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [1200, 390])
def test_it_opens_offline_and_fits(report, opened_browser, width):
    with tab(opened_browser, width=width, offline=True) as page:
        asked, complaints = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None)
        page.goto(report.as_uri())
        assert page.locator("h1").inner_text() == "Handwriting"
        assert page.locator("svg[role=img]").count() >= 2
        assert page.locator("svg[role=img]").first.bounding_box()["width"] > 250
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
        assert asked == [report.as_uri()]
        assert complaints == []


def test_it_prints(report, opened_browser):
    with tab(opened_browser) as page:
        page.goto(report.as_uri())
        printed = page.pdf(format="A4")
        assert printed.startswith(b"%PDF")
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) >= 4


def test_on_paper_no_table_is_cut_off(report, opened_browser):
    wide = "<table class='many'><tr>" + "".join(f"<td>part {n}</td>" for n in range(13)) + "</tr></table>"
    report.write_text(report.read_text(encoding="utf-8").replace("<footer>", f"{wide}<footer>"), encoding="utf-8")
    with tab(opened_browser, width=688) as page:  # what A4 leaves between its margins
        page.emulate_media(media="print")
        page.goto(report.as_uri())
        assert page.evaluate("[...document.querySelectorAll('table')].every(one => one.getBoundingClientRect().right <= innerWidth + 1)")
