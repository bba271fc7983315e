"""Items of a data set drawn as themselves: images, recordings, texts, rows; with a caption each."""

from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

from components.data import showing
from components.data.rulebook.records import Shown
from components.data.showing import Item
from components.project.data_sets import DataSet, DataVersion
from components.project.records import Record
from components.server import changes
from components.ui import identity, resources


def newest(project_id: str) -> dict[str, Record[DataVersion]]:
    """Return the newest version of each data set, by the data set's id; the newest data set last."""
    return {one.body.data_set: one for one in resources.store().all(project_id, DataVersion)}


def items_of(version: Record[DataVersion], rows: Sequence[int]) -> list[Item]:
    """Return rows of a version as items to be shown."""
    data_set = resources.store().get(version.project_id, DataSet, version.body.data_set)
    frame = showing.table(resources.files(), version.body.table)
    return showing.items(frame, version.body, data_set.body if data_set else DataSet(name="–"), rows)


def rows_of(version: Record[DataVersion], keys: Iterable[str]) -> dict[str, int]:
    """Return in which row of a version each item lies; what isn't there is left out."""
    wanted = set(keys)
    data_set = resources.store().get(version.project_id, DataSet, version.body.data_set)
    if not wanted or data_set is None:
        return {}
    named = showing.keys(showing.table(resources.files(), version.body.table), data_set.body)
    return {str(key): row for row, key in enumerate(named) if key in wanted}


def wall(version: Record[DataVersion] | None, shown: Sequence[tuple[Item, str]], *, large: bool = False) -> None:
    """Draw items side by side, each with its caption."""
    figures = [_figure(version, item, caption) for item, caption in shown]
    st.html(f'<div class="items{" large" if large else ""}">{"".join(figures)}</div>')


def examples(version: Record[DataVersion] | None, listed: Sequence[Shown]) -> None:
    """Draw the examples of a rule; an item that isn't in the newest version is shown by its name."""
    places = rows_of(version, [one.item for one in listed if one.item]) if version else {}
    found = {item.key: item for item in items_of(version, list(places.values()))} if version and places else {}
    drawn = []
    for one in listed:
        item = found.get(one.item) or Item(one.item, -1, "text", one.text or f"{one.item} (not in the newest version)")
        drawn.append((item, one.why))
    wall(version, drawn)


def _figure(version: Record[DataVersion] | None, item: Item, caption: str) -> str:
    told = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    if version is not None and item.kind in {"image", "audio"}:
        query = urlencode(
            {
                "project": version.project_id,
                "version": version.id,
                "row": item.row,
                **changes.asker(identity.me().id, identity.session_id() or ""),
            }
        )
        address = escape(f"/item?{query}", quote=True)
        if item.kind == "audio":
            return f'<figure class="wide"><audio controls preload="none" src="{address}"></audio>{told}</figure>'
        return f'<figure><img loading="lazy" alt="{escape(item.key, quote=True)}" src="{address}">{told}</figure>'
    if item.kind == "row":
        rows = "".join(f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in item.cells)
        return f'<figure class="wide"><table><tbody>{rows}</tbody></table>{told}</figure>'
    return f'<figure class="wide"><blockquote>{escape(item.text)}</blockquote>{told}</figure>'
