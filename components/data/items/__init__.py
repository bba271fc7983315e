"""What is measured of each image, recording or text, once, for the checks of them."""

from components.data.items.measure import described, measured

__all__ = ["described", "measured"]
