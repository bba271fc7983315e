"""Charts as inline SVG, for a page that opens offline."""

import hashlib
import json
import re
from typing import Any

import altair as alt

from components.theme import LIGHT, themed

WIDTH = 760
OF_MARKS = re.compile(r' (?:role="graphics-[a-z]+"|aria-roledescription="[^"]*")')
"""What says of each mark that it is a picture too, which only the picture as a whole is."""


def svg(chart: alt.TopLevelMixin, alt_text: str, width: int = WIDTH) -> str:
    """Return a chart as SVG that scales with the page and says in words what it shows."""
    import vl_convert
    from markupsafe import escape

    spec: dict[str, Any] = themed(chart, LIGHT).to_dict(validate=False)  # the tests validate
    spec["width"] = width
    spec["config"]["aria"] = False  # the picture as a whole says in words what it shows
    drawn: str = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    drawn = _own_ids(drawn, hashlib.sha256(json.dumps(spec, sort_keys=True, default=str).encode()).hexdigest()[:8])
    head = re.match(r"<svg[^>]*>", drawn)
    assert head is not None
    box = re.search(r'viewBox="[^"]*"', head.group(0))
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" {box.group(0) if box else ""} role="img" aria-label="{escape(alt_text)}">'
    return f"{opening}<title>{escape(alt_text)}</title>{OF_MARKS.sub('', drawn[head.end() :])}"


def _own_ids(drawn: str, prefix: str) -> str:
    """Give the ids of a drawing its own prefix: the same drawing is then the same text, and no two share an id."""
    numbers: dict[str, str] = {}

    def renamed(found: re.Match[str]) -> str:
        return numbers.setdefault(found.group(0), f"{prefix}-{len(numbers) + 1}")

    return re.sub(r"\b(?:clip|gradient)\d+\b", renamed, drawn)
