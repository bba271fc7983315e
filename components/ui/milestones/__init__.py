"""Milestones: their forms, their cards, and how they leave and come back as files."""
