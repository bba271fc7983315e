"""The number of edits against a plain table, and against another program's."""

import random

import jiwer
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.stats.edits import edit_distance


def plain(first, second):
    """The textbook's table."""
    row = list(range(len(second) + 1))
    for number, a in enumerate(first, 1):
        diagonal, row[0] = row[0], number
        for place, b in enumerate(second, 1):
            diagonal, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, diagonal + (a != b))
    return row[-1]


@given(st.text("abc", max_size=12), st.text("abc", max_size=12))
def test_as_the_textbook_has_it(first, second):
    assert edit_distance(first, second) == plain(first, second) == edit_distance(second, first)


def test_long_texts_go_beyond_a_machine_word():
    rng = random.Random(1)
    first = [rng.choice("abcd") for _ in range(700)]
    second = [sign for sign in first if rng.random() > 0.1] + ["x"] * 9
    assert edit_distance(first, second) == plain(first, second)


@pytest.mark.parametrize(("first", "second", "edits"), [("", "", 0), ("", "ab", 2), ("ab", "", 2), ("same", "same", 0), ("a", "b", 1)])
def test_ends(first, second, edits):
    assert edit_distance(first, second) == edits


def test_against_jiwer():
    rng = random.Random(2)
    vocabulary = ["one", "two", "three", "four", "five"]
    for _ in range(50):
        said, understood = (" ".join(rng.choices(vocabulary, k=rng.randint(1, 20))) for _ in range(2))
        found = jiwer.process_words(said, understood)
        edits = found.substitutions + found.deletions + found.insertions
        assert edit_distance(said.split(), understood.split()) == edits
