"""Baselines out of what other phases hold: prior work of scoping, a table that somebody pastes, and the line that is promised."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from components import words
from components.modelling.baselines import lower_is_better
from components.modelling.records import SHARES, Baseline
from components.project.records import Record
from components.project.store import Store
from components.project.target import Target
from components.scoping.milestones import Milestone, Promise
from components.scoping.pasted import Taken, number_in, require_text, table_rows, taken, unguarded
from components.scoping.records import PriorWork

NUMBERS = ("value", "low", "high", "n")
HEADINGS = {
    **{
        (Baseline.model_fields[name].title or name).lower(): name
        for name in Baseline.model_fields
        if name not in {"schema_version", "prior_work"}
    },
    "model": "name",
    "title": "name",
    "system": "name",
    "kind": "source_kind",
    "score": "value",
    "result": "value",
    "accuracy": "value",
    "lower": "low",
    "upper": "high",
    "low": "low",
    "high": "high",
    "n": "n",
    "items": "n",
    "dataset": "data",
    "comparable": "comparable",
    "reason": "why_not",
    "source": "link",
    "link": "link",
    "url": "link",
    "date": "measured_on",
    "license": "licence",
    "comment": "note",
    "direction": "direction",
}
YES, NO = {"yes", "true", "1", "x"}, {"", "no", "false", "0"}
EXAMPLE = "name\tvalue\tmetric\tn\tcomparable\tlink\nLeNet-5\t99.05 %\taccuracy\t10000\tno\thttps://…"


def read(name: str, text: str) -> Taken[Baseline]:
    """Return the baselines in a CSV or a table that was pasted; name and value at least.

    Raises
    ------
    BadInput
        It holds no table of results at all.
    """
    require_text(name, text, "name, value, metric, n, comparable, link")
    rows, unknown = table_rows(name, text, HEADINGS, ("name", "value"))
    cells = [(place, {key: unguarded(cell).strip() for key, cell in row.items() if cell.strip()}) for place, row in rows]
    return taken(Baseline, cells, unknown, _entry)


def _entry(row: dict[str, Any]) -> Baseline:
    row = dict(row)
    for field in NUMBERS:
        if field in row:
            number = number_in(field, row[field])
            row[field] = int(number) if field == "n" and number == int(number) else number
    if "comparable" in row:
        said = str(row["comparable"]).lower()
        if said not in YES | NO:
            raise ValueError(f"“{row['comparable'][:40]}” under comparable: write yes or no")
        row["comparable"] = said in YES
    for field in ("source_kind", "status", "direction"):
        if field in row:
            row[field] = _option(field, row[field].lower())
    row.setdefault("direction", "lower" if lower_is_better(str(row.get("metric", "accuracy"))) else "higher")
    return Baseline.model_validate(row)


def _option(field: str, said: str) -> str:
    """Return an option by its value or by what the screen calls it."""
    extra: Any = Baseline.model_fields[field].json_schema_extra or {}
    called = {word: value for value, word in extra.get("words", {}).items()} if isinstance(extra, dict) else {}
    return str(called.get(said, said))


def offered(store: Store, project_id: str) -> list[Record[PriorWork]]:
    """Return the prior work that is no baseline yet."""
    there = [record.body for record in store.all(project_id, Baseline)]
    known, names = {body.prior_work for body in there}, {(body.name, body.value) for body in there}
    return [
        record
        for record in store.all(project_id, PriorWork)
        if record.id not in known and (record.body.title[:120], record.body.score) not in names
    ]


def from_prior_work(record: Record[PriorWork]) -> Baseline:
    """Return prior work as a baseline; it was measured on other data, so that it isn't comparable until somebody says so."""
    body = record.body
    share = body.metric.lower() not in SHARES or 0 <= body.score <= 1
    return Baseline(
        name=body.title[:120],
        source_kind="human level" if body.people else "reproduced" if body.reproduced else "literature",
        value=body.score if share else body.score / 100,
        metric=body.metric,
        direction=body.direction,
        data=body.data,
        split=body.split[:120],
        why_not=f"on {body.data}"[:120] if body.data else "",
        status="reproduced" if body.reproduced else "claimed",
        compute=body.hardware,
        link=body.link,
        measured_on=body.retrieved_on,
        licence=body.licence,
        prior_work=record.id,
        note=" ".join(filter(None, (body.model, body.paper, str(body.year or ""), body.note)))[:2000],
    )


def target_line(store: Store, project_id: str, metric: str) -> tuple[float, str] | None:
    """Return the value to reach by a metric and what it is called: the project's target, else what the next milestone promises."""
    target = store.get(project_id, Target, "target")
    if target is not None and target.body.metric.strip().lower() == metric.lower():
        return target.body.value, "target"
    milestones = {record.id: record.body for record in store.all(project_id, Milestone) if record.body.reached_on is None}
    promised = [
        (milestones[body.milestone].due, body.value, milestones[body.milestone].title)
        for body in (record.body for record in store.all(project_id, Promise))
        if body.milestone in milestones and body.metric.strip().lower() == metric.lower() and not body.slice
    ]
    dated = sorted((one for one in promised if one[0] is not None), key=lambda one: str(one[0]))
    return (dated[0][1], f"promised for “{dated[0][2]}”:") if dated else None


def table(baselines: Sequence[Baseline]) -> pd.DataFrame:
    """Return baselines as a table to look at before they are taken."""
    rows = [
        (one.name, one.source_kind, one.value, one.metric, one.n, "yes" if one.comparable else one.why_not or "no") for one in baselines
    ]
    return pd.DataFrame(rows, columns=["name", "kind", "value", "metric", "n", "comparable"])


def written(body: Baseline) -> str:
    """Write a baseline's value, with what is known of how it was measured."""
    value = words.percent(body.value) if body.metric.lower() in SHARES else f"{words.decimal(body.value)} {body.unit}".strip()
    parts = [f"{body.metric} {value}", body.source_kind, body.status, " ".join(filter(None, (body.data, body.split)))]
    return ", ".join(part for part in (*parts, words.counted(body.n, "item") if body.n else "") if part)
