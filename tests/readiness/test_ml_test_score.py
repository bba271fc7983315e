"""The ML Test Score of 2017: 28 lines, half and full points, the lowest section, and the bands at their edges."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.readiness.ml_test_score import BY_CODE, LINES, POINTS, SECTIONS, band, score

CODES = [line.code for line in LINES]
ANSWERS = st.dictionaries(st.sampled_from(CODES), st.sampled_from(list(POINTS)))


def of(section):
    return [line.code for line in LINES if line.section == section]


def with_points(points):
    """Every section has this many points."""
    full, half = int(points), points % 1 == 0.5
    return {code: state for section in SECTIONS for code, state in zip(of(section), ["automated"] * full + ["manual"] * half, strict=False)}


def test_four_sections_of_seven_lines_with_codes_that_stay():
    assert [f"C{number:02}" for number in range(1, 29)] == CODES
    assert [len(of(section)) for section in SECTIONS] == [7, 7, 7, 7]
    assert SECTIONS == ("Data", "Model", "Infrastructure", "Monitoring")
    assert len({line.title for line in LINES}) == 28
    assert all(line.why for line in LINES)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("C01", "schema"),
        ("C05", "privacy controls"),
        ("C09", "offline and online metrics correlate"),
        ("C11", "staleness"),
        ("C12", "simpler model is not better"),
        ("C14", "inclusion"),
        ("C20", "canaried"),
        ("C21", "rolled back"),
        ("C24", "not skewed"),
        ("C28", "prediction quality has not regressed"),
    ],
)
def test_the_wording_is_the_paper_s(code, words):
    assert words in BY_CODE[code].title.lower()


EDGES = [
    (0, "more a research project"),
    (0.5, "serious holes"),
    (1, "serious holes"),
    (1.5, "first pass"),
    (2, "first pass"),
    (2.5, "reasonably tested"),
    (3, "reasonably tested"),
    (3.5, "strong"),
    (5, "strong"),
    (5.5, "exceptional"),
    (7, "exceptional"),
]


@pytest.mark.parametrize(("points", "meaning"), EDGES)
def test_the_bands_at_their_edges(points, meaning):
    found = score(with_points(points))
    assert found.score == points
    assert meaning in found.band
    assert found.band == band(points)
    assert set(found.sections.values()) == {points}


def test_the_lowest_section_counts():
    answers = {**with_points(5), **dict.fromkeys(of("Monitoring"), "none"), "C22": "manual", "C23": "manual"}
    found = score(answers)
    assert found.score == 1
    assert found.weakest == "Monitoring"
    assert found.sections == {"Data": 5, "Model": 5, "Infrastructure": 5, "Monitoring": 1}
    assert found.met == 17
    assert found.answer == "17 of 28 lines are met; the ML Test Score is 1.0: not totally untested, but serious holes are likely."


def test_nothing_answered_scores_nothing():
    found = score({})
    assert (found.score, found.met) == (0, 0)
    assert found.answer == "0 of 28 lines are met; the ML Test Score is 0: more a research project than a production system."
    assert "1 of 28 lines is met" in score({"C01": "manual"}).answer


@given(ANSWERS)
def test_the_score_is_the_minimum_and_one_more_test_never_lowers_it(answers):
    found = score(answers)
    assert found.score == min(found.sections.values()) == found.sections[found.weakest]
    assert 0 <= found.score <= 7
    assert sum(found.sections.values()) == sum(POINTS[state] for state in answers.values())
    for line in LINES:
        if line.section == found.weakest and answers.get(line.code, "none") != "automated":
            assert score({**answers, line.code: "automated"}).score >= found.score


@pytest.mark.parametrize("answers", [{"C29": "manual"}, {"C01": "perhaps"}])
def test_what_is_not_on_the_list_is_refused(answers):
    with pytest.raises(KeyError, match=re.escape(next(iter(answers if "C29" in answers else answers.values())))):
        score(answers)
