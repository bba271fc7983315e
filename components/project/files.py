"""Files by their content: the SHA-256 is the name, so the same content is kept once and can't change unnoticed."""

import errno
import hashlib
import os
import re
import shutil
import tempfile
from pathlib import Path

from components.errors import BadInput

CHUNK = 1 << 20


class Files:
    """A folder of files named by the SHA-256 of their content, each written whole or not at all."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "files"
        self.folder.mkdir(parents=True, exist_ok=True)

    def put(self, content: bytes) -> str:
        """Keep `content` and return its SHA-256 in hexadecimal."""
        sha = hashlib.sha256(content).hexdigest()
        if not self.has(sha):
            with self._arriving(sha) as temporary:
                temporary.write(content)
        return sha

    def put_path(self, path: Path) -> str:
        """Keep a copy of the file at `path` and return its SHA-256."""
        with path.open("rb") as source:
            sha = hashlib.file_digest(source, "sha256").hexdigest()
            if not self.has(sha):
                source.seek(0)
                with self._arriving(sha) as temporary:
                    shutil.copyfileobj(source, temporary, CHUNK)
        return sha

    def path(self, sha: str) -> Path:
        """Return where the file of this SHA-256 lies."""
        if not re.fullmatch(r"[0-9a-f]{64}", sha):
            raise BadInput("That isn't the name of a kept file.")
        return self.folder / sha[:2] / sha

    def has(self, sha: str) -> bool:
        """Whether the file is here."""
        return self.path(sha).exists()

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
        if hashlib.sha256(content).hexdigest() != sha:
            raise BadInput(f"The file {sha[:8]} was damaged on the disk.", "Restore it from a backup, or bring the data in again.")
        return content

    def _arriving(self, sha: str) -> "_Arriving":
        return _Arriving(self.path(sha))


class _Arriving:
    """A file under a temporary name that is synced and renamed when the `with` ends, and removed when it fails."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self.file = tempfile.NamedTemporaryFile(dir=path.parent, delete=False)  # noqa: SIM115 - closed in __exit__

    def __enter__(self) -> "_Arriving":
        return self

    def write(self, content: bytes) -> int:
        """Write a part."""
        return self.file.write(content)

    def __exit__(self, failed: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        temporary = Path(self.file.name)
        try:
            if failed is None:
                self.file.flush()
                os.fsync(self.file.fileno())
                self.file.close()
                temporary.replace(self.path)
                _sync(self.path.parent)
        except OSError as caught:
            error = caught
            raise _sentence(caught) from caught
        finally:
            self.file.close()
            if error is not None:
                temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _sentence(error) from error


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sentence(error: OSError) -> BadInput:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return BadInput("The disk is full, so the file wasn't kept.", "Make room on the server, then try again.")
    return BadInput("The file couldn't be written.", "Let the server's owner look at the folder's permissions.")
