"""Images that look the same."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Counts, Finding
from components.data.checks.items.declaration import ItemCheck
from components.data.checks.table import Table


class NearDuplicates(ItemCheck):
    """Images that look like an earlier one, and are not the same file: perceptual hashes that differ in at most 3 of 64 bits."""

    code = "I09"
    title = "Near duplicate images"
    media = "image"
    says = "{figure} of the images look like an earlier one; up to {threshold} passes."
    advice = "Look at the pairs: keep one of what is the same picture, resized or compressed, and all of it in one split."
    why = "A re-scan or a smaller copy is remembered like the image itself. Small drawings such as digits look alike without being copies."

    def counts(self, table: Table) -> Counts:
        """Count files and groups of those that look alike."""
        near, content = table.measured("near"), table.measured("content")
        return {("", "kinds"): near.notnull().ifelse(content, None).nunique(), ("", "groups"): near.nunique()}

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Judge the share of files beyond the first of each group."""
        extra = int(counted["", "kinds"] - counted["", "groups"])
        yield Finding("", extra / table.rows, extra)

    def concerned(self, table: Table, column: str) -> Any:
        """Rows of images that look alike, together."""
        content = table.properties["content"]
        return table.same(table.measured("near"), lambda rows: rows[content].min() != rows[content].max())
