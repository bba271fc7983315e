"""The report in a real browser, without a network: it opens, draws, fits a phone, and prints."""

import re
from datetime import date

import pytest

from components import words
from components.deployment.plan import Plan
from components.deployment.rehearsal import rehearse
from components.project.decisions import Decision
from components.report.html import FIRST_ROWS, MOST_ROWS, html
from components.report.work import written
from components.scoping.milestones import Milestone
from components.scoping.records import Problem, Solution
from tests.browsing import tab, violations


@pytest.fixture
def report(store, files, project, tmp_path):
    """The report of a project with a ranking and a rollout, as a file."""
    store.put(project.id, Problem(statement="Forms wait two days; 表格要等两天; 帳票が待つ; 양식이 기다린다"), person="ana", id="p")
    store.put(project.id, Solution(problem="p", title="Recogniser", reach=9, impact=2.0, confidence=0.8, effort=3), person="ana", id="s")
    for name in ("Form", "Reading service", *(f"Idea {number}" for number in range(MOST_ROWS))):
        store.put(
            project.id, Solution(problem="p", title=name, reach=1, impact=1.0, confidence=0.5, effort=3), person="ana", id=words.slug(name)
        )
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
        assert violations(page) == []


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


def test_a_long_table_is_folded_on_screen_and_whole_on_paper(report, opened_browser):
    with tab(opened_browser, width=390, offline=True) as page:
        page.goto(report.as_uri())
        ideas = page.locator(".long").first
        rows = ideas.locator("tbody tr:visible")
        assert rows.count() == FIRST_ROWS
        assert ideas.locator("thead").is_hidden()  # a row is a paragraph, each cell with its name
        ideas.get_by_text(f"All {MOST_ROWS + 3} rows").click()
        assert rows.count() == MOST_ROWS + 3
        ideas.get_by_text(f"All {MOST_ROWS + 3} rows").click()
        page.emulate_media(media="print")
        assert rows.count() == MOST_ROWS + 3


def test_the_page_for_stakeholders_is_one_page_however_much_there_is(report, opened_browser, store, files, project):
    for number in range(12):
        title = f"{number}. " + "a long title, of which nobody needs the end " * 5
        store.put(project.id, Decision(title=title[:200], on=date(2026, 10, 1), dissent=title[:200]), person="ana", id=f"d{number}")
        store.put(project.id, Milestone(title=title[:200], owner="Ana", due=date(2027, 1, 29)), person="ana", id=f"m{number}")
    with tab(opened_browser) as page:
        page.set_content(written(store, files, project.id, "brief").decode())
        assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1
