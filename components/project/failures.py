"""What a database that fails means to a person: one sentence that says what did not happen and what to do."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from components.errors import BadInput

logger = logging.getLogger(__name__)

# What SQLite and PostgreSQL write, and what we say; the first that fits is taken.
CAUSES: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (
        ("locked", "busy", "lock timeout", "deadlock", "queuepool"),
        "The database is busy, so nothing was {verb}.",
        "Try again in a moment; what you typed is still here.",
    ),
    (("full", "no space"), "The disk is full, so nothing was {verb}.", "Make room on the server, then try again; what was saved is safe."),
    (
        ("readonly", "read-only", "unable to open", "permission denied"),
        "The database can't be opened or written, so nothing was {verb}.",
        "Let the server's owner look at the folder's permissions.",
    ),
    (
        ("i/o error", "disk quota", "file too large"),
        "The disk fails, so nothing was {verb}.",
        "Let the server's owner look at it; what was saved is safe.",
    ),
    (
        ("malformed", "not a database", "disk image"),
        "The database file is damaged, so nothing was {verb}.",
        "Let the server's owner restore it from a backup.",
    ),
)


class StoreUnavailable(BadInput):
    """The database did not answer or could not write; nothing of the attempt was saved."""


def busy(verb: str) -> StoreUnavailable:
    """Return the error for a database that others keep busy."""
    _, what, todo = CAUSES[0]
    return StoreUnavailable(what.format(verb=verb), todo)


@contextmanager
def sentences(verb: str) -> Iterator[None]:
    """Turn what a database raises into `StoreUnavailable`, and what it can't hold into `BadInput`; the cause goes to the log."""
    try:
        yield
    except sa.exc.IntegrityError:
        raise
    except (sa.exc.DataError, UnicodeEncodeError) as error:
        raise BadInput(f"This holds signs that can't be kept, so nothing was {verb}.", "Take them out, then try again.") from error
    except (sa.exc.DatabaseError, sa.exc.InterfaceError, sa.exc.TimeoutError) as error:
        cause = str(getattr(error, "orig", None) or error)
        logger.warning("The database failed: %s", cause.splitlines()[0])
        for signs, what, todo in CAUSES:
            if any(sign in cause.lower() for sign in signs):
                raise StoreUnavailable(what.format(verb=verb), todo) from error
        raise StoreUnavailable(
            f"The database doesn't answer, so nothing was {verb}.", "Let the server's owner see whether it runs, then try again."
        ) from error
