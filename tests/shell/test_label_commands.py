"""`agreement` and `human-level` as a pipeline calls them, in this process."""

import json

import pandas as pd
import pytest

ROWS = [(item, name, "x" if item % 3 and not (name == "c" and item % 5 == 0) else "y") for item in range(30) for name in "abc"]


@pytest.fixture
def labels(tmp_path):
    """A function that writes a long table and returns its path."""

    def write(rows=ROWS, columns=("item", "annotator", "label"), name="labels.csv"):
        path = tmp_path / name
        pd.DataFrame(rows, columns=list(columns)).to_csv(path, index=False)
        return path

    return write


def strict(text):
    """Read JSON that holds no NaN and no infinity."""
    return json.loads(text, parse_constant=lambda found: pytest.fail(f"{found} in the output"))


def test_agreement_prints_one_object_with_the_documented_keys(shell, labels):
    code, out, err = shell("agreement", labels(), "--json")
    found = strict(out)
    assert (code, err) == (0, "")
    assert list(found) == ["items", "annotators", "labels", "percent", "fleiss", "alpha", "ac1", "band", "why"]
    assert (found["items"], found["annotators"], found["labels"]) == (30, 3, 90)
    assert set(found["alpha"]) == {"value", "low", "high"}


def test_agreement_in_words(shell, labels):
    code, out, _ = shell("agreement", labels())
    assert code == 0
    assert out.startswith("90 labels, 30 items, 3 annotators")
    assert "band     too low" in out


def test_the_level_changes_alpha_alone(shell, labels):
    path = labels([(i, a, 1 + (i + (a == "c" and i % 4 == 0)) % 5) for i in range(30) for a in "abc"])
    nominal, interval = (strict(shell("agreement", path, "--level", level, "--json")[1]) for level in ("nominal", "interval"))
    assert nominal["alpha"] != interval["alpha"]
    assert nominal["ac1"] == interval["ac1"]


def test_what_is_not_defined_is_null_and_says_why(shell, labels):
    found = strict(shell("agreement", labels([(i, a, "x") for i in range(5) for a in "ab"]), "--json")[1])
    assert (found["alpha"], found["fleiss"], found["ac1"], found["band"]) == (None, None, None, None)
    assert found["percent"]["value"] == 1
    assert "same label" in found["why"]


def test_missing_labels_are_left_out(shell, labels):
    rows = [*ROWS, (0, "d", ""), (1, "d", "NA"), (2, "d", "null"), (3, "d", "nan"), (4, "d", "None")]
    with_missing, without = (strict(shell("agreement", labels(given), "--json")[1]) for given in (rows, ROWS))
    assert with_missing == without


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([(1, "a", "x"), (2, "a", "y")], "by one annotator"),
        ([(1, "a", "x"), (2, "b", "y")], "No item was labelled by two annotators"),
        ([(1, "a", "x"), (1, "a", "y"), (1, "b", "y")], "two different labels"),
        ([(1, "a", ""), (1, "b", "NA")], "no labels"),
        ([(1, "", "x"), (1, "b", "x")], "no annotator"),
    ],
)
def test_agreement_refuses_in_one_line(shell, labels, rows, said):
    code, out, err = shell("agreement", labels(rows), "--json")
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_a_missing_column_names_those_that_are_there(shell, labels):
    code, _, err = shell("agreement", labels(columns=("image", "worker", "answer")))
    assert code == 2
    assert "The columns are: image, worker, answer." in err


def test_human_level_against_the_others(shell, labels):
    code, out, _ = shell("human-level", labels(), "--json")
    found = strict(out)
    assert code == 0
    assert list(found) == ["accuracy", "items", "ties", "per_annotator"]
    assert {tuple(row) for row in found["per_annotator"]} == {("annotator", "accuracy", "labels")}


GOLD = [(item, "x" if item % 3 else "y") for item in range(30)]


@pytest.mark.parametrize("columns", [("item", "gold"), ("item", "label"), ("item", "truth")])
def test_gold_is_found_under_its_name_the_labels_name_or_as_the_only_other_column(shell, labels, columns):
    found = strict(shell("human-level", labels(), "--gold", labels(GOLD, columns, "gold.csv"), "--json")[1])
    right = sum(label == dict(GOLD)[item] for item, _, label in ROWS)
    assert found["accuracy"]["value"] == pytest.approx(right / len(ROWS))
    assert found["ties"] == 0


def test_other_column_names_hold_for_gold_too(shell, labels):
    path, gold = labels(columns=("image", "who", "says")), labels(GOLD, ("image", "gold"), "gold.csv")
    code, out, _ = shell("human-level", path, "--item", "image", "--annotator", "who", "--label", "says", "--gold", gold, "--json")
    assert code == 0
    assert strict(out)["items"] == 30


@pytest.mark.parametrize(
    ("gold", "columns", "said"),
    [
        ([(99, "x")], ("item", "gold"), "None of the labelled items has a gold label"),
        ([(1, "x"), (1, "y")], ("item", "gold"), "two different gold labels"),
        ([(1, "x", 3)], ("item", "truth", "sure"), "The columns are: item, truth, sure."),
        ([(1, "")], ("item", "gold"), "no gold labels"),
    ],
)
def test_gold_that_cannot_be_used_is_refused_in_one_line(shell, labels, gold, columns, said):
    code, out, err = shell("human-level", labels(), "--gold", labels(gold, columns, "gold.csv"), "--json")
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_two_annotators_are_too_few(shell, labels):
    code, _, err = shell("human-level", labels([row for row in ROWS if row[1] != "c"]))
    assert code == 2
    assert "2 annotators can't be held against the majority of the others" in err


def test_the_export_of_a_labelling_tool_is_read_as_it_is(shell, tmp_path):
    def task(item, labels):
        done = [
            {"completed_by": who, "result": [{"type": "choices", "from_name": "kind", "value": {"choices": [label]}}]}
            for who, label in enumerate(labels)
        ]
        return {"id": item, "data": {"text": "…"}, "annotations": done}

    path = tmp_path / "project.json"
    path.write_text(json.dumps([task(item, ["x", "x", "xy"[item % 2]]) for item in range(20)]))
    found = strict(shell("agreement", path, "--json")[1])
    assert (found["items"], found["annotators"], found["labels"]) == (20, 3, 60)
    assert strict(shell("human-level", path, "--json")[1])["items"] == 20
    path.write_text("[1, 2]")
    code, out, err = shell("agreement", path)
    assert (code, out, err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("command", ["agreement", "human-level"])
def test_one_column_can_t_be_two_things(shell, labels, command):
    code, out, err = shell(command, labels(), "--item", "label")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "two things at once" in err
