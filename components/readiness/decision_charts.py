"""How the log of decisions is drawn: a row for each chain, a dot for each decision, hollow where another stands in its place."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from components.project.decisions import Entry
from components.theme import Palette, font_size

ROW, BESIDES, MOST = 54, 40, 12


def chains(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Return the decisions as chains, each the oldest first; a decision that supersedes several continues the first of them."""
    by_id = {entry.id: entry for entry in entries}
    chain_of: dict[str, list[Entry]] = {}
    found: list[list[Entry]] = []
    for entry in entries:
        before = next((id_ for id_ in entry.body.supersedes if id_ in chain_of and id_ in by_id), None)
        if before is None:
            found.append([])
        chain = found[-1] if before is None else chain_of[before]
        chain.append(entry)
        chain_of[entry.id] = chain
    return found


def decisions_table(entries: Sequence[Entry]) -> pd.DataFrame:
    """Return the log as a table, a decision a row."""
    rows = [
        {
            "number": entry.number,
            "decision": entry.body.title,
            "status": entry.stands,
            "date": entry.body.on.isoformat() if entry.body.on else "",
            "who decided": ", ".join(entry.body.makers),
            "votes": len(entry.body.votes),
            "against": len(entry.body.disagreeing),
            "dissent": entry.body.dissent,
            "look again if": entry.body.revisit,
        }
        for entry in entries
    ]
    return pd.DataFrame(rows)


def decisions_chart(entries: Sequence[Entry], palette: Palette, fired: Sequence[str] = ()) -> alt.LayerChart:
    """Draw the chains whose last decision is the newest; `fired` holds the ids of decisions that it is time to look at again."""
    shown = sorted(chains(entries), key=lambda chain: (chain[-1].body.on is not None, chain[-1].body.on, chain[-1].number))[-MOST:]
    rows = []
    for row, chain in enumerate(reversed(shown)):
        for place, entry in enumerate(chain):
            colour = palette.warned if entry.id in fired else palette.model if entry.holds else palette.others
            on = pd.Timestamp(entry.body.on or entry.record.updated_at.date())
            rows.append({"row": row, "on": on, "place": place, "colour": colour, "hollow": not entry.holds, "title": entry.body.title})
    frame = pd.DataFrame(rows)
    frame = frame.assign(on=_apart(frame), day=frame["on"].dt.strftime("%-d %B %Y"))
    ends = frame.groupby("row").agg(start=("on", "min"), end=("on", "max"), title=("title", "last")).reset_index()
    air = max((frame["on"].max() - frame["on"].min()) * 0.06, pd.Timedelta(days=1))
    x = alt.Scale(domain=[_ms(frame["on"].min() - air), _ms(frame["on"].max() + air)], nice=False)
    axis = alt.Axis(title=None, grid=True, tickCount=5, format="%-d %b")
    y = alt.Y("row:O", axis=None, scale=alt.Scale(domain=list(range(len(shown))), paddingInner=0))
    base = alt.Chart(frame).encode(
        x=alt.X("on:T", scale=x, axis=axis), y=y, tooltip=[alt.Tooltip("title:N", title=" "), alt.Tooltip("day:N", title="on")]
    )
    line = alt.Chart(ends).mark_rule(strokeWidth=2, color=palette.border, yOffset=12)
    full, hollow = base.transform_filter("!datum.hollow"), base.transform_filter("datum.hollow")
    colour = alt.Color("colour:N", scale=None)
    text = alt.Chart(ends).mark_text(align="left", baseline="middle", dy=-12, fontSize=font_size(17), color=palette.text, limit=900)
    layers = [
        line.encode(x=alt.X("start:T", scale=x), x2="end:T", y=y),
        hollow.mark_point(filled=False, strokeWidth=3, size=150, opacity=1, yOffset=12).encode(color=colour),
        full.mark_point(filled=True, stroke=palette.page, strokeWidth=2, size=260, opacity=1, yOffset=12).encode(color=colour),
        text.encode(x=alt.value(2), y=y, text="title:N"),
    ]
    sized: alt.LayerChart = alt.layer(*layers).properties(width="container", height=ROW * len(shown), usermeta={"besides": BESIDES})
    return sized


def _apart(frame: pd.DataFrame) -> pd.Series:
    """Move decisions of one chain and day apart, so that each has a dot of its own."""
    days = max((frame["on"].max() - frame["on"].min()).days, 14)
    nth = frame.groupby(["row", "on"]).cumcount()
    return frame["on"] + pd.to_timedelta(nth * days / 40, unit="D")


def _ms(moment: pd.Timestamp) -> int:
    return int(moment.timestamp() * 1000)
