"""Roles and history on the screen: who may what, and the way back to what was."""

import pytest

from components.data.rulebook.records import Rule
from components.project.comments import Comment
from components.project.decisions import Decision
from components.project.rounds import Card, Question, Round
from components.project.target import Target
from components.scoping.milestones import Milestone
from components.scoping.records import Problem
from components.server.middleware import person_id
from components.ui.timeline import differences, shown
from tests.pages.conftest import Screens, plain


def pressed(app, start):
    next(one for one in app.button if one.key and one.key.startswith(start)).click().run()


@pytest.fixture
def history(tab, installation, project_id):
    """The history of a project in which a problem was written, changed and another deleted."""
    store = installation.store()
    store.name_person("ana", "Ana")
    first = store.save(project_id, Problem(statement="Forms wait"), person="ana", id="first")
    store.save(project_id, Problem(statement="Forms wait two days"), person="ana", id="first", read=first.version)
    store.save(project_id, Problem(statement="Gone"), person="ana", id="second")
    store.delete(project_id, Problem, "second", read=1, person="ana")
    tab.app.query_params["view"] = "history"
    tab.open("project/people_and_files")
    return tab


def test_the_history_says_what_changed_from_what_to_what_and_by_whom(history):
    labels = [plain(one.label) for one in history.app.expander]
    assert "Problem deleted: Gone" in labels[0]
    assert "Ana" in labels[0]
    assert len(labels) == 4


def test_the_fields_that_a_change_touched_are_named_as_on_their_form(store, project):
    first = store.save(project.id, Problem(statement="Forms wait"), person="ana", id="first")
    store.save(project.id, Problem(statement="Forms wait two days"), person="ana", id="first", read=first.version)
    newest, oldest = store.history(project.id)
    (name, before, after), *others = differences(newest, Problem)
    assert (before, after, others) == ("Forms wait", "Forms wait two days", [])
    assert differences(oldest, Problem)[0] == (name, None, "Forms wait")


def test_values_of_any_kind_are_shown_in_a_line():
    assert shown(None) == ""
    assert shown(True) == "yes"
    assert shown([{"a": 1}, "b"]) == "a: 1 and b"
    assert len(shown("long " * 100)) == 160


def test_any_version_is_brought_back_and_nothing_of_the_history_is_lost(any_store):
    id_ = any_store.create_project("Reading forms", "ana").id
    for read, value in enumerate((0.9, 0.95, 0.98)):
        any_store.save(id_, Target(value=value), person="ana", id="target", read=read)
    back = any_store.restore_version(id_, "target", "target", 1, person="ben")
    assert (back.body.value, back.version, back.updated_by) == (0.9, 4, "ben")
    any_store.delete(id_, Target, "target", read=4, person="ana")
    assert any_store.restore_version(id_, "target", "target", 2, person="ben").body.value == 0.95
    assert [one.version for one in any_store.history(id_, kind="target")] == [5, 4, 4, 3, 2, 1]


def test_who_may_only_look_is_told_so_on_every_screen_and_offered_no_roles(installation, project_id):
    store = installation.store()
    store.set_everyone(project_id, "viewer", by="ana")
    tab = Screens(project_id)
    app = tab.open("project/people_and_files")
    assert "Whoever has the address may look" in tab.text
    assert not [one for one in app.button if one.key == "people.invite"]
    pressed(app, "FormSubmitter:people_and_files.rename")
    assert "You can look at this project, not change it" in tab.text
    assert store.project(project_id).name == "Reading forms"


def test_an_owner_closes_a_project_and_invites(installation, project_id):
    store = installation.store()
    tab = Screens(project_id)
    app = tab.open("project/people_and_files")
    me = app.session_state["groundwork.guest"]
    store.set_role(project_id, person_id(me), "owner", by="ana")
    app.run()
    pressed(app, "people.invite")
    tab.whole()
    (link,) = store.invitations(project_id)
    assert link.role == "editor"
    assert link.token in app.code[0].value
    closing = next(one for one in app.selectbox if one.label == "Everybody else")
    closing.select("").run()
    tab.whole()
    assert store.project(project_id).everyone == ""
    other = Screens(project_id)
    other.open("project/overview")
    assert other.answer == "This project isn't here."
    other.app.query_params["invite"] = link.token
    other.app.run()
    assert other.answer != "This project isn't here."


def test_who_comes_by_the_link_of_a_round_answers_in_it_and_sees_no_other_screen(installation):
    store = installation.store()
    closed = store.create_project("Reading forms", "ana", everyone="").id
    asked = Round(
        purpose="vote",
        title="Which first?",
        cards=[Card(kind="solution", id="one", title="Read by machine")],
        questions=[Question(name="value", title="Value", low=0, high=10)],
    )
    store.save(closed, asked, person="ana", id="round")
    guest = Screens(closed)
    guest.app.query_params["round"] = "round"
    guest.open("scoping/join")
    assert guest.answer == "This project isn't here."
    guest.app.query_params["ticket"] = store.ticket(closed, "round", by="ana").token
    guest.app.run()
    guest.whole()
    assert "Which first?" in guest.text
    guest.open("project/overview")
    assert guest.answer == "This project isn't here."


@pytest.mark.parametrize(
    ("path", "body", "where"),
    [
        ("project/decisions", Decision(title="Go on"), "decisions"),
        ("scoping/milestones", Milestone(title="Pilot"), "milestones"),
        ("data/rulebook", Rule(name="Cut", definition="A stroke is missing", label="Cut"), "rulebook"),
    ],
)
def test_a_comment_is_said_where_the_record_is_and_leads_back_to_it(tab, installation, path, body, where):
    store = installation.store()
    store.name_person("ana", "Ana")
    store.save(tab.project_id, body, person="ana", id="x")
    app = tab.open(path)
    app.text_input(key="bar.my_name.Somebody").set_value("Ben")
    next(button for button in app.button if button.label == "Remember me in this browser").click().run()
    said = f"comments.{body.kind}.x"
    app.session_state[said] = True
    app.run()
    assert app.text_area(key=f"{said}.new.0.text").value == ""
    store.save(tab.project_id, Comment(about_kind=body.kind, about_id="x", text="@Ben, is that so?"), person="ana", id="c")
    app.query_params["view"] = "to-do"
    tab.open("project/people_and_files")
    assert "@Ben, is that so?" in tab.text
    (there,) = [one.proto for one in app.get("page_link") if one.proto.label == "Go there"]
    assert where in there.page
