"""The plan of a rollout: how much traffic goes where, for how long, and what decides."""

from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from components.deployment.gates.e_process import EProcess
from components.errors import BadInput

LATER = {
    "error_overlap": "belongs to shadow and blue-green rollouts",
    "target": "simulates devices and apps",
    "faults": "injects faults",
    "monitors": "says which monitors are in place",
    "name": "belongs to manifests",
    "namespace": "belongs to manifests",
    "service": "belongs to manifests",
    "image": "belongs to manifests",
    "metric_query": "belongs to manifests",
}
LATER_VALUES = {"strategy": ("shadow", "blue-green"), "gate": ("threshold", "z-test")}
MOST_WINDOWS = 2000


class Step(BaseModel):
    """One step of the ramp."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    share: float = Field(gt=0, lt=1, title="Share of the traffic")
    windows: int = Field(ge=1, le=MOST_WINDOWS, title="Windows")


class Plan(BaseModel):
    """A canary rollout and the world it meets.

    Attributes
    ----------
    requests_per_window : int
        Requests of both arms together in one window.
    steps : tuple of Step
        The ramp: shares never go down.
    failure_rate : float
        Share of the current version's decisions that are bad.
    risk_ratio : float
        How many times as often the new version's decisions are bad; 1 is as good as before.
    gate : EProcess
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    strategy: Literal["canary"] = "canary"
    requests_per_window: int = Field(1000, ge=1, le=10_000_000, title="Requests a window")
    steps: tuple[Step, ...] = Field(
        (Step(share=0.01, windows=30), Step(share=0.05, windows=15), Step(share=0.25, windows=15), Step(share=0.5, windows=15)),
        min_length=1,
        max_length=50,
        title="Ramp",
    )
    failure_rate: float = Field(0.05, gt=0, lt=1, title="Failure rate of the current version")
    risk_ratio: float = Field(1.0, gt=0, le=1000, title="Risk ratio of the new version")
    gate: EProcess = Field(default_factory=EProcess, title="Gate")

    @model_validator(mode="after")
    def _possible(self) -> "Plan":
        if self.failure_rate * self.risk_ratio > 1:
            raise ValueError(
                f"a failure rate of {self.failure_rate:g} times {self.risk_ratio:g} is more than every decision; lower one of them"
            )
        shares = [step.share for step in self.steps]
        if any(later < earlier for earlier, later in zip(shares, shares[1:], strict=False)):
            raise ValueError("the ramp goes down; a canary grows step by step, or is rolled back to nothing by its gate")
        if self.windows > MOST_WINDOWS:
            raise ValueError(f"the ramp has {self.windows} windows; at most {MOST_WINDOWS} can be simulated")
        return self

    @property
    def windows(self) -> int:
        """How many windows the whole ramp has."""
        return sum(step.windows for step in self.steps)

    def with_risk(self, risk_ratio: float) -> "Plan":
        """Return the same plan for another new version."""
        return read_plan({**self.model_dump(), "risk_ratio": risk_ratio})


def read_plan(data: Any) -> Plan:
    """Return the plan in plain values.

    Raises
    ------
    BadInput
        A key is unknown or belongs to what isn't available yet, or a value is impossible; the sentence names it.
    """
    if not isinstance(data, dict):
        raise BadInput("A plan is a list of keys and values.", "Begin with “strategy: canary”.")
    for key, what in LATER.items():
        if key in data:
            raise BadInput(f"The key “{key}” {what}, which isn't available yet.", "Leave it out.")
    gate = data.get("gate")
    for key, value in (("strategy", data.get("strategy")), ("gate", gate.get("kind") if isinstance(gate, dict) else None)):
        if value in LATER_VALUES[key]:
            raise BadInput(f"The {key} “{value}” isn't available yet.", "Use canary." if key == "strategy" else "Use e-process.")
    try:
        return Plan.model_validate(data)
    except ValidationError as error:
        raise BadInput(_sentence(error.errors()[0]), "") from None


def _sentence(error: Any) -> str:
    place = ".".join(str(part) for part in error["loc"])
    message = str(error["msg"]).removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        return f"The plan has no key “{place[:80]}”. Its keys are {', '.join(Plan.model_fields)}."
    if error["type"] == "value_error":
        return f"The plan is impossible: {message}."
    if place.endswith("share"):
        nothing = "with all or none of the traffic there is nothing to compare"
        return f"The plan's {place} is {str(error['input'])[:60]!r}: {nothing}. Use more than 0 and less than 1."
    return f"The plan's {place} is {str(error['input'])[:60]!r}: {message[:1].lower()}{message[1:]}."


def read_plan_file(path: Path) -> Plan:
    """Return the plan in a YAML file."""
    if not path.is_file():
        raise BadInput(f"There is no file {path}.", "Check the name and the folder.")
    if path.stat().st_size > 1_000_000:
        raise BadInput(f"{path} is too large for a plan.", "A plan has a few dozen lines.")
    try:
        text = path.read_text(encoding="utf-8")
        if "&" in text and "*" in text:
            raise BadInput(f"{path} uses YAML anchors.", "Write the values out.")
        return read_plan(yaml.safe_load(text))
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError):
        raise BadInput(f"{path} isn't YAML.", "Check its indentation.") from None
