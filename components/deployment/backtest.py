"""Replays logged outcomes through the gates, to see when each would have decided."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from components import words
from components.deployment.gates import GATES
from components.deployment.gates.declaration import Gate
from components.deployment.seen import HOLD, ROLL_BACK, Seen
from components.errors import BadInput

WANTED = ("time", "arm", "outcome")
BAD = frozenset({"1", "1.0", "true", "bad", "wrong", "failed", "yes"})
GOOD = frozenset({"0", "0.0", "false", "good", "right", "ok", "no"})
NEW = ("canary", "new", "green", "treatment", "candidate")
MOST_WINDOWS = 2000
LEAST_MISMATCH = 1e-3


@dataclass(frozen=True, eq=False)
class Replay:
    """What the gates would have done with a log.

    Attributes
    ----------
    windows : DataFrame
        One row a window: window, ends (time of its last request), requests and failures of either arm, and for each gate how near it
        was to deciding (1 rolls back, -1 promotes).
    verdicts : DataFrame
        One row a gate: gate, decision, window, time, failures (of the new version until then).
    mismatch : str
        What is odd about the shares of the arms; empty where nothing is.
    """

    windows: pd.DataFrame
    verdicts: pd.DataFrame
    mismatch: str

    @property
    def answer(self) -> str:
        """When each gate would have decided, in a sentence."""
        said = [
            f"{row.gate} would have {row.decision} in window {row.window}" if row.window else f"{row.gate} would not have decided"
            for row in self.verdicts.itertuples()
        ]
        return f"{'; '.join(said)}."


def replay(log: pd.DataFrame, windows: int = 50, gates: tuple[Gate, ...] | None = None, share: float | None = None) -> Replay:
    """Let the gates look at logged outcomes, window by window.

    Parameters
    ----------
    log : DataFrame
        One row a request: `time`, `arm` (two names), `outcome` (1 or bad, 0 or good; rows without one have no label yet and are
        left out). Where there is a column `known`, an outcome counts from then on, as with targets that come later.
    windows : int
        How many windows of as many requests each.
    gates : tuple of Gate
        All kinds with their usual settings, if left out.
    share : float
        The share that was to go to the new version, if it was the same all the time: held against what was logged.

    Returns
    -------
    Replay

    Raises
    ------
    BadInput
        A column is missing, the arms aren't two, or an outcome is neither good nor bad.

    Notes
    -----
    In each window the e-process weighs a failure by the arm's share of the labelled requests in that window: given how many requests
    each arm had, a failure is as likely in one as in another when both are equally good.
    """
    rows, new = _read(log)
    count = min(windows, len(rows), MOST_WINDOWS)
    number = np.minimum(np.arange(len(rows)) * count // len(rows), count - 1)
    is_new, bad = (rows["arm"] == new).to_numpy(), rows["bad"].to_numpy()
    requests, stable_requests, canary, stable = (
        np.bincount(number, weights=one, minlength=count).astype(np.int64)[None, :]
        for one in (is_new, ~is_new, is_new & bad, ~is_new & bad)
    )
    weight = np.clip(requests[0] / np.maximum(requests[0] + stable_requests[0], 1), 1e-9, 1 - 1e-9)
    seen = Seen(canary, stable, weight, None, requests, stable_requests)
    ends = [str(end) for end in rows.groupby(number)["when"].max()]
    table = pd.DataFrame({"window": np.arange(1, count + 1), "ends": ends})
    table = table.assign(
        **{"new requests": requests[0], "new failures": canary[0], "old requests": stable_requests[0], "old failures": stable[0]}
    )
    verdicts = []
    for gate in gates or tuple(kind() for kind in GATES):
        table[gate.kind] = gate.weight(seen, np.arange(1, count + 1))[0].round(3)
        decision, at = _look(gate, seen, count)
        said = {ROLL_BACK: "rolled back", HOLD: "held"}.get(decision, "promoted")
        when = ends[at - 1] if at else ""
        verdicts.append(
            {
                "gate": gate.title,
                "decision": said,
                "window": at,
                "time": when,
                "new failures until then": int(canary[0, : at or count].sum()),
            }
        )
    return Replay(table, pd.DataFrame(verdicts), _mismatch(is_new, share))


def _look(gate: Gate, seen: Seen, count: int) -> tuple[int, int]:
    """Return a gate's decision and its window, 0 where it held; it looks at one window after the other."""
    watch = gate.watch(1)
    for number in range(count):
        here = slice(number, number + 1)
        assert seen.requests is not None
        assert seen.stable_requests is not None
        counts = [one[:, here] for one in (seen.canary, seen.stable, seen.requests, seen.stable_requests)]
        decision = int(
            watch.look(Seen(counts[0], counts[1], seen.weight[here], None, counts[2], counts[3], ends=number == count - 1))[0, 0]
        )
        if decision != HOLD:
            return decision, number + 1
    return HOLD, 0


def _read(log: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Return the labelled rows by the time at which they are known, and the name of the new version's arm."""
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
    when = _times(log["known"] if "known" in log.columns else log["time"])
    rows = pd.DataFrame({"arm": log["arm"].astype(str), "bad": text.isin(BAD), "when": when})[text.notna() & log["arm"].notna()]
    if not len(rows):
        raise BadInput("No outcome of the log is known.", "Replay it once labels have come.")
    return rows.sort_values("when", kind="stable").reset_index(drop=True), new


def _times(column: pd.Series) -> pd.Series:
    """Return times as numbers or dates; what can't be read is refused."""
    dated = pd.api.types.is_datetime64_any_dtype(column)
    numbers = pd.to_numeric(column, errors="coerce")
    if numbers.notna().all() and not dated:
        return numbers
    dates = pd.to_datetime(column, errors="coerce", utc=True, format="mixed")
    if dates.isna().any():
        raise BadInput(f"The time “{str(column[dates.isna()].iloc[0])[:40]}” can't be read.", "Write 2026-11-25 14:00, or a number.")
    return dates


def _mismatch(is_new: np.ndarray[tuple[int], np.dtype[np.bool_]], share: float | None) -> str:
    """Hold the number of requests of each arm against the share that was planned."""
    if share is None:
        return ""
    from scipy.stats import binomtest

    p_value = binomtest(int(is_new.sum()), len(is_new), share).pvalue
    if p_value >= LEAST_MISMATCH:
        return ""
    return (
        f"Sample-ratio mismatch: {words.percent(float(is_new.mean()))} of {words.count(len(is_new))} requests went to the new version, "
        f"{words.percent(share)} were planned (p = {p_value:.1g}). Find out which are missing before you trust any gate."
    )
