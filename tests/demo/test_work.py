"""The example: really measured, and marked as simulated wherever it rests on simulated labellers."""

import pandas as pd
import pytest

from components import demo
from components.data.records import AgreementRun, CheckRun
from components.demo import digits
from components.demo.work import FEW, FIRST_V1, IMAGES_V1, LABELS, TABLE_V1
from components.deployment.records import RolloutRun
from components.kinds import KINDS
from components.modelling.records import Baseline, BetterDataRun, HumanLevelRun, Leaderboard
from components.project.comments import Comment
from components.project.data_sets import DataSet, DataVersion, LabelSet
from components.project.files import Files
from components.project.store import Store
from components.project.tables import read_table
from components.readiness.measured import measured_figures
from components.readiness.standing import standing
from components.report.html import html
from components.report.records import Report
from components.scoping.assessment.reading import ladders, paybacks, projection
from components.scoping.assessment.records import Economics, ErrorMeasurement, FeasibilityAnswer, Outcome
from components.scoping.board import board as board_of
from components.scoping.lenses import RICE, VALUE_FEASIBILITY
from components.scoping.opinions import ranking_of
from components.scoping.records import PriorWork, Problem, Solution
from tests.serving import example_id


class Submitted:
    """Stands for the runner where only what is asked of it matters."""

    def __init__(self):
        self.jobs = []

    def submit(self, project_id, task, params, title, person):
        self.jobs.append((project_id, task))
        return "job"


@pytest.fixture
def example(filled_copy):
    """The store and the files of an installation that filled its example, and the example's id."""
    opened = Store(f"sqlite:///{filled_copy / 'groundwork.db'}", KINDS)
    yield opened, Files(filled_copy), example_id(opened)
    opened.close()


def test_the_whole_example(example):
    store, files, project = example

    versions = {record.id: record.body for record in store.all(project, DataVersion)}
    assert versions[IMAGES_V1].rows == versions[TABLE_V1].rows == 1797
    assert versions[IMAGES_V1].archive
    assert {record.body.structured for record in store.all(project, DataSet)} == {True, False}
    assert {record.id for record in store.all(project, CheckRun)} > {IMAGES_V1, TABLE_V1}
    [better] = [record.body for record in store.all(project, BetterDataRun)]
    assert versions[better.gains[0]["data_version"]].derived_from == better.base == FIRST_V1
    assert better.items == FEW
    assert better.gains[0]["gain"]["low"] <= better.gains[0]["gain"]["value"] <= better.gains[0]["gain"]["high"]

    for board in (store.get(project, Leaderboard, version).body for version in (IMAGES_V1, TABLE_V1)):
        assert board.finished
        assert 0.95 < board.best.estimate["value"] < 0.99
        assert all(entry.run_id for entry in board.models)
        assert board.simulated == ""

    labels = store.get(project, LabelSet, LABELS).body
    judgements = read_table(files, labels.table)
    assert len(judgements) == digits.ITEMS * len(digits.PEOPLE)
    for simulated in (labels, store.get(project, AgreementRun, LABELS).body, store.get(project, HumanLevelRun, LABELS).body):
        assert "Simulated labellers" in simulated.simulated
        assert f"Seed {digits.SEED}" in simulated.simulated
    assert "simulated rollouts" in store.get(project, RolloutRun, "rollout").body.simulated
    found = board_of(store.all(project, Problem), store.all(project, Solution))
    assert (len(found.problems), found.names) == (3, ["Typing"])
    assert [one.id for item in found.problems for one in item.merged] == ["forms-again"]
    assert not any(column.lacks_plain for column in found.columns)
    assert {one.body.approach for one in store.all(project, Solution)} == {"no ML", "build", "use as is", "buy", "fine-tune"}
    assert len(store.all(project, Comment)) == 3
    assert all(one.body.link.startswith("https://") for one in store.all(project, PriorWork))

    for lens in (RICE, VALUE_FEASIBILITY):
        ranked = ranking_of(store, project, lens)
        assert (ranked.voters, len(ranked.ranked), ranked.table["idea"].iloc[0]) == (6, 7, "recogniser")
        assert "made up" in ranked.simulated

    assert [one.body.comparable for one in store.all(project, Baseline)] == [False, False]
    report = store.get(project, Report, "report").body
    assert "simulated" in files.read(report.file).decode()
    assert store.changed_since(project, report.seq, but=Report.kind) == 0
    refs = {one.body.figure for one in store.all(project, FeasibilityAnswer)} - {""}
    assert refs <= set(measured_figures(store, project))
    assert all("assumption of this example" in one.body.note for kind in (Outcome, ErrorMeasurement) for one in store.all(project, kind))
    assert all("assumption of this example" in one.body.source for one in store.all(project, Economics))
    assert ladders(store, project)["recogniser"].missing == []
    assert projection(store, project).state == "projected"
    assert [one.missing for one in (paybacks(store, project)[id_] for id_ in ("recogniser", "online"))] == [[], []]

    found = standing(store, project)
    assert found.simulated
    assert all(lane.figures for lane in found.lanes)
    report = html(store, files, project)
    assert report.count('class="simulated"') >= 4
    assert "Simulated labellers with errors of Ana" in report


def test_the_labels_are_the_same_every_time():
    pd.testing.assert_frame_equal(digits.labels(), digits.labels())


def test_the_images_are_the_real_ones():
    images, labels = digits.load()
    assert images.shape == (1797, 8, 8)
    assert (images.min(), images.max()) == (0, 16)
    assert sorted(set(labels)) == list(range(10))
    assert digits.as_zip() == digits.as_zip()


def test_the_example_is_created_once_and_stays_deleted(store):
    runner = Submitted()
    project = demo.ensure(store, runner)
    assert project.demo
    assert demo.ensure(store, runner) is None
    store.delete_project(project.id, "ana")
    assert demo.ensure(store, runner) is None
    assert runner.jobs == [(project.id, demo.TASK)]


def test_a_reset_replaces_the_example(store):
    runner = Submitted()
    first = demo.ensure(store, runner)
    second = demo.reset(store, runner, "ana")
    assert second.id != first.id
    assert [one.id for one in store.projects() if one.demo] == [second.id]
