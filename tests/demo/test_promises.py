"""What the example's team promised, decided and met for: sound, in every state, and taken along whole."""

from datetime import date

from components.demo.promises import MEETING, decisions, meeting, milestones
from components.project.decisions import Decision, check_chain, log
from components.project.exchange import export, import_
from components.project.madr import from_madr, to_madr
from components.project.meetings import ActionItem, Meeting, overdue
from components.readiness.figures import BY_FIGURE
from components.scoping.milestone_files import from_csv, plan, to_csv
from components.scoping.milestones import Milestone, Promise, check_order

TODAY = date(2026, 11, 24)


def filled(store):
    project = store.create_project("Handwriting", "ana").id
    for made in (milestones, meeting, decisions):
        for id_, body in made(TODAY).items():
            store.put(project, body, person="ana", id=id_)
    return project


def test_the_example_is_sound(store):
    project = filled(store)
    records = store.all(project, Decision)
    for record in records:
        check_chain(records, record.id, record.body.supersedes)
    found = plan(store, project)
    for id_, body in found.milestones.items():
        check_order(found.milestones, id_, body)
    assert {promise.milestone for promise in found.promises.values()} <= set(found.milestones)
    figures = {promise.figure for promise in found.promises.values()} | {record.body.revisit_figure for record in records} - {""}
    assert {code for code in figures if code} <= set(BY_FIGURE)
    assert {entry.stands for entry in log(records)} == {"accepted", "superseded", "rejected"}
    assert [item.body.what for item in overdue(store.all(project, ActionItem), TODAY)] == ["Ask IT to open the scanner's folder"]
    assert store.get(project, Meeting, MEETING).body.state == "closed"


def test_everything_comes_back_as_it_was(any_store, files):
    project = filled(any_store)
    there = import_(any_store, files, export(any_store, files, project), "ben").project_id
    for kind in (Decision, Milestone, Promise, Meeting, ActionItem):
        before = [(record.id, record.body) for record in any_store.all(project, kind)]
        assert [(record.id, record.body) for record in any_store.all(there, kind)] == before
    for record in any_store.all(project, Decision):
        assert from_madr(to_madr(record.id, record.body)).decision == record.body
    assert from_csv(to_csv(plan(any_store, project))) == plan(any_store, project)
