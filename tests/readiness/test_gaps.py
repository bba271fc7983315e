"""What a gap costs: never less with a line less, every fault has a line that matters, and only a covered checklist is signed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.deployment.faults import BY_CODE as FAULTS
from components.deployment.gaps import exposures
from components.deployment.monitors import BY_CODE as MONITORS
from components.deployment.plan import Plan
from components.errors import BadInput
from components.project.decisions import Decision
from components.readiness.effects import EFFECTS
from components.readiness.gaps import Gaps, touches
from components.readiness.lines import ALL_LINES, LINE_BY_CODE, MORE, effect_of
from components.readiness.sign_off import sign_off, signed, why_not

EXPOSURES = exposures(Plan(), 2.0, 200, 1)
EVERYTHING = {line.code: "automated" for line in ALL_LINES}
STATES = st.fixed_dictionaries({line.code: st.sampled_from(["none", "manual", "automated"]) for line in ALL_LINES})
LESS = {"automated": ["manual", "none"], "manual": ["none"], "none": ["none"]}


@settings(max_examples=40)
@given(STATES, st.sampled_from(sorted(EFFECTS)), st.data())
def test_unticking_a_line_never_lowers_the_bad_decisions_of_any_rollout(states, code, data):
    less = {**states, code: data.draw(st.sampled_from(LESS[states[code]]))}
    gaps = Gaps(EXPOSURES, states)
    for one in EXPOSURES:
        assert (gaps.cost(less, one) >= gaps.cost(states, one) - 1e-9).all(), (code, one.fault.code)


@pytest.mark.parametrize("one", EXPOSURES, ids=lambda one: one.fault.code)
def test_every_fault_has_a_line_that_matters(one):
    gaps = Gaps(EXPOSURES, {"C20": "automated", "C21": "automated"})
    base = gaps.now[one.fault.code].mean()
    saves = {code: base - gaps.cost({**gaps.states, code: "automated"}, one).mean() for code in EFFECTS if touches(effect_of(code), one)}
    assert max(saves.values()) > 0, one.fault.code


def test_lines_refer_to_what_there_is():
    assert set(EFFECTS) <= set(LINE_BY_CODE)
    assert [line.code for line in MORE] == [f"C{number}" for number in range(29, 29 + len(MORE))]
    placed = [code for effect in EFFECTS.values() for code in effect.monitors]
    assert sorted(placed) == sorted(MONITORS)  # each monitor belongs to one line
    for effect in EFFECTS.values():
        assert set(effect.prevents) <= set(FAULTS)
        assert all(0 < chance < 1 for chance in effect.prevents.values())


def test_the_dearest_open_line_comes_first_and_closing_it_saves_what_it_said():
    gaps = Gaps(EXPOSURES, {"C20": "automated", "C21": "manual"})
    first = gaps.lines[0]
    assert first is gaps.dearest
    after = Gaps(EXPOSURES, {**gaps.states, first.line.code: "automated"})
    assert gaps.total.value - after.total.value == pytest.approx(first.saved.value)
    assert first.saved.low < first.saved.value < first.saved.high
    opened = [gap.saved.value for gap in gaps.lines if gap.open]
    assert opened == sorted(opened, reverse=True)
    assert gaps.answer.startswith(f"{len(ALL_LINES) - 2} of {len(ALL_LINES)} lines are open. The dearest: ")
    assert gaps.method.startswith("Simulated cost of each gap: 200 rollouts")


def test_what_is_done_by_hand_is_later_than_what_is_automated():
    by_hand, machine = ({"C20": "automated", "C28": state} for state in ("manual", "automated"))
    assert Gaps(EXPOSURES, by_hand).total.value > Gaps(EXPOSURES, machine).total.value


def test_with_everything_met_nothing_goes_unnoticed():
    gaps = Gaps(EXPOSURES, EVERYTHING)
    assert gaps.uncovered == []
    assert gaps.dearest is None
    assert gaps.answer == f"All {len(ALL_LINES)} lines are met."
    assert len(gaps.in_place) == len(MONITORS)
    assert 0 < gaps.false_alarms < 2
    nothing = Gaps(EXPOSURES, {})
    assert len(nothing.uncovered) == len(FAULTS)
    assert nothing.false_alarms == 0


def test_a_line_says_what_it_does():
    gaps = Gaps(EXPOSURES, {})
    assert "input shape changed (1 window)" in gaps.does(LINE_BY_CODE["C23"])
    assert gaps.does(LINE_BY_CODE["C01"]).startswith("Prevents, as assumed, input shape changed (30 %)")
    assert gaps.does(LINE_BY_CODE["C10"]) == "No fault of the catalogue shows without it."
    assert all(gaps.does(line) for line in ALL_LINES)


def test_a_fault_that_nobody_would_notice_blocks_the_sign_off(store, project):
    store.name_person("ana", "Ana")
    gaps = Gaps(EXPOSURES, {**EVERYTHING, "C33": "none"})
    assert "label outage" in why_not(gaps)
    with pytest.raises(BadInput, match="label outage"):
        sign_off(store, project.id, "ana", gaps)
    assert signed(store, project.id) is None


def test_named_people_sign_and_it_is_a_decision(store, project):
    gaps = Gaps(EXPOSURES, EVERYTHING)
    with pytest.raises(BadInput, match="needs a name"):
        sign_off(store, project.id, "nobody", gaps)
    for id_, name in (("ana", "Ana"), ("ben", "Ben"), ("ana", "Ana")):
        store.name_person(id_, name)
        sign_off(store, project.id, id_, gaps)
    record = signed(store, project.id)
    assert record.body.makers == ["Ana", "Ben"]
    assert "39 of 39 lines are met" in record.body.outcome
    other = Gaps(EXPOSURES, {**EVERYTHING, "C10": "none"})
    sign_off(store, project.id, "ben", other)
    assert len(store.all(project.id, Decision)) == 2
    assert signed(store, project.id).body.makers == ["Ben"]
    assert "Open: C10." in signed(store, project.id).body.outcome
