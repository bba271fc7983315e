"""Removes the files that nothing refers to any more, such as those of quick checks that expired."""

import time

import sqlalchemy as sa

from components.project import schema
from components.project.document import shas
from components.project.files import Files
from components.project.jobs import LIVING
from components.project.store import Store

YOUNG_SECONDS = 24 * 3600
"""A file may be older than the record that will name it: what came this recently stays."""


def sweep(store: Store, files: Files) -> int:
    """Remove every file that no record, no history, no living job and no result names, and return how many."""
    old = {path.name: path for path in files.all() if time.time() - path.stat().st_mtime > YOUNG_SECONDS}
    if not old:
        return 0
    left = set(old) - _named(store)
    for sha in left:
        old[sha].unlink(missing_ok=True)
    return len(left)


def _named(store: Store) -> set[str]:
    record, history, job = schema.record, schema.history, schema.job
    queries = (
        sa.select(record.c.body),
        sa.select(history.c.before, history.c.after),
        sa.select(job.c.params).where(job.c.state.in_(LIVING)),
        sa.select(job.c.result),
    )
    with store.database.read(snapshot=True) as connection:
        return {sha for query in queries for row in connection.execute(query) for body in row for sha in shas(body)}
