"""Who looks at the answers of a shadow, as the rollout screen asks for it."""

from typing import Any

import streamlit as st

from components.deployment.parts import SAMPLED
from components.deployment.plan import Plan

TYPICAL = 50
"""Answers reviewed in a window until the person says otherwise."""


def reviews(plan: Plan, key: str) -> dict[str, Any] | None:
    """Ask how many answers people can look at, and which; None where every outcome shows by itself."""
    hint = "Whether an answer was right is only known once somebody has looked at it, and there is time for so many."
    if not st.toggle("People find out who was right", plan.review is not None, key=f"{key}.review", help=hint, persist_state="session"):
        return None
    start = plan.review.capacity if plan.review else TYPICAL
    capacity = st.number_input("Answers that they can review in a window", 1, 10**7, start, key=f"{key}.reviews", persist_state="session")
    ways = list(SAMPLED)
    sample = st.selectbox(
        "Which answers they review",
        ways,
        ways.index(plan.review.sample if plan.review else "random"),
        SAMPLED.__getitem__,
        help="The gate compares disagreements alone, so reviewing these is quicker. Failure rates are only fair at random.",
        key=f"{key}.sample",
        persist_state="session",
    )
    return {"capacity": capacity, "sample": sample}
