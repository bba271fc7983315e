"""Text as bodies keep it: written once, so that an export reads back as what was typed."""

from typing import Annotated

from pydantic import AfterValidator, Field

from components.project.plain import line


def paragraphs(text: str) -> str:
    r"""Return a text with one kind of line break and no blanks around it.

    >>> paragraphs(" a\r\nb \n")
    'a\nb'
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


Text = Annotated[str, AfterValidator(paragraphs), Field(max_length=4000)]
"""A text of some paragraphs."""
Line = Annotated[str, AfterValidator(line), Field(max_length=300)]
"""A text on one line."""
Item = Annotated[str, AfterValidator(line), Field(min_length=1, max_length=300)]
"""One line of a list."""
