"""Images of odd proportions."""

from typing import Any

from components.data.checks.items.declaration import ItemCheck
from components.data.checks.table import Table


class OddAspect(ItemCheck):
    """Images of which one side is more than three times the other."""

    code = "I04"
    title = "Images of odd proportions"
    media = "image"
    says = "{figure} of the images have one side over three times the other; up to {threshold} passes."
    advice = "Look whether they are panoramas, strips or cut wrongly; scaled to a square they are squeezed."
    why = "Most models scale every image to one shape."

    def odd(self, table: Table) -> Any:
        """Whether one side is more than three times the other."""
        return table.measured("aspect") < 1 / 3
