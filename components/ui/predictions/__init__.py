"""The view of predictions that somebody brought: which model is better, and how sure that is."""

from components.ui.predictions.drawing import brought_for, draw

__all__ = ["brought_for", "draw"]
