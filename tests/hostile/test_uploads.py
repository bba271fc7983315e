"""Files made to hurt whoever reads them: archives that unfold or lead outside, images and recordings that lie, tables with programs."""

import io
import json
import pickle
import stat
import struct
import zipfile
import zlib

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from PIL import Image

from components.data.archives import read_archive
from components.data.items import images, sounds
from components.data.sources import read
from components.errors import BadInput
from tests.hostile.watch import CANARY, Evil, nothing_is_done, zipped

LARGEST = 50_000_000


def png(width=2, height=2, *more, body=None):
    """A PNG with these measures in its head, further chunks, and two rows of pixels whatever the head says."""

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 14) if body is None else body
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(chunk(*one) for one in more) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def saved(kind, size=(2, 2)):
    held = io.BytesIO()
    Image.new("RGB", size).save(held, kind)
    return held.getvalue()


def riff(channels=1, rate=8000, bits=16, said=None, data=b"\0" * 32, form=1):
    """A WAV whose head says what it likes."""
    block = max(channels * bits // 8, 1)
    head = struct.pack("<HHIIHH", form, channels, rate, min(rate * block, 2**32 - 1), min(block, 65535), bits)
    length = len(data) if said is None else said
    return (
        b"RIFF"
        + struct.pack("<I", 36 + len(data))
        + b"WAVEfmt "
        + struct.pack("<I", 16)
        + head
        + b"data"
        + struct.pack("<I", length)
        + data
    )


POSTSCRIPT = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n(/etc/passwd) (r) file closefile\nshowpage\n%%EOF\n"
IMAGES = {
    "huge": png(60_000, 60_000),
    "wide": png(2**31 - 1, 1),
    "over": png(2**32 - 1, 2**32 - 1),
    "nothing": png(0, 0),
    "text bomb": png(2, 2, (b"zTXt", b"a\0\0" + zlib.compress(b"\0" * LARGEST))),
    "profile bomb": png(2, 2, (b"iCCP", b"a\0\0" + zlib.compress(b"\0" * LARGEST))),
    "international bomb": png(2, 2, (b"iTXt", b"a\0\1\0\0\0" + zlib.compress(b"\0" * LARGEST))),
    "pixels bomb": png(2, 2, body=zlib.compress(b"\0" * LARGEST)),
    "pixels are none": png(2, 2, body=b"\xff" * 40),
    "cut off": png()[:40],
    "postscript": POSTSCRIPT,
    "postscript in a box": b"\xc5\xd0\xd3\xc6" + struct.pack("<II", 32, len(POSTSCRIPT)) + b"\0" * 20 + POSTSCRIPT,
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><image href='http://127.0.0.1:9/'/></svg>",
    "html": b"<html><script>alert(1)</script></html>",
    "xpm": b'/* XPM */\nstatic char *x[] = {"99999 99999 1 1"};',
    "ico": b"\0\0\1\0\1\0\0\0\0\0\1\0\x20\0\xff\xff\xff\x7f\x16\0\0\0" + png(60_000, 60_000),
    "icns": b"icns" + struct.pack(">I", 2**31) + b"ic09",
    "tiff loop": b"II*\0\x08\0\0\0" + struct.pack("<H", 1) + struct.pack("<HHII", 256, 4, 1, 9) + struct.pack("<I", 8),
    "tiff far": b"II*\0\xff\xff\xff\x7f",
    "gif of nothing": b"GIF89a\xff\xff\xff\xff\0\0\0" + b",\0\0\0\0\xff\xff\xff\xff\0\2" + b"\0",
    "bmp long": b"BM" + struct.pack("<IHHIIiiHHIIiiII", 60, 0, 0, 54, 40, 2**31 - 1, -(2**31), 1, 24, 0, 0, 1, 1, 0, 0),
    "webp": b"RIFF\xff\xff\xff\x7fWEBPVP8X" + b"\xff" * 20,
    "jpeg long": saved("JPEG")[:2] + b"\xff\xc0\0\x11\x08\xff\xff\xff\xff\3\1\x11\0\2\x11\0\3\x11\0",
    "jpeg exif": saved("JPEG")[:2] + b"\xff\xe1\xff\xffExif\0\0II*\0\x08\0\0\0\xff\xff" + b"\xff" * 100,
    "pickle": pickle.dumps(Evil()),
    "array": b"\x93NUMPY\x01\0" + b"\xff" * 60,
    "flif": b"FLIF" + b"\xff" * 50,
    "dds": b"DDS |\0\0\0" + b"\xff" * 120,
    "fpx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600,
    "wmf": b"\xd7\xcd\xc6\x9a\0\0" + b"\xff" * 60,
    "name of a file": b"/etc/passwd",
}
SOUNDS = {
    "says 4 GB": riff(said=2**32 - 1),
    "no channels": riff(channels=0),
    "many channels": riff(channels=65535),
    "no rate": riff(rate=0),
    "fast": riff(rate=2**32 - 1),
    "no bits": riff(bits=0),
    "odd bits": riff(bits=65535),
    "nothing in it": riff(data=b""),
    "not numbers": riff(form=3, bits=32, data=np.array([np.nan, np.inf, -np.inf, 1e30] * 8, "<f4").tobytes()),
    "odd form": riff(form=0xFFFE),
    "cut off": riff()[:30],
    "flac": b"fLaC\x80\0\0\x22" + b"\xff" * 34,
    "ogg": b"OggS" + b"\xff" * 200,
    "mp3": b"ID3\4\0\0\x7f\x7f\x7f\x7f" + b"\xff\xfb\x90\0" * 40,
    "aiff": b"FORM\xff\xff\xff\xffAIFFCOMM\0\0\0\x12" + b"\xff" * 18,
    "sd2": b"\0\0\1\0" + b"\xff" * 300,
    "pickle": pickle.dumps(Evil()),
    "playlist": b"#EXTM3U\nfile:///etc/passwd\nhttp://127.0.0.1:9/x\n",
}


def raw_zip(change):
    """A zip whose single image has a head that was changed."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        info = zipfile.ZipInfo("a/x.png")
        archive.writestr(info, png())
        archive.writestr("b/y.png", png())
    return change(held.getvalue())


def linked(target):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        info = zipfile.ZipInfo("a/x.png")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, target)
        archive.writestr("b/y.png", png())
    return held.getvalue()


def packed(method, size):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        archive.writestr("a/x.png", b"\0" * size)
        archive.writestr("b/y.png", b"\0" * 10)
    return held.getvalue()


def manifest(*paths):
    return zipped({"manifest.csv": "path,label\n" + "".join(f'"{path}",x\n' for path in paths), "ok.png": png()})


ARCHIVES = {
    "link": linked("/etc/passwd"),
    "link up": linked("../../../../etc/passwd"),
    "up": zipped({"a/../../x.png": png(), "b/y.png": png()}),
    "up in the middle": zipped({"a/b/../../../x.png": png()}),
    "drive": zipped({"C:/Windows/x.png": png()}),
    "share": zipped({"//server/share/x.png": png()}),
    "device": zipped({"\\\\.\\PhysicalDrive0": png()}),
    "twice": zipped({"a/x.png": png(), "a/./x.png": png()}),
    "many": zipped({f"a/{place}.png": b"" for place in range(3000)}),
    "long name": zipped({"a/" + "x" * 60_000 + ".png": png()}),
    "deep name": zipped({"a/" * 5000 + "x.png": png()}),
    "squeezed": packed(zipfile.ZIP_LZMA, LARGEST),
    "squeezed another way": packed(zipfile.ZIP_BZIP2, LARGEST),
    "says less than it is": raw_zip(lambda held: held.replace(struct.pack("<I", len(png())), struct.pack("<I", 1))),
    "says more than it is": raw_zip(lambda held: held.replace(struct.pack("<I", len(png())), struct.pack("<I", 2**31))),
    "encrypted": raw_zip(lambda held: held.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")),
    "unknown method": raw_zip(lambda held: held.replace(b"\x14\x00\x00\x00\x00\x00", b"\x14\x00\x00\x00\x63\x00")),
    "wrong sum": raw_zip(lambda held: held.replace(b"IDAT", b"IDAX")),
    "cut off": raw_zip(lambda held: held[: len(held) // 2]),
    "no end": raw_zip(lambda held: held[:-22]),
    "a name with NUL": raw_zip(lambda held: held.replace(b"a/x.png", b"a/x\0png")),
    "manifest outside": manifest("../../../etc/passwd", "ok.png"),
    "manifest absolute": manifest("/etc/passwd", "ok.png"),
    "manifest address": manifest("http://127.0.0.1:9/x.png", "ok.png"),
    "manifest script": manifest("<script>alert(1)</script>", "ok.png"),
    "manifest pickled": zipped({"manifest.parquet": pickle.dumps(Evil()), "ok.png": png()}),
    "manifest in another zip": zipped({"manifest.csv": zipped({"manifest.csv": "path\nok.png\n"}), "ok.png": png()}),
    "manifest of formulas": manifest("=cmd|' /C calc'!A0", "ok.png"),
}


def written(table, **metadata):
    held = io.BytesIO()
    pq.write_table(
        table.replace_schema_metadata({**(table.schema.metadata or {}), **metadata}), held, store_schema="ARROW:schema" not in metadata
    )
    return held.getvalue()


COLUMN = pa.table({"a": [1, 2]})
PICKLED = pa.schema(
    [
        pa.field(
            "a",
            pa.int64(),
            metadata={b"ARROW:extension:name": b"arrow.py_extension_type", b"ARROW:extension:metadata": pickle.dumps(Evil())},
        )
    ]
)
TABLES = {
    "pickled type": written(COLUMN.cast(PICKLED)),
    "index of another shape": written(COLUMN, pandas=json.dumps({"index_columns": ["gone"], "columns": []}).encode()),
    "index with a program": written(
        COLUMN, pandas=json.dumps({"index_columns": [{"kind": "range", "start": 0, "stop": 2**62, "step": 1, "name": None}]})
    ),
    "type that is none": written(
        COLUMN, pandas=json.dumps({"index_columns": [], "columns": [{"name": "a", "field_name": "a", "numpy_type": "__import__('os')"}]})
    ),
    "metadata that is none": written(COLUMN, pandas=b"\xff\xfe{"),
    "schema that is none": written(COLUMN, **{"ARROW:schema": b"QUJD" * 40}),
    "cells with signs": written(
        pa.table({"a\0": ["x\0y", "\u202e"], "<script>": ["=cmd()", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16")]})
    ),
    "cells that are no text": written(pa.table({"a": pa.array([b"\xff\xfe", b"\0"], pa.binary())})),
    "lists in lists": written(pa.table({"a": pa.array([[[[[1]]]], [[[[2]]]]])})),
    "numbers beyond": written(pa.table({"a": [2**63 - 1, -(2**63)], "b": [float("inf"), float("nan")]})),
    "times beyond": written(pa.table({"a": pa.array([2**62, -(2**62)], pa.timestamp("us"))})),
    "no columns": written(pa.table({})),
    "the same name": written(pa.table([[1], [2]], names=["a", "a"])),
    "a thousand columns": written(pa.table({f"c{place}": [1] for place in range(6000)})),
    "footer says more": written(COLUMN)[:-8] + struct.pack("<I", 2**31 - 1) + b"PAR1",
    "footer of nothing": b"PAR1" + b"\0" * 8 + struct.pack("<I", 8) + b"PAR1",
    "csv in disguise": b"a,b\n1,2\n",
    "zip in disguise": zipped({"a.parquet": written(COLUMN)}),
    "feather": b"ARROW1\0\0" + b"\xff" * 100,
    "orc": b"ORC" + b"\xff" * 100,
    "joblib": b"\x80\x04\x95" + pickle.dumps(Evil())[3:],
    "keras": zipped({"config.json": json.dumps({"module": "os", "class_name": "system"}), "model.weights.h5": b"\x89HDF\r\n\x1a\n"}),
    "torch": zipped({"archive/data.pkl": pickle.dumps(Evil()), "archive/version": b"3"}),
}
CSVS = {
    "number": "a\n" + "9" * 5000 + "\n",
    "exponent": "a\n1e999999999\n-1e999999999\n",
    "formula": "=cmd|' /C calc'!A0\n@SUM(1+1)\n",
    "script": "<script>alert(1)</script>,<img src=x onerror=alert(1)>\n1,2\n",
    "bidi": "\u202eevil\u2066,b\n\u202e1,2\n",
    "combining": "a\n" + "Z" + "\u0301" * 5000 + "\n",
    "quotes": '"' * 10_001 + "\n1\n",
    "carriage returns": "a,b\r1,2\r3,4\r",
    "mixed ends": "a,b\r\n1,2\n3,4\r5,6\n",
    "separator": "sep=;\na;b\n1;2\n",
    "no end": 'a,b\n1,"' + "x" * 10_000,
    "the same name": "a,a,a\n1,2,3\n",
    "no name": ",,\n1,2,3\n",
    "blanks": " \n \n \n",
    "of NUL": "\0" * 1000,
    "dates": "a\n0000-00-00\n9999-99-99\n292278994-08-17T07:12:55Z\n",
    "path": "../../../etc/passwd\n/etc/passwd\n",
    "address": "http://127.0.0.1:9/x.csv\nfile:///etc/passwd\n",
}
LINES = {
    "deep": '{"a":' * 5000 + "1" + "}" * 5000,
    "long": '{"a": ' + "9" * 5000 + "}",
    "no number": '{"a": NaN}\n{"a": Infinity}\n{"a": -1e999}',
    "twice": '{"a": 1, "a": 2}',
    "proto": '{"__proto__": {"x": 1}, "constructor": {"prototype": 1}, "__class__": 1}',
    "surrogate": '{"a": "\\ud800"}',
    "nul": '{"a\\u0000": "\\u0000"}',
    "pickled": '{"py/object": "os.system", "py/reduce": [{"py/type": "os.system"}, {"py/tuple": ["x"]}]}',
    "not one": "[1, 2]\n3\n",
    "half": '{"a": 1}\n{"a":',
}


def goes_in(enter):
    """Whether what is entered was taken; a refusal is one sentence that says nothing of the machine."""
    with nothing_is_done():
        try:
            enter()
        except BadInput as error:
            said = str(error)
            assert 10 < len(said) < 2000
            assert "Traceback" not in said
            assert "root:" not in said
            return False
    return True


def kept(enter):
    """What was read of a table is a table, whose cells can be looked at."""
    with nothing_is_done():
        try:
            frame = enter()
        except BadInput as error:
            said = str(error)
            assert 10 < len(said) < 2000
            return
    assert isinstance(frame, pd.DataFrame)
    assert len(frame.to_csv()) > 0


@pytest.mark.parametrize("name", IMAGES)
def test_an_image_that_lies_is_told_or_left_out(name):
    content = IMAGES[name]
    goes_in(lambda: images.measure(content))
    archive = zipped({"a/x.png": content, "b/y.png": png(), "b/z.png": saved("PNG", (3, 3)), "a/w.png": saved("PNG", (4, 4))})
    goes_in(lambda: read_archive("x.zip", archive))


def test_what_images_hold_besides_pixels_is_never_run():
    for content in (POSTSCRIPT, IMAGES["svg"], IMAGES["wmf"]):
        assert images.measure(content)["readable"] is False
    assert images.measure(saved("PNG"))["readable"] is True


@pytest.mark.parametrize("name", SOUNDS)
def test_a_recording_that_lies_is_told_or_left_out(name):
    with nothing_is_done():
        found = sounds.measure(SOUNDS[name])
    assert found["bytes"] == len(SOUNDS[name])
    assert found.get("seconds", 1) >= 0


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_leads_nowhere_and_unfolds_to_nothing(name, tmp_path):
    taken = goes_in(lambda: read_archive("x.zip", ARCHIVES[name]))
    if name in {"link", "link up", "up", "drive", "share", "twice", "squeezed", "squeezed another way", "cut off", "no end"}:
        assert not taken
    assert list(tmp_path.parent.rglob(CANARY)) == []


@pytest.mark.parametrize("name", TABLES)
def test_a_parquet_file_carries_no_program(name):
    kept(lambda: read("x.parquet", TABLES[name]))


@pytest.mark.parametrize("ending", ["csv", "tsv", "txt"])
@pytest.mark.parametrize("name", CSVS)
def test_a_text_table_is_told_or_read(name, ending):
    kept(lambda: read(f"x.{ending}", CSVS[name].encode("utf-8", "surrogatepass")))


@pytest.mark.parametrize("name", LINES)
def test_a_file_of_json_lines_is_told_or_read(name):
    kept(lambda: read("x.jsonl", LINES[name].encode()))


@pytest.mark.parametrize(
    "name", ["x.pkl", "x.joblib", "x.npy", "x.h5", "x.pt", "x.xlsx", "x.html", "x", "x.csv.exe", "../../x.php", "x.csv\0.pkl"]
)
def test_other_files_are_not_opened(name):
    with nothing_is_done(), pytest.raises(BadInput, match="isn’t known|isn't known"):
        read(name, pickle.dumps(Evil()))
