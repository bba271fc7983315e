"""The help holds every declared code, says what each is, and finds what people type."""

import re

import pytest

from components.data.checks import CHECKS
from components.deployment.faults import FAULTS
from components.deployment.monitors import MONITORS
from components.help import GROUPS, about, entries, found
from components.help.terms import TERMS
from components.ui.screens import SCREENS
from tests.serving import ROOT

ASKS = re.compile(r'(?:about=|term\()"([a-z0-9-]+)"')


def test_every_declared_code_has_one_entry():
    keys = [entry.key for entry in entries()]
    assert len(keys) == len(set(keys))
    assert {one.code for declared in (CHECKS, FAULTS, MONITORS) for one in declared} <= set(keys)
    assert {entry.group for entry in entries()} == set(GROUPS)


def test_an_entry_says_what_it_is_on_a_screen_that_there_is():
    for entry in entries():
        assert not entry.meaning[0].islower(), entry
        assert entry.meaning.endswith((".", "!", "?")), entry
        assert "{" not in entry.meaning + entry.computed, entry
        assert not entry.computed or entry.computed.endswith("."), entry
        assert not entry.screen or entry.screen in {screen.path for screen in SCREENS}, entry


def test_terms_say_how_they_are_computed_or_are_plain_words():
    assert sum(bool(term.computed or term.source) for term in TERMS) >= 0.6 * len(TERMS)


@pytest.mark.parametrize(
    ("text", "first"), [("F05", "F05"), ("kappa", "fleiss"), ("P(rank 1)", "p-rank-1"), ("duplicate rows", "T08"), ("HLP", "human-level")]
)
def test_what_people_type_is_found(text, first):
    assert found(text)[0].key == first


def test_every_tooltip_leads_to_an_entry():
    asked = {
        key
        for folder in ("components/ui", "pages")
        for path in (ROOT / folder).rglob("*.py")
        for key in ASKS.findall(path.read_text("utf-8"))
    }
    assert len(asked) > 15
    assert {key for key in asked if about(key) is None} == set()


def test_what_is_not_there_is_not_found():
    assert found("zzz") == []
    assert about("zzz") is None
