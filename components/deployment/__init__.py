"""Rollouts, simulated before they happen."""
