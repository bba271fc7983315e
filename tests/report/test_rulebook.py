"""What the report says of the rulebook: nothing, the rules, and what a round of judging told."""

import pandas as pd

from components.data.rulebook.records import Rule
from components.data.rulebook.round_result import LABEL, finish
from components.data.rulebook.rounds import Asked, begin
from components.data.rulebook.versions import rulebook
from components.project.data_sets import DataSet, DataVersion
from components.project.tables import put_table
from components.report.parts import Source
from components.report.rulebook import rulebook_parts

BAD = Rule(name="Badly clicked", definition="More than 5 words | hard to read", label="bad", data_set="d")


def test_rules_and_then_what_a_round_told(store, files, project):
    source = Source(store, files, project.id)
    assert rulebook_parts(source) == []
    store.save(project.id, BAD, person="ana", id="bad")
    [written] = rulebook_parts(source)
    assert "a round tells" in written.answer
    assert written.tables[0].iloc[0].to_dict() == {
        "rule": "Rule 1: Badly clicked",
        "definition": "More than 5 words | hard to read",
        "then it is": "bad: discard",
        "where": "–",
        "version": "1, proposed",
    }
    frame = pd.DataFrame({"id": range(40)})
    store.save(project.id, DataSet(name="Pages", id_column="id"), person="ana", id="d")
    version = DataVersion(data_set="d", number=1, table=put_table(files, frame), source="pages.csv", rows=40, columns={})
    asked = Asked(question="Is it bad?", rules=tuple(rulebook(store, project.id)), otherwise=("good",), sample="random", size=20, seed=1)
    begin(store, files, project.id, store.put(project.id, version, person="ana", id="v"), asked, "ana", "r")
    for place, person in enumerate(("ana", "ben", "chioma")):
        store.join(project.id, "r", person, person.title())
        said = {str(card): ({LABEL: float(1 + (card % 2 if card % 5 else place % 2))}, "") for card in range(20)}
        store.cast_all(project.id, "r", person, said)
    store.reveal(project.id, "r", "ana")
    finish(store, files, project.id, "r", "ana")
    [told] = rulebook_parts(source)
    assert "in round 1" in told.answer
    assert "3 people × 20 items" in told.method
    assert told.pictures[0].startswith("<svg")
