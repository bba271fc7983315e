"""Incidents of real servers replayed through the gates: what breaks clearly is stopped, and calm is told from incident by one gate only."""

import json

import numpy as np
import pandas as pd
import pytest

from components.deployment.backtest import replay

LEAST_QUIET, LEAST_INCIDENT, CLEAR, COUNTED = 200, 90, 0.3, 23
GATES = ("e-process", "threshold with strikes", "z-test with peeking")


def incidents(folder):
    """Give each labelled incident of the Numenta Anomaly Benchmark with the quiet time before it, twice as long."""
    labelled = {name.split("/")[-1]: windows for name, windows in json.loads((folder / "combined_windows.json").read_text()).items()}
    for file in sorted(folder.glob("*.csv")):
        series = pd.read_csv(file, parse_dates=["timestamp"])
        for start, end in ((pd.Timestamp(one), pd.Timestamp(other)) for one, other in labelled.get(file.name, [])):
            quiet = series[(series["timestamp"] >= start - 2 * (end - start)) & (series["timestamp"] < start)]
            broken = series[(series["timestamp"] >= start) & (series["timestamp"] <= end)]
            if len(quiet) >= LEAST_QUIET and len(broken) >= LEAST_INCIDENT:
                yield file.stem, quiet, broken


@pytest.fixture
def replayed(reference_data):
    """By incident: share of odd values, and each gate's decision on the incident and on the calm before it.

    A value is a failure where it lies outside the middle 95 % of the quiet time; the control draws from the quiet time.
    """
    folder = reference_data / "nab_monitoring"
    rows = []
    for name, quiet, broken in incidents(folder):
        low, high = quiet["value"].quantile([0.025, 0.975])
        rng = np.random.default_rng(1)

        def odd(frame, low=low, high=high):
            return ((frame["value"] > high) | (frame["value"] < low)).astype(int).to_numpy()

        control = rng.choice(odd(quiet), len(broken))
        calm = rng.permutation(odd(quiet.tail(len(broken))))
        row = {"name": name, "share": odd(broken).mean()}
        for kind, outcome in (("incident", odd(broken)), ("calm", calm)):
            both = [
                pd.DataFrame({"time": broken["timestamp"].to_numpy(), "arm": arm, "outcome": of})
                for arm, of in (("new", outcome), ("old", control))
            ]
            verdicts = replay(pd.concat(both), 50).verdicts
            row |= {f"{kind} {one.gate}": one.decision for one in verdicts.itertuples()}
        rows.append(row)
    return pd.DataFrame(rows)


def back(frame, kind, gate):
    return int((frame[f"{kind} {gate}"] == "rolled back").sum())


def test_clear_incidents_are_stopped_by_every_gate_and_calm_is_left_alone_by_the_e_process_only(replayed):
    clear = replayed[replayed["share"] >= CLEAR]
    assert (len(replayed), len(clear)) == (COUNTED, 6)
    stopped = {gate: (back(clear, "incident", gate), back(replayed, "calm", gate)) for gate in GATES}
    assert stopped == {
        "e-process": (6, 1),  # the week before Thanksgiving in New York's taxis
        "threshold with strikes": (6, 21),
        "z-test with peeking": (6, 7),
    }
