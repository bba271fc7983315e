"""Silent recordings."""

from typing import Any

from components.data.checks.items.declaration import ItemCheck
from components.data.checks.table import Table


class Silence(ItemCheck):
    """Recordings of which 99 % of the samples are under a thousandth of full scale."""

    code = "I35"
    title = "Silent recordings"
    media = "sound"
    says = "{figure} of the recordings are silent; up to {threshold} passes."
    advice = "Take them out, or find out why the microphone heard nothing."
    why = "A silent recording has a label all the same, and teaches a model that silence is something."

    def odd(self, table: Table) -> Any:
        """Whether it is silent nearly throughout."""
        return table.measured("quiet") > 0.99
