"""One journey through each phase, as a team would walk it, in a real browser."""

import re

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import expect

from components.data.records import AgreementRun, CheckRun
from components.deployment.records import RolloutPlan, RolloutRun
from components.modelling.records import HumanLevelRun, Leaderboard
from components.project.data_sets import DataSet
from components.readiness.records import ChecklistAnswer
from components.scoping.records import PriorWork, Problem, Solution
from tests.browsing import tab, visit, wait_drawn

JOB = 120_000
BROUGHT = "input[type=file]"


@pytest.fixture
def churn(tmp_path):
    """A table with a duplicate row and missing cells, and something to predict."""
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(
        {"age": rng.integers(18, 80, 200), "visits": rng.poisson(4, 200).astype(float), "city": rng.choice(["Lyon", "Oslo"], 200)}
    )
    frame["churned"] = np.where(frame["visits"] < 4, "yes", "no")
    frame.loc[:29, "visits"] = np.nan
    path = tmp_path / "churn.csv"
    pd.concat([frame, frame.iloc[[150, 151]]]).to_csv(path, index=False)
    return path


@pytest.fixture
def judgements(tmp_path):
    """Labels by three people, with an expert's."""
    rng = np.random.default_rng(1)
    gold = rng.choice(["clear", "blurred"], 60)
    rows = [
        {"item": f"i{number}", "annotator": name, "label": label if rng.random() < 0.97 else "blurred", "gold": label}
        for number, label in enumerate(gold)
        for name in ("ana", "ben", "chioma")
    ]
    path = tmp_path / "labels.csv"
    pd.DataFrame(rows).to_csv(path, index=False)
    return path


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()


def fill(page, label, text):
    page.get_by_label(label, exact=True).first.fill(text)


def test_scoping_from_a_new_project_to_a_ranking(served, server_store, page):
    visit(page, served.url)
    page.get_by_label("Name of a new project").last.fill("Churn early warning")
    page.locator(".st-key-card_new").get_by_role("button", name="New project").click()
    page.wait_for_url("**/overview?project=*")
    project = re.search(r"project=([\w-]+)", page.url).group(1)
    expect(page.get_by_text("Write down a problem").first).to_be_visible()
    visit(page, f"{served.url}/problems-and-solutions?project={project}")
    fill(page, "What do you wish worked better?", "Customers leave before anybody notices")
    press(page, "Add the problem")
    expect(page.get_by_text("Customers leave before anybody notices")).to_be_visible()
    for title in ("Call everybody who did not come for a month", "A model that ranks who may leave"):
        if not page.get_by_label("Solution", exact=True).first.is_visible():
            press(page, "Add a solution")
        fill(page, "Solution", title)
        press(page, "Add it")
        expect(page.get_by_text(title)).to_be_visible()
    assert [one.body.statement for one in server_store.all(project, Problem)] == ["Customers leave before anybody notices"]
    ideas = server_store.all(project, Solution)
    assert len(ideas) == 2
    for record, effort in zip(ideas, (1.0, 6.0), strict=True):
        rated = record.body.model_copy(update={"reach": 100.0, "impact": 2.0, "confidence": 0.8, "effort": effort})
        server_store.save(project, rated, person="nobody", id=record.id, read=record.version)
    visit(page, f"{served.url}/assessment?project={project}")
    expect(page.locator("h1").first).to_contain_text("Call everybody who did not come for a month")


def test_prior_work_is_held_against_the_target(served, server_store, empty_project, page):
    visit(page, f"{served.url}/prior-work?project={empty_project}")
    press(page, "Add a result")
    fill(page, "Who and what", "Churn in telecoms, a survey")
    page.locator("[class*='st-key-prior_work-new'][class*='-score'] input").fill("0.91")
    press(page, "Add it")
    expect(page.get_by_text("Churn in telecoms, a survey").first).to_be_attached()
    assert [one.body.score for one in server_store.all(empty_project, PriorWork)] == [0.91]


def test_data_are_brought_checked_and_modelled(served, server_store, empty_project, churn, page):
    visit(page, f"{served.url}/data-sets?project={empty_project}")
    page.locator(BROUGHT).first.set_input_files(churn)
    press(page, "Read and check it")
    expect(page.get_by_role("heading", name=re.compile("202 rows")).first).to_be_visible(timeout=JOB)
    [record] = server_store.all(empty_project, DataSet)
    said = record.body.model_copy(update={"target": "churned"})
    server_store.save(empty_project, said, person="nobody", id=record.id, read=record.version)
    visit(page, f"{served.url}/checks?project={empty_project}")
    expect(page.get_by_text("Missing values").first).to_be_attached(timeout=JOB)
    expect(page.get_by_text("T08").first).to_be_visible(timeout=JOB)
    page.locator("[class*='st-key-checks-rows-T08'] button").first.click()
    wait_drawn(page)  # until then the rows of the check before stand there
    expect(page.get_by_role("button", name=re.compile("Download .* rows")).first).to_be_visible(timeout=JOB)
    wait_drawn(page)
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("Download .* rows")).first.click()
    assert len(pd.read_csv(download.value.path())) >= 2
    assert server_store.all(empty_project, CheckRun)
    visit(page, f"{served.url}/baselines?project={empty_project}")
    press(page, "Run quick models")
    expect(page.locator("h1").first).to_contain_text("reached by", timeout=JOB)
    wait_drawn(page)
    board = server_store.all(empty_project, Leaderboard)[0].body
    assert board.finished
    assert len(board.models) >= 3
    page.reload()
    expect(page.locator("h1").first).to_contain_text("reached by")


def test_labels_are_brought_and_measured(served, server_store, empty_project, judgements, page):
    visit(page, f"{served.url}/labels?project={empty_project}")
    page.locator(BROUGHT).first.set_input_files(judgements)
    press(page, "Measure the agreement")
    expect(page.get_by_text("Agreement beyond chance")).to_be_visible(timeout=JOB)
    agreement = server_store.all(empty_project, AgreementRun)[0].body
    assert agreement.alpha["value"] > 0.8
    visit(page, f"{served.url}/human-level?project={empty_project}")
    if page.get_by_role("button", name="Measure human level").count():
        press(page, "Measure human level")
    expect(page.get_by_text("How good are people, and are we there?")).to_be_visible()
    expect(page.locator("[data-testid=stVegaLiteChart]").first).to_be_visible()
    assert server_store.all(empty_project, HumanLevelRun)[0].body.items == 60


def test_a_rollout_is_rehearsed_and_saved_and_the_checklist_answered(served, server_store, empty_project, page):
    visit(page, f"{served.url}/rollout?project={empty_project}")
    expect(page.locator("[data-testid=stVegaLiteChart]").first).to_be_visible()
    press(page, "Save this plan")
    expect(page.get_by_text("not saved yet")).to_have_count(0)
    wait_drawn(page)
    assert server_store.all(empty_project, RolloutPlan)
    assert server_store.all(empty_project, RolloutRun)[0].body.simulated
    visit(page, f"{served.url}/checklist?project={empty_project}")
    page.get_by_role("radio", name="automated").first.or_(page.get_by_role("button", name="automated").first).first.click()
    page.wait_for_timeout(1500)
    wait_drawn(page)
    answers = server_store.all(empty_project, ChecklistAnswer)
    assert [one.body.state for one in answers] == ["automated"]


def test_a_report_is_made_and_opens_with_the_network_off(served, example, opened_browser, page, tmp_path):
    visit(page, f"{served.url}/report?project={example}")
    page.get_by_role("button", name=re.compile("Make (the report|it again)")).click()
    ready = page.get_by_role("button", name="Download the report")
    expect(ready).to_be_visible(timeout=JOB)
    with page.expect_download() as download:
        ready.click()
    file = tmp_path / "report.html"
    download.value.save_as(file)
    asked = []
    with tab(opened_browser) as offline:
        offline.context.set_offline(True)
        offline.on("request", lambda request: asked.append(request.url))
        offline.goto(file.as_uri())
        expect(offline.get_by_text("Handwriting recognition").first).to_be_visible()
        assert offline.locator("svg").count() >= 4
        assert offline.get_by_text(re.compile("simulated", re.IGNORECASE)).count() >= 1
        assert offline.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert "<script" not in file.read_text(encoding="utf-8")


def test_a_dropped_file_is_answered_on_one_screen_and_can_be_kept(served, server_store, churn, page):
    visit(page, f"{served.url}/quick-check")
    page.locator(BROUGHT).first.set_input_files(churn)
    page.wait_for_url("**/quick-check?project=*", timeout=JOB)
    project = re.search(r"project=([\w-]+)", page.url).group(1)
    expect(page.get_by_text("T08").first).to_be_visible(timeout=JOB)
    assert project not in [one.id for one in server_store.projects()]
    press(page, "Keep it as a project")
    page.wait_for_url("**/overview?project=*")
    assert project in [one.id for one in server_store.projects()]


def test_an_empty_file_is_refused_with_a_sentence(served, page, tmp_path):
    empty = tmp_path / "empty.csv"
    empty.write_text("")
    visit(page, f"{served.url}/quick-check")
    page.locator(BROUGHT).first.set_input_files(empty)
    expect(page.get_by_text(re.compile("empty", re.IGNORECASE)).first).to_be_visible(timeout=JOB)
    expect(page.get_by_text("Nothing was saved.").first).to_be_visible(timeout=JOB)
