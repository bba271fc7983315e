"""Prior work as CSV and JSON, out and in again without loss; and out of a table that somebody pasted."""

import csv
import io
import json
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from components import words
from components.errors import BadInput
from components.scoping.pasted import MOST_ROWS, Taken, guarded, number_in, require_text, table_rows, taken, unguarded
from components.scoping.prior_work import is_share
from components.scoping.records import PriorWork

FORMAT = "groundwork-prior-work"
FIELDS = tuple(name for name in PriorWork.model_fields if name != "schema_version")
NUMBERS = ("score", "year", "similarity")
FREE = tuple(name for name in FIELDS if name not in {*NUMBERS, "people", "direction", "retrieved_on", "link", "code"})
HEADINGS = {
    **{(PriorWork.model_fields[name].title or name).lower(): name for name in FIELDS},
    **{name.replace("_", " "): name for name in FIELDS},
    "name": "title",
    "method": "title",
    "value": "score",
    "result": "score",
    "data set": "data",
    "dataset": "data",
    "license": "licence",
    "source": "link",
    "url": "link",
    "code url": "code",
    "repository": "code",
    "reference": "paper",
    "similarity to ours": "similarity",
    "reproduced by us": "reproduced",
    "run": "reproduced",
    "retrieved": "retrieved_on",
    "notes": "note",
    "comment": "note",
    "human": "people",
}
LOWER_IS_BETTER = re.compile(r"error|loss|perplexity|\b(mae|mse|rmse|wer|cer|ece)\b", re.IGNORECASE)
YES, NO = {"yes", "true", "1", "people", "human"}, {"", "no", "false", "0", "model", "models"}


def to_csv(entries: Sequence[PriorWork]) -> str:
    """Return results as CSV that reads back without loss; what a spreadsheet would run as a formula is guarded by an apostrophe."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(FIELDS)
    for entry in entries:
        writer.writerow([_cell(name, getattr(entry, name)) for name in FIELDS])
    return target.getvalue()


def to_json(entries: Sequence[PriorWork]) -> str:
    """Return results as JSON that reads back without loss."""
    rows = [entry.model_dump(mode="json", exclude={"schema_version"}) for entry in entries]
    return json.dumps({"format": FORMAT, "version": 1, "entries": rows}, ensure_ascii=False, indent=1)


def read(name: str, text: str) -> Taken[PriorWork]:
    """Return the results in a CSV, a JSON or a pasted table.

    Raises
    ------
    BadInput
        It holds no table of results at all.
    """
    require_text(name, text, "title, score, metric, year, link")
    if text.lstrip()[:1] in {"{", "["}:
        rows, unknown = _json_rows(name, text)
    else:
        table, unknown = table_rows(name, text, HEADINGS, ("title", "score"))
        rows = [(place, {key: cell for key, raw in row.items() if (cell := _read(key, raw)) is not None}) for place, row in table]
    return taken(PriorWork, rows, unknown, _entry)


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if name in NUMBERS else guarded(str(value))


def _read(name: str, cell: str) -> str | None:
    """Return a cell as its field takes it; None where it is empty."""
    if name == "people":
        return cell
    if not cell.strip():
        return cell if cell and name in FREE else None
    return unguarded(cell) if name in FREE or name in {"link", "code"} else cell.strip()


def _json_rows(name: str, text: str) -> tuple[list[tuple[str, dict[str, Any]]], list[str]]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise BadInput(f"{name} is damaged: its JSON can't be read.", "Export it again, or bring it as CSV.") from None
    listed = data.get("entries") if isinstance(data, dict) else data
    if not isinstance(listed, list) or not listed:
        raise BadInput(f"{name} holds no list of results.", 'Write {"entries": [{"title": "…", "score": .97}]}.')
    if len(listed) > MOST_ROWS:
        raise BadInput(f"{name} holds {words.count(len(listed))} results.", f"Bring at most {words.count(MOST_ROWS)} at once.")
    rows, unknown = [], list[str]()
    for number, item in enumerate(listed, start=1):
        row = item if isinstance(item, dict) else {"title": item}
        unknown += [key for key in row if key not in FIELDS and key not in unknown]
        rows.append((f"Result {number}", {key: value for key, value in row.items() if key in FIELDS and value is not None}))
    return rows, unknown


def _entry(row: dict[str, Any]) -> PriorWork:
    row = dict(row)
    metric = str(row.get("metric", "accuracy"))
    absent = next((name for name in ("title", "score") if name not in row), None)
    if absent:
        raise ValueError(f"the {absent} is missing")
    row["score"] = number_in("score", row["score"])
    if is_share(metric) and not 0 <= row["score"] <= 1:
        raise ValueError(f"{metric} {row['score']:g} lies beyond 0 to 1: write 97.2 % as .972 or as 97.2 %")
    for name in ("year", "similarity"):
        if name in row:
            number = number_in(name, row[name])
            row[name] = int(number) if number == int(number) else number
    if isinstance(row.get("people"), str):
        said = row["people"].strip().lower()
        if said not in YES | NO:
            raise ValueError(f"“{row['people'][:40]}” under people: write yes or no")
        row["people"] = said in YES
    if isinstance(row.get("direction"), str):
        row["direction"] = row["direction"].lower()
    row.setdefault("direction", "lower" if LOWER_IS_BETTER.search(metric) else "higher")
    return PriorWork.model_validate(row)
