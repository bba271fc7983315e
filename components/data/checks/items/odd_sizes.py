"""Images of odd size."""

from components.data.checks.items.declaration import ItemOutliers


class OddSizes(ItemOutliers):
    """Images more than five times larger or smaller than the median, by the root of their area."""

    code = "I05"
    title = "Images of odd size"
    media = "image"
    measured = "size"
    factor = 5.0
    says = "{figure} of the images are over five times larger or smaller than the median; up to {threshold} passes."
    advice = "Look whether they are thumbnails, icons or scans of another source."
    why = "A thumbnail that is scaled up shows what no other image does, and a model learns that."
