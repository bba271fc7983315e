"""Dark images."""

from typing import Any

from components.data.checks.items.declaration import ItemCheck
from components.data.checks.table import Table


class DarkImages(ItemCheck):
    """Images of which even the lightest parts are dark: the 99th percentile of the brightness is under .37."""

    code = "I02"
    title = "Dark images"
    media = "image"
    says = "{figure} of the images are dark throughout; up to {threshold} passes."
    advice = "Look at them: take the picture again, or say in the rulebook that such images are discarded."
    why = "On a photograph that is nearly black neither people nor models see much. Limit as in CleanVision."

    def odd(self, table: Table) -> Any:
        """Whether even its lightest parts are dark."""
        return table.measured("light") < 0.37
