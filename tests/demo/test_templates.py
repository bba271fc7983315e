"""Each template begins a project with a checklist, what can go wrong, first steps and an agenda; its screens show them."""

import json

import jsonschema
import pytest

from components.demo.templates import TEMPLATES, begin
from components.deployment.records import FailureCase
from components.project.exchange import duplicate, export, schema_of
from components.project.meetings import ActionItem, Meeting
from components.project.target import Target
from components.scoping.assessment.records import EthicsList


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.code)
def test_a_template_brings_real_lists(store, template):
    project = begin(store, template, "Ours", "ana")
    (questions,) = [one.body.questions for one in store.all(project.id, EthicsList)]
    assert len(questions) >= 10
    assert all(one.question.endswith("?") for one in questions)
    assert len(store.all(project.id, FailureCase)) >= 6
    assert len(store.all(project.id, ActionItem)) >= 4
    assert store.all(project.id, Meeting)[0].body.state == "planned"


def test_codes_of_questions_are_used_once():
    codes = [question.code for template in TEMPLATES for question in template.bodies()[0].questions]
    assert len(codes) == len(set(codes))


def test_an_empty_project_holds_nothing(store):
    assert store.history(begin(store, None, "Ours", "ana").id) == []


def test_a_copy_holds_the_same_and_goes_its_own_way(store, files):
    project = begin(store, TEMPLATES[0], "Ours", "ana", "")
    store.save(project.id, Target(value=0.9), person="ana", id="target")
    copy = duplicate(store, files, project.id, "Ours, copy", "ben", owner="ben", everyone="")
    assert store.get(copy, Target, "target").body.value == 0.9
    assert [(one.person_id, one.role) for one in store.members(copy)] == [("ben", "owner")]
    store.save(copy, Target(value=0.95), person="ben", id="target", read=1)
    assert store.get(project.id, Target, "target").body.value == 0.9
    assert len(store.history(copy, most=None)) == len(store.history(project.id, most=None)) + 1


def test_what_is_exported_is_valid_by_the_published_schema(store, files):
    project = begin(store, TEMPLATES[1], "Ours", "ana")
    schema, document = schema_of(store), export(store, files, project.id)
    validator = jsonschema.Draft202012Validator(schema)
    assert list(validator.iter_errors(json.loads(json.dumps(document)))) == []
    document["records"][0]["body"]["title"] = 5
    assert list(validator.iter_errors(document))
    del document["project"]
    assert list(validator.iter_errors(document))
