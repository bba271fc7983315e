"""Zips of images: what is kept of them, and every zip that is refused."""

import io
import struct
import zipfile
import zlib

import pytest
from PIL import Image

from components.data import archives, sources
from components.errors import BadInput


def image(colour=0, size=(8, 8), kind="PNG"):
    target = io.BytesIO()
    Image.new("L", size, colour).save(target, kind)
    return target.getvalue()


def zipped(members, compression=zipfile.ZIP_DEFLATED):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


GOOD = {"manifest.csv": "path,label,split\na.png,zero,train\nb.png,one,test\n", "a.png": image(0), "b.png": image(255, (4, 2))}


def refused(data, name="images.zip", **options):
    with pytest.raises(BadInput) as caught:
        archives.read_archive(name, data, **options)
    assert caught.value.todo.endswith(".")
    return caught.value


def test_the_manifest_and_the_images_in_one_canonical_zip(tmp_path):
    frame, archive = archives.read_archive("images.zip", zipped(GOOD))
    assert list(frame["label"]) == ["zero", "one"]
    assert list(frame["width"]) == [8, 4]
    assert list(frame["height"]) == [8, 2]
    assert frame["content"].nunique() == 2
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert opened.namelist() == ["a.png", "b.png"]
        assert opened.read("a.png") == GOOD["a.png"]
        assert {info.compress_type for info in opened.infolist()} == {zipfile.ZIP_STORED}
    (tmp_path / "images.zip").write_bytes(zipped(GOOD))
    assert archives.read_archive("images.zip", tmp_path / "images.zip")[1] == archive


def test_the_same_images_are_the_same_bytes_however_they_were_packed():
    other = dict(reversed(zipped_items := list(GOOD.items())))
    assert list(other) != [name for name, _ in zipped_items]
    assert archives.read_archive("x.zip", zipped(other, zipfile.ZIP_STORED))[1] == archives.read_archive("y.zip", zipped(GOOD))[1]


def test_paths_beside_the_manifest_and_with_backslashes():
    members = {"set/manifest.csv": "path\npics\\a.png\n./pics/b.png\n", "set/pics/a.png": image(), "set/pics/b.png": image(9)}
    frame, _ = archives.read_archive("x.zip", zipped(members))
    assert list(frame["path"]) == ["set/pics/a.png", "set/pics/b.png"]


def test_columns_of_the_manifest_are_never_overwritten():
    frame, _ = archives.read_archive("x.zip", zipped({"manifest.csv": "path,width\na.png,wide\n", "a.png": image()}))
    assert list(frame["width"]) == ["wide"]


def test_equal_images_under_two_names_have_equal_content():
    frame, _ = archives.read_archive("x.zip", zipped({"m.csv": "path\na.png\nb.png\n", "a.png": image(), "b.png": image()}))
    assert frame["content"].nunique() == 1


def test_without_manifest_the_folders_are_the_labels():
    frame, _ = archives.read_archive("x.zip", zipped({"cat/a.png": image(1), "dog/b.jpg": image(2, kind="JPEG")}))
    assert list(frame["label"]) == ["cat", "dog"]


@pytest.mark.parametrize("members", [{"a.png": image()}, {"all/a.png": image(), "all/b.png": image(9)}])
def test_without_manifest_and_without_folders_of_labels(members):
    assert "has no manifest" in refused(zipped(members)).what


def test_without_images():
    assert "holds no images" in refused(zipped({"notes.doc": "x"})).what
    assert "holds no images" in refused(zipped({})).what


def test_an_empty_file_and_one_that_is_no_zip():
    assert "empty" in refused(b"").what
    assert "isn't a zip" in refused(b"PK\x03\x04nonsense").what
    assert "isn't a zip" in refused(zipped(GOOD)[:-30]).what


def test_a_damaged_member():
    data = bytearray(zipped({"manifest.csv": "path\na.png\n", "a.png": image(size=(100, 100))}))
    place = data.index(b"a.png") + 5
    data[place + 8 : place + 16] = b"\xff" * 8
    assert refused(bytes(data)).what


def test_a_manifest_without_path_and_one_in_another_encoding():
    assert "no column “path”" in refused(zipped({"manifest.csv": "file\na.png\n", "a.png": image()})).what
    data = zipped({"manifest.csv": "path,name\na.png,Zoë\n".encode("cp1252"), "a.png": image()})
    error = refused(data)
    assert error.offer == {"encoding": "cp1252"}
    assert archives.read_archive("x.zip", data, **error.offer)[0]["name"].iloc[0] == "Zoë"


def test_a_ragged_manifest():
    assert "line 2" in refused(zipped({"manifest.csv": "path,label\na.png\n", "a.png": image()})).what


def test_a_manifest_that_names_images_which_are_not_there():
    error = refused(zipped({"manifest.csv": "path\na.png\ngone.png\nlost.png\n", "a.png": image()}))
    assert "names 2 images that aren't in images.zip" in error.what
    assert error.lines == ["gone.png", "lost.png"]


@pytest.mark.parametrize("content", [b"no image", image()[:40], image(size=(64, 64), kind="JPEG")[:-200], b""])
def test_an_unreadable_image(content):
    assert "can't be read; first “a.png”" in refused(zipped({"manifest.csv": "path\na.png\n", "a.png": content})).what


def test_an_image_that_would_fill_the_memory():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0))
    huge = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    error = refused(zipped({"manifest.csv": "path\na.png\n", "a.png": huge}))
    assert "million pixels" in error.what or "far too large" in error.what


@pytest.mark.parametrize("path", ["../a.png", "/etc/a.png", "x/../../a.png", "C:\\a.png", "..\\a.png"])
def test_a_path_that_leads_outside(path):
    error = refused(zipped({"manifest.csv": "path\na.png\n", path: image()}))
    assert "leads outside" in error.what


def test_a_link():
    link = zipfile.ZipInfo("a.png")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    assert "leads outside" in refused(zipped({"manifest.csv": "path\na.png\n", link: "/etc/passwd"})).what


def test_the_same_path_twice():
    assert "twice" in refused(zipped({"manifest.csv": "path\na.png\n", "a.png": image(), "./a.png": image(3)})).what


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    bomb = zipped({"manifest.csv": "path\na.png\n", "a.png": b"\0" * 50_000_000})
    monkeypatch.setattr(zipfile.ZipFile, "read", None)
    assert "would unpack to 48 MB" in refused(bomb).what


def test_too_much_to_unpack_and_too_many_files(monkeypatch):
    monkeypatch.setattr(archives, "MOST_UNPACKED", 100)
    assert "would unpack" in refused(zipped(GOOD)).what
    monkeypatch.setattr(archives, "MOST_FILES", 2)
    assert "3 files" in refused(zipped(GOOD)).what


def test_a_locked_zip():
    data = bytearray(zipped({"cat/a.png": image(), "dog/b.png": image(3)}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.index(mark)
        data[start + place] |= 1
    assert "encrypted" in refused(bytes(data)).what


def test_over_the_limit(monkeypatch):
    monkeypatch.setattr(sources, "MOST_BYTES", 10)
    assert "over 200 MB" in refused(zipped(GOOD)).what


def test_a_wall_shows_images_side_by_side(tmp_path):
    _, archive = archives.read_archive("x.zip", zipped(GOOD))
    path = tmp_path / "kept"
    path.write_bytes(archive)
    picture = archives.wall(path, ["a.png", "b.png"], columns=2, tile=16)
    assert picture.size == (38, 16)
    assert picture.getpixel((8, 8)) == (0, 0, 0, 255)
    assert picture.getpixel((30, 4)) == (255, 255, 255, 255)
    assert picture.getpixel((30, 14))[3] == 0


def test_a_few_missing_and_unreadable_images_stay_for_the_checks_to_find(tmp_path):
    members = {
        "manifest.csv": "path\na.png\ngone.png\nb.png\nbroken.png\n",
        "a.png": image(5),
        "b.png": image(9),
        "broken.png": b"no image",
    }
    frame, archive = archives.read_archive("a.zip", zipped(members))
    assert list(frame["path"]) == ["a.png", "gone.png", "b.png", "broken.png"]
    assert frame["content"].isna().tolist() == [False, True, False, False]
    (tmp_path / "a.zip").write_bytes(archive)
    assert archives.wall(tmp_path / "a.zip", list(frame["path"]), columns=4, tile=16).size == (82, 16)


def test_recordings_are_kept_as_they_are():
    frame, _ = archives.read_archive("a.zip", zipped({"u/a.wav": b"RIFF", "v/b.wav": b"RIFF2"}))
    assert (list(frame["path"]), list(frame["label"]), archives.media_of(frame)) == (["u/a.wav", "v/b.wav"], ["u", "v"], "audio")
    assert "width" not in frame
