"""Shell commands of modelling."""

from collections.abc import Callable

COMMANDS: tuple[Callable[..., int | None], ...] = ()
