"""Milestones: which can be, in which order, and as files that lose nothing."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from components.errors import BadInput
from components.scoping.milestone_files import Plan, bring_in, from_csv, from_file, from_json, plan, to_csv, to_json
from components.scoping.milestones import AREAS, Milestone, Promise, check_order, circles

SIGNS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
LINE = st.one_of(SIGNS, st.sampled_from(["=cmd()", "'=x", "'", "a,b", 'q"q', "-1", "+", "a;b", "\ufeffx", "True", "2027-01-01"]))
TEXT = st.one_of(LINE, st.lists(LINE, max_size=3).map("\n".join))
ITEM = LINE.filter(lambda text: bool(Milestone(title="x", owner=text).owner))
IDS = st.text("abcXYZ019-_", min_size=1, max_size=8)
NUMBER = st.floats(allow_nan=False, allow_infinity=False)
DATES = st.none() | st.dates()


def sorted_days(one, other):
    return (one, other) if None in (one, other) or one <= other else (other, one)


MILESTONES = st.builds(
    lambda days, watched, **fields: Milestone(start=days[0], due=days[1], **watched, **fields),
    st.builds(sorted_days, DATES, DATES),
    st.just({})
    | st.builds(lambda c, v: {"kill_figure": "best-baseline", "kill_comparison": c, "kill_value": v}, st.sampled_from("<>"), NUMBER),
    title=ITEM,
    why=TEXT,
    depends_on=st.lists(ITEM, max_size=3),
    unsure=st.sampled_from(["", "benchmark", "proof of concept"]),
    reached_on=DATES,
    kill_on=DATES,
    **dict.fromkeys(("owner", "data", "people", "help", "kill"), LINE),
)
MEASURED = st.just({}) | st.builds(
    lambda three, n: dict(zip(("low", "measured", "high"), sorted(three), strict=True)) | {"n": n},
    st.lists(NUMBER, min_size=3, max_size=3),
    st.none() | st.integers(1, 10**6),
)
PROMISES = st.builds(
    lambda measured, **fields: Promise(milestone="later", **measured, **fields),
    MEASURED,
    area=st.sampled_from(list(AREAS)),
    metric=ITEM,
    comparison=st.sampled_from("≥≤"),
    value=NUMBER,
    measured_on=DATES,
    **dict.fromkeys(("slice", "figure", "source"), LINE),
)


@st.composite
def plans(draw):
    milestones = draw(st.dictionaries(IDS, MILESTONES, max_size=4))
    promises = {}
    for id_, body in draw(st.dictionaries(IDS, PROMISES, max_size=5)).items() if milestones else ():
        promises[id_] = body.model_copy(update={"milestone": draw(st.sampled_from(sorted(milestones)))})
    return Plan(milestones, promises)


@settings(max_examples=200, deadline=None)
@given(plans())
def test_csv_and_json_are_read_back_as_they_were(found):
    assert from_csv(to_csv(found)) == found
    assert from_json(to_json(found)) == found


def test_what_is_exported_is_the_same_after_it_was_brought_into_another_project(any_store):
    here, there = (any_store.create_project(name, "ana").id for name in ("a", "b"))
    any_store.save(here, Milestone(title="Pilot", due=date(2027, 1, 1)), person="ana", id="m")
    any_store.save(here, Promise(milestone="m", metric="accuracy", value=0.985, figure="best-baseline"), person="ana", id="p")
    assert bring_in(any_store, there, from_csv(to_csv(plan(any_store, here))), "ben") == 2
    assert plan(any_store, there) == plan(any_store, here)
    assert bring_in(any_store, there, from_json(to_json(plan(any_store, here))), "ben") == 0


def test_a_sheet_that_somebody_wrote_waits_by_titles_and_its_unknown_columns_are_named():
    found = from_file("plan.csv", b"title;due;depends_on;budget;metric;value\nLab;2027-01-05;;5;accuracy;0.9\nPilot;2027-03-01;Lab;9;;\n")
    lab, pilot = found.milestones
    assert found.milestones[pilot].depends_on == [lab]
    assert [promise.milestone for promise in found.promises.values()] == [lab]
    assert found.unknown == ("budget",)
    assert from_json('{"milestones": [{"title": "Lab", "budget": 5, "promises": [{"metric": "a", "value": 1, "who": "b"}]}]}').unknown == (
        "budget",
        "who",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("due\n2027-01-01\n", "has no column “title”"),
        ("title,due\nLab,soon\n", "can't be read"),
        ("title,metric\nLab,accuracy\n", "can't be read"),
        ("milestone_id,title,owner\nm,Lab,Ana\nm,Lab,Ben\n", "can't be read"),
    ],
)
def test_a_sheet_that_cannot_be_read_says_where(text, said):
    with pytest.raises(BadInput, match=said) as error:
        from_csv(text)
    assert error.value.todo


def test_files_that_are_no_plan_are_refused():
    for name, content in (("a.json", b"[1]"), ("a.json", b"{"), ("a.csv", b"\xff\xfe\x00")):
        with pytest.raises(BadInput):
            from_file(name, content)


def test_a_milestone_never_waits_for_itself_along_any_way():
    milestones = {
        "a": Milestone(title="Lab"),
        "b": Milestone(title="Pilot", depends_on=["a"]),
        "c": Milestone(title="All", depends_on=["b"]),
    }
    check_order(milestones, "c", milestones["c"])
    with pytest.raises(BadInput, match="“Lab” can't wait for “All”, which waits for “Pilot”, which waits for “Lab”"):
        check_order(milestones, "a", Milestone(title="Lab", depends_on=["c"]))
    with pytest.raises(BadInput, match="“Lab” can't wait for itself"):
        check_order(milestones, "a", Milestone(title="Lab", depends_on=["a"]))
    assert circles(milestones) == []
    milestones["a"] = Milestone(title="Lab", depends_on=["c"])
    assert len(circles(milestones)) == 1


def test_a_file_that_would_close_a_circle_changes_nothing(store, project):
    store.save(project.id, Milestone(title="Lab"), person="ana", id="a")
    store.save(project.id, Milestone(title="Pilot", depends_on=["a"]), person="ana", id="b")
    with pytest.raises(BadInput, match="can't wait for"):
        bring_in(store, project.id, Plan({"a": Milestone(title="Lab", depends_on=["b"])}, {}), "ben")
    assert store.get(project.id, Milestone, "a").body.depends_on == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"start": date(2027, 2, 1), "due": date(2027, 1, 1)}, "due before it begins"),
        ({"kill_figure": "best-baseline"}, "needs both"),
    ],
)
def test_what_a_milestone_cannot_be(fields, said):
    with pytest.raises(ValidationError, match=said):
        Milestone(title="Lab", **fields)


@pytest.mark.parametrize("fields", [{"low": 0.1}, {"measured": 0.5, "low": 0.9, "high": 0.1}, {"low": 0.1, "high": 0.2}])
def test_an_interval_has_two_ends_and_a_value(fields):
    with pytest.raises(ValidationError):
        Promise(milestone="m", metric="accuracy", value=0.9, **fields)
