"""Decisions as MADR: what is written is read back as it was, one by one and in a zip."""

import zipfile
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.errors import BadInput
from components.project.decisions import STATUSES, Decision, Voice, log
from components.project.madr import file_name, from_file, from_madr, to_madr, to_zip
from components.project.records import Record

SIGNS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
HARD = st.one_of(
    SIGNS, st.lists(st.sampled_from(["# a", "## Votes", "\\# b", "| x |", "<br>", "---", "* c", "", " d\\"]), max_size=5).map("\n".join)
)
LINE = st.one_of(SIGNS, st.sampled_from(["| a \\|", "# b", "* c", "yes", "2027-01-01", "- d", "null", "\\", "<br>"]))
ITEM = LINE.filter(lambda text: bool(Decision(title="x", revisit=text).revisit))
VOICES = st.builds(Voice, who=ITEM, role=st.sampled_from(["", "engineering", "business"]), said=LINE, agrees=st.booleans(), why=HARD)
TRIGGERS = st.one_of(
    st.just({}),
    st.builds(
        lambda figure, comparison, value: {"revisit_figure": figure, "revisit_comparison": comparison, "revisit_value": value},
        st.just("best-baseline"),
        st.sampled_from(["<", ">"]),
        st.floats(allow_nan=False, allow_infinity=False),
    ),
)
ITEMS = st.lists(ITEM, max_size=3)
DECISIONS = st.builds(
    lambda trigger, **fields: Decision(**fields, **trigger),
    TRIGGERS,
    title=ITEM,
    status=st.sampled_from(STATUSES),
    on=st.none() | st.dates(),
    revisit_on=st.none() | st.dates(),
    votes=st.lists(VOICES, max_size=3),
    **dict.fromkeys(("makers", "consulted", "informed", "drivers", "options", "supersedes"), ITEMS),
    **dict.fromkeys(("context", "outcome", "confirmation", "dissent"), HARD),
    **dict.fromkeys(("revisit", "about", "meeting"), LINE),
)
IDS = st.text("abcdefXYZ0123456789-_", min_size=1, max_size=20)


@settings(max_examples=300, deadline=None)
@given(IDS, DECISIONS)
def test_what_is_written_is_read_back_as_it_was(id_, decision):
    found = from_madr(to_madr(id_, decision))
    assert (found.id, found.decision, found.unknown) == (id_, decision, ())


def record(id_, **fields):
    return Record("p", id_, 1, Decision(**fields), "ana", datetime.now(UTC), 1)


def test_all_of_them_in_a_zip_come_back_in_order():
    entries = log([record("a", title="Use a canary"), record("b", title="Use a canary", supersedes=["a"]), record("c", title="漢字")])
    content = to_zip(entries)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.namelist() == ["0001-use-a-canary.md", "0002-use-a-canary.md", "0003-project.md"]
    assert [(one.id, one.decision) for one in from_file("all.zip", content)] == [(entry.id, entry.body) for entry in entries]
    assert to_zip(entries) == content
    assert file_name(entries[0]) == "0001-use-a-canary.md"


def test_a_file_that_somebody_else_wrote_is_read_and_what_has_no_place_is_named():
    text = """---
status: "accepted"
date: 2026-11-02
decision-makers: Ana, Ben
author: Chioma
---

# Use a canary

## Context and Problem Statement

How do we roll out?

## Considered Options

- Canary
- Blue-green

## Decision Outcome

Chosen option: "Canary", because a bad model costs least.

## Pros and Cons of the Options

Good, because …
"""
    found = from_madr(text)
    assert found.decision.title == "Use a canary"
    assert found.decision.on == date(2026, 11, 2)
    assert found.decision.makers == ["Ana", "Ben"]
    assert found.decision.options == ["Canary", "Blue-green"]
    assert found.unknown == ("author", "Pros and Cons of the Options")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no title here", "has no title"),
        (b"---\n: [\n---\n# a", "is no YAML"),
        (b"---\nstatus: maybe\n---\n# a", "status isn't what it can be"),
        (b"\xff\xfe#", "isn't text in UTF-8"),
        (b"PK\x03\x04 broken", "damaged zip"),
    ],
)
def test_what_cannot_be_read_is_said_with_the_name_of_the_file(content, said):
    with pytest.raises(BadInput, match=said) as error:
        from_file("decision.md", content)
    assert error.value.what.startswith("decision.md")


def test_a_zip_without_decisions_is_refused():
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("readme.txt", "x")
    with pytest.raises(BadInput, match="holds no .md file"):
        from_file("x.zip", target.getvalue())
