"""The one error that a person is meant to read."""

from collections.abc import Sequence


class BadInput(ValueError):
    """Input that cannot be used: what is wrong, what to do about it, and the lines concerned.

    Raised before anything was changed. Screens show it as a card, the shell as one line with exit code 2.
    """

    def __init__(self, what: str, todo: str = "", lines: Sequence[str] = ()) -> None:
        super().__init__(f"{what} {todo}".strip())
        self.what = what
        self.todo = todo
        self.lines = list(lines)
