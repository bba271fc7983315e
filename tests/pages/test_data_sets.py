"""The screen of the data sets, with a real worker behind it."""

import io
import zipfile

import numpy as np
import pytest
import soundfile
from PIL import Image

from components.data.records import CheckRun
from components.project.data_sets import DataSet, DataVersion
from tests.pages.conftest import finished

pytestmark = [pytest.mark.xdist_group("workers")]
TABLE = b"key,size,kind,split\n" + b"".join(
    b"%d,%d.5,%s,%s\n" % (n, n % 7, b"ab"[n % 2 : n % 2 + 1], b"test" if n > 30 else b"train") for n in range(40)
)


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()


def bring(tab, content, name="forms.csv", key="data_sets.new"):
    app = tab.open("data/data_sets")
    app.file_uploader(key=f"{key}.upload").set_value((name, content, "application/octet-stream")).run()
    tab.whole()
    app.button(key=f"{key}.read").click().run()
    tab.whole()


def every(block):
    """Every element of a screen, however deep."""
    for child in getattr(block, "children", {}).values():
        yield child
        yield from every(child)


def images():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("manifest.csv", "path,label\n" + "".join(f"{n}.png,{n % 2}\n" for n in range(6)))
        for n in range(6):
            picture = io.BytesIO()
            Image.new("L", (8, 8), n * 40).save(picture, "PNG")
            archive.writestr(f"{n}.png", picture.getvalue())
    return target.getvalue()


def test_a_table_is_brought_read_and_described(tab, installation):
    bring(tab, TABLE)
    finished(installation.store(), tab.project_id)
    app = tab.open("data/data_sets")
    assert tab.answer == "40 rows, structured: more features or rows, no augmentation."
    assert "Augmentation is not advisable" in tab.text
    assert list(app.dataframe[0].value.columns) == ["key", "size", "kind", "split"]
    assert installation.store().all(tab.project_id, CheckRun)
    assert "Can we train on this?" in tab.text
    links = {one.proto.label for one in tab.app.get("page_link")}
    assert {"What the checks found", "What must be beaten"} <= links


def test_images_are_shown_as_a_wall_with_the_advice_for_them(tab, installation):
    bring(tab, images(), "digits.zip")
    finished(installation.store(), tab.project_id)
    app = tab.open("data/data_sets")
    assert tab.answer == "6 images, unstructured: augmentation fine, human level applies."
    assert any(one.type == "image" for one in every(app.main))
    assert "human level is a benchmark" in tab.text
    assert "column “label”" in tab.text


def test_roles_are_guessed_asked_and_saved_and_the_data_are_checked_again(tab, installation):
    store = installation.store()
    bring(tab, TABLE)
    finished(store, tab.project_id)
    app = tab.open("data/data_sets")
    (record,) = store.all(tab.project_id, DataSet)
    stem = f"{record.id}.{record.version}"
    assert app.selectbox(key=f"data_sets.split_column.{stem}").value == "split"
    app.selectbox(key=f"data_sets.target.{stem}").select("kind")
    app.selectbox(key=f"data_sets.id_column.{stem}").select("key")
    press(app, "Save and check again")
    tab.whole()
    saved = store.all(tab.project_id, DataSet)[0].body
    assert (saved.target, saved.id_column, saved.split_column) == ("kind", "key", "split")
    finished(store, tab.project_id, "components.data.work:check")
    (run,) = store.all(tab.project_id, CheckRun)
    assert any(result["code"] == "S01" and result["status"] == "failed" for result in run.body.results)
    tab.open("data/data_sets")
    assert "column “kind”" in tab.text


def test_the_same_content_says_so_and_other_content_is_a_version(tab, installation):
    store = installation.store()
    bring(tab, TABLE)
    finished(store, tab.project_id)
    (record,) = store.all(tab.project_id, DataSet)
    bring(tab, TABLE, key=f"data_sets.{record.id}")
    finished(store, tab.project_id)
    tab.open("data/data_sets")
    assert "no version was added" in tab.text
    bring(tab, TABLE + b"40,1.5,a,test\n", key=f"data_sets.{record.id}")
    finished(store, tab.project_id)
    tab.open("data/data_sets")
    assert tab.answer.startswith("41 rows")
    assert [one.body.number for one in store.all(tab.project_id, DataVersion)] == [1, 2]


def test_a_file_that_cannot_be_read_says_why_and_leaves_nothing(tab, installation):
    bring(tab, b"a,b\n1,2\n3,4,5\n")
    finished(installation.store(), tab.project_id)
    tab.open("data/data_sets")
    assert "line 3: 3 cells where the header has 2" in tab.text
    assert "3,4,5" in tab.text
    assert "Nothing was saved." in tab.text
    assert not installation.store().all(tab.project_id, DataSet)


def test_another_encoding_is_offered_and_then_read(tab, installation):
    store = installation.store()
    bring(tab, "name,x\nZoë,1\nAna,2\n".encode("cp1252"))
    finished(store, tab.project_id)
    app = tab.open("data/data_sets")
    assert "isn't UTF-8" in tab.text
    press(app, "Read it as cp1252")
    finished(store, tab.project_id)
    app = tab.open("data/data_sets")
    assert app.dataframe[0].value["name"].tolist() == ["Zoë", "Ana"]


def test_text_of_files_is_shown_as_text(tab, installation):
    bring(tab, b"<script>alert(1)</script>,label\n=cmd(),a\n**x**,b\n", "<b>odd</b>.csv")
    finished(installation.store(), tab.project_id)
    tab.open("data/data_sets")
    assert "<b>odd</b>" in tab.text


def test_recordings_can_be_listened_to(tab, installation):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("manifest.csv", "path,label\n" + "".join(f"{n}.wav,{n % 2}\n" for n in range(8)))
        for n in range(8):
            sound = io.BytesIO()
            soundfile.write(sound, np.sin(np.arange(800) * 0.01 * (n + 1)) / 2, 8000, format="WAV")
            archive.writestr(f"{n}.wav", sound.getvalue())
    bring(tab, target.getvalue(), "words.zip")
    finished(installation.store(), tab.project_id)
    app = tab.open("data/data_sets")
    assert tab.answer.startswith("8 recordings, unstructured")
    assert sum(one.type == "audio" for one in every(app.main)) == 6
    assert "The first 6 of 8 recordings." in tab.text
