"""A plan gives the figures that it always gave: a key that is left out changes nothing, down to the last draw of the same seed."""

import pytest

from components.deployment.reading import read_plan
from components.deployment.simulation import simulate

BUSY = {"daily_swing": 0.5, "window_minutes": 60, "burst": 3, "burst_every": 7, "capacity": 2600, "monitors": ["M10", "M11"]}
LATE = {"label_delay": 3, "label_coverage": 0.6, "monitors": ["M14", "M15"], "risk_ratio": 1.5}
FAULTY = {"faults": [{"code": "F05", "window": 10}, {"code": "F24", "window": 5, "arm": "both"}], "monitors": ["M01", "M06", "M15"]}
PLANS = {
    "standard": {},
    "twice": {"risk_ratio": 2},
    "threshold": {"risk_ratio": 1.5, "gate": {"kind": "threshold"}, "windows_after": 5},
    "z-test": {"gate": {"kind": "z-test"}},
    "shadow": {"strategy": "shadow", "risk_ratio": 1.5},
    "blue-green": {"strategy": "blue-green", "windows_after": 12, "rollback_delay": 2, **FAULTY},
    "faulty": {**FAULTY, "target": "device", "rollback_delay": 3},
    "late": LATE,
    "busy": {**BUSY, "windows_after": 6},
    "late pairs": {**LATE, "strategy": "blue-green", "gate": {"kind": "z-test"}, "windows_after": 5},
}
GAVE = {
    "standard": ((4, 172, 11085, 54301), (271.505, -0.049, 0.0)),
    "twice": ((200, 0, 3904, 4864), (24.32, 12.166, 0.0)),
    "threshold": ((200, 0, 2551, 1915), (9.575, 3.15, 0.0)),
    "z-test": ((72, 128, 11385, 83223), (416.115, -0.835, 0.0)),
    "shadow": ((200, 0, 7472, 9854), (0.0, 0.0, 0.0)),
    "blue-green": ((200, 0, 2415, 3485), (4.7, 1.775, 0.0)),
    "faulty": ((191, 9, 2342, 4012), (32.855, 20.485, 0.0)),
    "late": ((199, 1, 8953, 33294), (166.47, 55.086, 0.0)),
    "busy": ((200, 0, 1400, 6713), (33.565, -0.4, 0.11)),
    "late pairs": ((200, 0, 5832, 6922), (0.0, 0.0, 0.0)),
}


@pytest.mark.parametrize("name", PLANS)
def test_the_same_seed_gives_the_same_figures_as_ever(name):
    found = simulate(read_plan(PLANS[name]), 200, 11)
    counts = (int((found.decision == 1).sum()), int((found.decision == -1).sum()), int(found.ended.sum()), int(found.canary_failures.sum()))
    means = (found.bad_decisions.value, found.excess_bad_decisions.value, found.false_alarms.value)
    assert (counts, tuple(round(value, 3) for value in means)) == GAVE[name]
