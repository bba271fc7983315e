import numpy as np
import pandas as pd

CODE = "S01"


def test_finds_injected_leaks_exactly(check):
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"a": rng.normal(size=1000), "b": rng.integers(0, 3, 1000), "label": rng.choice(["p", "q"], 1000)})
    frame["split"] = ["train"] * 800 + ["test"] * 200
    leaks = frame.head(17).assign(split="test")
    found = check(CODE, pd.concat([frame, leaks], ignore_index=True), label="label", split="split")
    assert found.status == "failed"
    assert found.rows("split") == 34
    assert sorted(found.concerned("split")) == [*range(1, 18), *range(1001, 1018)]


def test_another_label_is_a_leak_too(check):
    found = check(CODE, {"x": [1, 1], "label": ["a", "b"], "split": ["train", "test"]}, label="label", split="split")
    assert found.rows("split") == 2


def test_a_repetition_within_a_split_is_no_leak(check):
    assert check(CODE, {"x": [1, 1, 2], "split": ["train", "train", "test"]}, split="split").status == "passed"


def test_a_row_without_split_is_no_leak(check):
    assert check(CODE, {"x": [1, 1, 2], "split": ["train", None, "test"]}, split="split").status == "passed"


def test_does_not_apply_without_split_or_features(check):
    assert check(CODE, {"x": [1, 1]}).status == "not applicable"
    assert check(CODE, {"split": ["train", "test"]}, split="split").status == "not applicable"


def test_one_row(check):
    assert check(CODE, {"x": [1], "split": ["train"]}, split="split").status == "passed"
