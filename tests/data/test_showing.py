"""Items as themselves: what is shown of a row, and what names it."""

import pandas as pd

from components.data.showing import items, keys
from components.project.data_sets import DataSet, DataVersion


def test_texts_and_rows_are_told_as_themselves():
    texts = pd.DataFrame({"text": ["A long text that somebody wrote about a thing " * 3] * 3, "label": ["x", "y", "x"]})
    version = DataVersion(data_set="d", number=1, table="t", source="t.csv", rows=3, columns={})
    [one] = items(texts, version, DataSet(name="T", structured=False, target="label"), [1])
    assert (one.kind, one.key) == ("text", "2")
    [row] = items(texts.assign(n=[1, 2, None]), version, DataSet(name="T", structured=True, target="label"), [2])
    assert dict(row.cells)["n"] == "–"
    assert "label" not in dict(row.cells)
    assert list(keys(texts.assign(id=["a", "a", "b"]), DataSet(name="T", id_column="id"))) == ["1", "2", "3"], "a key that isn't one"
