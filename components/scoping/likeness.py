"""Which cards may say the same: by the words that they share."""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from functools import lru_cache
from itertools import combinations

ALIKE = 0.5
WORD = re.compile(r"[^\W_]+", re.UNICODE)
ENDINGS = ("ings", "ing", "ies", "ed", "es", "s", "e")
EMPTY = frozenset(
    WORD.findall(
        "a about after all also an and any are as at be because before but by can could do does for from get had has have how if in "
        "into is it its just more most much no nobody not of on one only or other our out over so some than that the their them there "
        "these they this to too until up us very was we were what when which while who why will with without would you your"
    )
)


def stems(text: str) -> frozenset[str]:
    """Return the words of a text that carry its meaning, without their endings.

    >>> sorted(stems("The forms are typed by hand, and typing takes days"))
    ['day', 'form', 'hand', 'tak', 'typ']
    """
    found = {word.lower() for word in WORD.findall(text)} - EMPTY
    return frozenset(_stem(word) for word in found)


def _stem(word: str) -> str:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def alike(texts: Mapping[str, str], apart: Collection[tuple[str, str]] = ()) -> list[tuple[str, str, float]]:
    """Return the pairs of cards that may say the same, the likeliest first.

    Parameters
    ----------
    texts : mapping
        The cards' texts by their ids.
    apart : collection of pairs
        Pairs that people have kept apart, in either order.

    Returns
    -------
    list of (first id, second id, overlap)
        The overlap is the share of the shorter card's words that the longer one has too, at least .5, and at least .25 of the longer
        one's; a word counts the less, the more cards have it. At least two words are shared, unless both cards have the same ones.
    """
    known = {frozenset(pair) for pair in apart}
    return [pair for pair in _alike(tuple(texts.items())) if frozenset(pair[:2]) not in known]


@lru_cache(maxsize=256)
def _alike(texts: tuple[tuple[str, str], ...]) -> list[tuple[str, str, float]]:
    """Return the pairs of `alike`, kept: a board asks again for the same cards at every run."""
    words = {id_: stems(text) for id_, text in texts}
    frequent = Counter(word for found in words.values() for word in found)
    weight = {id_: sum(1 / frequent[word] for word in found) for id_, found in words.items()}
    pairs = []
    for first, second in combinations(words, 2):
        shared = words[first] & words[second]
        if not shared or (len(shared) < 2 and words[first] != words[second]):
            continue
        least, most = sorted((weight[first], weight[second]))
        common = sum(1 / frequent[word] for word in shared)
        if common >= max(ALIKE * least, ALIKE / 2 * most):
            pairs.append((first, second, common / least))
    return sorted(pairs, key=lambda pair: -pair[2])
