"""Replays logged outcomes through the gates, to see when each would have decided."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from components import words
from components.deployment.gates import GATES
from components.deployment.gates.declaration import Gate
from components.deployment.logs import read_log, times
from components.deployment.seen import HOLD, PROMOTE, ROLL_BACK, Array, Counts, Seen
from components.errors import BadInput
from components.stats.intervals import wilson
from components.stats.sequential import Evidence

MOST_WINDOWS = 2000
MOST_SLICES = 20
LEAST_MISMATCH = 1e-3
"""Chance that a sample-ratio mismatch is told at any look although there is none."""
UNEVEN = Evidence(1.0, np.concatenate([np.geomspace(1.01, 2, 10), 1 / np.geomspace(1.01, 2, 10)]))


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
    slices : DataFrame
        One row a slice, the largest first: its requests, how often either version failed there, and what each gate would have done
        had it looked at that slice alone; empty where the log has none.
    """

    windows: pd.DataFrame
    verdicts: pd.DataFrame
    mismatch: str
    slices: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def answer(self) -> str:
        """When each gate would have decided, in a sentence."""
        said = [
            f"{row.gate} would have {row.decision} in window {row.window}" if row.window else f"{row.gate} would not have decided"
            for row in self.verdicts.itertuples()
        ]
        return f"{'; '.join(said)}."

    @property
    def hidden(self) -> str:
        """The slices in which the first gate would have rolled back though it doesn't over all; empty where there are none."""
        gate = self.verdicts.iloc[0]
        if not len(self.slices) or gate["decision"] == SAID[ROLL_BACK]:
            return ""
        found = self.slices[self.slices[gate["gate"]].str.startswith(SAID[ROLL_BACK])]
        each = [f"“{row['slice']}” it would have {row[gate['gate']]}" for _, row in found.iterrows()]
        return f"The average hides it: in {words.listed(each)}." if each else ""


def replay(log: pd.DataFrame, windows: int = 50, gates: tuple[Gate, ...] | None = None, share: float | None = None) -> Replay:
    """Let the gates look at logged outcomes, window by window.

    Parameters
    ----------
    log : DataFrame
        One row a request: `time`, `arm` (two names), `outcome` (1 or bad, 0 or good; rows without one have no label yet and are
        left out), perhaps `slice`. Where there is a column `known`, an outcome counts from then on, as with targets that come later.
    windows : int
        How many windows of as many requests each.
    gates : tuple of Gate
        All kinds with their usual settings, if left out.
    share : float
        The share that was to go to the new version, if it was the same all the time: held against what was logged after every
        window. From a mismatch on, no gate promotes.

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
    each arm had, a failure is as likely in one as in another when both are equally good. Of slices, each gate's α is shared among
    those that are looked at.
    """
    rows, new = read_log(log)
    count = min(windows, len(rows), MOST_WINDOWS)
    number = np.minimum(np.arange(len(rows)) * count // len(rows), count - 1)
    seen = _seen(rows, number, new, count)
    assert seen.requests is not None
    assert seen.stable_requests is not None
    last = rows.groupby(number)["when"].max()
    ends = [str(end) for end in last]
    table = pd.DataFrame({"window": np.arange(1, count + 1), "ends": ends})
    table = table.assign(
        **{"new requests": seen.requests[0], "new failures": seen.canary[0]},
        **{"old requests": seen.stable_requests[0], "old failures": seen.stable[0]},
    )
    looking = gates or tuple(kind() for kind in GATES)
    uneven, mismatch = _mismatch(log, new, last, share)
    verdicts = []
    for gate in looking:
        table[gate.kind] = gate.weight(seen, np.arange(1, count + 1))[0].round(3)
        decision, at = _look(gate, seen, count)
        if decision == PROMOTE and 0 < uneven <= at:
            decision, at = HOLD, 0
        said, when = SAID[decision], ends[at - 1] if at else ""
        until = int(seen.canary[0, : at or count].sum())
        verdicts.append({"gate": gate.title, "decision": said, "window": at, "time": when, "new failures until then": until})
    return Replay(table, pd.DataFrame(verdicts), mismatch, _by_slice(rows, number, new, count, looking))


SAID = {ROLL_BACK: "rolled back", HOLD: "held", PROMOTE: "promoted"}


def _seen(rows: pd.DataFrame, number: Counts, new: str, count: int) -> Seen:
    """Count the requests and failures of either arm in each window."""
    is_new, bad = (rows["arm"] == new).to_numpy(), rows["bad"].to_numpy()
    requests, stable_requests, canary, stable = (
        np.bincount(number, weights=one, minlength=count).astype(np.int64)[None, :]
        for one in (is_new, ~is_new, is_new & bad, ~is_new & bad)
    )
    weight = np.clip(requests[0] / np.maximum(requests[0] + stable_requests[0], 1), 1e-9, 1 - 1e-9)
    return Seen(canary, stable, weight, None, requests, stable_requests)


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


def _by_slice(rows: pd.DataFrame, number: Counts, new: str, count: int, gates: tuple[Gate, ...]) -> pd.DataFrame:
    """Return what each gate would have done with each slice alone, of the largest ones."""
    if "slice" not in rows.columns:
        return pd.DataFrame()
    names = rows["slice"].value_counts().index[:MOST_SLICES]
    found = []
    for name in names:
        here = (rows["slice"] == name).to_numpy()
        seen = _seen(rows[here], number[here], new, count)
        assert seen.requests is not None
        assert seen.stable_requests is not None
        row = {"slice": name}
        for arm, failures, requests in (("new", seen.canary, seen.requests), ("old", seen.stable, seen.stable_requests)):
            rate = wilson(int(failures.sum()), int(requests.sum()))
            row[f"{arm}: bad"] = f"{words.percent(rate.value)} {words.interval(rate, as_percent=True)} of {words.count(rate.n)}".strip()
        for gate in gates:
            decision, at = _look(gate.shared(len(names)), seen, count)
            row[gate.title] = f"{SAID[decision]} in window {at}" if at else SAID[decision]
        found.append(row)
    return pd.DataFrame(found)


def _alike(ends: pd.Series, asked: pd.Series) -> tuple[Array, Array]:
    """Return two columns of times as numbers of one kind."""
    dated = [pd.api.types.is_datetime64_any_dtype(one) for one in (ends, asked)]
    if dated[0] != dated[1]:
        raise BadInput("The columns time and known can't be compared.", "Write both as dates, or both as numbers.")
    first, second = (one.dt.tz_convert(None).astype("datetime64[ns]").astype(np.int64) if dated[0] else one for one in (ends, asked))
    return first.to_numpy(dtype=float), second.to_numpy(dtype=float)


def _mismatch(log: pd.DataFrame, new: str, ends: pd.Series, share: float | None) -> tuple[int, str]:
    """Hold the requests of each arm, labelled or not, against the share that was planned: the window from which on they don't fit."""
    if share is None:
        return 0, ""
    routed = log[log["arm"].notna()]
    is_new = (routed["arm"].astype(str) == new).to_numpy()
    at = np.minimum(np.searchsorted(*_alike(ends, times(routed["time"])), side="left"), len(ends) - 1)
    counts = [np.cumsum(np.bincount(at, weights=one, minlength=len(ends))) for one in (is_new, ~is_new)]
    each = [np.diff(one, prepend=0)[None, :] for one in counts]
    evidence = UNEVEN.log_evidence(each[0], each[1], np.full(len(ends), share))[0]
    if evidence.max() < -np.log(LEAST_MISMATCH):
        return 0, ""
    first = int((evidence >= -np.log(LEAST_MISMATCH)).argmax())
    everything = counts[0][first] + counts[1][first]
    return first + 1, (
        f"Sample-ratio mismatch from window {first + 1} on: {words.percent(float(counts[0][first] / everything))} of "
        f"{words.count(everything)} requests went to the new version, {words.percent(share)} were planned. No gate promotes on that: "
        "find out which requests are missing."
    )
