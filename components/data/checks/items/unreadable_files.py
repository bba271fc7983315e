"""Missing or unreadable files."""

from typing import Any

from components.data.checks.items.declaration import ItemCheck
from components.data.checks.table import Table


class UnreadableFiles(ItemCheck):
    """Rows whose image or recording is missing or can't be decoded."""

    code = "I01"
    title = "Missing or unreadable files"
    media = "item"
    severity = "failed"
    says = "{rows} whose file is missing or can't be read."
    advice = "Bring the files again, or take their rows out."
    why = "A loader stops at the first broken file, or skips it and trains on less than the table says."

    def odd(self, table: Table) -> Any:
        """Whether the file is missing or broken."""
        return ~table.measured("readable")
