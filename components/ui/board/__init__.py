"""The board of problems and solutions: its cards, what one does with them, and silent writing."""
