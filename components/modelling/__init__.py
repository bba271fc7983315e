"""Baselines, quick models and human level."""
