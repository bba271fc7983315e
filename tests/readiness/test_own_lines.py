"""Own lines: read from YAML, priced as the others, and one clear sentence for what can't be read."""

import pytest

from components.deployment.gaps import exposures
from components.deployment.plan import Plan
from components.errors import BadInput
from components.readiness.gaps import Gaps
from components.readiness.lines import ALL_LINES
from components.readiness.own_lines import EXAMPLE, code_of, read_lines

EXPOSURES = exposures(Plan(), 2.0, 60, 1)


def test_the_example_reads_and_each_line_has_a_code_of_its_own():
    lines = read_lines(EXAMPLE)
    assert [line.section for line in lines] == ["Pilot", "Monitoring"]
    assert [code_of(line) for line in lines] == ["own-the-desk-can-switch-the-reader-off", "own-scores-are-looked-at-every-morning"]
    assert lines[0].prevents == {"F16": 0.3}


def test_an_own_line_is_priced_and_never_makes_things_worse():
    own = {code_of(line): line for line in read_lines(EXAMPLE)}
    without = Gaps(EXPOSURES, {"C20": "automated"}, own)
    assert len(without.lines) == len(ALL_LINES) + 2
    saved = {gap.line.code: gap.saved.value for gap in without.lines}
    for code in own:
        assert saved[code] > 0
        closed = Gaps(EXPOSURES, {"C20": "automated", code: "automated"}, own)
        assert without.total.value - closed.total.value == pytest.approx(saved[code])
    met = Gaps(EXPOSURES, dict.fromkeys(own, "automated"), own)
    assert met.in_place == ["M07"]
    assert "Prevents, as assumed, server errors" in met.does(met.every_line[-2])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title: x", "Lines are a list."),
        ("[", "can't be read as YAML"),
        ("- x", "Line 1 has no keys."),
        ("- {title: a}\n- {title: b, colour: red}", "Line 2 has a key “colour” that nobody knows. There are title, section, why"),
        ("- {why: b}", "The title of line 1 can't be used"),
        ("- {title: a, monitors: [M99]}", "there is no monitor “M99”"),
        ("- {title: a, prevents: {F01: 2}}", "the chance for F01 must lie between 0 and 1"),
        ("- {title: a, section: Kitchen}", "The section of line 1 can't be used"),
    ],
)
def test_one_sentence_says_what_is_wrong(text, words):
    with pytest.raises(BadInput) as caught:
        read_lines(text)
    assert words in str(caught.value)
