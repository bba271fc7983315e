"""Rules in words travel with a data contract as `text` rules, and come back as they were."""

import yaml

from components.data.condition import Clause, Condition
from components.data.contract import from_odcs, to_odcs
from components.data.records import Expectation
from components.data.rulebook.records import Rule, Shown

RULE = Rule(
    name="Badly clicked",
    definition="More than 5 words can't be read",
    label="bad",
    condition=Condition(clauses=(Clause(column="hard_words", operator="above", value="5"),)),
    examples=(Shown(item="1.png", why="seven words"),),
    status="agreed",
    owner="Ana",
)


def test_a_rule_in_words_is_a_text_rule_and_comes_back_as_it_was():
    text = to_odcs([Expectation(rule="missing", columns=["id"])], prose=[RULE])
    [quality] = yaml.safe_load(text)["schema"][0]["quality"]
    assert (quality["type"], quality["name"], quality["description"]) == ("text", RULE.name, RULE.definition)
    found = from_odcs(text)
    [back] = found.prose
    assert back.content == RULE.content
    assert (back.status, back.owner) == ("proposed", ""), "another team agrees by itself"
    assert [rule.rule for rule in found.rules] == ["missing"]
    assert found.unread == ()


def test_another_tools_text_rules_are_read_by_name_and_description():
    quality = "[{type: text, name: Fresh, description: Updated every night}, {type: text}, {type: text, description: Only adults}]"
    found = from_odcs(f"kind: DataContract\napiVersion: v3.1.0\nschema: [{{name: t, quality: {quality}}}]\n")
    assert [(one.name, one.definition, one.action) for one in found.prose] == [
        ("Fresh", "Updated every night", "flag"),
        ("Only adults", "Only adults", "flag"),
    ]


def test_ours_that_was_damaged_by_hand_is_read_by_its_words():
    text = to_odcs([], prose=[RULE]).replace("discard", "explode")
    [back] = from_odcs(text).prose
    assert (back.name, back.definition) == (RULE.name, RULE.definition)
