"""Every chart of a report as SVG and PNG, in one archive."""

import io
import re
import zipfile
from collections.abc import Sequence

from components import words
from components.report.parts import Section

SHARPNESS = 2.0
WHEN = (1980, 1, 1, 0, 0, 0)


def archive(made: Sequence[Section]) -> bytes:
    """Return a zip of the charts of some sections; the same charts give the same file."""
    import vl_convert

    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as target:
        for name, picture in named(made):
            target.writestr(zipfile.ZipInfo(f"{name}.svg", WHEN), picture)
            target.writestr(zipfile.ZipInfo(f"{name}.png", WHEN), vl_convert.svg_to_png(_sized(picture), scale=SHARPNESS))
    return held.getvalue()


def named(made: Sequence[Section]) -> list[tuple[str, str]]:
    """Return the charts with a name each: its section, a number, and the title of its part."""
    found = []
    for section in made:
        pictures = [(part.title, picture) for part in section.parts for picture in part.pictures]
        for number, (title, picture) in enumerate(pictures, start=1):
            slug = words.slug(title)[:40].strip("-")
            found.append((f"{section.name}-{number}{'-' + slug if slug else ''}", picture))
    return found


def _sized(picture: str) -> str:
    """Give a picture that scales with its page the size of its own coordinates."""
    box = re.search(r'viewBox="[\d.]+ [\d.]+ ([\d.]+) ([\d.]+)"', picture)
    return picture.replace("<svg ", f'<svg width="{box.group(1)}" height="{box.group(2)}" ', 1) if box else picture
