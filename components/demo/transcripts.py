"""Lines of forms as two people and a recogniser transcribe them; all of it is simulated, and marked so."""

from typing import Any

import numpy as np

from components.modelling.records import TranscriptRun
from components.modelling.transcripts import transcribed

SEED = 7
LINES = 60
STREETS = ("Mill Lane", "Station Road", "Church Street", "Park Avenue", "Harbour View", "Oak Drive")
WISHES = ("please call in the evening", "no change since last year", "see the letter enclosed", "moved in spring", "two children at home")
PEOPLE = {"Ana": 0.02, "Ben": 0.05}
MACHINE = 0.09
SIMULATED = (
    f"Simulated: of {LINES} lines, Ana misreads 2 %, Ben 5 % and the recogniser 9 % of the words: dropped, doubled or turned round. "
    f"Seed {SEED}."
)


def runs() -> dict[str, TranscriptRun]:
    """Return what people and a recogniser made of the lines."""
    rng = np.random.default_rng(SEED)
    said = [f"{rng.integers(1, 99)} {rng.choice(STREETS)} {rng.choice(WISHES)}" for _ in range(LINES)]
    by = {name: [_misread(line, rate, rng) for line in said] for name, rate in {**PEOPLE, "recogniser": MACHINE}.items()}
    people = [text for name in PEOPLE for text in by[name]]
    who = [name for name in PEOPLE for _ in said]
    found = transcribed(said * len(PEOPLE), people, items=list(range(LINES)) * len(PEOPLE), speakers=who)
    machine = transcribed(said, by["recogniser"])
    return {
        "transcripts-people": _saved("Two typists", "people", found),
        "transcripts-machine": _saved("Open recogniser", "machine", machine),
    }


def _saved(name: str, who: Any, found: Any) -> TranscriptRun:
    return TranscriptRun(
        name=name,
        who=who,
        references="form lines",
        hypotheses="typed lines",
        simulated=SIMULATED,
        **found.figures,
    )


def _misread(line: str, rate: float, rng: np.random.Generator) -> str:
    kept = []
    for word in line.split():
        if rng.random() >= rate:
            kept.append(word)
        elif rng.random() < 0.5:
            kept.append(word[::-1])
        elif rng.random() < 0.5:
            kept += [word, word]
    return " ".join(kept)
