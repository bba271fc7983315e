"""Settings of an installation, read from the environment once."""

import importlib.util
import os
from dataclasses import dataclass, field
from pathlib import Path

from components.errors import BadInput

CLUSTERS = ("tcp://", "tls://", "ws://", "wss://")
ENGINES = ("duckdb", "spark")
MOST_NICE = 19
POSTGRES = ("postgresql://", "postgres://")


@dataclass(frozen=True)
class Settings:
    """Where things are kept and what the owner of the server allows."""

    home: Path
    database_url: str
    tracking_uri: str
    data_folders: tuple[Path, ...] = ()
    data_databases: tuple[str, ...] = ()
    upload_megabytes: int = 200
    public_url: str = ""
    oidc_metadata_url: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)
    cookie_secret: str = field(default="", repr=False)
    jobs: str = ""
    nice: int = 0
    warm: bool = True

    @classmethod
    def from_environment(cls) -> "Settings":
        """Read the settings that the README lists.

        Raises
        ------
        BadInput
            A setting holds what it can't.
        """
        engine = os.environ.get("GROUNDWORK_ENGINE") or ENGINES[0]
        if engine not in ENGINES and not engine.startswith(POSTGRES):
            raise BadInput(f"There is no engine “{engine[:40]}” for GROUNDWORK_ENGINE.", "Use duckdb, spark, or a postgresql:// address.")
        home = Path(os.environ.get("GROUNDWORK_HOME") or ".groundwork").resolve()
        folders = os.environ.get("GROUNDWORK_DATA_FOLDERS", "")
        return cls(
            home=home,
            database_url=os.environ.get("GROUNDWORK_DATABASE_URL") or f"sqlite:///{home / 'groundwork.db'}",
            tracking_uri=os.environ.get("MLFLOW_TRACKING_URI") or f"sqlite:///{home / 'mlflow.db'}",
            public_url=os.environ.get("GROUNDWORK_PUBLIC_URL", "").rstrip("/"),
            oidc_metadata_url=os.environ.get("GROUNDWORK_OIDC_METADATA_URL", ""),
            oidc_client_id=os.environ.get("GROUNDWORK_OIDC_CLIENT_ID", ""),
            oidc_client_secret=os.environ.get("GROUNDWORK_OIDC_CLIENT_SECRET", ""),
            cookie_secret=os.environ.get("GROUNDWORK_COOKIE_SECRET", ""),
            data_folders=tuple(Path(folder).resolve() for folder in folders.split(os.pathsep) if folder),
            jobs=_cluster(os.environ.get("GROUNDWORK_JOBS", "")),
            data_databases=_databases(os.environ.get("GROUNDWORK_DATA_DATABASES", "")),
            nice=_nice(os.environ.get("GROUNDWORK_NICE") or "5"),
            warm=_warm(os.environ.get("GROUNDWORK_WARM") or "1"),
        )


def _cluster(address: str) -> str:
    """Return the address of a Dask cluster; nothing where jobs run on this machine."""
    if address in {"", "local"}:
        return ""
    if not address.startswith(CLUSTERS):
        raise BadInput(
            f"There is no place “{address[:40]}” for GROUNDWORK_JOBS.", "Leave it out, or give a Dask scheduler's address: tcp://host:8786."
        )
    if importlib.util.find_spec("distributed") is None:
        raise BadInput("GROUNDWORK_JOBS needs Dask, which isn't installed.", "Install it with: pip install distributed.")
    return address


def _nice(text: str) -> int:
    """Return how far workers step back behind the server, from 0, not at all, to 19."""
    if not text.isdecimal() or int(text) > MOST_NICE:
        raise BadInput(f"GROUNDWORK_NICE can't be “{text[:40]}”.", "Use a number from 0 (workers as eager as the server) to 19.")
    return int(text)


def _warm(text: str) -> bool:
    """Return whether a worker waits for work."""
    if text not in {"0", "1"}:
        raise BadInput(
            f"GROUNDWORK_WARM can't be “{text[:40]}”.", "Use 1 (a worker waits, ready to begin) or 0 (none does, and less memory is used)."
        )
    return text == "1"


def _databases(text: str) -> tuple[str, ...]:
    """Return the addresses of databases, separated by blanks."""
    found = tuple(text.split())
    wrong = next((address for address in found if not address.startswith(POSTGRES)), None)
    if wrong is not None:
        raise BadInput("GROUNDWORK_DATA_DATABASES holds an address that isn't PostgreSQL's.", "Write postgresql://user@host/name.")
    return found
