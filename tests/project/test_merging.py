"""Merging two people's changes of one record."""

from hypothesis import given
from hypothesis import strategies as st

from components.project.merging import merged
from components.project.target import Target

targets = st.builds(
    Target, metric=st.sampled_from(["accuracy", "F1"]), value=st.sampled_from([0.8, 0.9]), why=st.sampled_from(["", "we said so"])
)


def test_changes_of_different_fields_are_both_kept():
    base = Target(value=0.9)
    both, contested = merged(base.model_dump(), Target(value=0.95), Target(value=0.9, why="the office keeps up"))
    assert both == Target(value=0.95, why="the office keeps up")
    assert contested == []


def test_a_field_that_both_changed_is_contested_and_mine_stands():
    base = Target(value=0.9)
    both, contested = merged(base.model_dump(), Target(value=0.95), Target(value=0.99, why="new"))
    assert both == Target(value=0.95, why="new")
    assert contested == ["value"]


def test_two_new_records_are_contested_where_they_differ():
    both, contested = merged({}, Target(value=0.95), Target(value=0.99))
    assert both == Target(value=0.95)
    assert contested == ["value"]


@given(targets, targets, targets)
def test_nothing_that_anybody_changed_is_lost_unless_it_is_contested(base, mine, theirs):
    both, contested = merged(base.model_dump(), mine, theirs)
    for name, before in base.model_dump().items():
        if name in contested:
            continue
        changes = {getattr(body, name) for body in (mine, theirs)} - {before}
        assert getattr(both, name) == (changes.pop() if changes else before)
    assert merged(base.model_dump(), mine, base) == (mine, [])
    assert merged(base.model_dump(), base, theirs) == (theirs, [])
