"""Data sets, checks and labels."""
