"""Recordings of another sample rate."""

from components.data.checks.items.declaration import ItemMode


class SampleRates(ItemMode):
    """Recordings sampled at another rate than most."""

    code = "I32"
    title = "Recordings of another sample rate"
    media = "sound"
    measured = "rate"
    says = "{figure} of the recordings have another sample rate than most; up to {threshold} passes."
    advice = "Bring all recordings to one sample rate, in a step that is also taken in use."
    why = "Read without resampling, a recording of another rate is faster or slower and higher or lower than it was."
