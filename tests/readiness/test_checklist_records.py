"""Answers of the checklist: one record a line, so that people answer at once without overwriting each other."""

from datetime import date

import pytest
from pydantic import ValidationError

from components.project.store import Conflict
from components.readiness.records import ChecklistAnswer


def test_answers_to_different_lines_never_collide(any_store):
    project = any_store.create_project("Handwriting", "ana")
    any_store.save(project.id, ChecklistAnswer(state="manual"), person="ana", id="C01")
    any_store.save(project.id, ChecklistAnswer(state="automated"), person="ben", id="C02")
    assert {r.id: r.body.state for r in any_store.all(project.id, ChecklistAnswer)} == {"C01": "manual", "C02": "automated"}


def test_the_same_line_answered_twice_keeps_both_answers(any_store):
    project = any_store.create_project("Handwriting", "ana")
    any_store.save(project.id, ChecklistAnswer(state="manual"), person="ana", id="C01")
    with pytest.raises(Conflict) as met:
        any_store.save(project.id, ChecklistAnswer(state="automated"), person="ben", id="C01")
    assert (met.value.mine.state, met.value.theirs.body.state) == ("automated", "manual")


def test_an_answer_reads_back():
    answer = ChecklistAnswer(state="manual", owner="Ana", due=date(2027, 1, 31), evidence="https://example.org/run/7")
    assert ChecklistAnswer.model_validate_json(answer.model_dump_json()) == answer


@pytest.mark.parametrize("fields", [{"state": "maybe"}, {"evidence": "x" * 1001}, {"owner": "x" * 81}, {"colour": 1}])
def test_what_is_no_answer_is_refused(fields):
    with pytest.raises(ValidationError):
        ChecklistAnswer(**fields)
