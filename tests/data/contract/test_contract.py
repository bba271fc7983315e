"""Rules as data contracts: what is written comes back, what others wrote is understood or named, and nothing unfolds or runs."""

import ast
import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from components.data.condition import Condition
from components.data.contract import EXPORTS, from_odcs, to_dbt, to_great_expectations, to_odcs, to_pandera
from components.data.records import Expectation
from components.errors import BadInput


def by_id(rules):
    return sorted(rules, key=lambda rule: rule.id)


def test_what_is_written_comes_back_exactly(rules):
    back = from_odcs(to_odcs(rules, name="Orders", table="orders"))
    assert by_id(back.rules) == by_id(rules)
    assert (back.name, back.table, back.unread) == ("Orders", "orders", ())


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)


@given(TEXT, st.lists(TEXT, min_size=1, max_size=4), st.floats(0, 1), TEXT)
def test_any_names_and_values_come_back(column, values, allowed, why):
    rules = [
        Expectation(rule="allowed_set", columns=[column], values=values, allowed=allowed, why=why),
        Expectation(rule="key", columns=[column, f"{column}2"]),
        Expectation(rule="length", columns=[column], high=3),
    ]
    text = to_odcs(rules)
    assert by_id(from_odcs(text).rules) == by_id(rules)
    for write, _ in EXPORTS.values():
        written, _lost = write(rules)
        assert written
    ast.parse(to_pandera(rules)[0])
    assert json.loads(to_great_expectations(rules)[0])["expectations"]
    assert yaml.safe_load(to_dbt(rules)[0])["version"] == 2


def test_what_each_export_could_not_express_is_named(rules):
    lost = {name: write(rules)[1] for name, (write, _) in EXPORTS.items()}
    assert {line.split(":")[0] for line in lost["Great Expectations"]} == {
        "day has an entry of the last 30 days",
        "zip determines town",
        "no row may be so",
        "shop is found in id of the other data set",
    }
    assert any("no share of rows" in line for line in lost["Pandera"])
    assert any(line.startswith("code matches") for line in lost["dbt"])


def test_names_are_quoted_for_dbt_and_an_empty_cell_breaks_no_rule_on_a_row():
    rules = [
        Expectation(rule="range", columns=["select"], low=0),
        Expectation(rule="length", columns=["group by"], low=2),
        Expectation(rule="never", condition=Condition.parse("the age above 100 and group by is b")),
        Expectation(rule="key", columns=["the age", "order"]),
    ]
    text, lost = to_dbt(rules)
    (model,) = yaml.safe_load(text)["models"]
    assert lost == []
    assert all(column["quote"] for column in model["columns"])
    length, never, key = model["tests"]
    assert length["dbt_utils.expression_is_true"]["expression"] == 'NOT COALESCE(LENGTH(CAST("group by" AS VARCHAR)) < 2, FALSE)'
    assert never["dbt_utils.expression_is_true"]["expression"].startswith("NOT COALESCE((CASE WHEN")
    assert key["dbt_utils.unique_combination_of_columns"]["quote_columns"] is True


def test_the_file_for_pandera_is_literals_and_nothing_else():
    odd = Expectation(rule="allowed_set", columns=["__import__('os').system('x')"], values=["'] + [exit()] + ['"])
    tree = ast.parse(to_pandera([odd])[0])
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert called == {"pa.DataFrameSchema", "pa.Column", "pa.Check.isin"}


OTHERS = """
apiVersion: v3.0.2
kind: DataContract
id: orders
version: 1.0.0
status: active
schema:
  - name: orders
    quality:
      - metric: rowCount
        mustBeGreaterThan: 100
      - type: sql
        query: SELECT 1
        mustBe: 1
      - {type: text, description: prose is for people}
    properties:
      - {name: id, primaryKey: true, primaryKeyPosition: 1, logicalType: integer}
      - name: mail
        required: true
        unique: true
        logicalType: string
        logicalTypeOptions: {minLength: 3, maxLength: 80, pattern: '^.+@.+$', format: email}
      - name: age
        logicalType: number
        logicalTypeOptions: {minimum: 0, maximum: 150}
        quality:
          - {metric: nullValues, mustBeLessThan: 5, unit: rows}
          - {metric: missingValues, mustBeLessOrEqualTo: 2, unit: percent, severity: warning}
      - name: state
        quality:
          - {metric: invalidValues, arguments: {validValues: [NY, CA]}, mustBe: 0}
          - {type: custom, engine: soda, implementation: duplicate_percent < 1}
"""


def test_somebody_elses_contract_is_understood_as_far_as_it_can_be():
    found = from_odcs(OTHERS)
    told = {(rule.rule, *rule.columns): rule for rule in found.rules}
    assert set(told) == {
        ("row_count",),
        ("key", "id"),
        ("type", "id"),
        ("missing", "mail"),
        ("key", "mail"),
        ("type", "mail"),
        ("length", "mail"),
        ("pattern", "mail"),
        ("type", "age"),
        ("range", "age"),
        ("missing", "age"),
        ("allowed_set", "state"),
    }
    assert told["row_count",].low == 101
    assert told["type", "id"].type == "whole number"
    assert told["pattern", "mail"].pattern == ".+@.+"
    assert (told["missing", "age"].allowed, told["missing", "age"].severity) == (0.02, "warned")
    assert len(found.unread) == 4
    assert "orders: a rule in SQL of another tool" in found.unread
    assert "mail: the option format" in found.unread


BOMB = "kind: DataContract\napiVersion: v3.1.0\na: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (BOMB, "names for its parts"),
        ("a: [" * 200 + "]" * 200, "nested more than"),
        ("a: 1\na: 2\n", "twice"),
        ("x" * 600_000, "over 500 kB"),
        ("a: [1\n", "isn't YAML that can be read in line"),
        ("!!python/object/apply:os.system ['true']", "isn't YAML"),
        ("- a\n- b\n", "isn't a data contract"),
        ("kind: DataContract\napiVersion: v2.0\n", "isn't a data contract of ODCS 3"),
        ("kind: DataContract\napiVersion: v3.1.0\n", "has no table"),
        ("a: 9999-99-99\n", "can't be read"),
        ("", "isn't a data contract"),
        ("a\x00b", "isn't YAML"),
    ],
)
def test_what_is_no_contract_is_one_sentence(text, message):
    with pytest.raises(BadInput, match=message):
        from_odcs(text)


@pytest.mark.parametrize(
    "part",
    [
        "properties: 7",
        "properties: [7]",
        "quality: [7, {type: custom, engine: x, implementation: y}]",
        "properties: [{name: x, quality: {a: 1}}]",
    ],
)
def test_odd_parts_are_left_out_and_never_a_traceback(part):
    found = from_odcs(f"kind: DataContract\napiVersion: v3.1.0\nschema: [{{name: t, {part}}}]\n")
    assert found.rules == ()
