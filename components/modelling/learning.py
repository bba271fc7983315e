"""What is to be learnt from a version of a data set: its table, or its images as features, and the folds that fit its columns."""

from dataclasses import dataclass, replace

import pandas as pd

from components.errors import BadInput
from components.jobs.work import Work
from components.modelling.images import image_features
from components.modelling.quick_models import Problem, problem
from components.project.data_sets import DataSet, DataVersion
from components.project.tables import read_table


@dataclass(frozen=True)
class Material:
    """A version of a data set as models learn from it: its rows with the target, the columns with a role, and what to say about it."""

    version: DataVersion
    data_set: DataSet
    target: str
    frame: pd.DataFrame
    seen: pd.DataFrame
    leave_out: tuple[str, ...]
    group: str | None
    time: str | None
    note: str = ""

    def problem(self, seed: int, folds: int) -> Problem:
        """Make the learning problem."""
        made = problem(self.seen, self.target, seed=seed, folds=folds, leave_out=self.leave_out, group=self.group, time=self.time)
        return replace(made, notes=(self.note, *made.notes)) if self.note else made


def material(work: Work, version_id: str, target: str | None = None) -> Material:
    """Read a version of a data set as models learn from it; images become features.

    Raises
    ------
    BadInput
        The version isn't here any more, nobody has said what is to be predicted, or it has no such column.
    """
    found = work.store.get(work.project_id, DataVersion, version_id)
    data_set = work.store.get(work.project_id, DataSet, found.body.data_set) if found else None
    if found is None or data_set is None:
        raise BadInput("This version of the data isn't here any more.", "Choose another one.")
    version, roles = found.body, data_set.body
    target = target or roles.target
    if not target:
        raise BadInput("Nobody has said which column is to be predicted.", "Choose the target.")
    frame = read_table(work.files, version.table)
    group, time = (name if name in frame.columns and name != target else None for name in (roles.group_column, roles.time_column))
    leave_out = tuple(column for column in (roles.id_column, roles.split_column) if column)
    seen, note = frame, ""
    if version.archive and version.media != "audio":
        if target not in frame.columns:
            raise BadInput(f"There is no column “{target}”.", f"The columns are: {', '.join(map(str, frame.columns[:12]))}.")
        picture, note = image_features(
            work.files.path(version.archive),
            list(frame["path"]),
            alive=lambda done: work.progress(0.02, f"Reading image {done + 1:,} of {len(frame):,}"),
        )
        roles_kept = [name for name in dict.fromkeys((target, group, time)) if name]
        seen = pd.concat([picture, frame[roles_kept].reset_index(drop=True)], axis=1)
        leave_out = ()
    return Material(version, roles, target, frame, seen, leave_out, group, time, note)
