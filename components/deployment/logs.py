"""Logs of a rollout as they are brought: outcomes of requests, or predictions whose targets came later."""

import pandas as pd

from components import words
from components.errors import BadInput

WANTED = ("time", "arm", "outcome")
PREDICTED = ("id", "time", "arm", "prediction")
BAD = frozenset({"1", "1.0", "true", "bad", "wrong", "failed", "yes"})
GOOD = frozenset({"0", "0.0", "false", "good", "right", "ok", "no"})
NEW = ("canary", "new", "green", "treatment", "candidate")
NOT_SAID = "not said"


def joined(predictions: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """Return predictions with their targets as a log: bad is what was predicted otherwise; without a target nothing is known yet.

    Parameters
    ----------
    predictions : DataFrame
        Columns id, time, arm, prediction; slice may be there too.
    targets : DataFrame
        Columns id, target; known says when each came.

    Raises
    ------
    BadInput
        A column is missing, an id stands twice, or no target belongs to a prediction.
    """
    for frame, columns, what in ((predictions, PREDICTED, "predictions"), (targets, ("id", "target"), "targets")):
        missing = [name for name in columns if name not in frame.columns]
        if missing:
            raise BadInput(f"The {what} have no column {words.listed(missing)}.", f"They need {words.listed(columns)}.")
        twice = frame["id"][frame["id"].duplicated()]
        if len(twice):
            raise BadInput(f"The id “{str(twice.iloc[0])[:40]}” stands twice in the {what}.", "Give every request an id of its own.")
    kept = ["target", *(name for name in ("known",) if name in targets.columns)]
    left = predictions.drop(columns=["known", "target"], errors="ignore").assign(id=predictions["id"].astype(str))
    rows = left.merge(targets.assign(id=targets["id"].astype(str))[["id", *kept]], on="id", how="left")
    there = rows["target"].notna() & rows["prediction"].notna()
    if not there.any():
        raise BadInput("No target belongs to a prediction.", "The ids of both files must be the same.")
    numbers = [pd.to_numeric(rows[name], errors="coerce") for name in ("prediction", "target")]
    if all(one[there].notna().all() for one in numbers):
        same = numbers[0] == numbers[1]
    else:
        text = [rows[name].astype(str).str.strip() for name in ("prediction", "target")]
        same = text[0] == text[1]
    return rows.assign(outcome=(~same).astype(int).astype(object).where(there, None))


def read_log(log: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Return the labelled rows (arm, bad, when, slice) by the time at which they are known, and the name of the new version's arm.

    Raises
    ------
    BadInput
        A column is missing, the arms aren't two, an outcome is neither good nor bad, or none is known.
    """
    missing = [name for name in WANTED if name not in log.columns]
    if missing:
        raise BadInput(
            f"The log has no column {words.listed(missing)}.", "It needs time, arm and outcome; known and slice may be there too."
        )
    arms = sorted(log["arm"].dropna().astype(str).unique())
    if len(arms) != 2:
        raise BadInput(
            f"The log has {words.counted(len(arms), 'arm')}: {words.listed(arms) or 'none'}.",
            "Two are compared: the new version and the current one.",
        )
    new = next((arm for arm in arms if arm.lower() in NEW), "")
    if not new:
        raise BadInput(f"Which of the arms {words.listed(arms)} is the new version?", f"Call it {words.listed(NEW)}.")
    text = log["outcome"].astype(str).str.strip().str.lower().where(log["outcome"].notna())
    odd = text.dropna()[~text.dropna().isin(BAD | GOOD)]
    if len(odd):
        raise BadInput(f"The outcome “{odd.iloc[0][:40]}” is neither good nor bad.", "Write 1 or bad, and 0 or good.")
    there = text.notna() & log["arm"].notna()
    if not there.any():
        raise BadInput("No outcome of the log is known.", "Replay it once labels have come.")
    known = log[there]
    rows = pd.DataFrame({"arm": known["arm"].astype(str), "bad": text[there].isin(BAD)})
    rows["when"] = times(known["known"] if "known" in log.columns else known["time"])
    if "slice" in log.columns:
        rows["slice"] = known["slice"].astype(str).where(known["slice"].notna(), NOT_SAID)
    return rows.sort_values("when", kind="stable").reset_index(drop=True), new


def times(column: pd.Series) -> pd.Series:
    """Return times as numbers or dates.

    Raises
    ------
    BadInput
        One can't be read.
    """
    dated = pd.api.types.is_datetime64_any_dtype(column)
    numbers = pd.to_numeric(column, errors="coerce")
    if numbers.notna().all() and not dated:
        return numbers
    dates = pd.to_datetime(column, errors="coerce", utc=True, format="mixed")
    if dates.isna().any():
        raise BadInput(f"The time “{str(column[dates.isna()].iloc[0])[:40]}” can't be read.", "Write 2026-11-25 14:00, or a number.")
    return dates
