"""What the lint finds in a rulebook, and where it stays silent."""

from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest

from components.data.condition import Clause, Condition
from components.data.rulebook.lint import fired, lint, never
from components.data.rulebook.records import Rule, Shown
from components.data.rulebook.versions import Ruled, RuleVersion
from components.project.records import Record

NOW = datetime(2026, 11, 1, tzinfo=UTC)
FRAME = pd.DataFrame({"words": [0, 3, 6, 9], "light": [0.1, 0.5, 0.9, 0.9]})
KEYS = pd.Series(["a", "b", "c", "d"])
SHOWN = {"examples": (Shown(text="so"),), "counter_examples": (Shown(text="not so"),)}


def rule(number, *clauses, **fields):
    body = Rule(**{"name": f"Rule {number}", "definition": "More than 5 words", "label": f"label {number}", **SHOWN, **fields})
    body = body.model_copy(update={"condition": Condition(clauses=tuple(Clause(column=c, operator=o, value=v) for c, o, v in clauses))})
    return Ruled(number, Record("p", f"r{number}", 1, body, "ana", NOW, 1), (RuleVersion(1, body, "ana", NOW),))


def found(*rules, keys=KEYS):
    return [(one.kind, one.rules, one.text) for one in lint(rules, fired(rules, FRAME), keys)]


def test_a_sound_rulebook_is_silent():
    assert found(rule(1, ("words", "above", "5")), rule(2, ("light", "below", ".2"))) == []


def test_a_rule_that_never_fires_and_one_that_always_does():
    assert "never fires: none of 4 rows" in found(rule(1, ("words", "above", "50")))[0][2]
    assert "fires on 4 of 4 rows" in found(rule(1, ("words", "at least", "0")))[0][2]


def test_rules_that_contradict_or_overlap():
    discard, flag = rule(1, ("words", "above", "5")), rule(2, ("light", "above", ".8"), action="flag")
    assert found(discard, flag) == [("fail", (1, 2), "They contradict each other on 2 rows of 2.")]
    assert found(discard, rule(2, ("words", "above", "2")))[0] == ("warn", (1, 2), "They overlap on 2 rows of 3 and do the same.")


def test_one_label_with_two_actions():
    assert "one means to discard and the other to flag" in found(rule(1, label="bad"), rule(2, label="bad", action="flag"))[0][2]


def test_examples_are_held_against_the_condition_and_each_other():
    wrong = rule(1, ("words", "above", "5"), examples=(Shown(item="a"),), counter_examples=(Shown(item="c"),))
    assert {text for _, _, text in found(wrong)} == {
        "The example a does not fulfil the condition.",
        "The counter-example c fulfils the condition.",
    }
    both = rule(1, examples=(Shown(item="a"),), counter_examples=(Shown(item="a"),))
    assert found(both)[0][2] == "a is both an example and a counter-example."
    two = found(rule(1, examples=(Shown(item="a"),)), rule(2, examples=(Shown(item="a"),)))
    assert two[0][2] == "a is an example of both."


def test_words_that_say_nothing_and_missing_examples_are_noted():
    [vague] = found(rule(1, definition="Some words are hard to read"))
    assert vague == ("note", (1,), "“hard” and “some” can mean anything.")
    [missing] = found(rule(1, examples=(), counter_examples=()))
    assert missing[2] == "It shows no example and no counter-example."


def test_a_condition_that_the_data_cannot_answer_is_said():
    [one] = found(rule(1, ("nowhere", "is", "5")))
    assert one[:2] == ("fail", (1,))
    assert "no column “nowhere”" in one[2]


def test_retired_rules_are_left_alone():
    assert found(rule(1, ("words", "above", "50"), status="retired")) == []


@pytest.mark.parametrize(
    ("first", "second", "impossible"),
    [
        (("above", "5"), ("below", "3"), True),
        (("above", "5"), ("at most", "5"), True),
        (("at least", "5"), ("at most", "5"), False),
        (("is", "5"), ("is", "6"), True),
        (("is", "5"), ("is not", "5"), True),
        (("is", "5"), ("is one of", "4, 5"), False),
        (("is", "5"), ("is one of", "4, 6"), True),
        (("is", "5"), ("above", "5"), True),
        (("is", "5"), ("above", "4"), False),
        (("is missing", ""), ("above", "4"), True),
        (("is missing", ""), ("is missing", ""), False),
        (("above", "x"), ("below", "3"), False),
    ],
)
def test_what_can_never_hold_together(first, second, impossible):
    for pair in ((first, second), (second, first)):
        clauses = tuple(Clause(column="n", operator=operator, value=value) for operator, value in pair)
        assert bool(never(Condition(clauses=clauses))) == impossible
        apart = (clauses[0], clauses[1].model_copy(update={"column": "m"}))
        assert not never(Condition(clauses=apart))


def test_where_conditions_hold_is_one_truth_a_row():
    one = rule(1, ("words", "above", "5"))
    assert fired([one, rule(2)], FRAME)["r1"].rows.tolist() == [False, False, True, True]
    assert fired([one], FRAME)["r1"].rows.dtype == np.bool_
