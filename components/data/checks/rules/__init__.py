"""Checks of the rules that the team sets: each sort of rule is a file of its own."""
