"""Steps that make a better version, and what differs between two versions."""

import io
import zipfile

import numpy as np
import pandas as pd
import pytest
import soundfile
from PIL import Image

from components.data import archives, text_steps
from components.data.difference import difference
from components.data.records import CheckRun
from components.data.version_work import compare, derive
from components.data.work import ingest
from components.errors import BadInput
from components.jobs.work import Work
from components.project.data_sets import DataSet, DataVersion, LabelSet
from components.project.tables import put_table, read_table

TABLE = b"id,size,label,split\n1,5,a,test\n2,5,a,train\n3,7,b,train\n4,9,b,test\n5,99,c,train\n"
DISCARD = {"step": "discard", "condition": {"clauses": [{"column": "size", "operator": "above", "value": "50"}]}}


def zipped(rows=6):
    target, rng = io.BytesIO(), np.random.default_rng(0)
    with zipfile.ZipFile(target, "w") as archive:
        lines = [f"{n}.png,{n % 2},{'test' if n > 3 else 'train'}" for n in range(rows)]
        archive.writestr("manifest.csv", "path,label,split\n" + "\n".join(lines))
        for n in range(rows):
            picture = io.BytesIO()
            Image.fromarray(rng.integers(0, 40 + 30 * n, (12, 12)).astype(np.uint8)).save(picture, "PNG")
            archive.writestr(f"{n}.png", picture.getvalue())
    return target.getvalue()


@pytest.fixture
def made(store, files, settings, project):
    """Bring a file in, derive, compare, and read what came of it."""

    class Made:
        def work(self, **params):
            return Work(store, files, settings, project.id, params, "ana")

        def bring(self, content=TABLE, name="forms.csv", **params):
            return ingest(self.work(name=name, file=files.put(content), **params))["data_version"]

        def derive(self, version, *steps, note=""):
            return derive(self.work(data_version=version, steps=list(steps), note=note))

        def version(self, id_):
            return store.get(project.id, DataVersion, id_).body

        def table(self, id_):
            return read_table(files, self.version(id_).table)

        def images(self, id_):
            with zipfile.ZipFile(files.path(self.version(id_).archive)) as archive:
                return {name: np.asarray(Image.open(io.BytesIO(archive.read(name)))) for name in archive.namelist()}

    return Made()


def test_a_version_is_derived_with_its_steps_its_lineage_and_its_checks(made, store, project):
    first = made.bring(id_column="id")
    done = made.derive(first, DISCARD, {"step": "duplicates"}, note="No giants")
    body = made.version(done["data_version"])
    assert (body.number, body.derived_from, body.note, body.rows) == (2, first, "No giants", 3)
    assert [step["sentence"] for step in body.steps] == ["Discard rows where size above 50", "Remove duplicates"]
    assert [step["changed"] for step in body.steps] == [1, 1]
    assert made.table(done["data_version"])["id"].tolist() == [2, 3, 4], "of equal rows the one in training stays"
    assert store.get(project.id, CheckRun, done["data_version"])
    again = made.derive(first, DISCARD, {"step": "duplicates"})
    assert again["data_version"] == done["data_version"], "the same steps give the same content, which is the same version"


def test_steps_that_change_nothing_add_no_version(made, store, project):
    first = made.bring(b"id,x\n1,5\n2,6\n", id_column="id")
    assert made.derive(first, {"step": "duplicates"})["unchanged"]
    assert len(store.all(project.id, DataVersion)) == 1


def test_relabelling_takes_the_majority_and_leaves_ties(made, store, files, project):
    first = made.bring(id_column="id")
    judged = [(1, "x", "b"), (1, "y", "b"), (1, "z", "a"), (3, "x", "a"), (3, "y", "b"), (9, "x", "a")]
    labels = pd.DataFrame(judged, columns=["item", "annotator", "label"])
    store.put(project.id, LabelSet(name="Second look", table=put_table(files, labels)), person="ana", id="look")
    done = made.derive(first, {"step": "relabel", "label_set": "look", "name": "Second look"})
    assert made.table(done["data_version"])["label"].tolist() == ["b", "a", "b", "b", "c"]
    assert made.version(done["data_version"]).steps[0]["changed"] == 1
    found = compare(made.work(before=first, after=done["data_version"]))
    assert (found["changed"], found["relabelled"], found["key"]) == (1, 1, "id")
    assert found["sentence"] == "1 changed, 1 label among them; 4 the same."


def test_normalised_images_have_the_brightness_and_contrast_that_were_asked_for(made):
    first = made.bring(zipped(), "digits.zip")
    done = made.derive(first, {"step": "normalise", "brightness": 0.5, "contrast": 0.15})
    for cells in made.images(done["data_version"]).values():
        assert cells.mean() / 255 == pytest.approx(0.5, abs=0.01)
        assert cells.std() / 255 == pytest.approx(0.15, abs=0.01)
    before, after = made.table(first), made.table(done["data_version"])
    assert (before["content"] != after["content"]).all()
    assert made.derive(first, {"step": "normalise", "brightness": 0.5, "contrast": 0.15})["data_version"] == done["data_version"]


def test_only_the_training_part_is_augmented_and_siblings_stay_in_it(made):
    first = made.bring(zipped(), "digits.zip", split_column="split")
    done = made.derive(first, {"step": "augment", "copies": 2})
    table = made.table(done["data_version"])
    added = table[table["augmented_from"].notna()]
    assert len(table) == 6 + 2 * 4
    assert set(added["split"]) == {"train"}
    assert set(added["augmented_from"]) == {"0.png", "1.png", "2.png", "3.png"}
    labels = table.set_index("path")["label"]
    assert (labels[added["augmented_from"]].to_numpy() == added["label"].to_numpy()).all()
    images = made.images(done["data_version"])
    assert set(images) == set(table["path"])
    assert not (images["0-augmented1.png"] == images["0.png"]).all()


@pytest.mark.parametrize(
    ("content", "name", "steps", "message"),
    [
        (TABLE, "a.csv", [{"step": "augment"}], "unstructured"),
        (TABLE, "a.csv", [{"step": "normalise"}], "for images"),
        (TABLE, "a.csv", [], "No step"),
        (TABLE, "a.csv", [{"step": "discard", "condition": {"clauses": []}}], "needs a condition"),
        (TABLE, "a.csv", [{"step": "discard", "condition": {"clauses": [{"column": "size", "operator": "is filled"}]}}], "every row"),
        (TABLE, "a.csv", [{"step": "relabel", "label_set": "gone"}], "aren't here"),
        (TABLE, "a.csv", [{"step": "explode"}], "can't be understood"),
        (zipped(), "a.zip", [{"step": "augment", "copies": 500}], "can't be understood"),
    ],
)
def test_steps_that_make_no_sense_are_one_sentence_and_add_nothing(made, store, project, content, name, steps, message):
    first = made.bring(content, name, id_column="id" if name == "a.csv" else None)
    with pytest.raises(BadInput, match=message):
        made.derive(first, *steps)
    assert len(store.all(project.id, DataVersion)) == 1


def test_augmentation_asks_for_the_split(made, store, project):
    first = made.bring(zipped(), "digits.zip")
    record = store.all(project.id, DataSet)[0]
    store.put(project.id, record.body.model_copy(update={"split_column": None}), person="ana", id=record.id)
    with pytest.raises(BadInput, match="training part"):
        made.derive(first, {"step": "augment"})


def test_a_flat_image_gets_the_brightness_and_no_noise():
    from components.data.image_steps import normalised

    flat = normalised(Image.new("L", (4, 4), 10), 0.5, 0.2)
    assert set(np.asarray(flat).ravel()) == {128}
    assert archives.EPOCH[0] == 1980


def test_a_difference_by_key():
    before = pd.DataFrame({"id": [1, 2, 3], "x": [1.0, None, 3.0], "label": ["a", "b", "c"]})
    after = pd.DataFrame({"id": [2, 3, 4], "x": [None, 4.0, 9.0], "label": ["b", "d", "e"], "new": [0, 0, 0]})
    found = difference(before, after, "id", "label")
    assert (found.added, found.removed, found.changed, found.relabelled, found.same) == (1, 1, 1, 1, 1)
    assert found.columns == {"x": 1, "label": 1}
    assert found.rows["change"].tolist() == ["added", "removed", "before", "after"]
    assert found.rows.loc[2:, "label"].tolist() == ["c", "d"]
    assert found.sentence == "1 added, 1 removed and 1 changed, 1 label among them; 1 the same."


def test_a_difference_without_a_key_counts_each_copy():
    before, after = pd.DataFrame({"x": [1, 1, 2]}), pd.DataFrame({"x": [1, 2, 2, 3]})
    found = difference(before, after)
    assert (found.added, found.removed, found.changed, found.same) == (2, 1, 0, 2)
    assert sorted(found.rows.loc[found.rows["change"] == "added", "x"]) == [2, 3]
    assert difference(before, before.iloc[::-1]).sentence == "Both hold the same 3 rows."


def test_a_key_that_stands_twice_is_bad_input():
    twice = pd.DataFrame({"id": [1, 1]})
    with pytest.raises(BadInput, match="newer version has the key “1” more than once"):
        difference(pd.DataFrame({"id": [1]}), twice, "id")
    with pytest.raises(BadInput, match="no column “key”"):
        difference(twice, twice, "key")


def spoken(rows=6):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        lines = [f"{n}.wav,{n % 2},{'test' if n > 3 else 'train'}" for n in range(rows)]
        archive.writestr("manifest.csv", "path,label,split\n" + "\n".join(lines))
        for n in range(rows):
            sound = io.BytesIO()
            soundfile.write(sound, 0.3 * np.sin(np.arange(4000) * (0.02 + 0.01 * n)), 8000, format="WAV")
            archive.writestr(f"{n}.wav", sound.getvalue())
    return target.getvalue()


def test_recordings_of_the_training_part_are_augmented(made, files):
    first = made.bring(spoken(), "words.zip", split_column="split", id_column="path")
    step = {"step": "augment_sound", "copies": 2}
    done = made.derive(first, step)
    table, version = made.table(done["data_version"]), made.version(done["data_version"])
    added = table[table["augmented_from"].notna()]
    assert (len(table), set(added["split"]), version.media) == (6 + 2 * 4, {"train"}, "audio")
    assert set(added["augmented_from"]) == {"0.wav", "1.wav", "2.wav", "3.wav"}
    assert len(set(table["content"])) == len(table)
    with zipfile.ZipFile(files.path(version.archive)) as archive:
        assert set(archive.namelist()) == set(table["path"])
        old, new = (soundfile.read(io.BytesIO(archive.read(name)))[0] for name in ("0.wav", "0-augmented1.wav"))
    assert len(old) == len(new)
    assert 0 < np.abs(new).max() <= 1
    assert not np.allclose(old, new, atol=1e-3)
    with pytest.raises(BadInput, match="for images"):
        made.derive(first, {"step": "normalise"})


TEXTS = b"id,text,split\n" + b"\n".join(
    b"%d,The parcel number %d arrived at the wrong house and nobody answered the door,%s" % (n, n, b"test" if n > 5 else b"train")
    for n in range(8)
)


def test_texts_of_the_training_part_are_augmented(made):
    roles = {"id_column": "id", "split_column": "split", "structured": False}
    first = made.bring(TEXTS, "messages.csv", **roles)
    done = made.derive(first, {"step": "augment_text", "column": "text", "copies": 2})
    table = made.table(done["data_version"])
    added = table[table["augmented_from"].notna()]
    assert (len(table), set(added["split"])) == (8 + 2 * 6, {"train"})
    assert set(added["augmented_from"]) == {"0", "1", "2", "3", "4", "5"}
    assert table["id"].is_unique
    texts = table.set_index("id")["text"]
    same = [texts[key] == texts[origin] for key, origin in zip(added["id"], added["augmented_from"], strict=True)]
    assert sum(same) <= 3
    assert all(
        f"{origin}" in texts[key] or len(texts[key]) < len(texts[origin])
        for key, origin in zip(added["id"], added["augmented_from"], strict=True)
    )
    with pytest.raises(BadInput, match="no column of text “gone”"):
        made.derive(first, {"step": "augment_text", "column": "gone"})
    with pytest.raises(BadInput, match="for recordings"):
        made.derive(first, {"step": "augment_sound"})


def test_changed_texts_keep_numbers_first_letters_and_a_word():
    texts = ["Arrived 12345 days late", "a", ""]
    (kept,) = text_steps.augmented(texts, 1, 0.0, 1.0, 0)
    assert kept[0].split()[1] == "12345"
    assert [word[0] for word in kept[0].split()] == ["A", "1", "d", "l"]
    assert sorted(kept[0]) == sorted(texts[0])
    assert kept[0] != texts[0]
    assert text_steps.augmented(texts, 1, 1.0, 0.0, 0) == [["Arrived", "a", ""]]
