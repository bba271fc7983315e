"""What a fault is: where it strikes, what it does to decisions, and what can be seen of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Stage = Literal["route", "validate", "preprocess", "model", "postprocess", "decision", "label"]
STAGES: tuple[Stage, ...] = ("route", "validate", "preprocess", "model", "postprocess", "decision", "label")
Sign = Literal[
    "schema",
    "range",
    "missing",
    "duplicate",
    "input drift",
    "skew",
    "score drift",
    "not finite",
    "error",
    "slow",
    "overload",
    "stale",
    "no label",
    "wrong",
    "slice",
    "silent",
]
Arm = Literal["canary", "both"]


def sudden(since: Array) -> Array:
    """At full strength from its first window on."""
    return np.ones_like(since)


def gradual(since: Array) -> Array:
    """Grows evenly to full strength over 20 windows."""
    return np.minimum((since + 1) / 20, 1.0)


def seasonal(since: Array) -> Array:
    """Comes and goes every 24 windows, as a day of hours."""
    return np.sin(np.pi * since / 24) ** 2


def burst(since: Array) -> Array:
    """Over after 20 windows."""
    return np.where(since < 20, 1.0, 0.0)


Course = Literal["sudden", "gradual", "seasonal", "burst"]
COURSES: Mapping[Course, Callable[[Array], Array]] = {"sudden": sudden, "gradual": gradual, "seasonal": seasonal, "burst": burst}


@dataclass(frozen=True)
class Fault:
    """One way in which a served model goes wrong; a file of its own, listed in `FAULTS`.

    Attributes
    ----------
    stage : str
        Where it strikes on a request's way: route, validate, preprocess, model, postprocess, decision, label.
    harm : float
        Share of the decisions that it turns bad, at strength 1.
    signs : mapping of str to float
        Share of the requests that show each sign while it is there, at strength 1: what a monitor can see.
    course : function
        Its strength, from 0 to 1, by windows since it began.
    arm : "canary" or "both"
        Which versions it usually hits. What hits both alike is invisible to a comparison.
    mutes : tuple of str
        What it blinds: "labels" or "monitors". Such a fault does no harm itself, but hides it.
    """

    code: str
    title: str
    stage: Stage
    happens: str
    harm: float = 0.0
    signs: Mapping[Sign, float] = field(default_factory=dict)
    course: Callable[[Array], Array] = sudden
    arm: Arm = "canary"
    mutes: tuple[Literal["labels", "monitors"], ...] = ()
