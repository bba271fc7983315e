"""Ethics: the lists, the sentence, what is overdue, and own lists that are read safely."""

from datetime import date

import pytest
import yaml

from components.errors import BadInput
from components.scoping.assessment.charts import ethics_strip
from components.scoping.assessment.ethics import EXAMPLE, NG, deon, ethics_table, read_list, sections, standing
from components.scoping.assessment.records import EthicsAnswer
from components.theme import LIGHT

TODAY = date(2026, 11, 24)


def answered(**given):
    return {code.replace("_", "."): EthicsAnswer(answer=said, reason="Because.") for code, said in given.items()}


def test_there_are_ngs_three_questions_and_the_items_of_deon():
    assert [len(section.items) for section in sections({})] == [3, 4, 3, 5, 5, 4]
    assert [section.code for section in deon()] == list("ABCDE")
    assert deon()[0].items[0].title == "Informed consent"
    assert deon()[0].source.startswith("deon ")
    codes = [item.code for section in sections({}) for item in section.items]
    assert len(codes) == len(set(codes)) == 24


def test_the_sentence_counts_what_is_open_and_names_what_was_answered_no():
    every = {item.code: EthicsAnswer(answer="yes", reason="Because.") for section in sections({}) for item in section.items}
    left = {code: given for code, given in every.items() if code not in {"A.1", "A.2", "A.3"}}
    assert standing({}, {**left, **answered(B_3="no")}, TODAY).sentence == "3 of 24 open, 1 answered no: data retention plan."
    assert standing({}, {**every, **answered(B_3="partial")}, TODAY).sentence == "All 24 answered, 1 in part: data retention plan."
    assert standing({}, every, TODAY).sentence == "All 24 answered, none with no."
    assert standing({}, every, TODAY).settled
    assert standing({}, {}, TODAY).sentence == "Nobody has asked yet whether it is right."


def test_an_answer_needs_its_reason():
    with pytest.raises(ValueError, match="Say why the answer is “no”"):
        EthicsAnswer(answer="no", reason=" ")
    assert EthicsAnswer(due=TODAY).answer == ""


def test_what_is_due_and_not_settled_is_overdue():
    yesterday = date(2026, 11, 23)
    answers = {
        "N1": EthicsAnswer(answer="no", reason="x", due=yesterday, owner="Ana"),
        "N2": EthicsAnswer(answer="partial", reason="x", due=TODAY),
        "N3": EthicsAnswer(answer="yes", reason="x", due=yesterday),
        "A.1": EthicsAnswer(due=yesterday),
        "A.2": EthicsAnswer(answer="not applicable", reason="x", due=yesterday),
    }
    found = standing({}, answers, TODAY)
    assert [item.code for item, _ in found.overdue] == ["N1", "A.1"]
    assert found.overdue_lines[0] == "Net positive, due 23 November 2026, Ana"
    assert "2 questions overdue." in found.method
    assert ethics_table(found)["answer"].tolist()[:5] == ["no", "partial", "yes", "not yet", "n.a."]
    ethics_strip(found, LIGHT).to_dict()


def test_an_own_list_is_asked_beside_the_others():
    own = read_list("own.yml", EXAMPLE)
    assert [(one.code, one.title) for one in own.questions] == [
        ("q1", "Is there somebody whom people can complain to?"),
        ("q2", "Works council"),
    ]
    found = standing({"mine": own}, {"mine.q1": EthicsAnswer(answer="yes", reason="x")}, TODAY)
    assert len(found.items) == 26
    assert [item.code for item in found.of("yes")] == ["mine.q1"]


def test_a_checklist_as_deon_writes_it_is_read():
    lines = [{"line_id": item.code, "line_summary": item.title, "line": item.question} for item in deon()[0].items]
    read = read_list("own.yml", yaml.safe_dump({"title": "Ours", "sections": [{"title": "A", "section_id": "A", "lines": lines}]}))
    assert [one.question for one in read.questions] == [item.question for item in deon()[0].items]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("title: [", "isn't YAML, line 1"),
        ("just words", "has no title and no questions"),
        ("questions: [a]", "has no title"),
        ("title: x", "has no questions"),
        ("title: x\nquestions: []", "has no questions"),
        ("title: x\nquestions: a", "questions is no list"),
        ("title: x\nquestions: [yes]", "question 1 is no text"),
        ("title: x\nquestions: [{title: y}]", "question 1 has no text under “question”"),
        ("title: x\nquestions: [{question: 3}]", "question 1 has no text under “question”"),
        ("title: x\nquestions: [{question: y, answer: z}]", "key “answer” that isn't known"),
        ("title: x\nowner: y\nquestions: [a]", "key “owner” that isn't known"),
        ("title: x\nquestions: [{code: a, question: y}, {code: a, question: z}]", "two questions with the code “a”"),
        (f"title: {'x' * 200}\nquestions: [a]", "title: string should have at most 120"),
        ("title: x\nquestions: [" + "a, " * 250 + "a]", "at most 200 items"),
        ("!!python/object/apply:os.system ['true']", "isn't YAML"),
        ("x" * 300_000, "too long"),
    ],
)
def test_what_is_no_list_is_refused_with_the_place(text, what):
    with pytest.raises(BadInput, match=what.replace("(", r"\(")):
        read_list("own.yml", text)


def test_ngs_questions_keep_their_codes():
    assert [item.code for item in NG.items] == ["N1", "N2", "N3"]
