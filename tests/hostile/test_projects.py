"""An exported project that somebody changed by hand: refused with a sentence or taken as what it says, and nothing else changes."""

import base64
import copy
import hashlib
import json

import pytest

from components.data.condition import Clause, Condition
from components.data.rulebook.records import Rule
from components.errors import BadInput
from components.kinds import KINDS
from components.project.decisions import Decision
from components.project.exchange import export, import_, read_document
from components.project.files import Files
from components.project.store import Store
from components.scoping.records import Problem
from tests.hostile.watch import nothing_is_done

SCRIPT = "<script>window.broken = 1</script>\u202e"
NOW = "2026-01-01T00:00:00+00:00"
OTHER = hashlib.sha256(b"other").hexdigest()
CHANGES = {
    "format": "groundwork-backup",
    "version": -1,
    "version ": "1",
    "version  ": 10**400,
    "version   ": [1],
    "project": None,
    "project.id": "../../etc",
    "project.id ": "",
    "project.id  ": "x" * 500,
    "project.id   ": "a\0b",
    "project.id    ": {"$ne": 1},
    "project.name": "",
    "project.name ": "x" * 5000,
    "project.name  ": "a\0b",
    "project.name   ": SCRIPT,
    "project.seq": -1,
    "project.seq ": 2**63,
    "project.seq  ": 0,
    "project.seq   ": True,
    "project.created_at": "0000-00-00",
    "project.created_at ": "9999-12-31T23:59:59-23:59",
    "project.created_at  ": "yesterday",
    "project.demo": "yes",
    "project.everyone": "owner",
    "people": {"ana": SCRIPT},
    "people ": {"x" * 300: "Ana"},
    "people  ": {"a\0": "b\0"},
    "people   ": ["ana"],
    "members": {"eve": "owner"},
    "roles": [{"person": "eve", "role": "owner"}],
    "records": {},
    "records ": [None],
    "records  ": [[]] * 1000,
    "records.0.kind": "__class__",
    "records.0.kind ": "gone",
    "records.0.kind  ": "",
    "records.0.id": "../../x",
    "records.0.id ": "x" * 400,
    "records.0.id  ": "\u202e\n",
    "records.0.id   ": "records.1",
    "records.0.version": 0,
    "records.0.version ": 2**31,
    "records.0.body": [],
    "records.0.body ": {"schema_version": 999},
    "records.0.body  ": {"schema_version": "1; DROP TABLE record"},
    "records.0.body   ": {"statement": "x" * 10_000_000},
    "records.0.body.statement": {"a": 1},
    "records.0.body.statement ": "a\0b",
    "records.0.body.statement  ": SCRIPT,
    "records.0.body.statement   ": "\ud800",
    "records.0.body.more": "unknown",
    "records.0.updated_by": "\0",
    "records.0.updated_at": 1e300,
    "records.0.updated_at ": "2026-01-01",
    "records.0.seq": 10**9,
    "records.0.more": 1,
    "history": "x",
    "history.0.kind": "os.system",
    "history.0.before": {"a": float("nan")},
    "history.0.after": {"a": [[[[[[[[[[{}]]]]]]]]]]},
    "history.0.after ": {"schema_version": 7, "gone": 1},
    "history.0.person": SCRIPT,
    "history.0.seq": -5,
    "ballots": [{"round_id": "r", "voter": "ana", "name": SCRIPT, "role": "\0", "done": True, "entered_by": "ana", "at": NOW}],
    "ballots ": [{"round_id": "r", "voter": "ana"}],
    "votes": [{"round_id": "r", "voter": "ana", "card": "c", "answers": {"a": 1e999}, "note": "", "at": NOW}],
    "votes ": [{"round_id": "r", "voter": "ana", "card": "c", "answers": {}, "note": "x" * 5000, "at": NOW}],
    "votes  ": [{"round_id": "r", "voter": "ana", "card": "c", "answers": {"a": "b"}, "note": "\0", "at": NOW}],
    "files": {"../../../etc/passwd": base64.b64encode(b"x").decode()},
    "files ": {"0" * 64: base64.b64encode(b"x").decode()},
    "files  ": {OTHER: "not base64"},
    "files   ": {OTHER: "A" * 1_000_001},
    "files    ": {OTHER.upper(): base64.b64encode(b"other").decode()},
    "files     ": [],
}


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """A small project as it is exported."""
    folder = tmp_path_factory.mktemp("exported")
    store = Store(f"sqlite:///{folder / 'groundwork.db'}", KINDS)
    project = store.create_project("Reading forms", "ana").id
    store.save(project, Problem(statement="Forms wait"), person="ana")
    store.save(project, Decision(title="Begin small"), person="ana")
    rule = Rule(
        name="Old",
        definition="Discard the old.",
        label="old",
        condition=Condition(clauses=(Clause(column="age", operator="above", value="80"),)),
    )
    store.save(project, rule, person="ana")
    document = export(store, Files(folder), project)
    store.close()
    return document


def changed(document, place, value):
    found = copy.deepcopy(document)
    *way, last = [int(part) if part.isdigit() else part for part in place.strip().split(".")]
    at = found
    for part in way:
        at = at[part]
    at[last] = value
    return found


def comes_in(store, files, document):
    """Import it as a file; whether it was taken."""
    with nothing_is_done():
        try:
            text = json.dumps(document).encode()
            project = import_(store, files, read_document(text), "eve")
        except BadInput as error:
            said = str(error)
            assert 10 < len(said) < 1000
            assert "Traceback" not in said
            return None
    return project


def test_a_project_changed_by_hand_changes_nothing_else(any_store, tmp_path, exported):
    mine = any_store.create_project("Mine", "eve", everyone="").id
    any_store.save(mine, Problem(statement="Mine alone"), person="eve", id="mine")
    before, taken = any_store.history(mine), 0
    for place, value in CHANGES.items():
        known = {one.id for one in any_store.projects()}
        project = comes_in(any_store, Files(tmp_path / "files"), changed(exported, place, value))
        after = {one.id for one in any_store.projects()}
        if project is None:
            assert after == known, f"{place!r} was refused, and is there"
        else:
            taken += 1
            assert any_store.members(project.project_id) is not None
            any_store.all(project.project_id, Problem)
        assert any_store.history(mine) == before
    assert 0 < taken < len(CHANGES) / 2
    assert [one for one in tmp_path.rglob("*") if "passwd" in one.name] == []


def test_what_is_refused_and_why_is_not_by_chance(store, files, exported):
    assert comes_in(store, files, exported) is not None


def test_a_condition_of_an_imported_rule_is_data_and_never_code(store, files, exported):
    place = next(number for number, one in enumerate(exported["records"]) if one["kind"] == Rule.kind)
    for clause in (
        {"column": "x", "operator": "eval", "value": "1"},
        {"column": "x", "operator": "is", "value": "1", "code": "import os"},
        "x > 1",
    ):
        assert comes_in(store, files, changed(exported, f"records.{place}.body.condition", {"clauses": [clause]})) is None
