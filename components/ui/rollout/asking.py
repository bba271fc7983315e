"""What the controls of the rollout screen are made with: shares are asked for as percentages."""

import streamlit as st


def percent(label: str, start: float, limits: tuple[float, float, float], key: str, hint: str | None = None) -> float:
    """Ask for a share as a percentage, between two limits and by steps."""
    low, high, step = limits
    return share(st.number_input(label, low, high, round(100 * start, 6), step, "%g", help=hint, key=key, persist_state="session"))


def share(percentage: float) -> float:
    """Return a percentage as a share."""
    return round(percentage / 100, 9)
