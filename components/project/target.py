"""What the project wants to reach; every phase reads it."""

from typing import ClassVar, Literal

from pydantic import Field

from components.project.records import Body


class Target(Body):
    """The figure that the project promises. There is one per project, saved under the id `target`."""

    kind: ClassVar[str] = "target"
    metric: str = Field("accuracy", title="Metric", max_length=80)
    value: float = Field(title="Value to reach", allow_inf_nan=False)
    direction: Literal["higher", "lower"] = Field("higher", title="Better is")
    why: str = Field("", title="Why this value", max_length=2000)

    def reached_by(self, value: float) -> bool:
        """Whether `value` is at least as good as the target."""
        return value >= self.value if self.direction == "higher" else value <= self.value
