"""Light images."""

from typing import Any

from components.data.checks.items.declaration import ItemCheck
from components.data.checks.table import Table


class LightImages(ItemCheck):
    """Images of which even the darkest parts are light: the 1st percentile of the brightness is over .9."""

    code = "I03"
    title = "Light images"
    media = "image"
    says = "{figure} of the images are light throughout; up to {threshold} passes."
    advice = "Look at them: take the picture again, or say in the rulebook that such images are discarded."
    why = "An overexposed or empty page holds nothing to learn from."

    def odd(self, table: Table) -> Any:
        """Whether even its darkest parts are light."""
        return table.measured("dark") > 0.9
