"""What a table looks like: the type of each column, which ones probably have a role, and what its kind means for a team."""

import re
from dataclasses import dataclass

import pandas as pd

LABELS = ("label", "target", "class", "y", "survived", "outcome", "category", "sentiment", "gold")
KEYS = ("id", "key", "uuid", "index", "path", "filename", "file", "item", "item_id", "row_id")
KEY_NAME = re.compile(r"(?i:^|[_\-. ])(?i:id|uuid|guid|key|index|path|filename|file)$|[a-z](Id|ID|Key|Uuid)$")
SPLITS = ("split", "fold", "subset", "set", "partition")
LONG_TEXT = 60
MOSTLY = 0.9
LEAST_COUNTED = 20
MOST_CLASSES, LEAST_PER_CLASS = 20, 5

STRUCTURED = (
    "Structured: look for more features or more rows. Augmentation is not advisable (a made-up row is not a customer), and human level "
    "is no benchmark, since people label tables badly."
)
UNSTRUCTURED = (
    "Unstructured: people label it well, so human level is a benchmark. Augmentation is a fair way to get more; keep what is derived "
    "from one item in one split."
)


@dataclass(frozen=True)
class Guess:
    """What a table probably is, and why; the team confirms or corrects it."""

    structured: bool
    why: str
    target: str | None
    id_column: str | None
    split_column: str | None


def column_types(frame: pd.DataFrame) -> dict[str, str]:
    """Return the type of each column: number, boolean, time, category or text."""
    return {str(name): _type(frame[name]) for name in frame.columns}


def _type(column: pd.Series) -> str:
    if pd.api.types.is_bool_dtype(column) or pd.api.types.infer_dtype(column, skipna=True) == "boolean":
        return "boolean"
    if pd.api.types.is_numeric_dtype(column):
        return "number"
    if pd.api.types.is_datetime64_any_dtype(column):
        return "time"
    present = column.dropna()
    if present.empty or present.nunique() <= max(50, 0.05 * len(present)):
        return "category"
    return "text"


def guess(frame: pd.DataFrame, images: bool = False) -> Guess:
    """Guess what a table is from its columns."""
    names = {str(name).strip().lower(): str(name) for name in frame.columns}

    def first(candidates: tuple[str, ...]) -> str | None:
        return next((names[name] for name in candidates if name in names), None)

    types = column_types(frame)
    long_text = [
        name for name, kind in types.items() if kind == "text" and frame[name].dropna().astype(str).head(200).str.len().mean() >= LONG_TEXT
    ]
    if images:
        structured, why = False, "it holds images"
    elif long_text:
        structured, why = False, f"the column “{long_text[0]}” holds long text"
    else:
        structured, why = True, "its columns hold numbers and categories"
    keys = [*(names[name] for name in KEYS if name in names), *(name for name in types if looks_like_key(name))]
    key = next((name for name in keys if frame[name].nunique() >= MOSTLY * len(frame)), None)
    key = key or next((name for name, kind in types.items() if kind == "number" and _numbers_rows(frame[name])), None)
    return Guess(structured, why, first(LABELS), key, first(SPLITS))


def likely_target(frame: pd.DataFrame) -> str | None:
    """Return the last column where it could be what is to be predicted: two values, or few words, each of them in several rows.

    >>> likely_target(pd.DataFrame({"age": range(40), "churned": ["yes", "no"] * 20})), likely_target(pd.DataFrame({"age": range(40)}))
    ('churned', None)
    """
    if frame.shape[1] < 2:
        return None
    name, column = str(frame.columns[-1]), frame.iloc[:, -1].dropna()
    kind, distinct = _type(column), int(column.nunique())
    few = MOST_CLASSES if kind == "category" else 2 if kind in {"boolean", "number"} else 0
    if looks_like_key(name) or name.strip().lower() in SPLITS or not 2 <= distinct <= few:
        return None
    several = len(column) >= LEAST_PER_CLASS * distinct and int(column.value_counts().min()) > 1
    return name if several else None


def _numbers_rows(column: pd.Series) -> bool:
    """Whether a column counts the rows, one up from each to the next."""
    whole = pd.api.types.is_integer_dtype(column) and not column.hasnans
    return len(column) >= LEAST_COUNTED and whole and bool((column.diff().iloc[1:] == 1).all())


def looks_like_key(name: str) -> bool:
    """Whether a column is called as one is that identifies a row.

    >>> [looks_like_key(name) for name in ("id", "customer_id", "PassengerId", "paid", "Index")]
    [True, True, True, False, True]
    """
    return KEY_NAME.search(name.strip()) is not None


def advice(structured: bool) -> str:
    """Return what the kind of data means for a team."""
    return STRUCTURED if structured else UNSTRUCTURED


def balance(frame: pd.DataFrame, label: str, most: int = 20) -> pd.DataFrame:
    """Return how many rows each label has, the most frequent first: columns name, count, share."""
    counts = frame[label].value_counts(dropna=True)
    table = pd.DataFrame({"name": [str(name) for name in counts.index], "count": counts.to_numpy()})
    return table.assign(share=table["count"] / max(int(table["count"].sum()), 1)).head(most)
