"""The shell commands as a pipeline calls them: JSON on standard output, exit codes, one line for bad input."""

import json

import numpy as np
import pandas as pd
import pytest


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Stand where the files are."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def judgements(tmp_path):
    """A long table of labels by three people, with gold beside it."""
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 3, 50)
    rows = [(i, a, "abc"[(truth[i] + int(rng.random() < 0.1)) % 3]) for i in range(50) for a in ("x", "y", "z")]
    pd.DataFrame(rows, columns=["item", "annotator", "label"]).to_csv(tmp_path / "labels.csv", index=False)
    pd.DataFrame({"item": range(50), "gold": ["abc"[t] for t in truth]}).to_csv(tmp_path / "gold.csv", index=False)
    return tmp_path


def estimate(value):
    return set(value) == {"value", "low", "high"} and value["low"] <= value["value"] <= value["high"]


def test_agreement(shell, judgements):
    code, out, _ = shell("agreement", judgements / "labels.csv", "--json")
    found = json.loads(out)
    assert code == 0
    assert set(found) == {"items", "annotators", "labels", "percent", "fleiss", "alpha", "ac1", "band", "why"}
    assert (found["items"], found["annotators"], found["labels"]) == (50, 3, 150)
    assert all(estimate(found[name]) for name in ("percent", "fleiss", "alpha", "ac1"))
    assert found["band"] in {"too low", "tentative", "good"}


def test_agreement_with_other_column_names(shell, judgements):
    table = pd.read_csv(judgements / "labels.csv").set_axis(["image", "worker", "answer"], axis=1)
    table.to_csv(judgements / "other.csv", index=False)
    code, out, _ = shell("agreement", judgements / "other.csv", "--item", "image", "--annotator", "worker", "--label", "answer", "--json")
    assert code == 0
    assert json.loads(out)["labels"] == 150


def test_human_level_with_and_without_gold(shell, judgements):
    code, out, _ = shell("human-level", judgements / "labels.csv", "--gold", judgements / "gold.csv", "--json")
    found = json.loads(out)
    assert code == 0
    assert set(found) == {"accuracy", "items", "ties", "per_annotator"}
    assert estimate(found["accuracy"])
    assert {"annotator", "accuracy", "labels"} == set(found["per_annotator"][0])
    assert json.loads(shell("human-level", judgements / "labels.csv", "--json")[1])["ties"] >= 0


def test_baselines(shell, tmp_path):
    rng = np.random.default_rng(0)
    size = rng.normal(size=150)
    pd.DataFrame({"size": size, "kind": np.where(size > 0, "big", "small")}).to_csv(tmp_path / "data.csv", index=False)
    code, out, _ = shell("baselines", tmp_path / "data.csv", "--target", "kind", "--json")
    found = json.loads(out)
    assert code == 0
    assert (found["metric"], found["direction"]) == ("accuracy", "higher")
    assert [set(model) for model in found["models"]] == [{"name", "value", "low", "high", "fit_seconds", "error"}] * 9
    assert found["models"][0]["value"] > 0.9
    assert all(model["error"] is None for model in found["models"])


def test_baselines_follow_time_and_keep_groups_together(shell, tmp_path):
    rng = np.random.default_rng(0)
    columns = {"size": rng.normal(size=60), "person": np.arange(60) // 2, "day": np.arange(60), "key": rng.permutation(60)}
    pd.DataFrame({**columns, "kind": rng.choice(["big", "small"], 60)}).to_csv(tmp_path / "data.csv", index=False)
    roles = ("--id", "key", "--group", "person", "--time", "day")
    code, out, _ = shell("baselines", tmp_path / "data.csv", "--target", "kind", *roles, "--folds", 3, "--seed", 1)
    assert code == 0
    assert "mean over 3 folds in time" in out
    assert "person, day and key left out: named as key, split, group or time" in out
    assert "no column “nobody”" in shell("baselines", tmp_path / "data.csv", "--target", "kind", "--group", "nobody")[2]


def test_simulate(shell, tmp_path):
    plan = tmp_path / "plan.yaml"
    plan.write_text("strategy: canary\nrisk_ratio: 3\nsteps: [{share: .05, windows: 40}]\n")
    code, out, _ = shell("simulate", plan, "--runs", 300, "--seed", 4, "--json")
    found = json.loads(out)
    assert code == 0
    keys = {"runs", "promoted", "rolled_back", "undecided", "windows_to_roll_back", "bad_decisions", "excess_bad_decisions"}
    assert set(found) == keys
    assert found["rolled_back"] > 0.95
    assert set(found["windows_to_roll_back"]) == {"median", "p95"}
    assert shell("simulate", plan, "--expect", "rolled_back")[0] == 0
    assert shell("simulate", plan, "--expect", "promoted")[0] == 1


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("agreement", "nothing.csv"), "There is no file"),
        (("agreement", "labels.csv", "--label", "verdict"), "no column “verdict”"),
        (("agreement", "labels.csv", "--level", "royal"), "no level “royal”"),
        (("human-level", "gold.csv"), "no column"),
        (("baselines", "labels.csv", "--target", "nothing"), "no column “nothing”"),
        (("baselines", "labels.csv"), "Missing option"),
        (("simulate", "labels.csv"), "A plan is a list of keys"),
        (("simulate", "plan.yaml"), "no key “shares”"),
        (("export", "nothing", "file.json"), "no project “nothing”"),
        (("report", "nothing", "file.html"), "no project “nothing”"),
        (("import", "labels.csv"), "isn't a project"),
        (("nonsense",), "No such command"),
        (("check", "latin.csv"), "Read it with --encoding cp1252"),
        (("check", "latin.csv", "--encoding", "klingon"), "The encoding “klingon” isn't known"),
    ],
)
def test_bad_input_is_one_clear_line_and_exit_code_2(shell, judgements, command, said):
    (judgements / "plan.yaml").write_text("shares: 3\n")
    (judgements / "latin.csv").write_bytes("name\nMüller\n".encode("latin-1"))
    code, out, error = shell(*command)
    assert code == 2
    assert out == ""
    assert said in error
    assert error.count("\n") == 1


def test_a_file_in_another_encoding_is_read_in_the_one_that_is_named(shell, tmp_path):
    (tmp_path / "latin.csv").write_bytes("name,x\nMüller,1\nMeier,2\n".encode("latin-1"))
    assert shell("check", tmp_path / "latin.csv", "--encoding", "cp1252")[0] == 0


@pytest.mark.parametrize("words", [("--help",), ()])
def test_help_names_every_command(shell, words):
    code, out, error = shell(*words)
    assert (code, error) == (0, "")
    for command in ("agreement", "human-level", "check", "baselines", "simulate", "export", "import", "report"):
        assert command in out
