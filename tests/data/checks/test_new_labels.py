import numpy as np

CODE = "S02"


def test_fires_on_labels_that_training_never_saw(check):
    found = check(CODE, {"label": ["a", "b", "a", "c", "c"], "split": ["train"] * 3 + ["test"] * 2}, label="label", split="split")
    assert found.status == "failed"
    assert found.rows("label") == 2
    assert sorted(found.concerned("label")) == [4, 5]


def test_the_split_called_train_trains_even_when_it_is_the_smaller(check):
    found = check(CODE, {"label": ["a", "b", "a", "b", "c"], "split": ["train"] * 2 + ["test"] * 3}, label="label", split="split")
    assert found.rows("label") == 1


def test_without_that_name_the_largest_split_trains(check):
    found = check(CODE, {"label": ["a", "b", "a", "c", "a"], "split": [0, 0, 0, 1, 1]}, label="label", split="split")
    assert found.rows("label") == 1


def test_is_silent_when_training_saw_all(check):
    found = check(CODE, {"label": ["a", "b", "a", None], "split": ["train", "train", "test", "test"]}, label="label", split="split")
    assert found.status == "passed"


def test_does_not_apply_to_quantities_and_to_one_split(check):
    quantity = {"label": np.linspace(0, 1, 100), "split": ["train"] * 80 + ["test"] * 20}
    assert check(CODE, quantity, label="label", split="split").status == "not applicable"
    assert check(CODE, {"label": ["a", "b"], "split": ["train"] * 2}, label="label", split="split").status == "not applicable"
    assert check(CODE, {"label": ["a", "b"], "split": [None, None]}, label="label", split="split").status == "not applicable"
    assert check(CODE, {"label": ["a", "b"]}, label="label").status == "not applicable"


def test_one_row(check):
    assert check(CODE, {"label": ["a"], "split": ["train"]}, label="label", split="split").status == "not applicable"
