"""Colours, type and the one Altair theme."""

from dataclasses import dataclass
from typing import Any

import altair as alt

FONT = '"Source Sans", "Source Sans 3", "Noto Sans", "Helvetica Neue", Arial, sans-serif'
PRESENTER_SCALE = 1.28
TYPE_SCALE = "type_scale"
"""The parameter by which every text of a chart grows on a projector."""


@dataclass(frozen=True)
class Palette:
    """What each colour stands for. Colour says what a thing is and never decorates."""

    dark: bool
    page: str
    card: str
    border: str
    text: str
    muted: str
    grid: str
    model: str
    people: str
    others: str
    target: str
    passed: str
    warned: str
    failed: str
    not_applicable: str
    phases: tuple[str, str, str, str]
    matrix: tuple[str, str, str, str]

    def of(self, role: str) -> str:
        """Return the colour of a mark's role: highlight, people, other, passed, failed, not comparable and the like."""
        roles = {
            "highlight": self.model,
            "model": self.model,
            "people": self.people,
            "other": self.others,
            "target": self.target,
            "passed": self.passed,
            "warned": self.warned,
            "failed": self.failed,
            "error": self.failed,
            "not comparable": self.others,
            "not applicable": self.not_applicable,
        }
        return roles[role]


LIGHT = Palette(
    dark=False,
    page="#FAF8F4",
    card="#FFFFFF",
    border="#C9C2B4",
    text="#1B252D",
    muted="#55606A",
    grid="#E7E2D8",
    model="#0F6070",
    people="#6B3FA0",
    others="#6C757D",
    target="#1B252D",
    passed="#1B7A55",
    warned="#9E5400",
    failed="#B23A2E",
    not_applicable="#B9BFC4",
    phases=("#5B8F82", "#3A7A78", "#22616C", "#17455A"),
    matrix=("#EEF0EC", "#C9DCDC", "#9DBFC2", "#0F6070"),
)
DARK = Palette(
    dark=True,
    page="#12181D",
    card="#1A2228",
    border="#35414A",
    text="#ECE8E0",
    muted="#AEB7BE",
    grid="#273038",
    model="#6FC3CE",
    people="#B48CF2",
    others="#8D979F",
    target="#ECE8E0",
    passed="#6FCBA0",
    warned="#F0B062",
    failed="#F28B7D",
    not_applicable="#55616A",
    phases=("#CFE3C8", "#A3D1C3", "#78B9C0", "#5C9CB8"),
    matrix=("#1E282F", "#26404A", "#2E5560", "#6FC3CE"),
)


def palette(dark: bool = False) -> Palette:
    """Return the colours for a dark or a light page."""
    return DARK if dark else LIGHT


def font_size(pixels: float, phone: float = 14) -> alt.ExprRef:
    """Return a text size that shrinks where the chart is narrow, as on a phone."""
    return alt.ExprRef(f"(width < 440 ? {phone} : {pixels}) * {TYPE_SCALE}")


def font_size_beside(signs: int, pixels: float = 16, least: float = 9) -> alt.ExprRef:
    """Return the text size at which so many signs, side by side, have room in the width of the chart."""
    return alt.ExprRef(f"max({least}, min({pixels}, width / {0.56 * signs:g})) * {TYPE_SCALE}")


def config(palette: Palette, presenter: bool = False) -> dict[str, Any]:
    """Return the Vega-Lite configuration: transparent, no domain lines, no ticks, a grid on the value axis only."""
    scale = PRESENTER_SCALE if presenter else 1.0
    axis = {
        "labelFont": FONT,
        "titleFont": FONT,
        "labelFontSize": 16 * scale,
        "titleFontSize": 16 * scale,
        "titleFontWeight": "normal",
        "labelColor": palette.muted,
        "titleColor": palette.muted,
        "gridColor": palette.grid,
        "domain": False,
        "ticks": False,
        "labelPadding": 8,
        "titlePadding": 10,
        "labelFlush": False,
        "labelOverlap": True,
    }
    return {
        "params": [{"name": TYPE_SCALE, "value": scale}],
        "background": "transparent",
        "font": FONT,
        "view": {"stroke": None},
        "axis": axis,
        "axisY": {"grid": False},
        "legend": {"disable": True},
        "text": {"font": FONT, "fontSize": 17 * scale, "color": palette.text},
        "header": {"labelFont": FONT, "labelFontSize": 17 * scale, "labelColor": palette.text, "title": None},
    }


def themed(chart: alt.TopLevelMixin, palette: Palette, presenter: bool = False) -> alt.TopLevelMixin:
    """Return `chart` in our type and colours, for a page of this palette."""
    chart = chart.copy(deep=False)
    chart.config = alt.Config.from_dict(config(palette, presenter))
    return chart
