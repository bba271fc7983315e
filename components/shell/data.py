"""Shell commands of data."""

from collections.abc import Callable

COMMANDS: tuple[Callable[..., int | None], ...] = ()
