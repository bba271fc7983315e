"""Transcripts that somebody brings: measured and saved, or refused whole."""

import pandas as pd
import pytest

from components.errors import BadInput
from components.jobs.work import Work
from components.modelling.charts import transcripts_chart
from components.modelling.records import TranscriptRun
from components.modelling.wording import transcripts_answer, transcripts_table
from components.readiness.transcript_work import measure
from components.theme import LIGHT

SAID = pd.DataFrame({"line": range(10), "words": [f"line number {place} was said here" for place in range(10)]})
HEARD = pd.DataFrame(
    {
        "line": [*range(10), *range(10)],
        "text": [*SAID["words"], *SAID["words"].str.replace("said", "sad")],
        "who": ["ana"] * 10 + ["ben"] * 10,
    }
)


@pytest.fixture
def work(store, files, settings, project):
    """A function that returns the work on transcripts."""

    def make(frame=HEARD, **params):
        given = {
            "name": "heard.csv", "file": files.put(frame.to_csv(index=False).encode()), "item": "line", "text": "text", "speaker": "who",
            "reference_name": "said.csv", "reference_file": files.put(SAID.to_csv(index=False).encode()),
            "reference_item": "line", "reference_text": "words",
        }  # fmt: skip
        return Work(store, files, settings, project.id, {**given, **params}, "ana")

    return make


def runs(work):
    return [one.body for one in work.store.all(work.project_id, TranscriptRun)]


def test_people_and_a_machine(work):
    measure(work())
    measure(work(HEARD[:10].assign(text="line number"), name="machine.csv", who="machine", speaker=None))
    people, machine = runs(work())
    assert people.words["value"] == pytest.approx(1 / 12)
    assert [one["speaker"] for one in people.per_speaker] == ["ana", "ben"]
    assert (people.lines, people.transcripts) == (10, 20)
    assert transcripts_answer([people, machine]) == "People miss 8.3 % [8.3, 8.3] of the words; machine 66.7 % [66.7, 66.7]."
    assert transcripts_table([people, machine])["transcripts"].tolist() == ["heard", "machine"]
    assert "small letters" in people.normalisation
    assert transcripts_chart([people, machine], LIGHT).to_dict()["layer"]


def test_the_reference_can_be_a_column(work):
    frame = HEARD.assign(reference=[*SAID["words"], *SAID["words"]])
    measure(work(frame, reference="reference"))
    assert runs(work())[0].words["value"] == pytest.approx(1 / 12)
    with pytest.raises(BadInput, match="Row 1 has no reference"):
        measure(work(frame.assign(reference=[None, *frame["reference"][1:]]), reference="reference"))


@pytest.mark.parametrize(
    ("frame", "params", "said"),
    [
        (HEARD.assign(line=99), {}, "1 hypothesis has no reference, such as “99”"),
        (HEARD[:3], {}, "7 references have no hypothesis"),
        (HEARD, {"text": "nothing"}, "There is no column “nothing”"),
    ],
)
def test_nothing_is_saved_of_what_does_not_match(work, frame, params, said):
    with pytest.raises(BadInput, match=said):
        measure(work(frame, **params))
    assert runs(work()) == []
