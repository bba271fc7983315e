import numpy as np
import pytest

CODE = "T14"
rng = np.random.default_rng(0)
LABELS = rng.choice(["died", "lived"], 300, p=[0.6, 0.4])
DIED = LABELS == "died"


def test_fires_where_only_one_class_has_a_value(check):
    body = np.where(DIED & (rng.random(300) < 0.3), 1.0, np.nan)
    found = check(CODE, {"body": body, "x": np.arange(300), "label": LABELS}, label="label")
    assert found.firing == ["body"]
    assert found.rows("body") == int(np.isfinite(body).sum())
    assert "filled" in found.results.loc["body", "note"]
    assert found.concerned("body")[: found.rows("body")] == list(np.flatnonzero(np.isfinite(body)) + 1)


def test_fires_where_only_one_class_is_empty_in_text_too(check):
    boat = np.where(DIED & (rng.random(300) < 0.3), "n/a", "boat")
    found = check(CODE, {"boat": boat, "label": LABELS}, label="label")
    assert found.firing == ["boat"]
    assert "empty" in found.results.loc["boat", "note"]


def test_is_silent_on_chance(check):
    few = np.full(300, np.nan)
    few[np.flatnonzero(DIED)[:9]] = 1
    anywhere = np.where(rng.random(300) < 0.5, 1.0, np.nan)
    assert check(CODE, {"few": few, "anywhere": anywhere, "label": LABELS}, label="label").status == "passed"


@pytest.mark.parametrize("columns", [{"x": [1.0, 2, 3, 4]}, {"x": [1.0, 2, np.nan, 4], "label": [0.1, 0.2, 0.3, 0.4]}])
def test_does_not_apply_to_full_columns_and_quantities(check, columns):
    label = columns.get("label", ["a", "b", "a", "b"])
    assert check(CODE, {**columns, "label": label}, label="label").status == "not applicable"


def test_does_not_apply_without_label(check):
    assert check(CODE, {"x": [1, None]}).status == "not applicable"


def test_one_row(check):
    assert check(CODE, {"x": [None], "label": ["a"]}, label="label").status == "not applicable"
