"""Chinese, Japanese and Korean signs in a report, with a font of two signs made here."""

import base64
import re
from io import BytesIO

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from components.report import fonts
from tests.browsing import tab

PAGE = "<!DOCTYPE html><meta charset='utf-8'><style>body { font-family: 'DejaVu Sans', 'Report CJK' }</style><p>{}</p>"


def glyph():
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((0, 700))
    pen.lineTo((700, 0))
    pen.closePath()
    return pen.glyph()


@pytest.fixture
def font(tmp_path, monkeypatch):
    """An installed font of 手 and 書."""
    names = [".notdef", "space", "hand", "write"]
    built = FontBuilder(1000)
    built.setupGlyphOrder(names)
    built.setupCharacterMap({ord("手"): "hand", ord("書"): "write", ord(" "): "space"})
    built.setupGlyf({name: glyph() for name in names})
    built.setupHorizontalMetrics(dict.fromkeys(names, (1000, 0)))
    built.setupHorizontalHeader(ascent=800, descent=-200)
    built.setupNameTable({"familyName": "Test", "styleName": "Regular"})
    built.setupOS2()
    built.setupPost()
    path = tmp_path / "noto" / "NotoSansCJK-Regular.ttf"
    path.parent.mkdir()
    built.save(path)
    monkeypatch.setattr(fonts, "FOLDERS", (tmp_path,))
    fonts._installed.cache_clear()
    yield path
    fonts._installed.cache_clear()


def carried(page):
    """The font that a page carries."""
    (found,) = re.findall(r"data:font/woff;base64,([A-Za-z0-9+/=]+)", page)
    return TTFont(BytesIO(base64.b64decode(found)))


def test_a_page_carries_the_signs_that_stand_in_it_and_no_others(font):
    assert set(carried(fonts.with_signs(PAGE.replace("{}", "手 by hand"))).getBestCmap()) == {ord(" "), ord("手")}


def test_a_page_without_such_signs_carries_nothing(font):
    page = PAGE.replace("{}", "by hand, à la main, вручную")
    assert fonts.with_signs(page) == page


def test_without_an_open_font_or_with_a_damaged_one_the_page_stays_as_it_was(font):
    page = PAGE.replace("{}", "手")
    font.write_bytes(b"no font")
    assert fonts.with_signs(page) == page
    font.unlink()
    fonts._installed.cache_clear()
    assert fonts.with_signs(page) == page


def test_a_browser_draws_with_it(font, opened_browser, tmp_path):
    target = tmp_path / "page.html"
    target.write_text(fonts.with_signs(PAGE.replace("{}", "手書")), encoding="utf-8")
    with tab(opened_browser, offline=True) as page:
        page.goto(target.as_uri())
        assert page.evaluate("document.fonts.ready.then(() => [...document.fonts].map(one => one.status))") == ["loaded"]
