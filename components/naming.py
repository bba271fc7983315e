"""Where names stand in a chart: beside their dots, or one under the other, so that none runs into another."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from components.theme import Palette, font_size

NARROW, WIDE, SHORT, DOT, SIGN = 300, 500, 300, 12, 0.55
"""A plot on a phone and half as wide as a screen, in pixels, and its height; from a dot to its name; and the width of a sign, as a share
of the size of the type."""
MOVED = (0, *(side * step / 4 for step in range(1, 15) for side in (-1, 1)))
"""How far from its dot's height a name may stand, in heights of itself, the nearest first."""
Box = tuple[float, float, float, float]


def beside(places: Sequence[tuple[float, float]], names: Sequence[str], size: float = 17, wide: float = WIDE) -> pd.DataFrame:
    """Return where names stand beside their dots: `written`, empty where there is no room; `left`; `down`, a share of the height; `moved`.

    A name stands at the height of its dot where it can, else the least bit higher or lower, so that none runs into another or a dot,
    neither on a phone nor in a plot `wide` pixels across. Places are shares of the width, from the left, and of the height, from the top,
    the most important first.

    >>> beside([(0.1, 0.5), (0.12, 0.51), (0.9, 0.5)], ["Clean", "Noisy", "Faint"]).round(2).values.tolist()
    [['Clean', False, 0.46, True], ['Noisy', False, 0.52, False], ['Faint', True, 0.5, False]]
    """
    half = DOT / 2
    widths = (NARROW, wide)
    dots = [[(x * width - half, x * width + half, y * SHORT - half, y * SHORT + half) for x, y in places] for width in widths]
    taken: list[list[Box]] = [[] for _ in widths]
    found: list[tuple[str, bool, float, bool]] = []
    for place, ((x, y), name) in enumerate(zip(places, names, strict=True)):
        length = SIGN * size * len(name)
        wanted = x * NARROW + DOT + length > NARROW and x * NARROW > NARROW / 2
        others = [[*names_there, *there[:place], *there[place + 1 :]] for names_there, there in zip(taken, dots, strict=True)]
        tries = [(y * SHORT + step * size, left) for step in MOVED for left in (wanted, not wanted)] if name else []
        for down, left in tries:
            boxes = [_box(x * width, down, length, size, left=left) for width in widths]
            room = left == wanted or (boxes[0][0] >= 0 and boxes[0][1] <= NARROW)
            if room and all(map(_clear, boxes, others)):
                found.append((name, left, down / SHORT, abs(down - y * SHORT) > size / 2))
                for names_there, box in zip(taken, boxes, strict=True):
                    names_there.append(box)
                break
        else:
            found.append(("", wanted, y, False))
    return pd.DataFrame(found, columns=["written", "left", "down", "moved"])


def names_beside(
    frame: pd.DataFrame, palette: Palette, x: alt.X, y: alt.Y, at: alt.Y, *, size: float, weight: int = 400, least: float = 14
) -> list[alt.Chart]:
    """Draw names beside their dots, each where `beside` puts it, with a thin line to its dot where it had to give way.

    `frame` holds what `beside` returns, `ink` for the colour of a name, and the fields of `x` (the dot's), `y` (the dot's) and `at` (the
    name's height, in the units of `y`).
    """
    layers = []
    for side, group in frame[frame["written"] != ""].groupby("left"):
        away = -1 if side else 1
        led = alt.Chart(group[group["moved"]]).mark_rule(color=palette.others, strokeWidth=1.2, x2Offset=away * (DOT - 2))
        layers.append(led.encode(x=x, x2=x.shorthand.split(":")[0], y=y, y2=at.shorthand.split(":")[0]))
        place = {"align": "right" if side else "left", "dx": away * DOT, "fontSize": font_size(size, least), "limit": 190}
        base = alt.Chart(group).encode(x=x, y=at, text="written:N")
        layers.append(base.mark_text(**place, stroke=palette.page, strokeWidth=6, strokeJoin="round", color=palette.page))
        layers.append(base.mark_text(**place, fontWeight=weight).encode(color=alt.Color("ink:N", scale=None)))
    return layers


def _box(across: float, down: float, length: float, size: float, *, left: bool) -> Box:
    """Return the edges of a name beside a dot: left, right, top, bottom."""
    start = across - DOT - length if left else across + DOT
    return (start, start + length, down - size / 2, down + size / 2)


def _clear(box: Box, others: Sequence[Box]) -> bool:
    """Whether a name stands within the height of the plot and runs into nothing."""
    inside = box[2] >= 0 and box[3] <= SHORT
    return inside and all(box[1] <= one[0] or box[0] >= one[1] or box[3] <= one[2] or box[2] >= one[3] for one in others)


def apart(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return places as near as possible to those wanted, in the same order, at least `gap` apart and within `low` and `high`.

    Where they don't all fit, the gap gets smaller.

    >>> apart([10.0, 11.0, 50.0], 20, 0, 100), apart([0, 0, 0], 20, 0, 30)
    ([0.5, 20.5, 50.0], [0.0, 15.0, 30.0])
    """
    number = len(wanted)
    gap = min(gap, (high - low) / (number - 1)) if number > 1 else gap
    order = sorted(range(number), key=lambda place: wanted[place])
    blocks: list[list[float]] = []
    for rank, place in enumerate(order):
        blocks.append([wanted[place] - rank * gap, 1.0])
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            mean, size = blocks.pop()
            before, more = blocks.pop()
            blocks.append([(before * more + mean * size) / (more + size), more + size])
    starts = [mean for mean, size in blocks for _ in range(int(size))]
    found = [0.0] * number
    for rank, place in enumerate(order):
        found[place] = min(max(starts[rank], low), high - (number - 1) * gap) + rank * gap
    return found
