"""Long work on transcripts that somebody brings: how far they are from what was said."""

from typing import Any

from components.data import sources
from components.errors import BadInput
from components.jobs.work import Work
from components.modelling.records import TranscriptRun
from components.modelling.transcripts import matched, transcribed
from components.stats.label_counts import named_columns


def measure(work: Work) -> dict[str, Any]:
    """Measure word and character error rate, and save them; nothing is saved of what can't be matched.

    `params`: `name`, `file` (SHA-256), `encoding`, the columns `item`, `text` and, if known, `speaker`; the references likewise as
    `reference_name`, `reference_file`, `reference_item`, `reference_text`, or as the column `reference` of the first file; `who` (people
    or machine); `normalise`.
    """
    params = work.params
    work.progress(0.1, f"Reading {params['name']}")
    frame = sources.read(params["name"], work.files.read(params["file"]), params.get("encoding"))
    speaker = params.get("speaker") or None
    wanted = {"item": params["item"], "text": params["text"], **({"speaker": speaker} if speaker else {})}
    if params.get("reference"):
        wanted["reference"] = params["reference"]
        both = named_columns(frame, **wanted)
        if both["reference"].isna().any():
            row = int(both["reference"].isna().to_numpy().argmax()) + 1
            raise BadInput(f"Row {row} has no reference.", "Write what was said, or leave the row out.")
    else:
        told = sources.read(params["reference_name"], work.files.read(params["reference_file"]), params.get("encoding"))
        references = named_columns(told, item=params["reference_item"], text=params["reference_text"])
        both = matched(references, named_columns(frame, **wanted))
    work.progress(0.4, "Comparing texts")
    speakers = both["speaker"] if speaker else None
    found = transcribed(both["reference"], both["text"], bool(params.get("normalise", True)), items=both["item"], speakers=speakers)
    run = TranscriptRun(
        name=params["name"].rsplit(".", 1)[0][:200],
        who=params.get("who", "people"),
        references=str(params.get("reference_name") or params["name"]),
        hypotheses=params["name"],
        **found.figures,
    )
    record = work.store.save(work.project_id, run, person=work.person, read=0)
    return {"transcript_run": record.id}
