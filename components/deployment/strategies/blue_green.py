"""Blue-green: mirrored requests are judged first, then all traffic moves to the new version at once."""

from typing import ClassVar

from components.deployment.pairs import Paired


class BlueGreen(Paired):
    """Gated before the switch, on discordant pairs. After it there is no control, so only monitors bring the traffic back."""

    name: ClassVar[str] = "blue-green"
    title: ClassVar[str] = "Blue-green"
    says: ClassVar[str] = "Judged on mirrored requests first; then all traffic moves at once, and back on any alarm."
