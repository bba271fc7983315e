import numpy as np
import pandas as pd
import pytest

from components.data.label_errors import probabilities

CODE = "L04"


def clusters(rows=300, seed=0):
    rng = np.random.default_rng(seed)
    labels = np.arange(rows) % 3
    return pd.DataFrame(
        {"x": labels * 4 + rng.normal(size=rows), "y": labels * -3 + rng.normal(size=rows), "label": np.take(["a", "b", "c"], labels)}
    )


def test_finds_swapped_labels_and_hardly_anything_else(check):
    frame = clusters()
    bad = np.arange(0, 300, 30)
    frame.loc[bad, "label"] = [{"a": "b", "b": "c", "c": "a"}[label] for label in frame.loc[bad, "label"]]
    found = check(CODE, frame, label="label")
    assert found.status == "warned"
    rows = set(found.concerned("label"))
    assert len(rows & set(bad + 1)) >= 6
    assert len(rows - set(bad + 1)) <= 1


def test_is_silent_on_clean_labels(check):
    assert check(CODE, clusters(), label="label").status == "passed"


def test_words_tell_classes_apart_too(check):
    good, bad = "a lovely film that I would gladly see again and again", "a dull film that I would never ever watch again"
    frame = pd.DataFrame({"text": [f"{[good, bad][n % 2]} {n}" for n in range(300)], "label": ["pos", "neg"] * 150})
    frame.loc[0, "label"] = "neg"
    found = check(CODE, frame, label="label", structured=False)
    assert found.concerned("label") == [1]


@pytest.mark.parametrize(
    "label", [["a"] * 100, [f"n{n}" for n in range(100)], list(np.random.default_rng(0).choice(["a", "b"], 100)), [0.5, 1.5] * 49 + [9, 8]]
)
def test_does_not_apply_where_features_tell_nothing_or_there_are_no_classes(check, label):
    assert check(CODE, {"x": np.random.default_rng(1).normal(size=100), "label": label}, label="label").status == "not applicable"


def test_does_not_apply_to_few_rows(check):
    assert check(CODE, {"x": [1, 2], "label": ["a", "b"]}, label="label").status == "not applicable"


def test_any_cells_can_be_learnt_from():
    frame = pd.DataFrame(
        {
            "huge": [1e308, -1e308, np.inf, np.nan] * 20,
            "word": ["a", None, "b", "c"] * 20,
            "day": pd.to_datetime(["2020-01-01", None, "1700-01-01", "2020-01-02"] * 20),
            "truth": pd.Series([True, False, None, True] * 20, dtype="boolean"),
            "none": [None] * 80,
        }
    )
    sure = probabilities(frame, np.array([0, 1, 0, 1] * 20))
    assert sure.shape == (80, 2)
    np.testing.assert_allclose(sure.sum(axis=1), 1)
