"""Shadow: both versions answer a share of the requests, and only the current one decides."""

from typing import ClassVar

from components.deployment.pairs import Paired


class Shadow(Paired):
    """Compares the two on discordant pairs: requests that one version got wrong and the other right."""

    name: ClassVar[str] = "shadow"
    title: ClassVar[str] = "Shadow"
    says: ClassVar[str] = "Both versions answer, and only the current one decides: nobody is harmed."
