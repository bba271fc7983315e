"""Roles are kept by the store: who may only look changes nothing, who is outside sees nothing, and a project keeps an owner."""

from datetime import timedelta

import pytest

from components.errors import BadInput
from components.kinds import KINDS
from components.project.data_sets import DataSet
from components.project.projects import new_id
from components.project.rounds import Card, Question, Round
from components.project.store import NotAllowed, Store
from components.project.target import Target

CARDS = [Card(kind="solution", id="one", title="Read by machine")]
QUESTIONS = [Question(name="value", title="Value", low=0, high=10)]


def asked(least=None):
    return Round(purpose="vote", title="Which first?", cards=CARDS, questions=QUESTIONS, least=least)


@pytest.fixture
def closed(any_store):
    """A project of Ana's that nobody sees who has no role in it."""
    id_ = any_store.create_project("Handwriting", "ana", everyone="").id
    any_store.save(id_, Target(value=0.98), person="ana", id="target")
    any_store.set_role(id_, "vera", "viewer", by="ana")
    any_store.set_role(id_, "ed", "editor", by="ana")
    return id_


def changes(store, id_, person):
    """Every way of changing a project."""
    return {
        "save": lambda: store.save(id_, Target(value=0.1), person=person, id="target", read=1),
        "save new": lambda: store.save(id_, DataSet(name="Mine"), person=person),
        "save as somebody else": lambda: store.save(id_, Target(value=0.1), person="ana", id="target", read=1),
        "put": lambda: store.put(id_, Target(value=0.1), person=person, id="target"),
        "delete": lambda: store.delete(id_, Target, "target", read=1, person=person),
        "rename": lambda: store.rename_project(id_, "Mine", person),
        "keep": lambda: store.keep_project(id_, "Mine", person),
        "delete project": lambda: store.delete_project(id_, person),
        "erase project": lambda: store.erase_project(id_),
        "job": lambda: store.add_job(id_, "module:function", {}, "Work", person, "server"),
        "role": lambda: store.set_role(id_, person, "owner", by=person),
        "role as somebody else": lambda: store.set_role(id_, person, "owner", by="ana"),
        "everyone": lambda: store.set_everyone(id_, "editor", by=person),
        "invite": lambda: store.invite(id_, "owner", by=person),
        "ticket": lambda: store.ticket(id_, "round", by=person),
        "withdraw invitation": lambda: store.withdraw_invitation(id_, "x", by=person),
        "join": lambda: store.join(id_, "round", person, "Me"),
        "cast": lambda: store.cast(id_, "round", person, "one", {"value": [1, 1, 1]}),
        "withdraw": lambda: store.withdraw(id_, "round", person, "one"),
        "finish": lambda: store.finish(id_, "round", person),
        "reveal": lambda: store.reveal(id_, "round", person),
    }


def looks(store, id_):
    """Every way of looking into a project."""
    return {
        "get": lambda: store.get(id_, Target, "target"),
        "all": lambda: store.all(id_, Target),
        "rounds": lambda: store.all(id_, Round),
        "round": lambda: store.get(id_, Round, "round"),
        "history": lambda: store.history(id_),
        "writers": lambda: store.writers(id_, "target"),
        "deleted": lambda: store.deleted(id_, "target"),
        "changed since": lambda: store.changed_since(id_, 0),
        "people": lambda: store.people(id_),
        "present": lambda: store.present(id_),
        "members": lambda: store.members(id_),
        "invitations": lambda: store.invitations(id_),
        "jobs": lambda: store.jobs(id_),
        "ballots": lambda: store.ballots(id_, "round"),
        "votes": lambda: store.votes(id_, "round", "ana"),
        "lights": lambda: store.lights(id_, "round"),
    }


@pytest.mark.parametrize("who", ["vera", "nobody"])
def test_who_may_not_change_a_project_changes_nothing_whatever_they_try(any_store, closed, who):
    any_store.save(closed, asked(), person="ana", id="round")
    store = any_store.seen_by(who)
    before = any_store.seq(closed), any_store.history(closed), any_store.members(closed), any_store.jobs(closed)
    for change in changes(store, closed, who).values():
        with pytest.raises(NotAllowed):
            change()
    assert (any_store.seq(closed), any_store.history(closed), any_store.members(closed), any_store.jobs(closed)) == before


def test_an_outsider_sees_nothing_whatever_they_ask(any_store, closed):
    any_store.save(closed, asked(), person="ana", id="round")
    job = any_store.add_job(closed, "module:function", {}, "Work", "ana", "server")
    outsider = any_store.seen_by("nobody")
    for look in looks(outsider, closed).values():
        with pytest.raises(NotAllowed):
            look()
    assert outsider.project(closed) is None
    assert outsider.projects() == []
    assert outsider.seq(closed) == 0
    assert outsider.job(job) is None
    assert [one.id for one in any_store.seen_by("vera").projects()] == [closed]


def test_a_viewer_sees_all_but_the_links_that_invite(any_store, closed):
    any_store.save(closed, asked(), person="ana", id="round")
    shown = looks(any_store.seen_by("vera"), closed)
    with pytest.raises(NotAllowed):
        shown.pop("invitations")()
    assert all(look() is not None for look in shown.values())


def test_a_store_that_is_nobodys_asks_for_the_role_of_the_author(any_store, closed):
    with pytest.raises(NotAllowed):
        any_store.save(closed, DataSet(name="Mine"), person="vera")
    assert any_store.save(closed, DataSet(name="Ours"), person="ed").updated_by == "ed"


def test_an_editor_changes_records_and_not_who_takes_part(any_store, closed):
    store = any_store.seen_by("ed")
    assert store.save(closed, Target(value=0.9), person="ed", id="target", read=1).version == 2
    for change in (
        lambda: store.set_role(closed, "ed", "owner", by="ed"),
        lambda: store.set_role(closed, "ana", None, by="ed"),
        lambda: store.set_everyone(closed, "editor", by="ed"),
        lambda: store.invite(closed, "editor", by="ed"),
        lambda: store.delete_project(closed, "ed"),
    ):
        with pytest.raises(NotAllowed):
            change()
    store.set_role(closed, "ed", None, by="ed")
    assert store.project(closed) is None


def test_the_last_owner_can_neither_leave_nor_step_down(any_store, closed):
    store = any_store.seen_by("ana")
    for role in (None, "editor", "viewer"):
        with pytest.raises(BadInput, match="last"):
            store.set_role(closed, "ana", role, by="ana")
    assert store.role(closed) == "owner"
    store.set_role(closed, "ed", "owner", by="ana")
    store.set_role(closed, "ana", None, by="ana")
    assert [(one.person_id, one.role) for one in any_store.members(closed)] == [("ed", "owner"), ("vera", "viewer")]


def test_nobody_comes_to_more_by_leaving(any_store):
    id_ = any_store.create_project("Open", "ana").id
    any_store.set_role(id_, "vera", "viewer", by="ana")
    vera = any_store.seen_by("vera")
    with pytest.raises(NotAllowed):
        vera.set_role(id_, "vera", None, by="vera")
    with pytest.raises(NotAllowed):
        vera.save(id_, Target(value=0.9), person="vera")


def test_a_role_that_is_taken_counts_at_once(any_store, closed):
    ed = any_store.seen_by("ed")
    assert ed.get(closed, Target, "target").body.value == 0.98
    any_store.set_role(closed, "ed", None, by="ana")
    with pytest.raises(NotAllowed):
        ed.get(closed, Target, "target")


def test_every_change_of_a_role_has_an_author_and_stands_in_the_history(any_store, closed):
    any_store.set_everyone(closed, "viewer", by="ana")
    entries = [(one.kind, one.before, one.after, one.person) for one in any_store.history(closed) if one.kind in {"member", "access"}]
    assert entries == [
        ("access", {"everyone": ""}, {"everyone": "viewer"}, "ana"),
        ("member", None, {"role": "editor"}, "ana"),
        ("member", None, {"role": "viewer"}, "ana"),
    ]


def test_a_link_invites_until_it_is_taken_back_and_lowers_nobody(any_store, closed):
    link = any_store.invite(closed, "viewer", by="ana")
    bo = any_store.seen_by("bo")
    assert bo.accept(link.token, "bo").project_id == closed
    assert bo.role(closed) == "viewer"
    any_store.seen_by("ed").accept(link.token, "ed")
    assert any_store.role(closed, "ed") == "editor"
    assert [one.token for one in any_store.seen_by("ana").invitations(closed)] == [link.token]
    any_store.withdraw_invitation(closed, link.token, by="ana")
    late = any_store.invite(closed, "editor", by="ana", lasts=timedelta(seconds=-1))
    for token in (link.token, late.token, "guessed", ""):
        with pytest.raises(BadInput, match="no longer valid"):
            any_store.seen_by("cy").accept(token, "cy")
    assert any_store.role(closed, "cy") is None


def test_who_has_not_signed_in_has_no_part_in_what_is_open_to_everybody(any_store):
    id_ = any_store.create_project("Open", "ana").id
    assert any_store.seen_by("bo").role(id_) == "editor"
    stranger = any_store.seen_by("bo", known=False)
    assert stranger.project(id_) is None
    assert stranger.projects() == []
    with pytest.raises(BadInput):
        stranger.accept(any_store.invite(id_, "editor", by="ana").token, "bo")


def test_a_guest_answers_in_the_round_of_the_link_and_sees_nothing_else(any_store, closed):
    any_store.save(closed, asked(least=2), person="ana", id="round")
    any_store.save(closed, asked(), person="ana", id="other")
    ticket = any_store.ticket(closed, "round", by="ed")
    assert any_store.ticket(closed, "round", by="ana").token == ticket.token
    gus = any_store.seen_by("gus", known=False)
    gus.accept(ticket.token, "gus")
    assert gus.role(closed) == "guest"
    assert [one.id for one in gus.all(closed, Round)] == ["round"]
    gus.join(closed, "round", "gus", "Gus")
    gus.cast(closed, "round", "gus", "one", {"value": [3, 3, 3]})
    for refused in (
        lambda: gus.join(closed, "other", "gus", "Gus"),
        lambda: gus.get(closed, Round, "other"),
        lambda: gus.get(closed, Target, "target"),
        lambda: gus.history(closed),
        lambda: gus.reveal(closed, "round", "gus"),
        lambda: gus.save(closed, DataSet(name="Mine"), person="gus"),
    ):
        with pytest.raises(NotAllowed):
            refused()
    any_store.join(closed, "round", "ed", "Ed")
    any_store.finish(closed, "round", "ed")
    assert gus.finish(closed, "round", "gus")
    assert gus.reveal(closed, "round", "gus").body.state == "revealed"
    assert [one.voter for one in gus.votes(closed, "round", "gus")] == ["gus"]


def test_where_nobody_owns_a_project_editors_decide_and_the_first_to_set_a_rule_owns_it(any_store):
    example = any_store.create_project("Example", "groundwork", demo=True).id
    any_store.seen_by("bo").set_everyone(example, "viewer", by="bo")
    assert [(one.person_id, one.role) for one in any_store.members(example)] == [("bo", "owner")]
    with pytest.raises(NotAllowed):
        any_store.save(example, Target(value=0.9), person="cy")


def test_an_ended_session_stays_ended(any_store):
    assert not any_store.session_ended("abc")
    any_store.end_session("abc")
    any_store.end_session("abc")
    assert any_store.session_ended("abc")


def test_ids_and_invitations_cannot_be_guessed(any_store):
    drawn = {new_id() for _ in range(10_000)}
    assert len(drawn) == 10_000
    assert {len(one) for one in drawn} == {16}
    assert len(set("".join(drawn))) ** 16 > 2**80
    project = any_store.create_project("Reading forms", "ana").id
    tokens = {any_store.invite(project, "viewer", by="ana").token for _ in range(20)}
    assert len(tokens) == 20
    assert min(len(one) for one in tokens) == 32


def test_a_role_that_another_server_gave_counts_as_soon_as_its_change_is_seen(any_store, closed, database_url):
    other = Store(database_url, KINDS)
    vera = any_store.seen_by("vera")
    seq = vera.seq(closed)
    assert vera.role(closed) == "viewer"
    other.set_role(closed, "vera", "editor", by="ana")
    assert vera.seq(closed) == seq + 1
    assert vera.role(closed) == "editor"
    other.close()
