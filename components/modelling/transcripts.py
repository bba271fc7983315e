"""How well speech or writing was transcribed: word and character error rates, with what was done to the texts before."""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components import words
from components.errors import BadInput
from components.project.plain import finite
from components.stats.edits import edit_distance
from components.stats.estimate import Estimate
from components.stats.intervals import rule_of_three
from components.stats.label_counts import require_columns
from components.stats.resampling import bootstrap

NORMALISED = "compatibility forms unified (Unicode NFKC), small letters, no punctuation except apostrophes, dashes part words"
RAW = "as written: capitals and punctuation count"
APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u00b4": "'", "\u0060": "'"})
DASHES = "Pd"
MOST_NAMED = 5

Texts = Iterable[Any]


@dataclass(frozen=True)
class Transcribed:
    """How far transcripts are from their references; see `transcribed`.

    Attributes
    ----------
    words, characters : Estimate
        Word and character error rate.
    per_speaker : DataFrame
        speaker, lines, value, low, high (word error rate), best first; empty where nobody says who transcribed.
    lines : int
        How many references.
    transcripts : int
        How many transcripts of them.
    normalisation : str
        What was done to the texts before they were compared.
    """

    words: Estimate
    characters: Estimate
    per_speaker: pd.DataFrame
    lines: int
    transcripts: int
    normalisation: str

    @property
    def figures(self) -> dict[str, Any]:
        """What a record keeps of it, by the names of its fields."""
        return {
            "words": self.words.to_dict(),
            "characters": self.characters.to_dict(),
            "per_speaker": finite(self.per_speaker.to_dict("records")),
            "lines": self.lines,
            "transcripts": self.transcripts,
            "normalisation": self.normalisation,
        }


def normalised(text: str) -> str:
    """Return a text as `NORMALISED` says.

    >>> normalised("Well-known,  Mr. O’Hara: “isn't it”?")
    "well known mr o'hara isn't it"
    """
    text = unicodedata.normalize("NFKC", text.translate(APOSTROPHES)).casefold()
    signs = []
    for sign in text:
        category = unicodedata.category(sign)
        if category == DASHES:
            signs.append(" ")
        elif sign == "'" or category[0] not in "PS":
            signs.append(sign)
    return " ".join(part.strip("'") for part in "".join(signs).split() if part.strip("'"))


def word_list(text: str, normalise: bool = True) -> list[str]:
    """Return the words of a text."""
    return (normalised(text) if normalise else text).split()


def character_list(text: str, normalise: bool = True) -> list[str]:
    """Return the characters of a text as people see them: a letter with its accents is one.

    >>> character_list("a\u0303e", normalise=False) == ["ã", "e"], len(character_list("u\u0364", normalise=False))
    (True, 1)
    """
    clusters: list[str] = []
    for sign in unicodedata.normalize("NFC", normalised(text) if normalise else text):
        if clusters and unicodedata.category(sign)[0] == "M":
            clusters[-1] += sign
        else:
            clusters.append(sign)
    return clusters


def word_error_rate(references: Texts, hypotheses: Texts, normalise: bool = True, *, items: Texts | None = None, seed: int = 0) -> Estimate:
    """Return the word error rate: Σ edits ÷ Σ words of the references.

    Parameters
    ----------
    references, hypotheses : sequence of str
        What was said and what was understood, in the same order; an empty or missing hypothesis misses every word.
    normalise : bool
        Whether texts are compared as `NORMALISED` says, or as they are written.
    items : sequence, optional
        What each pair belongs to, where one reference has several transcripts: the interval then resamples these.
    seed : int
        Seed of the bootstrap.

    Returns
    -------
    Estimate
        From 0; beyond 1 where more is inserted than there was. The mean of the lines' rates is another number. 95 % interval by
        the bootstrap over lines; where no line has an error, the upper limit is the rule of three's. `n` counts lines.

    Raises
    ------
    BadInput
        The two aren't equally many, there are none, or no reference holds a word.

    Examples
    --------
    >>> word_error_rate(["This is a test", "Yes."], ["this test", "yes"]).value
    0.4
    """
    return _rate(_pairs(references, hypotheses), word_list, normalise, items, seed)


def character_error_rate(
    references: Texts, hypotheses: Texts, normalise: bool = True, *, items: Texts | None = None, seed: int = 0
) -> Estimate:
    """Return the character error rate: Σ edits ÷ Σ characters of the references, blanks included.

    Parameters
    ----------
    references, hypotheses, normalise, items, seed
        As in `word_error_rate`.

    Returns
    -------
    Estimate
        As there. A letter with its accents is one character.

    Raises
    ------
    BadInput
        As there.

    Examples
    --------
    >>> round(character_error_rate(["This is a test"], ["This test"]).value, 4)
    0.3571
    """
    return _rate(_pairs(references, hypotheses), character_list, normalise, items, seed)


def transcribed(
    references: Texts,
    hypotheses: Texts,
    normalise: bool = True,
    *,
    items: Texts | None = None,
    speakers: Texts | None = None,
    seed: int = 0,
) -> Transcribed:
    """Measure word and character error rate at once, and the word error rate of each speaker (or writer, or transcriber).

    Parameters are those of `word_error_rate`; `speakers` names who transcribed or spoke each line.
    """
    pairs = _pairs(references, hypotheses)
    spoken, written = (_edits(pairs, parts, normalise) for parts in (word_list, character_list))
    rows = []
    if speakers is not None:
        codes, names = pd.factorize(pd.Series(list(speakers)).fillna(words.MISSING).astype(str))
        for code, name in enumerate(names):
            own = codes == code
            found = _estimate(spoken[own], None if items is None else pd.Series(list(items))[own], seed)
            rows.append((name, int(own.sum()), found.value, found.low, found.high))
    frame = pd.DataFrame(rows, columns=["speaker", "lines", "value", "low", "high"])
    frame = frame.astype(dict.fromkeys(("value", "low", "high"), "float64")).sort_values("value", kind="stable").reset_index(drop=True)
    lines = len(pairs) if items is None else pd.Series(list(items)).nunique()
    return Transcribed(
        _known(spoken, items, seed), _known(written, items, seed), frame, lines, len(pairs), NORMALISED if normalise else RAW
    )


def matched(references: pd.DataFrame, hypotheses: pd.DataFrame, item: str = "item", text: str = "text") -> pd.DataFrame:
    """Put each hypothesis beside its reference: the hypotheses with a column `reference` more.

    Raises
    ------
    BadInput
        A column isn't there, a reference is missing or given twice with different texts, a hypothesis has no reference, or a
        reference no hypothesis.
    """
    for frame in (references, hypotheses):
        require_columns(frame, (item, text))
    known = pd.DataFrame({"item": references[item].astype(str), "text": references[text]}).drop_duplicates()
    if known["text"].isna().any():
        raise BadInput(
            f"The reference of “{known['item'][known['text'].isna()].iloc[0]}” is empty.", "Write what was said, or leave it out."
        )
    if known["item"].duplicated().any():
        raise BadInput(f"“{known['item'][known['item'].duplicated()].iloc[0]}” has two references.", "Keep one of them.")
    said = hypotheses[item].astype(str)
    _all_there(
        said, known["item"], "hypothesis", "hypotheses", "has no reference", "have no reference", "Check that both name lines alike."
    )
    _all_there(
        known["item"],
        said,
        "reference",
        "references",
        "has no hypothesis",
        "have no hypothesis",
        "Give an empty text where nothing was understood, or leave these references out.",
    )
    return hypotheses.assign(reference=said.map(dict(zip(known["item"], known["text"], strict=True))).to_numpy())


def _all_there(names: pd.Series, known: pd.Series, one: str, many: str, lacks: str, lack: str, todo: str) -> None:
    absent = names[~names.isin(known)].drop_duplicates()
    if len(absent):
        said = f"{words.counted(len(absent), one, many)} {lacks if len(absent) == 1 else lack}, such as “{absent.iloc[0][:60]}”."
        raise BadInput(said, todo, list(absent[:MOST_NAMED]))


def _pairs(references: Texts, hypotheses: Texts) -> list[tuple[str, str]]:
    said, understood = list(references), list(hypotheses)
    if len(said) != len(understood):
        raise BadInput(
            f"There are {words.counted(len(said), 'reference')} and {words.counted(len(understood), 'hypothesis', 'hypotheses')}.",
            "Give one hypothesis for each reference, in the same order.",
        )
    if not said:
        raise BadInput("There are no transcripts.", "Give at least one reference and its hypothesis.")
    return [("" if pd.isna(a) else str(a), "" if pd.isna(b) else str(b)) for a, b in zip(said, understood, strict=True)]


def _edits(pairs: list[tuple[str, str]], parts: Callable[[str, bool], list[str]], normalise: bool) -> NDArray[np.float64]:
    """Return the edits and the length of the reference of each pair."""
    found = []
    split: dict[str, list[str]] = {}
    for said, understood in pairs:
        if said not in split:
            split[said] = parts(said, normalise)
        found.append((edit_distance(split[said], parts(understood, normalise)), len(split[said])))
    return np.array(found, dtype=np.float64)


def _rate(
    pairs: list[tuple[str, str]], parts: Callable[[str, bool], list[str]], normalise: bool, items: Texts | None, seed: int
) -> Estimate:
    return _known(_edits(pairs, parts, normalise), items, seed)


def _known(figures: NDArray[np.float64], items: Texts | None, seed: int) -> Estimate:
    if not figures[:, 1].any():
        raise BadInput("No reference holds a word.", "Check which column holds the text, or don't normalise.")
    return _estimate(figures, None if items is None else pd.Series(list(items)), seed)


def _estimate(figures: NDArray[np.float64], items: pd.Series | None, seed: int) -> Estimate:
    if items is not None:
        codes = pd.factorize(items)[0]
        figures = np.column_stack([np.bincount(codes, weights=column) for column in figures.T])
    edits, length = figures.sum(axis=0)
    if not length:
        return Estimate(None, n=len(figures), why="No reference holds a word.")
    if not edits:
        return Estimate(
            0.0, 0.0, rule_of_three(len(figures)), len(figures), "No line has an error; the upper limit is the rule of three's."
        )
    return bootstrap(figures, lambda sums: sums[:, 0] / sums[:, 1], seed=seed)
