"""Settling the items on which people differ: what comes first, what was decided, and what a changed rule opens again."""
