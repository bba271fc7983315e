import numpy as np
import pandas as pd

CODE = "L01"


def test_finds_injected_conflicts_exactly(check):
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"a": rng.normal(size=2000), "b": rng.choice(["x", "y"], 2000), "label": rng.choice(["p", "q"], 2000)})
    twins = frame.sample(10, random_state=3)
    twins["label"] = np.where(twins["label"] == "p", "q", "p")
    found = check(CODE, pd.concat([frame, twins], ignore_index=True), label="label")
    assert found.status == "failed"
    assert found.rows("label") == 20
    assert sorted(found.concerned("label")) == sorted([*(twins.index + 1), *range(2001, 2011)])


def test_each_group_stands_together(check):
    found = check(CODE, {"x": [2, 1, 2, 1], "label": ["a", "b", "b", "a"]}, label="label")
    assert found.concerned("label") == [2, 4, 1, 3]


def test_is_silent_on_repetitions_and_on_an_empty_label(check):
    assert check(CODE, {"x": [1, 1, 2, 2], "label": ["a", "a", "b", None]}, label="label").status == "passed"


def test_key_and_split_are_no_features(check):
    frame = {"id": [1, 2], "split": ["train", "test"], "x": [5, 5], "label": ["a", "b"]}
    assert check(CODE, frame, label="label", id="id", split="split").rows("label") == 2
    assert check(CODE, frame, label="label", split="split").rows("label") == 2


def test_does_not_apply_without_label_or_features(check):
    assert check(CODE, {"x": [1, 1]}).status == "not applicable"
    assert check(CODE, {"label": ["a", "b"]}, label="label").status == "not applicable"
    assert check(CODE, {"id": [1, 2], "label": ["a", "b"]}, label="label").status == "not applicable"


def test_one_row(check):
    assert check(CODE, {"x": [1], "label": ["a"]}, label="label").status == "passed"
