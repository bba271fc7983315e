"""`compare` and `transcripts` as a pipeline calls them, in this process."""

import json

import pandas as pd
import pytest

PREDICTIONS = pd.DataFrame(
    {
        "gold": [place % 3 for place in range(120)],
        "a": [place % 3 if place % 10 else 9 for place in range(120)],
        "b": [place % 3 if place % 2 else 9 for place in range(120)],
    }
)


@pytest.fixture
def table(tmp_path):
    """A function that writes a table and returns its path."""

    def write(name, frame):
        frame.to_csv(tmp_path / name, index=False)
        return tmp_path / name

    return write


def test_compare_prints_the_documented_keys(shell, table):
    code, out, err = shell("compare", table("p.csv", PREDICTIONS), "--truth", "gold", "--first", "a", "--second", "b", "--json")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert list(found) == ["difference", "p_value", "verdict", "n"]
    assert found["difference"]["value"] == pytest.approx(0.4)
    assert (found["verdict"], found["n"]) == ("better", 120)


def test_compare_in_words_names_the_convention(shell, table):
    _, out, _ = shell("compare", table("p.csv", PREDICTIONS), "--truth", "gold", "--first", "b", "--second", "a")
    assert out.startswith("b against a: worse\nb 50.0 %, a 90.0 %: -40.0 points [")
    assert "Accuracy = right items ÷ items; from 0 to 1, higher is better" in out


@pytest.mark.parametrize(
    ("change", "options", "said"),
    [
        ({}, ["--first", "c"], "There is no column “c”. The columns are: gold, a, b."),
        ({"gold": 1}, [], "Every item's truth is “1”"),
        ({"a": None}, [], "“a” has no prediction for 120 items, such as row 1."),
        ({}, ["--metric", "auc"], "There is no metric “auc”."),
        ({}, ["--metric", "F1"], "The metric needs a positive class. The classes are: 0, 1 and 2."),
        ({}, ["--first", "b"], "“b” can't be two things at once."),
    ],
)
def test_bad_predictions_are_one_line_and_exit_code_2(shell, table, change, options, said):
    given = ["--truth", "gold", "--first", "a", "--second", "b", *options]
    code, out, err = shell("compare", table("p.csv", PREDICTIONS.assign(**change)), *given)
    assert (code, out) == (2, "")
    assert err.startswith("groundwork: ")
    assert said in err
    assert err.count("\n") == 1


REFERENCES = pd.DataFrame({"item": [1, 2], "text": ["Hello, world.", "good night"]})
HYPOTHESES = pd.DataFrame({"item": [1, 2, 1], "text": ["hello world", "good might", "hello"], "who": ["ada", "ada", "bea"]})


def test_transcripts_prints_the_documented_keys(shell, table):
    files = table("r.csv", REFERENCES), table("h.csv", HYPOTHESES)
    code, out, err = shell("transcripts", *files, "--json")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert list(found) == ["word_error_rate", "character_error_rate", "lines"]
    assert found["word_error_rate"]["value"] == pytest.approx(2 / 6)
    assert found["lines"] == 2
    raw = json.loads(shell("transcripts", *files, "--raw", "--json")[1])
    assert raw["word_error_rate"]["value"] == pytest.approx(5 / 6)


def test_transcripts_in_words_name_the_normalisation_and_the_speakers(shell, table):
    _, out, _ = shell("transcripts", table("r.csv", REFERENCES), table("h.csv", HYPOTHESES), "--speaker", "who")
    assert "2 lines, 3 transcripts; compatibility forms unified" in out
    assert out.splitlines()[-2:] == ["ada: 25.0 %, 2 lines", "bea: 50.0 %, 1 line"]


@pytest.mark.parametrize(
    ("hypotheses", "options", "said"),
    [
        (HYPOTHESES.assign(item=[1, 2, 5]), [], "1 hypothesis has no reference, such as “5”."),
        (HYPOTHESES[:1], [], "1 reference has no hypothesis, such as “2”."),
        (HYPOTHESES, ["--text", "said"], "There is no column “said”."),
        (HYPOTHESES, ["--speaker", "voice"], "There is no column “voice”."),
    ],
)
def test_bad_transcripts_are_one_line_and_exit_code_2(shell, table, hypotheses, options, said):
    code, out, err = shell("transcripts", table("r.csv", REFERENCES), table("h.csv", hypotheses), *options)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
