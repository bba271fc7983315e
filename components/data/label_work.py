"""Long work on labels: reading a table of judgements and measuring its agreement."""

from typing import Any

from components.data import sources
from components.data.agreement_run import agreement_run
from components.errors import BadInput
from components.jobs.work import Work
from components.project.data_sets import LabelSet
from components.project.projects import new_id
from components.project.tables import put_table


def measure(work: Work) -> dict[str, Any]:
    """Read a long table of labels, measure its agreement, and save both.

    `params`: `name`, `file` (SHA-256), `encoding`, and the columns `item`, `annotator`, `label`, `gold` (or None), with `level` and
    `structured`. Nothing is saved unless the labels can be measured.
    """
    params = work.params
    work.progress(0.1, f"Reading {params['name']}")
    frame = sources.read(params["name"], work.files.read(params["file"]), params.get("encoding"))
    for role in ("item", "annotator", "label", "gold"):
        column = params.get(role)
        if column and column not in frame.columns:
            raise BadInput(f"There is no column “{column}” for the {role}.", f"The columns are: {', '.join(map(str, frame.columns[:12]))}.")
    body = LabelSet(
        name=params["name"].rsplit(".", 1)[0][:200],
        table=put_table(work.files, frame),
        item=params["item"],
        annotator=params["annotator"],
        label=params["label"],
        gold=params.get("gold"),
        level=params.get("level", "nominal"),
        structured=bool(params.get("structured")),
        source=params["name"],
    )
    id_ = new_id()
    work.progress(0.5, "Measuring the agreement")
    run = agreement_run(id_, body, frame)
    for saved in (body, run):
        work.store.put(work.project_id, saved, person=work.person, id=id_)
    return {"label_set": id_}
