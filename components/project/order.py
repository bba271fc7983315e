"""The order of changes in a project: one number that rises with each of them."""

from datetime import datetime

import sqlalchemy as sa

from components.errors import BadInput
from components.project import schema


def rise(connection: sa.Connection, project_id: str, at: datetime, *, deleted: bool = False) -> int:
    """Take the next number of a project's order of changes, first in the transaction: its row lock makes it the order of commits."""
    update = (
        sa.update(schema.project)
        .where(schema.project.c.id == project_id, schema.project.c.deleted == deleted)
        .values(seq=schema.project.c.seq + 1, changed_at=at)
        .returning(schema.project.c.seq)
    )
    seq: int | None = connection.execute(update).scalar()
    if seq is None:
        raise BadInput("This project isn't here any more.", "Somebody deleted it; what you typed is still on your screen.")
    return seq
