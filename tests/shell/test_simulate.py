"""`python -m components simulate`: what it prints, and its exit codes."""

import inspect
import json

import pytest
import yaml

from components.deployment.gates.e_process import EProcess
from components.deployment.plan import Plan
from components.deployment.reading import read_plan
from components.shell.deployment import simulate as simulate_command

HARMFUL = "requests_per_window: 1000\nfailure_rate: .1\nrisk_ratio: 3\nsteps: [{share: .2, windows: 30}]\n"


@pytest.fixture
def simulate(shell, tmp_path):
    """A function that writes a plan, simulates it, and returns the exit code, output and error."""

    def run(text, *options):
        file = tmp_path / "plan.yaml"
        file.write_text(text)
        return shell("simulate", file, *options)

    return run


def test_the_json_has_the_agreed_keys(simulate):
    code, out, err = simulate(HARMFUL, "--runs", "200", "--json")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert set(found) == {
        *("runs", "promoted", "rolled_back", "undecided"),
        *("windows_to_roll_back", "bad_decisions", "excess_bad_decisions"),
    }
    assert found["runs"] == 200
    assert found["rolled_back"] == 1
    assert found["promoted"] + found["rolled_back"] + found["undecided"] == pytest.approx(1)
    assert set(found["windows_to_roll_back"]) == {"median", "p95"}
    assert found["windows_to_roll_back"]["median"] <= found["windows_to_roll_back"]["p95"]
    assert found["excess_bad_decisions"] == pytest.approx(found["bad_decisions"] * 2 / 3, rel=0.1)


def test_what_was_never_reached_is_null(simulate):
    _, out, _ = simulate("failure_rate: .001\n", "--runs", "100", "--json")
    assert json.loads(out)["windows_to_roll_back"] == {"median": None, "p95": None}


def test_the_text_says_that_it_is_simulated(simulate):
    code, out, _ = simulate(HARMFUL, "--runs", "100", "--seed", "7")
    assert code == 0
    assert out.startswith("Simulated: 100 runs, seed 7.")
    assert "rolled back  100 % [96.3, 100]" in out
    assert "rolled back by window 1;" in out


def test_the_text_says_when_most_runs_go_on(simulate):
    assert "Most runs were not rolled back" in simulate("failure_rate: .001\n", "--runs", "100")[1]


def test_the_same_seed_prints_the_same(simulate):
    first, again, other = (simulate("risk_ratio: 1.5\n", "--runs", "100", "--seed", seed, "--json")[1] for seed in ("1", "1", "2"))
    assert first == again
    assert first != other


@pytest.mark.parametrize(
    ("expected", "text", "code"),
    [
        ("rolled_back", HARMFUL, 0),
        ("promoted", HARMFUL, 1),
        ("undecided", HARMFUL, 1),
        ("undecided", "failure_rate: .0001\n", 0),
        ("promoted", "failure_rate: .1\nrisk_ratio: .5\nsteps: [{share: .5, windows: 50}]\n", 0),
        ("promoted", "risk_ratio: 1\n", 1),  # 88 % are
    ],
)
def test_what_is_expected_decides_the_exit_code(simulate, expected, text, code):
    assert simulate(text, "--runs", "300", "--expect", expected)[0] == code


@pytest.mark.parametrize("strategy", ["shadow", "canary", "blue-green"])
@pytest.mark.parametrize("gate", ["e-process", "threshold", "z-test"])
def test_every_strategy_with_every_gate(simulate, strategy, gate):
    text = f"strategy: {strategy}\ngate: {{kind: {gate}}}\nrisk_ratio: 3\nmonitors: [M14]\nfaults: [{{code: F05, window: 3}}]\n"
    code, out, _ = simulate(text, "--runs", "100", "--expect", "rolled_back", "--json")
    assert code == 0
    assert (json.loads(out)["bad_decisions"] > 0) == (strategy == "canary")


@pytest.mark.parametrize(
    ("text", "options", "word"),
    [
        ("colour: red\n", (), "“colour”"),
        ("strategy: rolling\n", (), "“rolling”"),
        ("faults: [{code: F99}]\n", (), "no such fault"),
        ("steps: [{share: 1, windows: 5}]\n", (), "nothing to compare"),
        ("requests_per_window: 0\n", (), "at least 1"),
        (HARMFUL, ("--expect", "perfect"), "“perfect”"),
        (HARMFUL, ("--runs", "0"), "runs"),
        (HARMFUL, ("--runs", "many"), "--runs"),
        (HARMFUL, ("--seed", "-1"), "seed"),
        (HARMFUL, ("--colour",), "--colour"),
        (HARMFUL, ("--log", "0"), "numbered from 1"),
        (HARMFUL, ("--window", "1"), "--log"),
        (HARMFUL, ("--log", "1", "--window", "99"), "has no window 99"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(simulate, text, options, word):
    code, out, err = simulate(text, *options)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert word in err


def test_one_rollout_is_written_window_by_window_and_a_window_stage_by_stage(simulate):
    code, out, _ = simulate(HARMFUL, "--runs", "20", "--seed", "4", "--log", "2")
    assert (code, out.splitlines()[0].split(",")[0]) == (0, "window")
    assert "roll back" in out.splitlines()[-1]
    found = json.loads(simulate(HARMFUL, "--runs", "20", "--seed", "4", "--log", "2", "--json")[1])
    assert (found["simulated"], found["seed"], found["rollout"], len(found["log"])) == (True, 4, 2, len(out.splitlines()) - 1)
    way = json.loads(simulate(HARMFUL, "--runs", "20", "--log", "2", "--window", "1", "--json")[1])["stages"]
    assert [row["stage"] for row in way][::6] == ["route", "label"]
    assert (way[0]["p95 ms"] > 0, way[-1]["p95 ms"]) == (True, None)


def test_a_file_that_is_not_there(shell):
    code, _, err = shell("simulate", "/nowhere/plan.yaml")
    assert code == 2
    assert "no file /nowhere/plan.yaml" in err


def test_the_help_tells_the_keys_of_a_plan_and_their_defaults():
    written = inspect.getdoc(simulate_command).split("\b\n", 1)[1]
    plan = yaml.safe_load(written)
    assert set(plan) == set(Plan.model_fields)
    assert set(plan["gate"]) == set(EProcess.model_fields)
    assert read_plan(plan) == Plan()
