"""What a worker is told when it starts."""

from pydantic import BaseModel, ConfigDict

from components.project.settings import Settings


class Told(BaseModel):
    """Settings, where the kinds of record are listed (`module:name`), which packages tasks may lie in, what to do while waiting."""

    model_config = ConfigDict(frozen=True)
    settings: Settings
    kinds: str
    packages: tuple[str, ...] = ("components",)
    ready: tuple[str, ...] = ()
