"""Counting the important cases of a version, as a job."""

from typing import Any

from components.data.condition import Condition
from components.data.coverage import count_cases
from components.data.records import CheckRun, CoverageRun, ImportantCase
from components.data.work import check, load
from components.errors import BadInput
from components.jobs.work import Work


def measure(work: Work) -> dict[str, Any]:
    """Count each case of the version's data set and save a `CoverageRun`; what was checked before is checked again.

    `params`: `data_version`. A case whose condition doesn't fit this version is saved with the reason in place of its counts.
    """
    version_id = work.params["data_version"]
    version, data_set, frame = load(work, version_id)
    records = [one for one in work.store.all(work.project_id, ImportantCase) if one.body.data_set == version.data_set]
    work.progress(0.2, "Counting the important cases")
    fitting: dict[str, Condition] = {}
    refused: dict[str, str] = {}
    for record in records:
        try:
            record.body.condition.on_frame(frame.head(1))
            fitting[record.id] = record.body.condition
        except BadInput as error:
            refused[record.id] = str(error)
    found = count_cases(frame, fitting, data_set.split_column, data_set.target)
    run = CoverageRun(
        data_version=version_id,
        cases=found,
        refused=refused,
        counted={record.id: record.version for record in records},
        simulated=version.simulated,
    )
    work.store.put(work.project_id, run, person=work.person, id=version_id)
    if work.store.get(work.project_id, CheckRun, version_id) is not None:
        check(work.part({"data_version": version_id}, 0.4, 1.0))
    return {"cases": len(found)}
