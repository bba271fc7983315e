"""Settings of an installation, read from the environment once."""

import os
from dataclasses import dataclass
from pathlib import Path

from components.errors import BadInput

NOT_YET = {"GROUNDWORK_ENGINE": "checks run in DuckDB", "GROUNDWORK_JOBS": "each job runs in a process of its own"}


@dataclass(frozen=True)
class Settings:
    """Where things are kept and what the owner of the server allows."""

    home: Path
    database_url: str
    tracking_uri: str
    data_folders: tuple[Path, ...] = ()
    upload_megabytes: int = 200
    public_url: str = ""

    @classmethod
    def from_environment(cls) -> "Settings":
        """Read `GROUNDWORK_HOME`, `GROUNDWORK_DATABASE_URL`, `GROUNDWORK_DATA_FOLDERS`, `GROUNDWORK_PUBLIC_URL` and `MLFLOW_TRACKING_URI`.

        Raises
        ------
        BadInput
            A setting is given that this version doesn't have yet.
        """
        for name, instead in NOT_YET.items():
            if os.environ.get(name):
                raise BadInput(f"The setting {name} isn't available yet.", f"Leave it out: {instead}.")
        home = Path(os.environ.get("GROUNDWORK_HOME") or ".groundwork").resolve()
        folders = os.environ.get("GROUNDWORK_DATA_FOLDERS", "")
        return cls(
            home=home,
            database_url=os.environ.get("GROUNDWORK_DATABASE_URL") or f"sqlite:///{home / 'groundwork.db'}",
            tracking_uri=os.environ.get("MLFLOW_TRACKING_URI") or f"sqlite:///{home / 'mlflow.db'}",
            public_url=os.environ.get("GROUNDWORK_PUBLIC_URL", "").rstrip("/"),
            data_folders=tuple(Path(folder).resolve() for folder in folders.split(os.pathsep) if folder),
        )
