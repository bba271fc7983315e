"""Which version runs here, and whether everything it needs answers."""

from components.ui.status import status

status()
