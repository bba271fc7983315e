"""Shell commands of project."""

from collections.abc import Callable

COMMANDS: tuple[Callable[..., int | None], ...] = ()
