"""Charts as inline SVG, for a page that opens offline."""

import re
from typing import Any

import altair as alt

from components.theme import LIGHT, themed

WIDTH = 760


def svg(chart: alt.TopLevelMixin, alt_text: str, width: int = WIDTH) -> str:
    """Return a chart as SVG that scales with the page and says in words what it shows."""
    import vl_convert
    from markupsafe import escape

    spec: dict[str, Any] = themed(chart, LIGHT).to_dict()
    spec["width"] = width
    drawn: str = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    title = f"<title>{escape(alt_text)}</title>"
    head = re.match(r"<svg[^>]*>", drawn)
    assert head is not None
    opening = head.group(0)
    box = re.search(r'viewBox="[^"]*"', opening)
    new = f'<svg xmlns="http://www.w3.org/2000/svg" {box.group(0) if box else ""} role="img" aria-label="{escape(alt_text)}">'
    return new + title + drawn[head.end() :]
