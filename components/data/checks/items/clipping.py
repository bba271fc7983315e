"""Recordings that are cut off."""

from typing import Any

from components.data.checks.items.declaration import ItemCheck
from components.data.checks.table import Table


class Clipping(ItemCheck):
    """Recordings of which over a thousandth of the samples is at full scale."""

    code = "I34"
    title = "Recordings that are cut off"
    media = "sound"
    says = "{figure} of the recordings are cut off at full scale; up to {threshold} passes."
    advice = "Record again at a lower level; what is cut off can't be brought back."
    why = "Loud parts that are cut off turn into noise, which people and models mishear."

    def odd(self, table: Table) -> Any:
        """Whether too many samples are at full scale."""
        return table.measured("clipped") > 0.001
