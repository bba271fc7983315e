"""The report: one file, everything in it with interval and n, nothing of the outside but its sources, no script."""

import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest

from components.data.agreement_run import agreement_run
from components.data.records import CheckRun
from components.deployment.plan import Plan
from components.deployment.records import RolloutPlan
from components.deployment.rehearsal import rehearse
from components.errors import BadInput
from components.modelling.human_level_run import human_level_run
from components.modelling.records import Entry, Leaderboard
from components.project.data_sets import DataSet, DataVersion, LabelSet
from components.project.target import Target
from components.readiness.records import ChecklistAnswer
from components.report.html import cell, heading, html, is_wide, without_empty
from components.scoping.assessment.records import (
    Economics,
    ErrorMeasurement,
    EthicsAnswer,
    Feasibility,
    FeasibilityAnswer,
    LadderStep,
    Outcome,
)
from components.scoping.records import PriorWork, Problem, Solution
from components.stats.estimate import Estimate

HOSTILE = "<script>alert(1)</script>"
SOURCE = "https://doi.org/10.1109/5.726791"
DAY = datetime(2026, 11, 24, tzinfo=UTC)


class Parsed(HTMLParser):
    """Collects the tags and addresses of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.addresses, self.labels, self.depth = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        for name, value in attributes:
            if name in {"src", "href", "srcset", "action", "data", "poster", "xlink:href"}:
                self.addresses.append(value)
            if name == "aria-label":
                self.labels.append(value)
            assert not name.startswith("on"), name


@pytest.fixture
def filled(store, project):
    """A project with something of every phase, and hostile text wherever somebody can type."""

    def put(body, id_):
        store.put(project.id, body, person="ana", id=id_)

    store.name_person("ana", f"Ana {HOSTILE}")
    put(Target(value=0.985, why=HOSTILE), "target")
    put(Problem(statement=HOSTILE, who="=cmd()"), "p")
    put(Solution(problem="p", title=f"Recogniser {HOSTILE}", reach=100, impact=2.0, confidence=0.8, effort=3), "s")
    put(PriorWork(title="LeNet-5", score=0.0095, metric="error", direction="lower", link=SOURCE), "w")
    put(Feasibility(data="unstructured", project="existing", verdict="feasible", why=HOSTILE), "s")
    put(FeasibilityAnswer(solution="s", code="legal", says="doubtful", text=HOSTILE, figure="agreement_run:l:alpha"), "s.legal")
    for month, error in ((1, 0.06), (4, 0.05), (7, 0.04)):
        put(ErrorMeasurement(measured_on=date(2026, month, 1), error_rate=error, n=2000, note=HOSTILE), f"e{month}")
    for level in ("ml", "business"):
        put(LadderStep(solution="s", level=level, metric=HOSTILE, low=1, likely=2, high=3, evidence=HOSTILE), level)
    put(Economics(volume=1000, running=500, build=6000, source=HOSTILE), "s")
    put(Outcome(solution="s", name=HOSTILE, rate=0.8, value=2, note=HOSTILE), "o")
    put(EthicsAnswer(answer="no", reason=HOSTILE, due=date(2026, 1, 1)), "N1")
    put(DataSet(name=f"forms {HOSTILE}", structured=False), "d")
    put(DataVersion(data_set="d", number=1, table="ab" * 32, source=HOSTILE, rows=500, columns={"x": "number"}), "v")
    failing = {
        "code": "T08",
        "title": "Duplicate rows",
        "column": "",
        "status": "failed",
        "figure": 0.1,
        "threshold": 0.05,
        "unit": "share",
    }
    results = [{**failing, "at_least": False, "rows": 50, "note": HOSTILE, "advice": "Remove them."}]
    put(CheckRun(data_version="v", rows=500, columns=1, results=results, seconds=0.1), "v")
    estimate = Estimate(0.975, 0.967, 0.982, 500).to_dict()
    entry = Entry(
        name="boosting", title="Boosting", trivial=False, estimate=estimate, fit_seconds=1, memory_megabytes=9, run_id="f00dfeed" * 4
    )
    put(
        Leaderboard(
            data_version="v",
            target="x",
            task="classification",
            metric="accuracy",
            convention="Mean.",
            folds=5,
            seed=7,
            n=500,
            notes=[HOSTILE],
            models=[entry],
            planned=1,
            finished=True,
        ),
        "v",
    )
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 4, 60)
    rows = [(i, a, str((truth[i] + int(rng.random() < 0.08)) % 4)) for i in range(60) for a in ("x", HOSTILE, "z")]
    labels = LabelSet(name=HOSTILE, table="cd" * 32, data_set="d", simulated="Simulated labellers, seed 0.")
    table = pd.DataFrame(rows, columns=["item", "annotator", "label"])
    put(labels, "l")
    put(agreement_run("l", labels, table), "l")
    put(human_level_run("l", labels, table), "l")
    put(RolloutPlan(plan=Plan(), source=HOSTILE), "rollout")
    put(rehearse(Plan(), 2.0, runs=200).record(), "rollout")
    put(ChecklistAnswer(state="manual", owner=HOSTILE, evidence="javascript:alert(1)"), "C01")
    return project


def test_it_is_one_file_without_script_and_with_no_address_but_its_sources(store, files, filled):
    text = html(store, files, filled.id)
    page = Parsed(text)
    assert "script" not in page.tags
    assert not {"iframe", "object", "embed", "form", "link", "base"} & set(page.tags)
    outside = [address for address in page.addresses if not address.startswith("#")]
    assert set(outside) == {SOURCE}
    assert not re.search(r"url\((?!#)", text)
    assert "@import" not in text


def test_what_somebody_typed_is_shown_as_text(store, files, filled):
    text = html(store, files, filled.id)
    assert HOSTILE not in text
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;") > 8
    assert 'href="javascript' not in text


def test_every_figure_has_its_interval_its_n_and_where_it_comes_from(store, files, filled):
    text = html(store, files, filled.id)
    for part in ("97.5 %", "[96.7, 98.2]", "500 rows", "f00dfeedf00d", "data abababababab", "seed 7", "60 items"):
        assert part in text, part


def test_pictures_say_in_words_what_they_show(store, files, filled):
    page = Parsed(html(store, files, filled.id))
    pictures = page.tags.count("svg")
    assert pictures >= 6
    assert len([label for label in page.labels if label != "Contents"]) == pictures


def test_what_is_simulated_says_so(store, files, filled):
    text = html(store, files, filled.id)
    assert "Simulated labellers, seed 0." in text
    assert "200 simulated rollouts, seed 0." in text
    assert re.search(r"Canary <span class=\"simulated\">simulated</span>", text)


def test_feasibility_value_and_ethics_stand_in_it_where_they_are_filled(store, files, filled, project):
    text = html(store, files, filled.id, ["scoping"])
    for part in (
        "Can it be done?",
        "it rests on 1 measurement",
        "The target of 1.5 % errors is met about",
        "Agreement (α), ",
        "” +4.00 [",
        "brings 1,100 € a month and pays back in 5.5 months",
        "23 of 24 open, 1 answered no: net positive.",
        "Overdue: Net positive, due 1 January 2026",
        "Have we considered sources of bias",
    ):
        assert part in text, part
    empty = html(store, files, store.create_project("Empty", "ana").id, ["scoping"])
    assert "Can it be done?" not in empty
    assert "Is it right?" not in empty


def test_the_same_state_and_day_give_the_same_file(store, files, filled):
    assert html(store, files, filled.id, made_at=DAY) == html(store, files, filled.id, made_at=DAY)


def test_sections_are_chosen_and_keep_their_order(store, files, filled):
    text = html(store, files, filled.id, sections=["data", "summary"])
    assert re.findall(r'<section class="(\w+)"', text) == ["summary", "data"]
    with pytest.raises(BadInput, match="no section “money”"):
        html(store, files, filled.id, sections=["money"])


def test_an_empty_project_says_what_is_missing(store, files, project):
    text = html(store, files, project.id)
    for sentence in (
        "No problem is written down yet",
        "No data has been brought in yet",
        "No baseline has been measured",
        "No rollout has been",
    ):
        assert sentence in text


def test_a_project_that_is_not_there_is_said(store, files):
    with pytest.raises(BadInput, match="no project “nothing”"):
        html(store, files, "nothing")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (float("nan"), "–"),
        (4000.0, "4,000"),
        (1333.333, "1,333"),
        (12.345, "12.35"),
        (0.8, ".8"),
        (-0.0, "0"),
        (True, "True"),
        ("", ""),
    ],
)
def test_cells_read_as_people_write(value, text):
    assert cell(value) == text


def test_a_column_in_which_nothing_stands_takes_no_room():
    table = pd.DataFrame({"idea": ["a", "b"], "owner": [None, ""], "link": ["–", np.nan], "share": [0.0592, -0.5], "n": [0, 2]})
    assert list(without_empty(table).columns) == ["idea", "share", "n"]


def test_what_a_phone_has_no_room_for_stands_there_as_paragraphs():
    assert not is_wide(pd.DataFrame({"model": ["Random forest"], "n": [1797]}))
    assert is_wide(pd.DataFrame({"problem": ["Forms wait two days"], "who is hurt": ["Applicants, and the office"], "cost": ["x"]}))


def test_a_paragraph_is_headed_by_what_says_most_and_not_by_a_code():
    assert heading(pd.DataFrame({"code": ["T01", "I09"], "what": ["Missing values", "Near duplicates"]})) == 1
    assert heading(pd.DataFrame({"model": ["Random forest"], "n": [1797]})) == 0
    assert heading(pd.DataFrame({"n": [1, 2], "k": [3, 4]})) == 0
