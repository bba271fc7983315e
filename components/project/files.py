"""Files by their content: the SHA-256 is the name, so the same content is kept once and can't change unnoticed."""

import errno
import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from components.errors import BadInput

CHUNK = 1 << 20
SHA = re.compile(r"[0-9a-f]{64}")
ABANDONED_SECONDS = 24 * 3600


class Files:
    """A folder of files named by the SHA-256 of their content, each written whole or not at all.

    Raises
    ------
    BadInput
        From every method that writes: the disk is full, or the folder can't be written.
    """

    def __init__(self, home: Path) -> None:
        self.folder = home / "files"
        self._arrivals = self.folder / "arriving"
        with _sentences():
            self._arrivals.mkdir(parents=True, exist_ok=True)
        self._tidy()

    def put(self, content: bytes) -> str:
        """Keep `content` and return its SHA-256 in hexadecimal."""
        sha = hashlib.sha256(content).hexdigest()
        if not self._intact(sha):
            self._keep([content])
        return sha

    def put_path(self, path: Path) -> str:
        """Keep a copy of the file at `path` and return its SHA-256.

        Raises
        ------
        BadInput
            There is no such file.
        """
        try:
            source = path.open("rb")
        except OSError:
            raise BadInput(f"The file {path.name} can't be read.", "Check its name and its permissions.") from None
        with source:
            sha = hashlib.file_digest(source, "sha256").hexdigest()
            if self._intact(sha):
                return sha
            source.seek(0)
            return self._keep(_chunks(source))

    def path(self, sha: str) -> Path:
        """Return where the file of this SHA-256 lies."""
        if not SHA.fullmatch(sha):
            raise BadInput("That isn't the name of a kept file.")
        return self.folder / sha[:2] / sha

    def has(self, sha: str) -> bool:
        """Whether the file is here."""
        return self.path(sha).is_file()

    def all(self) -> list[Path]:
        """Return every kept file."""
        return [path for path in self.folder.glob("[0-9a-f][0-9a-f]/*") if SHA.fullmatch(path.name)]

    def read(self, sha: str) -> bytes:
        """Return the content of a file.

        Raises
        ------
        BadInput
            The file is missing, or its content is no longer what its name says.
        """
        try:
            content = self.path(sha).read_bytes()
        except FileNotFoundError:
            raise BadInput(f"The file {sha[:8]} isn't here.", "It was left out of an import: bring the data in again.") from None
        except OSError as error:
            raise BadInput(f"The file {sha[:8]} can't be read.", "Let the server's owner look at the disk.") from error
        if hashlib.sha256(content).hexdigest() != sha:
            raise BadInput(f"The file {sha[:8]} was damaged on the disk.", "Restore it from a backup, or bring the data in again.")
        return content

    def probe(self) -> None:
        """Write something small and remove it, to see whether the folder takes files."""
        with _sentences(), tempfile.NamedTemporaryFile(dir=self._arrivals) as arriving:
            arriving.write(b"?")

    def _intact(self, sha: str) -> bool:
        """Whether the file is here and still what its name says, and young again; a damaged one is replaced by the next `put`."""
        path = self.path(sha)
        try:
            os.utime(path)
            with path.open("rb") as kept:
                return hashlib.file_digest(kept, "sha256").hexdigest() == sha
        except OSError:
            return False

    def _keep(self, chunks: Iterator[bytes] | list[bytes]) -> str:
        """Write a file under a temporary name, sync it, then give it the name of what was really written."""
        digest = hashlib.sha256()
        with _sentences(), tempfile.NamedTemporaryFile(dir=self._arrivals, delete=False) as arriving:
            temporary = Path(arriving.name)
            try:
                for chunk in chunks:
                    digest.update(chunk)
                    arriving.write(chunk)
                arriving.flush()
                os.fsync(arriving.fileno())
                path = self.path(digest.hexdigest())
                if not path.parent.is_dir():
                    path.parent.mkdir(exist_ok=True)
                    _sync(self.folder)
                temporary.replace(path)
                _sync(path.parent)
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise
        return digest.hexdigest()

    def _tidy(self) -> None:
        """Remove what a killed process left half-written long ago."""
        oldest = time.time() - ABANDONED_SECONDS
        for left in self._arrivals.iterdir():
            with suppress(FileNotFoundError):
                if left.stat().st_mtime < oldest:
                    left.unlink()


def _chunks(source: BinaryIO) -> Iterator[bytes]:
    while chunk := source.read(CHUNK):
        yield chunk


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _sentences() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise BadInput("The disk is full, so the file wasn't kept.", "Make room on the server, then try again.") from error
        raise BadInput("The file couldn't be written.", "Let the server's owner look at the folder's permissions.") from error
