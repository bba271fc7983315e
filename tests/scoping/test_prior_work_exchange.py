"""Prior work out and in again: nothing is lost, what is unknown is named, and bad rows don't spoil good ones."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.errors import BadInput
from components.scoping.pasted import decoded, new_ones
from components.scoping.prior_work_exchange import FIELDS, read, to_csv, to_json
from components.scoping.records import PriorWork

FULL = PriorWork(
    title="LeNet-5, LeCun et al.",
    score=0.0095,
    metric="error",
    direction="lower",
    people=False,
    task="Reading digits",
    data="MNIST",
    split="test, 10,000 images",
    model="Convolutional network",
    paper="Gradient-based learning\napplied to document recognition",
    link="https://doi.org/10.1109/5.726791",
    code="https://example.org/code",
    licence="MIT",
    year=1998,
    hardware="a Sun workstation",
    retrieved_on=date(2026, 11, 24),
    reproduced="f00d",
    similarity=3,
    note='He said "3 %", =SUM(A1)',
)
text = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
words = st.one_of(
    text, st.sampled_from(["=cmd()", "'=x", "''-1", "+1", "@a", "\ttab", "\rcr", "a\r\nb", "'quoted'", "yes", "  ", "1,5", "97 %"])
)
entries = st.builds(
    PriorWork,
    title=words.filter(len),
    score=st.floats(0, 1),
    metric=st.sampled_from(["accuracy", "error", "BLEU"]),
    direction=st.sampled_from(["higher", "lower"]),
    people=st.booleans(),
    paper=words,
    note=words,
    data=words,
    year=st.none() | st.integers(1900, 2100),
    similarity=st.none() | st.integers(1, 5),
    retrieved_on=st.none() | st.dates(),
    link=st.sampled_from(["", "https://example.org/?a=b,c"]),
)


@given(st.lists(entries, min_size=1, max_size=5))
def test_whatever_is_written_reads_back(many):
    assert read("back.csv", to_csv(many)).entries == many
    assert read("back.json", to_json(many)).entries == many


@pytest.mark.parametrize("write", [to_csv, to_json])
def test_every_field_reads_back(write):
    taken = read("back", write([FULL]))
    assert taken.entries == [FULL]
    assert (taken.unknown, taken.refused) == ([], [])
    assert all(getattr(FULL, name) for name in FIELDS if name != "people")


def test_no_cell_of_the_csv_is_a_formula():
    row = list(csv.reader(io.StringIO(to_csv([PriorWork(title="=cmd()", score=-1, metric="BLEU", note="-1")]), newline="")))[1]
    assert row[0] == "'=cmd()"
    assert row[-1] == "'-1"
    assert row[1] == "-1.0"


def test_a_table_pasted_from_a_spreadsheet():
    pasted = (
        "Who and what\tScore\tMetric\tYear\tData set\tSource\nA\t98,5 %\taccuracy\t2024\tMNIST\thttps://a.org\n\nB\t0.97\taccuracy\t\t\t\n"
    )
    taken = read("pasted", pasted)
    assert [(one.title, one.score, one.year, one.data) for one in taken.entries] == [("A", 0.985, 2024, "MNIST"), ("B", 0.97, None, "")]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_sign_between_cells_is_found(sign):
    taken = read("pasted", f'title{sign}score{sign}note\nA{sign}.5{sign}"x{sign}y"\n')
    assert taken.entries[0].note == f"x{sign}y"


def test_unknown_columns_are_named_and_the_rest_is_taken():
    taken = read("pasted", "title,score,stars,,colour\nA,.5,9,,blue\n")
    assert taken.unknown == ["stars", "column 4", "colour"]
    assert "“stars”, “column 4” and “colour” are unknown here and left out." in taken.sentence("result")
    assert len(taken.entries) == 1
    assert read("x", '[{"title": "A", "score": 0.5, "stars": 9}]').unknown == ["stars"]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("A,high,,,", "Line 3: the score “high” isn't a number"),
        ("A,,,,", "Line 3: the score is missing"),
        ("A,98,,,", "Line 3: accuracy 98 lies beyond 0 to 1: write 97.2 % as .972 or as 97.2 %"),
        (",.9,,,", "Line 3: the title is missing"),
        ("A,.9,next,,", "Line 3: the year “next” isn't a number"),
        ("A,.9,,javascript:alert(1),", "Line 3: Source (https://…): write it as https://…"),
        ("A,.9,,,24.11.2026", "Line 3: Retrieved on: write the date as 2026-11-24"),
    ],
)
def test_a_row_that_cant_be_taken_says_why_and_spoils_no_other(row, why):
    taken = read("pasted", f"title,score,year,link,retrieved on\nGood,.9,,,\n{row}\n")
    assert [one.title for one in taken.entries] == ["Good"]
    assert len(taken.refused) == 1
    assert taken.refused[0].startswith(why)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("", "is empty"),
        ("   \n", "is empty"),
        ("title,score\n", "a header but no rows"),
        ("name,points\nA,1\n", "no column “score”"),
        ("title,name,score\nA,B,1\n", "two columns for “title”"),
        ('title,score\n"A,1\n', "quote that is never closed"),
        ("title,score\nA,.5,more\n", "has 3 cells, the header has 2"),
        ('{"entries": 3}', "no list of results"),
        ("{", "its JSON can't be read"),
        ("{" + "[" * 100_000, "its JSON can't be read"),
    ],
)
def test_what_holds_no_table_is_refused_in_a_sentence(content, what):
    with pytest.raises(BadInput, match=what):
        read("This", content)


def test_lower_is_better_for_an_error_unless_the_table_says_otherwise():
    taken = read("x", "title,score,metric,better is\nA,.05,error rate,\nB,.9,accuracy,\nC,3,BLEU,lower\n")
    assert [one.direction for one in taken.entries] == ["lower", "higher", "lower"]


def test_what_is_here_already_is_not_taken_twice():
    other = FULL.model_copy(update={"title": "B"})
    assert new_ones([FULL, other, other], [FULL]) == [other]


def test_another_encoding_is_said():
    assert decoded("x.csv", "title,score\nÄ,.5".encode("utf-8-sig")).startswith("title")
    with pytest.raises(BadInput, match="isn't UTF-8"):
        decoded("x.csv", "Ä".encode("latin-1"))
