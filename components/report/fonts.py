"""Signs that a reader's machine may have no font for, taken along in the page: Chinese, Japanese and Korean."""

import base64
import logging
import re
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

FAMILY = "Report CJK"
FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts", Path.home() / ".fonts")
OPEN = ("NotoSansCJK*-Regular.*", "SourceHanSans*-Regular.*", "NotoSans[STJKH][CPR]-Regular.*", "DroidSansFallback*.ttf")
"""Fonts whose licence (OFL, Apache) lets a document carry a part of them; the first that is installed is taken."""
SIGNS = re.compile(r"[\u1100-\u11ff\u2e80-\u33ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0002fa1f]")
KANA, HANGUL = re.compile(r"[\u3040-\u30ff]"), re.compile(r"[\u1100-\u11ff\uac00-\ud7af]")
BETWEEN = " \u00a0\u200b"
"""What stands between such signs is drawn with them."""
RANGE = "U+1100-11FF, U+2E80-9FFF, U+AC00-D7AF, U+F900-FAFF, U+FF00-FFEF, U+20000-2FA1F"
logger = logging.getLogger(__name__)


def with_signs(page: str) -> str:
    """Return a page with what draws its Chinese, Japanese and Korean signs; as it was where it has none, or no open font is installed."""
    signs = "".join(sorted(set(SIGNS.findall(page))))
    drawn = _part(signs) if signs else b""
    if not drawn:
        return page
    source = f"url(data:font/woff;base64,{base64.b64encode(drawn).decode()}) format('woff')"
    return page.replace("</style>", f"@font-face {{ font-family: '{FAMILY}'; src: {source}; unicode-range: {RANGE}; }}\n</style>", 1)


def _part(signs: str) -> bytes:
    """Return the part of an installed font that draws these signs; empty where there is none."""
    path = _installed()
    if path is None:
        return b""
    from fontTools import subset
    from fontTools.ttLib import TTLibError

    wanted = "JP" if KANA.search(signs) else "KR" if HANGUL.search(signs) else "SC"
    options = subset.Options(flavor="woff", layout_features=[], name_IDs=[], notdef_outline=True, drop_tables=["vmtx", "vhea", "VORG"])
    try:
        options.font_number = _number(path, wanted)
        with path.open("rb") as opened, subset.load_font(opened, options) as font:
            subsetter = subset.Subsetter(options)
            subsetter.populate(text=signs + BETWEEN)
            subsetter.subset(font)
            written = BytesIO()
            subset.save_font(font, written, options)
    except (OSError, TTLibError, subset.Subsetter.SubsettingError) as error:
        logger.warning("The font %s can't be taken along: %s", path.name, type(error).__name__)
        return b""
    return written.getvalue()


@cache
def _installed() -> Path | None:
    """Return an open font of these signs that is installed on the server."""
    return next((path for name in OPEN for folder in FOLDERS if folder.is_dir() for path in sorted(folder.rglob(name))), None)


def _number(path: Path, wanted: str) -> int:
    """Return which font of a collection draws the signs as this language writes them."""
    if path.suffix.lower() not in {".ttc", ".otc"}:
        return -1
    from fontTools.ttLib import TTCollection

    with TTCollection(str(path), lazy=True) as collection:
        names: list[Any] = [font["name"].getDebugName(1) or "" for font in collection.fonts]
    return next((place for place, name in enumerate(names) if name.endswith(wanted) and "Mono" not in name), 0)
