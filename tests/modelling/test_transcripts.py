"""Word and character error rates."""

import jiwer
import numpy as np
import pandas as pd
import pytest

from components.errors import BadInput
from components.modelling.transcripts import (
    NORMALISED,
    RAW,
    character_error_rate,
    character_list,
    matched,
    normalised,
    transcribed,
    word_error_rate,
)

SAID = ["this is a test", "and here is another line", "short"]
UNDERSTOOD = ["this is test", "and hear is another fine line", "short"]


def test_the_rate_is_all_edits_over_all_words_and_not_the_mean_of_lines():
    found = word_error_rate(SAID, UNDERSTOOD)
    assert found.value == pytest.approx(3 / 10) == pytest.approx(jiwer.wer(SAID, UNDERSTOOD))
    assert found.value != pytest.approx(np.mean([jiwer.wer(a, b) for a, b in zip(SAID, UNDERSTOOD, strict=True)]))
    assert found.n == 3


def test_characters_against_jiwer():
    assert character_error_rate(SAID, UNDERSTOOD).value == pytest.approx(jiwer.cer(SAID, UNDERSTOOD), abs=1e-12)


def test_normalisation_is_what_it_says():
    assert normalised("  Don’t  STOP—me, now!  ") == "don't stop me now"
    assert normalised("'quoted' rock 'n' roll") == "quoted rock n roll"
    assert normalised("ﬁne ½ 10 %") == "fine 1⁄2 10".replace("⁄", "")
    assert word_error_rate(["Hello, World."], ["hello world"]).value == 0
    assert word_error_rate(["Hello, World."], ["hello world"], normalise=False).value == 1


def test_a_letter_with_its_accents_is_one_character():
    assert character_error_rate(["Ma\u0308dchen"], ["Mädchen"], normalise=False).value == 0
    assert len(character_list("e\u0364\u0301")) == 1


def test_the_rate_can_exceed_one_and_a_missing_transcript_misses_every_word():
    assert word_error_rate(["yes"], ["oh no not again"]).value == 4
    assert word_error_rate(["one two", "three"], [None, float("nan")]).value == 1


def test_no_error_has_an_upper_limit():
    found = word_error_rate(["a b"] * 30, ["a b"] * 30)
    assert (found.value, found.low) == (0, 0)
    assert found.high == pytest.approx(1 - 0.05 ** (1 / 30))
    assert "rule of three" in found.why


def test_the_interval_covers_and_resamples_lines_and_not_transcripts():
    rng = np.random.default_rng(3)
    lines = np.array(["w " * 10] * 40)
    held = 0
    for seed in range(60):
        hard = rng.random(40) < 0.5
        words = [["x"] * rng.binomial(10, 0.4 if one else 0.1) for one in hard]
        understood = [" ".join((wrong + ["w"] * 10)[:10]) for wrong in words]
        found = word_error_rate(lines, understood, seed=seed)
        held += found.low <= 0.25 <= found.high
    assert held >= 52
    each, thrice = word_error_rate(lines, understood), word_error_rate(list(lines) * 3, understood * 3, items=list(range(40)) * 3)
    assert (each.n, thrice.n) == (40, 40)
    assert thrice.high - thrice.low == pytest.approx(each.high - each.low)


def test_speakers_are_told_apart_best_first():
    found = transcribed(SAID * 2, [*UNDERSTOOD, *SAID], items=[0, 1, 2] * 2, speakers=["bea"] * 3 + ["ada"] * 3)
    assert found.per_speaker["speaker"].tolist() == ["ada", "bea"]
    assert found.per_speaker["value"].tolist() == [0, pytest.approx(0.3)]
    assert (found.lines, found.transcripts, found.normalisation) == (3, 6, NORMALISED)
    assert transcribed(SAID, UNDERSTOOD, normalise=False).normalisation == RAW


def table(**columns):
    return pd.DataFrame(columns)


def test_lines_are_matched_by_their_names():
    found = matched(table(item=[2, 1], text=["two", "one"]), table(item=["1", "2", "2"], text=["one", None, "too"]))
    assert found["reference"].tolist() == ["one", "two", "two"]


@pytest.mark.parametrize(
    ("references", "hypotheses", "said"),
    [
        (table(item=[1], text=["a"]), table(item=[1, 7], text=["a", "b"]), "1 hypothesis has no reference, such as “7”"),
        (table(item=[1, 2, 3], text=list("abc")), table(item=[1], text=["a"]), "2 references have no hypothesis, such as “2”"),
        (table(item=[1, 1], text=["a", "b"]), table(item=[1], text=["a"]), "“1” has two references"),
        (table(item=[1, 2], text=["a", None]), table(item=[1, 2], text=["a", "b"]), "The reference of “2” is empty"),
        (table(item=[1], words=["a"]), table(item=[1], text=["a"]), "There is no column “text”"),
    ],
)
def test_what_does_not_match_is_named(references, hypotheses, said):
    with pytest.raises(BadInput, match=said):
        matched(references, hypotheses)


@pytest.mark.parametrize(
    ("references", "hypotheses", "said"),
    [([], [], "no transcripts"), (["a"], [], "1 reference and 0 hypotheses"), (["...", ""], ["a", "b"], "No reference holds a word")],
)
def test_what_cannot_be_measured_is_refused(references, hypotheses, said):
    with pytest.raises(BadInput, match=said):
        word_error_rate(references, hypotheses)
