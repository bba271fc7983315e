"""What labelling tools export, as a long table: Label Studio's JSON, Doccano's JSON lines, Argilla's records."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from components.data import sources
from components.data.text_tables import decoded
from components.errors import BadInput

Row = dict[str, Any]
TOGETHER = " + "
LONGEST = 300
MOST_UNPACKED = 500 * 1024 * 1024
ENDINGS = (".json", ".jsonl", ".ndjson", ".zip")
NO_CLASSES = (
    "The annotations mark parts of an item (boxes, spans), and agreement is measured on one label an item.",
    "Export a project whose question is a choice, a rating or a class of the whole item.",
)


def read(name: str, data: bytes | Path, encoding: str | None = None) -> pd.DataFrame:
    """Return the table of labels in a file: a table as it is, the export of a labelling tool as one row a judgement.

    Parameters
    ----------
    name : str
        The file's name; a zip holds the exports of several annotators (Doccano), each called after who made it.
    data : bytes or Path
        Its content, or where it lies.
    encoding : str, optional
        Encoding of a text file; UTF-8 by default.

    Returns
    -------
    DataFrame
        For exports: item, annotator, label, where known seconds and gold, and what is known of the item. Several labels of one item by one
        annotator are one label, joined by “+”. Where a tool asked several questions, each has a column of its own.

    Raises
    ------
    BadInput
        The file can't be read, or marks parts of items instead of giving them labels.
    """
    ending = Path(name).suffix.lower()
    if ending not in ENDINGS:
        return sources.read(name, data, encoding)
    if sources.size_of(name, data) > sources.MOST_BYTES:
        raise BadInput(f"{name} is too large; at most 200 MB can be read.", "Export fewer items, or a table of labels as Parquet.")
    content = data.read_bytes() if isinstance(data, Path) else data
    if ending == ".zip":
        return _several(name, content, encoding)
    records = _records(name, content, encoding)
    recognised = next((reader for fits, reader in READERS if fits(records[0])), None)
    if recognised is None:
        if ending == ".json":
            return sources.checked(name, pd.DataFrame.from_records([_plain(one) for one in records]))
        return sources.read(name, content, encoding)
    return _as_table(name, recognised(records, Path(name).stem))


def _as_table(name: str, rows: Iterator[Row]) -> pd.DataFrame:
    found = list(rows)
    if not found:
        raise BadInput(f"{name} holds no finished annotations.", "Export items that were labelled and submitted.")
    frame = pd.DataFrame.from_records(found)
    first = [column for column in ("item", "annotator", "label", "gold", "seconds") if column in frame.columns]
    return sources.checked(name, frame[[*first, *(column for column in frame.columns if column not in first)]])


def _records(name: str, content: bytes, encoding: str | None) -> list[Row]:
    """Return the objects of a JSON list, of JSON lines, or of a list under the only name that holds one."""
    text = decoded(name, content, encoding).lstrip("\ufeff").strip()
    if not text:
        raise BadInput(f"{name} is empty.", "Choose an export that holds at least one item.")
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        whole = None
    if isinstance(whole, dict):
        lists = [value for value in whole.values() if isinstance(value, list)]
        alone = len(lists) != 1 or any(fits(whole) for fits, _ in READERS)
        whole = [whole] if alone else lists[0]
    if whole is None:
        whole = []
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip():
                try:
                    whole.append(json.loads(line))
                except (ValueError, RecursionError):
                    raise BadInput(f"{name}, line {number} isn't JSON.", "Export the labels again.", [f"{number}  {line[:160]}"]) from None
    if not whole or not all(isinstance(one, dict) for one in whole):
        raise BadInput(f"{name} isn't a list of labelled items.", "Export the labels as JSON, JSON lines, CSV or Parquet.")
    records: list[Row] = whole
    return records


def _several(name: str, content: bytes, encoding: str | None) -> pd.DataFrame:
    """Read a zip of one export per annotator."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = [one for one in archive.infolist() if not one.is_dir() and Path(one.filename).suffix.lower() in {".jsonl", ".json"}]
            if sum(one.file_size for one in inside) > MOST_UNPACKED:
                raise BadInput(f"{name} unpacks to more than 500 MB.", "Export fewer items.")
            files = {Path(one.filename).name: archive.read(one) for one in inside}
    except (zipfile.BadZipFile, RuntimeError, OSError):
        raise BadInput(f"{name} isn't a zip, or is damaged.", "Export it again.") from None
    if not files:
        raise BadInput(f"{name} holds no JSON or JSON lines.", "Zip the exports of all annotators, one file each.")
    return pd.concat([read(inner, data, encoding) for inner, data in files.items()], ignore_index=True)


def _label_studio(records: list[Row], _: str) -> Iterator[Row]:
    """Read tasks with their annotations; those that were cancelled are left out, and ground truths are gold."""
    marks = False
    some = False
    for task in records:
        gold = next((_answers(one) for one in task["annotations"] if one.get("ground_truth")), {})
        for annotation in task["annotations"]:
            if annotation.get("was_cancelled"):
                continue
            answers = _answers(annotation)
            marks = marks or bool(annotation.get("result")) and not answers
            if not answers or annotation.get("ground_truth"):
                continue
            some = True
            told = {
                "item": task.get("id"),
                "annotator": _person(annotation.get("completed_by")),
                "seconds": annotation.get("lead_time"),
                **_answer_columns(answers, gold),
            }
            yield {**told, **{key: value for key, value in _plain(task.get("data") or {}).items() if key not in told}}
    if marks and not some:
        raise BadInput(*NO_CLASSES)


def _answers(annotation: Row) -> dict[str, str]:
    """Return the answers of one annotation by the name of what was asked: choices, ratings, numbers, taxonomies."""
    found: dict[str, str] = {}
    for one in annotation.get("result") or []:
        value = one.get("value") or {}
        given = next((value[kind] for kind in ("choices", "rating", "number", "taxonomy", "pairwise", "selected") if kind in value), None)
        if given is None or {"start", "x", "points"} & set(value):
            continue
        found[str(one.get("from_name", "label"))] = _joined(given)
    return found


def _answer_columns(answers: dict[str, str], gold: dict[str, str]) -> Row:
    """Return the answers as columns: called label where only one thing was asked."""
    if len(answers) == 1:
        [(name, value)] = answers.items()
        return {"label": value, **({"gold": gold[name]} if name in gold else {})}
    return {**answers, **{f"{name} gold": value for name, value in gold.items()}}


def _label_studio_small(records: list[Row], _: str) -> Iterator[Row]:
    """Read Label Studio's short form (JSON-MIN): one object an annotation."""
    for one in records:
        told = {
            "item": one.get("id"),
            "annotator": _person(one["annotator"]),
            "seconds": one.get("lead_time"),
        }
        rest = {
            key: value
            for key, value in one.items()
            if key not in {"id", "annotator", "lead_time", "annotation_id", "updated_at", "created_at"}
        }
        yield {
            **told,
            **{
                key: _joined(value["choices"]) if isinstance(value, dict) and "choices" in value else value
                for key, value in _plain(rest, keep=True).items()
            },
        }


def _argilla(records: list[Row], _: str) -> Iterator[Row]:
    """Read Argilla's records of versions 1 and 2: responses by question, or by user; drafts and discarded ones are left out."""
    for number, record in enumerate(records):
        item = record.get("external_id") or record.get("id") or number
        fields = _plain(record.get("fields") or {})
        by_user: dict[str, Row] = {}
        for user, question, value in _responses(record):
            by_user.setdefault(user, {})[question] = _joined(value)
        for user, answers in by_user.items():
            yield {"item": item, "annotator": user, **_answer_columns(answers, {}), **{f"field {k}": v for k, v in fields.items()}}


def _responses(record: Row) -> Iterator[tuple[str, str, Any]]:
    """Yield who answered which question of a record with what."""
    given = record["responses"]
    if isinstance(given, list):  # version 1: one entry a user
        for response in given:
            if response.get("status", "submitted") != "submitted":
                continue
            for question, value in (response.get("values") or {}).items():
                yield _person(response.get("user_id")), question, value.get("value") if isinstance(value, dict) else value
        return
    for question, responses in (given or {}).items():  # version 2: one entry a question
        for response in responses or []:
            if response.get("status", "submitted") == "submitted":
                yield _person(response.get("user_id")), question, response.get("value")


def _doccano(records: list[Row], who: str) -> Iterator[Row]:
    """Read Doccano's lines: classes of whole texts, with the user of each annotation or, without, the file's name as annotator."""
    for number, record in enumerate(records):
        item = record.get("id", number)
        text = {"text": str(record.get("text", record.get("data", "")))[:LONGEST]}
        if "annotations" in record:
            by_user: dict[str, list[Any]] = {}
            for one in record["annotations"]:
                if "start_offset" in one:
                    raise BadInput(*NO_CLASSES)
                by_user.setdefault(_person(one.get("user")), []).append(one.get("label"))
            for user, theirs in by_user.items():
                yield {"item": item, "annotator": user, "label": _joined(theirs), **text}
            continue
        labels = record.get("label", record.get("labels", []))
        if any(isinstance(one, list | dict) for one in (labels if isinstance(labels, list) else [])) or record.get("entities"):
            raise BadInput(*NO_CLASSES)
        if labels not in ([], None, ""):
            yield {"item": item, "annotator": who, "label": _joined(labels), **text}


def _joined(value: Any) -> str:
    """Return an answer as one label: several in the order of the alphabet, a path of a taxonomy with its steps."""
    if isinstance(value, list):
        return TOGETHER.join(sorted(" / ".join(map(str, one)) if isinstance(one, list) else str(one) for one in value))
    return str(value)


def _person(value: Any) -> str:
    """Return who annotated, as one name."""
    if isinstance(value, dict):
        value = value.get("email") or value.get("username") or value.get("id")
    return str(value) if value not in (None, "") else "unnamed"


def _plain(record: Row, keep: bool = False) -> Row:
    """Return the values of a record as cells: short texts and numbers as they are, everything else as JSON (or kept)."""
    return {
        str(key): value[:LONGEST] if isinstance(value, str) else value if keep or not isinstance(value, dict | list) else json.dumps(value)
        for key, value in record.items()
    }


def _is_doccano(record: Row) -> bool:
    labels = record.get("label", record.get("labels"))
    listed = isinstance(labels, list) or "entities" in record
    return ("text" in record or "data" in record) and (listed or isinstance(record.get("annotations"), list))


READERS: tuple[tuple[Callable[[Row], bool], Callable[[list[Row], str], Iterator[Row]]], ...] = (
    (lambda one: isinstance(one.get("annotations"), list) and isinstance(one.get("data"), dict), _label_studio),
    (lambda one: "annotation_id" in one and "annotator" in one, _label_studio_small),
    (lambda one: isinstance(one.get("responses"), list | dict), _argilla),
    (_is_doccano, _doccano),
)
