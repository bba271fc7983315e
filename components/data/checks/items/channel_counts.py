"""Recordings with other channels."""

from components.data.checks.items.declaration import ItemMode


class ChannelCounts(ItemMode):
    """Recordings with another number of channels than most."""

    code = "I33"
    title = "Recordings with other channels"
    media = "sound"
    measured = "channels"
    says = "{figure} of the recordings have another number of channels than most; up to {threshold} passes."
    advice = "Mix all recordings to one number of channels, in a step that is also taken in use."
    why = "Stereo among mono is often another device, which a model can hear."
