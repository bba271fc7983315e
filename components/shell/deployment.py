"""Shell commands of deployment."""

from collections.abc import Callable

COMMANDS: tuple[Callable[..., int | None], ...] = ()
