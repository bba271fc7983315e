"""Changing texts as people write them: words left out, letters that changed places."""

import re
from collections.abc import Sequence

import numpy as np

WORD = re.compile(r"\S+")
LEAST_LETTERS = 4


def augmented(texts: Sequence[str], copies: int, left_out: float, mistyped: float, seed: int) -> list[list[str]]:
    """Return changed copies of texts, one list a copy: the same ones for the same texts, settings and seed.

    `left_out` is the share of the words that are left out, `mistyped` the share of the others, of at least 4 letters, in which two
    neighbouring letters inside change places. The first letter and numbers stay as they are; at least one word is left.
    """
    rng = np.random.default_rng(seed)
    return [[_changed(text, left_out, mistyped, rng) for text in texts] for _ in range(copies)]


def _changed(text: str, left_out: float, mistyped: float, rng: np.random.Generator) -> str:
    words = WORD.findall(text)
    gone, wrong, places = rng.random(len(words)), rng.random(len(words)), rng.random(len(words))
    kept = []
    for word, leave, mistype, place in zip(words, gone, wrong, places, strict=True):
        if leave < left_out and len(words) > 1:
            continue
        kept.append(_swapped(word, place) if mistype < mistyped and len(word) >= LEAST_LETTERS and word.isalpha() else word)
    return " ".join(kept or words[:1])


def _swapped(word: str, place: float) -> str:
    first = 1 + int(place * (len(word) - 2))
    return f"{word[:first]}{word[first + 1]}{word[first]}{word[first + 2 :]}"
