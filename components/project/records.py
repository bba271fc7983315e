"""What a saved thing is: a typed body with an identity, a version and an author."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, ClassVar, Generic, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict


def _web_address(value: str) -> str:
    if value and urlsplit(value).scheme not in {"http", "https"}:
        raise ValueError("write it as https://…")
    return value


Link = Annotated[str, AfterValidator(_web_address)]
"""An address on the web, or nothing: only http and https, so that no link can run a script."""


class Body(BaseModel):
    """The part of a record that a phase declares: fields, their titles, and the name of the kind.

    `schema_version` rises when the fields change; `upgrade` turns an older body into today's.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: ClassVar[str]
    schema_version: int = 1

    @classmethod
    def upgrade(cls, body: dict[str, Any]) -> dict[str, Any]:
        """Return `body`, saved under an older `schema_version`, in today's form."""
        return body


B = TypeVar("B", bound=Body)


@dataclass(frozen=True)
class Record(Generic[B]):
    """One saved body. `version` counts its saves from 1; `seq` orders all saves of the project."""

    project_id: str
    id: str
    version: int
    body: B
    updated_by: str
    updated_at: datetime
    seq: int

    @property
    def kind(self) -> str:
        """Name of the record's kind."""
        return self.body.kind
