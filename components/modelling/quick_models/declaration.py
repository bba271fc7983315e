"""What a quick model is: a name, and how it is made for what is to be learnt."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Task = Literal["classification", "regression"]
Fold = tuple[NDArray[np.int64], NDArray[np.int64]]
FOLDS = {"stratified": "stratified folds", "shuffled": "folds", "grouped": "folds that keep groups together", "by time": "folds in time"}


@dataclass(frozen=True)
class Problem:
    """A learning problem made from a table.

    Attributes
    ----------
    features : DataFrame
        Numbers as float64, categories and texts as text; missing cells stay missing.
    target : array, rows
    rows : array of int
        Positions of the rows in the table, counted from 0.
    folds : list of (train, test)
        Positions in `features`; the same for every model. In time, the oldest rows are never tested.
    notes : tuple of str
        What was left out and why, in sentences.
    texts : tuple of str
        The features that are running text.
    order : str
        How the folds were made, a key of `FOLDS`.
    """

    task: Task
    features: pd.DataFrame
    target: NDArray[Any]
    rows: NDArray[np.int64]
    folds: list[Fold]
    notes: tuple[str, ...]
    texts: tuple[str, ...] = ()
    order: str = "stratified"

    @property
    def metric(self) -> str:
        """The metric of the leaderboard."""
        return "accuracy" if self.task == "classification" else "R²"

    @property
    def convention(self) -> str:
        """The metric written out."""
        folds = f"mean over {len(self.folds)} {FOLDS[self.order]}"
        if self.task == "classification":
            return f"Share of rows with the right class, {folds}."
        return f"1 − residual ÷ total sum of squares, {folds}; 0 is as good as the mean, negative is worse."

    @property
    def tested(self) -> int:
        """How many rows are held back once."""
        return sum(len(test) for _, test in self.folds)


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
    make : callable
        Takes the problem and the seed and returns a scikit-learn estimator. Called in the process that fits it.
    why : str
        Why it is on the ladder.
    trivial : bool
        Whether it looks at no feature: what it reaches, anybody reaches.
    scaled : bool
        Whether it wants its numbers scaled.
    sparse : bool
        Whether it learns from every word of a text; other models are given a few directions in which texts differ.
    """

    name: str
    title: str
    task: Task
    make: Callable[[Problem, int], Any]
    why: str
    trivial: bool = False
    scaled: bool = False
    sparse: bool = False
