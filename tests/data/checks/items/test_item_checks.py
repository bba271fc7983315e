"""Images, recordings and texts that are known to be odd, each found by its check and by no other."""

import io
import zipfile

import numpy as np
import pandas as pd
import pytest
import soundfile
from PIL import Image, ImageFilter

from components.data import checks
from components.data.items import measured

RATE = 8000


def png(cells, **kind):
    target = io.BytesIO()
    (cells if isinstance(cells, Image.Image) else Image.fromarray(cells)).save(target, kind.pop("format", "PNG"), **kind)
    return target.getvalue()


def scene(seed, shape=(64, 64)):
    """A picture with structure at every scale."""
    rng = np.random.default_rng(seed)
    cells = sum(np.kron(rng.random((size, size)), np.ones((64 // size, 64 // size))) for size in (2, 4, 8, 16, 64)) / 5
    cells = (cells - cells.min()) / np.ptp(cells)
    return np.asarray(Image.fromarray((255 * cells).astype(np.uint8)).resize(shape[::-1], Image.Resampling.NEAREST))


def wave(seed=0, seconds=1.0, rate=RATE, channels=1, level=0.5):
    rng = np.random.default_rng(seed)
    target = io.BytesIO()
    soundfile.write(target, np.clip(level * rng.uniform(-1, 1, (int(seconds * rate), channels)), -1, 1), rate, format="WAV")
    return target.getvalue()


@pytest.fixture
def items(tmp_path):
    """Check files of a zip; returns the results, and a function that gives the paths concerned."""

    def run(files, media="image", label=None, missing=()):
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
            for path, content in files.items():
                packed.writestr(path, content)
        frame = pd.DataFrame({"path": [*files, *missing]})
        frame = frame if label is None else frame.assign(label=label)
        found = measured(frame, tmp_path / "a.zip", media, lambda share, message: None)
        plan = checks.Plan(structured=False, id="path", label=None if label is None else "label")
        report = checks.run(frame, plan, items=found)
        assert report.count("error") == 0
        results = report.results[report.results["code"].str.startswith("I")].set_index("code")
        return results, lambda code: list(checks.rows_concerned(frame, plan, code, results.loc[code, "column"], found)["path"])

    return run


GOOD = {f"{n}.png": png(scene(n)) for n in range(20)}
ODD = {
    "I01": b"no image",
    "I02": png(scene(99) // 4),
    "I03": png(235 + scene(99) // 16),
    "I04": png(scene(99, (20, 90))),
    "I05": png(scene(99, (600, 600))),
    "I06": png(np.full((64, 64), 128, np.uint8)),
    "I07": png(Image.fromarray(scene(99, (256, 256))).filter(ImageFilter.GaussianBlur(12))),
    "I08": GOOD["3.png"],
    "I09": png(Image.fromarray(scene(4)).resize((80, 80)), format="JPEG", quality=60),
}


@pytest.mark.parametrize("code", ODD)
def test_an_odd_image_is_found_by_its_check_alone(items, code):
    results, concerned = items({**GOOD, "odd.png": ODD[code]})
    firing = [other for other in results.index if results.loc[other, "status"] in {"failed", "warned"}]
    assert firing == [code]
    expected = {"I08": ["3.png", "odd.png"], "I09": ["4.png", "odd.png"]}.get(code, ["odd.png"])
    assert concerned(code) == expected
    assert results.loc[code, "rows"] == 1


def test_good_images_pass_and_missing_ones_are_found(items):
    results, concerned = items(GOOD, missing=["gone.png"])
    assert results.loc["I01", "status"] == "failed"
    assert concerned("I01") == ["gone.png"]
    others = results.drop("I01")
    assert set(others["status"]) <= {"passed", "not applicable"}
    assert (others.loc[[code for code in others.index if code >= "I20"], "status"] == "not applicable").all()


def test_tiny_images_are_not_called_blurry(items):
    results, _ = items({f"{n}.png": png(scene(n, (8, 8))) for n in range(5)})
    assert results.loc["I07", "status"] == "passed"


@pytest.mark.parametrize(("darker", "status"), [(True, "failed"), (False, "passed")])
def test_brightness_that_gives_the_label_away(items, darker, status):
    files = {f"{n}.png": png(scene(n) // 2 if darker and n % 2 else scene(n)) for n in range(60)}
    results, _ = items(files, label=["night", "day"] * 30)
    assert (results.loc[["I10"], "status"] == status).all()


SOUNDS = {f"{n}.wav": wave(n, 1 + n / 20) for n in range(12)}
ODD_SOUNDS = {
    "I01": b"RIFF....",
    "I08": SOUNDS["3.wav"],
    "I31": wave(99, 20),
    "I32": wave(99, rate=16000),
    "I33": wave(99, channels=2),
    "I34": wave(99, level=1.5),
    "I35": wave(99, level=0.0001),
}


@pytest.mark.parametrize("code", ODD_SOUNDS)
def test_an_odd_recording_is_found_by_its_check_alone(items, code):
    results, concerned = items({**SOUNDS, "odd.wav": ODD_SOUNDS[code]}, "audio")
    firing = [other for other in results.index if results.loc[other, "status"] in {"failed", "warned"}]
    assert firing == [code]
    assert concerned(code) == (["3.wav", "odd.wav"] if code == "I08" else ["odd.wav"])


def test_a_missing_recording(items):
    results, concerned = items(SOUNDS, "audio", missing=["gone.wav"])
    assert concerned("I01") == ["gone.wav"]
    assert set(results.loc[["I31", "I32", "I33", "I34", "I35"], "status"]) == {"passed"}


TEXTS = [
    f"The {noun} on the {place} was {word} than I had hoped, and we shall certainly go back there again next summer."
    for noun in ("garden", "kitchen", "breakfast", "view", "service")
    for place in ("first day", "island", "river bank", "upper floor")
    for word in ("better", "smaller", "louder", "warmer", "stranger")
]
ODD_TEXTS = {
    "I20": "!?",
    "I21": "Das Frühstück war leider viel zu spät fertig, und niemand von uns wollte so lange darauf warten müssen.",
    "I22": "The cafÃ© on the corner is a pleasant place to sit and read, and the coffee is as good as anywhere else.",
    "I23": "The rooms &amp; the beds were clean,<br/>but the stairs are steep and the door of the lift was always closed.",
    "I24": TEXTS[5].upper() + "!",
}


@pytest.mark.parametrize("code", ODD_TEXTS)
def test_an_odd_text_is_found_by_its_check_alone(code):
    frame = pd.DataFrame({"text": [*TEXTS[:60], *[ODD_TEXTS[code]] * (1 if code in {"I22", "I24"} else 2)]})
    plan = checks.Plan(structured=False, thresholds={"I24": 0.0} if code == "I24" else {"I24": 0.5})
    found = measured(frame, None, "", lambda share, message: None)
    results = checks.run(frame, plan, items=found).results
    firing = results[results["code"].str.startswith("I") & results["status"].isin(["failed", "warned", "error"])]
    assert list(firing["code"]) == [code]
    rows = list(checks.rows_concerned(frame, plan, code, firing["column"].iloc[0], found)["row"])
    assert rows == {"I22": [61], "I24": [6, 61]}.get(code, [61, 62])


def test_tables_and_short_text_have_no_texts_to_check():
    frame = pd.DataFrame({"text": TEXTS, "short": ["a"] * 100})
    assert measured(frame[["short"]], None, "", lambda share, message: None) is None
    results = checks.run(frame, checks.Plan(structured=True)).results.set_index("code")
    assert (results.loc[["I20", "I21", "I22", "I23", "I24"], "status"] == "not applicable").all()
