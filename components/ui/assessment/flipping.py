"""What would flip the top two, and a slider to try it."""

import streamlit as st

from components import ui
from components.scoping.flip import Flip, number
from components.scoping.ranking import Ranking, tried, tried_sentence

MOST = 2
AROUND = 1.5


def flipping(found: Ranking) -> None:
    """Draw the smallest changes that make the top two level, and let the person try one."""
    with ui.card("flip"):
        st.markdown("**What would flip it**")
        for flip in found.flips[:MOST]:
            st.markdown(ui.escape(flip.sentence(found.lens, found.names)))
        _try(found)


@st.fragment
def _try(found: Ranking) -> None:
    """Draw the slider; only this is drawn again while it is moved."""
    names, flips = found.names, {f"{flip.idea}.{flip.factor}": flip for flip in found.flips}
    chosen = st.selectbox(
        "Try another value of",
        list(flips),
        format_func=lambda key: f"{found.lens.factor(flips[key].factor).title.lower()} of “{names[flips[key].idea]}”",
        key=f"rank.try.{found.lens.code}",
    )
    flip = flips[str(chosen)]
    low, high = _range(found, flip)
    key = f"rank.slider.{found.lens.code}.{chosen}.{number(flip.now)}"
    label, written = f"now {number(flip.now)}, level at {number(flip.needed)}", "%.0f" if high >= 100 else "%.2f"
    value = st.slider(label, low, high, min(max(flip.now, low), high), (high - low) / 100, format=written, key=key)
    st.markdown(f"**{ui.escape(tried_sentence(tried(found, flip.idea, flip.factor, value), found))}**")


def _range(found: Ranking, flip: Flip) -> tuple[float, float]:
    """Return how far the slider goes: over the scale, or somewhat beyond both values."""
    choices = [choice.value for choice in found.lens.factor(flip.factor).choices]
    if choices:
        return float(min(choices)), float(max(choices))
    return min(flip.now, flip.needed) / AROUND, max(flip.now, flip.needed) * AROUND
