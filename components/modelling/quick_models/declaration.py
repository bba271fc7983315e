"""What a quick model is: a name, and how it is made for a task."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Task = Literal["classification", "regression"]


@dataclass(frozen=True)
class QuickModel:
    """A baseline that is fitted with a library's defaults.

    Attributes
    ----------
    name : str
        Short and stable, as in the shell's output.
    title : str
        As people say it.
    task : {"classification", "regression"}
        What it predicts.
    trivial : bool
        Whether it looks at no feature: what it reaches, anybody reaches.
    make : callable
        Takes the seed and returns a scikit-learn estimator. Called in the process that fits it.
    why : str
        Why it is on the ladder.
    """

    name: str
    title: str
    task: Task
    make: Callable[[int], Any]
    why: str
    trivial: bool = False
    scaled: bool = False
