"""Pixels of images as features, and images that aren't there or are none."""

import io
import zipfile

import numpy as np
import pytest
from PIL import Image

from components.errors import BadInput
from components.modelling.images import pixels


def png(array):
    target = io.BytesIO()
    Image.fromarray(np.asarray(array, dtype=np.uint8)).save(target, "PNG")
    return target.getvalue()


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "images.zip"
    with zipfile.ZipFile(path, "w") as opened:
        opened.writestr("small.png", png([[0, 255], [51, 102]]))
        opened.writestr("colour.png", png(np.full((40, 30, 3), 255)))
        opened.writestr("none.png", b"no image at all")
        opened.writestr("cut.png", png(np.random.default_rng(0).integers(0, 255, (64, 64)))[:300])
    return path


def test_small_images_keep_every_pixel(archive):
    assert pixels(archive, ["small.png"]).to_numpy().tolist() == [[0.0, 1.0, 0.2, 0.4]]


def test_other_sizes_and_colours_are_brought_to_the_same_grid(archive):
    table = pixels(archive, ["small.png", "colour.png"])
    assert table.shape == (2, 4)
    assert table.iloc[1].tolist() == [1.0] * 4
    assert pixels(archive, ["colour.png"]).shape == (1, 16 * 16)


@pytest.mark.parametrize(
    ("name", "sentence"), [("gone.png", "isn't in the archive"), ("none.png", "can't be read"), ("cut.png", "can't be read")]
)
def test_an_image_that_is_missing_or_broken_is_named(archive, name, sentence):
    with pytest.raises(BadInput, match=f"“{name}” {sentence}"):
        pixels(archive, ["small.png", name])


def test_reading_can_be_stopped(archive):
    def stop(done):
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pixels(archive, ["small.png", "small.png"], alive=stop)
