"""Blurry images."""

from typing import Any

from components.data.checks.items.declaration import ItemCheck
from components.data.checks.table import Table


class BlurryImages(ItemCheck):
    """Images whose Laplacian varies less than .01 of what the image does, at a scale of at most 256 pixels."""

    code = "I07"
    title = "Blurry images"
    media = "image"
    says = "{figure} of the images are blurry; up to {threshold} passes."
    advice = "Look at them: take the picture again, or agree on how blurry is too blurry."
    why = "Where edges are washed out people guess, and their labels are guesses. Images under 32 pixels are not judged."

    def odd(self, table: Table) -> Any:
        """Whether it has hardly any edges."""
        return table.measured("sharpness") < 0.01
