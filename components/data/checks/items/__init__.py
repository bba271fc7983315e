"""Checks of images, recordings and texts: each looks at something that was measured of every item."""
