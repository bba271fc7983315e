"""The digits: 1,797 real images of 8 × 8 pixels from the UCI set, as scikit-learn ships them; and labellers who are simulated."""

import io
import zipfile

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from PIL import Image

from components.data.adjudication.records import Adjudicated
from components.modelling.records import ErrorLevels

EPOCH = (1980, 1, 1, 0, 0, 0)
SEED = 1998
ITEMS = 150
PEOPLE = {"Ana": 0.004, "Ben": 0.006, "Chioma": 0.008, "Dev": 0.01, "Eva": 0.014}
SECONDS = {"Ana": 2.1, "Ben": 1.6, "Chioma": 2.4, "Dev": 1.2, "Eva": 1.4}
AGAIN, SETTLED = 40, 3
LOOK_ALIKE = {0: 6, 1: 7, 2: 3, 3: 8, 4: 9, 5: 6, 6: 5, 7: 1, 8: 3, 9: 4}
HARD = 0.12
HARDER = 8.0

_RATES = ", ".join(f"{name} {100 * rate:g} %" for name, rate in PEOPLE.items())
SIMULATED = (
    f"Simulated labellers with errors of {_RATES}; on the hardest {100 * HARD:g} % of images {HARDER:g} times as many. "
    f"Half of the errors are the digit that looks alike. Seed {SEED}."
)


def load() -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the images (1,797 × 8 × 8, brightness 0 to 16) and their digits."""
    from sklearn.datasets import load_digits

    bunch = load_digits()
    return bunch.images, bunch.target


def splits(rows: int) -> list[str]:
    """Return a split for each image: the first 80 % train, the rest test, as the images come."""
    return ["train" if row < 0.8 * rows else "test" for row in range(rows)]


def as_table() -> pd.DataFrame:
    """Return the digits as a table: one column a pixel, the digit, the split."""
    images, digits = load()
    flat = images.reshape(len(images), -1).astype(np.int64)
    frame = pd.DataFrame(flat, columns=[f"pixel {row}.{column}" for row in range(8) for column in range(8)])
    return frame.assign(label=digits, split=splits(len(frame)))


def as_zip(most: int | None = None) -> bytes:
    """Return the digits, or the first of them, as a zip of PNG images with a manifest, as a team would bring them."""
    images, digits = (each[:most] for each in load())
    manifest = pd.DataFrame({"path": [f"images/{row:04}.png" for row in range(len(images))], "label": digits, "split": splits(len(images))})
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr(zipfile.ZipInfo("manifest.csv", EPOCH), manifest.to_csv(index=False))
        for path, pixels in zip(manifest["path"], images, strict=True):
            picture = io.BytesIO()
            Image.fromarray((255 - pixels * 255 / 16).astype(np.uint8), mode=None).save(picture, "PNG")
            packed.writestr(zipfile.ZipInfo(path, EPOCH), picture.getvalue())
    return target.getvalue()


def labels() -> pd.DataFrame:
    """Return judgements of five simulated labellers on a random sample: item, annotator, label, gold, seconds."""
    _, digits = load()
    rng = np.random.default_rng(SEED)
    sample = np.sort(rng.choice(len(digits), ITEMS, replace=False))
    hard = rng.random(ITEMS) < HARD
    rows = []
    for name, rate in PEOPLE.items():
        chance = np.where(hard, rate * HARDER, rate)
        wrong = rng.random(ITEMS) < chance
        alike = rng.random(ITEMS) < 0.5
        for place, item in enumerate(sample):
            truth = int(digits[item])
            other = int(rng.integers(1, 10) + truth) % 10
            label = truth if not wrong[place] else LOOK_ALIKE[truth] if alike[place] else other
            rows.append((f"images/{item:04}.png", name, str(label), str(truth)))
    frame = pd.DataFrame(rows, columns=["item", "annotator", "label", "gold"])
    pace = frame["annotator"].map(SECONDS).to_numpy() * np.random.default_rng(SEED).lognormal(0.0, 0.35, len(frame))
    return frame.assign(seconds=np.round(pace, 1))


def labelled_again(judgements: pd.DataFrame) -> pd.DataFrame:
    """Return the judgements of the first items with a second one by each labeller, who errs anew on the hard ones."""
    rng = np.random.default_rng(SEED + 1)
    first = judgements[judgements["item"].isin(judgements["item"].unique()[:AGAIN])]
    again = np.where(
        rng.random(len(first)) < first["annotator"].map(PEOPLE) * 2, [str(one) for one in rng.integers(0, 10, len(first))], first["gold"]
    )
    columns = ["item", "annotator", "label"]
    return pd.concat([first[columns], first[columns].assign(label=again)], ignore_index=True)


def settled(label_set: str, judgements: pd.DataFrame, queue: pd.DataFrame) -> list[Adjudicated]:
    """Return what became of the first disputed images: the label that the published set has."""
    meant = judgements.drop_duplicates("item").set_index("item")["gold"]
    note = "Settled by the label that the published set has."
    return [Adjudicated(label_set=label_set, item=item, label=str(meant[item]), note=note) for item in queue["item"].head(SETTLED)]


def error_levels(human: float) -> ErrorLevels:
    """Return the errors of people and of the nearest mean image of each digit, on the images it learnt and on those it didn't."""
    images, digits = load()
    flat, learnt = images.reshape(len(images), -1), np.array(splits(len(images))) == "train"
    means = np.array([flat[learnt & (digits == digit)].mean(axis=0) for digit in range(10)])
    wrong = ((flat[:, None, :] - means) ** 2).sum(axis=2).argmin(axis=1) != digits
    source = (
        f"Nearest mean image of each digit, {learnt.sum():,} images learnt, {(~learnt).sum():,} tested; people are simulated labellers."
    )
    return ErrorLevels(
        human=round(human, 4), train=round(float(wrong[learnt].mean()), 4), dev=round(float(wrong[~learnt].mean()), 4), source=source
    )
