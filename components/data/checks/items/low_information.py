"""Images that show nothing."""

from typing import Any

from components.data.checks.items.declaration import ItemCheck
from components.data.checks.table import Table


class LowInformation(ItemCheck):
    """Images whose grey levels have an entropy under .3 bits: nearly one colour."""

    code = "I06"
    title = "Images that show nothing"
    media = "image"
    says = "{figure} of the images are nearly one colour; up to {threshold} passes."
    advice = "Take them out, or find out why the camera or the crop saw nothing."
    why = "An empty image has a label all the same, and teaches a model that nothing is something."

    def odd(self, table: Table) -> Any:
        """Whether it is nearly one colour."""
        return table.measured("information") < 0.3
