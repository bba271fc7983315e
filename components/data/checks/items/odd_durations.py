"""Recordings of odd length."""

from components.data.checks.items.declaration import ItemOutliers


class OddDurations(ItemOutliers):
    """Recordings more than ten times longer or shorter than the median."""

    code = "I31"
    title = "Recordings of odd length"
    media = "sound"
    measured = "seconds"
    factor = 10.0
    says = "{figure} of the recordings are over ten times longer or shorter than the median; up to {threshold} passes."
    advice = "Listen to them: a button pressed by mistake, or a recorder that was left on."
    why = "Most models cut or pad every recording to one length."
