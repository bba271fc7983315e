"""What is measured of long text: the language it is written in."""

from collections.abc import Callable

import pandas as pd

LONG = 60
LEAST_CHARACTERS = 40
LEAST_SURE = 0.9
READ = 400


def measure(frame: pd.DataFrame, progress: Callable[[float, str], None]) -> pd.DataFrame | None:
    """Return the language of each row's long text as `language`, as its ISO code; None where no column holds long text.

    The first 400 characters of the column with the longest text are looked at; texts under 40 characters, and those of which the
    identifier is less than 90 % sure, have no language.
    """
    column = _longest(frame)
    if column is None:
        return None
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known: dict[str, str | None] = {}
    found = []
    for done, cell in enumerate(frame[column]):
        if done % 500 == 0:
            progress(done / len(frame), f"Reading {len(frame):,} texts")
        text = cell.strip()[:READ] if isinstance(cell, str) else ""
        if text not in known:
            language, sure = identifier.classify(text) if len(text) >= LEAST_CHARACTERS else ("", 0.0)
            known[text] = str(language) if sure >= LEAST_SURE else None
        found.append(known[text])
    return pd.DataFrame({"language": pd.Series(found, dtype=object)})


def _longest(frame: pd.DataFrame) -> str | None:
    """Return the column with the longest text on average, where that is long."""
    lengths = {}
    for name in frame.columns:
        if pd.api.types.is_string_dtype(frame[name]) or pd.api.types.is_object_dtype(frame[name]):
            filled = frame[name].dropna().head(1000)
            if len(filled) and filled.map(lambda cell: isinstance(cell, str)).all():
                lengths[str(name)] = float(filled.str.len().mean())
    longest = max(lengths, key=lambda name: lengths[name], default=None)
    return longest if longest is not None and lengths[longest] >= LONG else None
