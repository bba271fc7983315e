"""The ML Test Score: 28 lines that say how ready a system is for production."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from components import words

State = Literal["none", "manual", "automated"]
SECTIONS = ("Data", "Model", "Infrastructure", "Monitoring")
POINTS: dict[State, float] = {"none": 0.0, "manual": 0.5, "automated": 1.0}
BANDS = (
    (0.0, "more a research project than a production system"),
    (1.0, "not totally untested, but serious holes are likely"),
    (2.0, "a first pass at production; more is needed"),
    (3.0, "reasonably tested"),
    (5.0, "strong; suitable for mission-critical systems"),
)
ABOVE = "exceptional"


@dataclass(frozen=True)
class Line:
    """One line of the checklist; codes are never reused."""

    code: str
    section: str
    title: str
    why: str


LINES = (
    Line(
        "C01", "Data", "Feature expectations are captured in a schema", "What data may look like is written down, so a machine can hold it."
    ),
    Line("C02", "Data", "All features are beneficial", "Each feature earns its upkeep: leave it out, and the model gets worse."),
    Line("C03", "Data", "No feature's cost is too much", "Latency, memory and dependencies of each feature are known and worth it."),
    Line("C04", "Data", "Features adhere to meta-level requirements", "What may not be used (deprecated or private data) isn't."),
    Line("C05", "Data", "The data pipeline has appropriate privacy controls", "Who can read raw data is limited, and deletions reach it."),
    Line("C06", "Data", "New features can be added quickly", "From an idea to production in weeks, not quarters."),
    Line("C07", "Data", "All input feature code is tested", "A mistake in a feature is nearly invisible once the model has learnt it."),
    Line("C08", "Model", "Model specs are reviewed and submitted", "The code of a model is reviewed and has a version, as other code has."),
    Line("C09", "Model", "Offline and online metrics correlate", "Better on the test set is better for the user: measured, not believed."),
    Line("C10", "Model", "All hyperparameters have been tuned", "What is left at its default was left on purpose."),
    Line("C11", "Model", "The impact of model staleness is known", "How much worse the model is after a week, a month, a year."),
    Line("C12", "Model", "A simpler model is not better", "A linear model on a few features is run beside it, always."),
    Line("C13", "Model", "Model quality is sufficient on important data slices", "An average hides the slice that fails."),
    Line("C14", "Model", "The model is tested for considerations of inclusion", "It doesn't fail one group of people more than another."),
    Line("C15", "Infrastructure", "Training is reproducible", "The same data and code give the same model, or the difference is known."),
    Line("C16", "Infrastructure", "Model specs are unit tested", "A step of training on made-up data runs in a test."),
    Line("C17", "Infrastructure", "The ML pipeline is integration tested", "From raw data to a served decision in one test."),
    Line("C18", "Infrastructure", "Model quality is validated before serving", "A worse model is stopped before anybody sees it."),
    Line("C19", "Infrastructure", "The model is debuggable on single examples", "One example can be followed through every step."),
    Line("C20", "Infrastructure", "Models are canaried before serving", "A new version decides for a few before it decides for all."),
    Line("C21", "Infrastructure", "Serving models can be rolled back", "Going back is one step, and has been rehearsed."),
    Line("C22", "Monitoring", "Dependency changes result in notification", "Whoever changes what you read from tells you before."),
    Line("C23", "Monitoring", "Data invariants hold for inputs", "Inputs are held against the schema while serving."),
    Line("C24", "Monitoring", "Training and serving are not skewed", "The same example gives the same features in both."),
    Line("C25", "Monitoring", "Models are not too stale", "The age of the model in use is watched."),
    Line("C26", "Monitoring", "Models are numerically stable", "Infinite and missing numbers are noticed."),
    Line("C27", "Monitoring", "Computing performance has not regressed", "Speed, throughput and memory are watched."),
    Line("C28", "Monitoring", "Prediction quality has not regressed", "Quality on served data is watched, by labels or by proxies."),
)


BY_CODE = {line.code: line for line in LINES}


@dataclass(frozen=True)
class MLTestScore:
    """The score: points by section, and their minimum."""

    sections: dict[str, float]
    met: int

    @property
    def score(self) -> float:
        """The lowest of the four sections."""
        return min(self.sections.values())

    @property
    def weakest(self) -> str:
        """The section that decides the score."""
        return min(self.sections, key=lambda section: self.sections[section])

    @property
    def band(self) -> str:
        """What the score means."""
        return band(self.score)

    @property
    def answer(self) -> str:
        """The sentence that answers “are we ready?”."""
        verb = "is" if self.met == 1 else "are"
        return f"{self.met} of {len(LINES)} lines {verb} met; the ML Test Score is {written(self.score)}: {self.band}."


def band(score: float) -> str:
    """Return the band of a score.

    >>> band(0), band(.5), band(1), band(2.5), band(5), band(5.5)  # doctest: +ELLIPSIS
    ('more a research ...', 'not totally ...', 'not totally ...', 'reasonably tested', 'strong; ...', 'exceptional')
    """
    return next((meaning for most, meaning in BANDS if score <= most), ABOVE)


def written(points: float) -> str:
    """Write points as they are read.

    >>> written(0), written(.5), written(2.5), written(7)
    ('0', '.5', '2.5', '7.0')
    """
    return words.decimal(points, 1) if points else "0"


def score(answers: Mapping[str, State]) -> MLTestScore:
    """Score a checklist.

    Parameters
    ----------
    answers : mapping of str to {"none", "manual", "automated"}
        By the code of a line; lines that aren't there count as "none". Half a point for a test that is run by hand with its
        results documented and shared, a full point when it is automated and repeated.

    Returns
    -------
    MLTestScore
        Points per section (at most 7) and their minimum, the score.

    Raises
    ------
    KeyError
        A code that isn't on the list.

    References
    ----------
    Breck, E., Cai, S., Nielsen, E., Salib, M., Sculley, D. (2017). The ML Test Score: a rubric for ML production readiness and
    technical debt reduction. IEEE Big Data. (The 2016 paper counts and names bands differently.)

    Examples
    --------
    >>> score({"C01": "automated", "C08": "manual", "C15": "manual", "C22": "manual"}).score
    0.5
    """
    sections = dict.fromkeys(SECTIONS, 0.0)
    for code, state in answers.items():
        sections[BY_CODE[code].section] += POINTS[state]
    return MLTestScore(sections, sum(POINTS[state] > 0 for state in answers.values()))
