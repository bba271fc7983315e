"""Plans: what they may say, and one clear sentence for everything else."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.deployment.parts import MOST_WINDOWS
from components.deployment.plan import Plan
from components.deployment.reading import read_plan, read_plan_file, with_risk
from components.errors import BadInput


def refused(data):
    with pytest.raises(BadInput) as caught:
        read_plan(data)
    text = str(caught.value)
    assert "\n" not in text
    assert text.endswith(".")
    assert "pydantic" not in text
    return text


def test_what_is_missing_has_its_default():
    plan = read_plan({})
    assert plan == Plan()
    assert plan.requests_per_window == 1000
    assert [(step.share, step.windows) for step in plan.steps] == [(0.01, 30), (0.05, 15), (0.25, 15), (0.5, 15)]
    assert (plan.failure_rate, plan.risk_ratio, plan.gate.alpha, plan.gate.margin) == (0.05, 1.0, 0.05, 0.25)


@given(
    st.lists(st.tuples(st.floats(0.001, 0.999), st.integers(1, 40)), min_size=1, max_size=50),
    st.floats(0.0001, 0.5),
    st.floats(0.1, 2),
    st.floats(0.001, 0.9),
)
def test_a_plan_that_is_written_out_reads_back(steps, failure_rate, risk_ratio, alpha):
    ramp = [{"share": share, "windows": windows} for share, windows in sorted(steps)]
    plan = read_plan({"steps": ramp, "failure_rate": failure_rate, "risk_ratio": risk_ratio, "gate": {"alpha": alpha}})
    assert read_plan(plan.model_dump(mode="json")) == plan
    assert Plan.model_validate_json(plan.model_dump_json()) == plan


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"colour": 1}, ["no key “colour”", "risk_ratio"]),
        ({"steps": [{"share": 0.1, "windows": 3, "weight": 2}]}, ["no key “weight of step 1”", "share, windows"]),
        ({"gate": {"beta": 2}}, ["no key “gate.beta”", "“e-process”", "alpha and margin"]),
        ({"gate": {"kind": "threshold", "alpha": 0.1}}, ["no key “gate.alpha”", "limit and strikes"]),
        ({"gate": {"kind": "threshold", "limit": 0}}, ["gate.limit is 0", "more than 0"]),
        ({"gate": {"kind": "threshold", "strikes": 0}}, ["gate.strikes is 0", "at least 1"]),
        ({"gate": {"kind": "z-test", "alpha": 0}}, ["gate.alpha is 0", "more than 0"]),
        ({"faults": [{"code": "F99"}]}, ["code of fault 1 is “F99”", "no such fault"]),
        ({"faults": [{"code": "F05", "when": 3}]}, ["no key “when of fault 1”", "code, window"]),
        ({"faults": [{"code": "F05", "strength": 0}]}, ["strength of fault 1 is 0", "more than 0"]),
        ({"monitors": ["M99"]}, ["monitors is a list of 1", "no monitor “M99”"]),
        ({"error_overlap": 2}, ["error_overlap is 2", "at most 1"]),
        ({"label_delay": 75}, ["Every label comes after the ramp"]),
        ({"capacity": 999}, ["Capacity is below the load: 1,000 requests", "999 can be answered", "Add replicas"]),
        ({"capacity": 0}, ["capacity is 0", "at least 1"]),
        ({"daily_swing": 1}, ["daily_swing is 1", "at most 0.95"]),
        ({"burst": 0.5}, ["burst is 0.5", "at least 1"]),
        ({"service_ms": 0}, ["service_ms is 0", "more than 0"]),
        ({"label_coverage": 0}, ["label_coverage is 0", "more than 0"]),
        ({"target": "moon"}, ["“moon”", "service"]),
        ({"name": "My Model"}, ["“My Model”", "small letters"]),
        ({1: 2}, ["no key “1”"]),
        ({"requests_per_window": 0}, ["requests_per_window is 0", "at least 1"]),
        ({"requests_per_window": -5}, ["at least 1"]),
        ({"requests_per_window": 10**9}, ["at most"]),
        ({"requests_per_window": 2.5}, ["2.5", "whole number"]),
        ({"requests_per_window": "many"}, ["“many”", "whole number"]),
        ({"steps": []}, ["at least one step"]),
        ({"steps": [{"share": 0.1, "windows": 1}] * 51}, ["at most 50 steps"]),
        ({"steps": {"share": 0.1}}, ["a list, such as"]),
        ({"steps": [0.1]}, ["step 1 is 0.1", "group of keys"]),
        ({"steps": [{"share": 0.1}]}, ["windows of step 1 is missing"]),
        ({"steps": [{"share": 0, "windows": 3}]}, ["share of step 1 is 0", "none of the traffic", "nothing to compare"]),
        ({"steps": [{"share": 1, "windows": 3}]}, ["all of the traffic", "nothing to compare"]),
        ({"steps": [{"share": 10, "windows": 3}]}, ["between 0 and 1"]),
        ({"steps": [{"share": -0.1, "windows": 3}]}, ["between 0 and 1"]),
        ({"steps": [{"share": float("nan"), "windows": 3}]}, ["finite"]),
        ({"steps": [{"share": None, "windows": 3}]}, ["share of step 1 is empty", "a number"]),
        ({"steps": [{"share": 0.1, "windows": 0}]}, ["windows of step 1 is 0", "at least 1"]),
        ({"steps": [{"share": 0.5, "windows": 3}, {"share": 0.1, "windows": 3}]}, ["goes down"]),
        ({"steps": [{"share": 0.1, "windows": MOST_WINDOWS}] * 2}, ["4,000 windows", "2,000"]),
        ({"failure_rate": 0}, ["failure_rate is 0", "no decision is bad"]),
        ({"failure_rate": 1}, ["every decision is bad"]),
        ({"failure_rate": 5}, ["between 0 and 1"]),
        ({"failure_rate": -0.1}, ["between 0 and 1"]),
        ({"failure_rate": float("inf")}, ["finite"]),
        ({"failure_rate": 0.6, "risk_ratio": 2}, ["0.6 times", "more than every decision"]),
        ({"risk_ratio": 0}, ["more than 0"]),
        ({"risk_ratio": -1}, ["more than 0"]),
        ({"risk_ratio": [1]}, ["a list of 1", "a number"]),
        ({"gate": {"alpha": 0}}, ["gate.alpha is 0", "more than 0"]),
        ({"gate": {"alpha": 1}}, ["less than 1"]),
        ({"gate": {"alpha": 1.5}}, ["gate.alpha is 1.5", "less than 1"]),
        ({"gate": {"margin": 0}}, ["gate.margin is 0", "more than 0"]),
        ({"gate": {"kind": "oracle"}}, ["“oracle”", "e-process"]),
        ({"gate": "e-process"}, ["group of keys"]),
        ({"gate": None}, ["gate is empty"]),
        ({"strategy": "rolling"}, ["“rolling”", "canary"]),
        ([1, 2], ["keys and values"]),
        ("canary", ["keys and values"]),
        (None, ["keys and values"]),
    ],
    ids=str,
)
def test_one_sentence_says_what_is_wrong(data, words):
    text = refused(data)
    for word in words:
        assert word in text


def test_what_a_plan_can_say():
    plan = read_plan(
        {
            "strategy": "blue-green",
            "gate": {"kind": "threshold", "limit": 0.2, "strikes": 2},
            "steps": [{"share": 1, "windows": 20}],
            "faults": [{"code": "F05", "window": 10, "arm": "both", "strength": 0.5}],
            "monitors": ["M01", "M14", "M01"],
            "windows_after": 10,
        }
    )
    assert (plan.gate.kind, plan.monitors, plan.paired) == ("threshold", ("M01", "M14"), True)
    assert read_plan(plan.model_dump(mode="json")) == plan


def test_another_version_of_the_same_plan():
    plan = read_plan({"failure_rate": 0.2})
    assert with_risk(plan, 3).risk_ratio == 3
    assert with_risk(plan, 1.0) == plan
    with pytest.raises(BadInput, match="more than every decision"):
        with_risk(plan, 6)


# --- files


def test_a_file(tmp_path):
    file = tmp_path / "plan.yaml"
    file.write_text(
        "strategy: canary\nrequests_per_window: 500\nsteps: [{share: .02, windows: 10}, {share: .5, windows: 5}]\n"
        "failure_rate: .05\nrisk_ratio: 1.5   # & * in a comment\ngate: {kind: e-process, alpha: .05, margin: .25}\n"
    )
    plan = read_plan_file(file)
    assert (plan.requests_per_window, plan.windows, plan.risk_ratio) == (500, 15, 1.5)
    file.write_bytes(b"\xef\xbb\xbfrisk_ratio: 2\n")
    assert read_plan_file(file).risk_ratio == 2


BOMB = "a: &a [x, x]\n" + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(20))


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"# only a comment\n", "empty"),
        (b"risk_ratio: [1\n", "line 2"),
        (b"\tshare: 1\n", "isn't YAML"),
        (b"risk_ratio: \xff\xfe\n", "UTF-8"),
        (b"\x00\x01\x02", "YAML"),
        (b"risk_ratio: 1\nrisk_ratio: 2\n", "“risk_ratio” twice"),
        (b"steps:\n- {share: .1, share: .2, windows: 3}\n", "“share” twice"),
        (b"gate: !!python/object/apply:os.system [ls]\n", "isn't YAML"),
        (b"2024-13-45: 1\n", "YAML"),
        (BOMB.encode(), "alias"),
        (b"[" * 5000, "YAML"),
        (b"just words\n", "keys and values"),
        (b"x" * 1_000_001, "too large"),
    ],
    ids=["empty", "comment", "open", "tab", "latin", "binary", "twice", "twice inside", "tag", "date", "bomb", "deep", "words", "large"],
)
def test_files_that_hold_no_plan(tmp_path, content, word):
    file = tmp_path / "plan.yaml"
    file.write_bytes(content)
    with pytest.raises(BadInput, match=word):
        read_plan_file(file)


def test_no_file_and_a_folder(tmp_path):
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(BadInput, match="no file"):
            read_plan_file(path)


def test_the_shell_says_it_in_one_line(tmp_path):
    file = tmp_path / "plan.yaml"
    file.write_text("risk_ratio: -1\n")
    ran = subprocess.run([sys.executable, "-m", "components", "simulate", file], capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert ran.stderr.count("\n") == 1
    assert "risk_ratio is -1" in ran.stderr
