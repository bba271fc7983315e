"""Long work on labels: reading a table of judgements and measuring its agreement."""

from typing import Any

from components.data import sources
from components.data.agreement_run import agreement_run
from components.errors import BadInput
from components.jobs.work import Work
from components.project.data_sets import LabelSet
from components.project.projects import new_id
from components.project.tables import put_table, read_table
from components.stats.label_counts import require_columns


def measure(work: Work) -> dict[str, Any]:
    """Read a long table of labels, measure its agreement, and save both.

    `params`: `name`, `file` (SHA-256), `encoding`, and the columns `item`, `annotator`, `label`, `gold` (or None), with `level`,
    `structured` and `data_set` (or None). Nothing is saved unless the labels can be measured.
    """
    params = work.params
    work.progress(0.1, f"Reading {params['name']}")
    frame = sources.read(params["name"], work.files.read(params["file"]), params.get("encoding"))
    roles = [params.get(role) for role in ("item", "annotator", "label", "gold")]
    require_columns(frame, [column for column in roles if column])
    twice = next((column for column in roles if column and roles.count(column) > 1), None)
    if twice:
        raise BadInput(f"The column “{twice}” can't be two things at once.", "Choose another column for one of them.")
    body = LabelSet(
        name=params["name"].rsplit(".", 1)[0][:200],
        table=put_table(work.files, frame),
        item=params["item"],
        annotator=params["annotator"],
        label=params["label"],
        gold=params.get("gold"),
        level=params.get("level", "nominal"),
        data_set=params.get("data_set"),
        structured=bool(params.get("structured")),
        source=params["name"],
    )
    id_ = new_id()
    work.progress(0.5, "Measuring the agreement")
    run = agreement_run(id_, body, frame)
    for saved in (body, run):
        work.store.put(work.project_id, saved, person=work.person, id=id_)
    return {"label_set": id_}


def again(work: Work) -> dict[str, Any]:
    """Measure the agreement of labels that are here already. `params`: `label_set`."""
    id_ = work.params["label_set"]
    record = work.store.get(work.project_id, LabelSet, id_)
    if record is None:
        raise BadInput("These labels aren't here any more.", "Choose others.")
    work.progress(0.1, f"Measuring {record.body.name}")
    run = agreement_run(id_, record.body, read_table(work.files, record.body.table))
    work.store.put(work.project_id, run, person=work.person, id=id_)
    return {"label_set": id_}
