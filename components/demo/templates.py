"""Templates: what a team that begins such a project wants to have thought of, as lists that it answers and changes."""

from dataclasses import dataclass

from components.deployment.records import FailureCase
from components.project.meetings import SCOPING, ActionItem, Meeting
from components.project.records import Body
from components.project.roles import Everyone
from components.project.store import Project, Store
from components.scoping.assessment.records import EthicsList, EthicsQuestion


@dataclass(frozen=True)
class Template:
    """A kind of project: the questions to answer before training, what can go wrong in service, and the first steps."""

    code: str
    title: str
    says: str
    questions: tuple[tuple[str, str], ...]
    failures: tuple[tuple[str, str, str, str], ...]
    steps: tuple[str, ...]

    def bodies(self) -> list[Body]:
        """Return the records with which such a project begins."""
        asked = [
            EthicsQuestion(code=f"{self.code}{number}", title=title, question=question)
            for number, (title, question) in enumerate(self.questions, start=1)
        ]
        failures = [FailureCase(what=what, likelihood=how, effect=effect, handling=then) for what, how, effect, then in self.failures]
        return [
            EthicsList(title=f"Checklist: {self.title.lower()}", questions=asked),
            *failures,
            *[ActionItem(what=step) for step in self.steps],
            Meeting(points=list(SCOPING)),
        ]


IMAGES = Template(
    "IMG",
    "Image classification",
    "Photos, scans or frames that belong to one of a few classes.",
    (
        (
            "Classes that exclude each other",
            "Does every image belong to exactly one class, and what happens to one that shows none or two?",
        ),
        (
            "The rule in pictures",
            "Is each class described by examples and counter-examples, and do two people agree on 30 images (α above .8)?",
        ),
        (
            "Same source, same side",
            "Are images of one object, person or series kept on one side of the split, so that the test isn't remembered?",
        ),
        ("Near duplicates", "Have resized, cropped and re-saved copies been found across the splits?"),
        (
            "What the background gives away",
            "Could the class be read from the background, the frame, the device or a watermark instead of the object?",
        ),
        (
            "Light, angle, camera",
            "Are the conditions of use in the test set: each light, distance, camera and season, with enough images each?",
        ),
        ("Rare classes", "How many test images has the rarest class, and how wide is the interval of its recall?"),
        ("Faces and plates", "Are people or number plates in the pictures, and on what legal ground are they kept?"),
        ("Rights", "May every image be used for training, and can one be taken out again on request?"),
        (
            "Preprocessing",
            "Is the same code for size, colour order and scaling used in training and in service, and does a test hold that?",
        ),
    ),
    (
        ("The camera is dirty, moved or out of focus", "often", "Every decision of this camera gets worse at once.", "person"),
        ("Colour order or scaling differs from training", "sometimes", "All decisions get worse; nothing crashes.", "old_version"),
        ("An object that belongs to no class", "often", "It is given a class with confidence.", "refuse"),
        ("A new device with another resolution", "sometimes", "Small details are lost.", "person"),
        ("The file is damaged or empty", "sometimes", "No decision.", "retry"),
        ("The mix of classes changes with the season", "sometimes", "Precision falls although recall stays.", "none"),
    ),
    (
        "Collect 30 images that are hard to judge, and let everybody judge them blind",
        "Look for duplicates and leaks with Checks",
        "Measure how good people are on the same images",
        "Write down who may see the images, and for how long they are kept",
    ),
)
RISK = Template(
    "RISK",
    "Tabular risk model",
    "Rows of a table, each with a chance that something happens: default, churn, fraud, no-show.",
    (
        ("The moment of the decision", "Is every column known at the moment of the decision, and not filled in later (leakage)?"),
        ("The outcome", "What exactly counts as the event, within how many days, and who books it?"),
        ("Split by time", "Is the model tested on a later time than it was trained on, as it will be used?"),
        ("Rejected cases", "Are outcomes missing for those who were refused before, and how is that selection handled?"),
        (
            "Protected attributes",
            "Which columns stand for sex, age, origin or health, directly or as a proxy, and is error measured per group?",
        ),
        ("Calibration", "Does a predicted 10 % happen in 10 of 100 cases, overall and per group, with intervals?"),
        ("Cost of each error", "What do a false alarm and a miss cost, and does the threshold follow from that?"),
        ("Reasons", "Can a person be told why, and can they object to a person (GDPR, Article 22)?"),
        ("A rule to beat", "How good is today's rule or scorecard on the same rows?"),
        ("Missing values", "What does a missing value mean in each column, and does it mean the same in service?"),
        ("Feedback", "Does the decision change the outcome that we learn from, and is a part left undecided to measure that?"),
        ("Approval", "Who signs the model off, and how often is it looked at again?"),
    ),
    (
        ("A column is filled later or differently than before", "often", "Scores move without any change of risk.", "old_version"),
        ("The economy or the customers change", "sometimes", "Calibration is lost; the ranking may hold.", "person"),
        ("A group is judged worse than others", "sometimes", "Unfair decisions, and a breach of law.", "person"),
        ("A join gives no row or two", "sometimes", "Defaults are scored as facts.", "refuse"),
        ("Somebody learns to play the model", "sometimes", "Fraud moves to where it isn't looked for.", "person"),
        ("Outcomes arrive late", "often", "A worse model is noticed months later.", "none"),
    ),
    (
        "Write down the event, its window, and the moment of the decision",
        "Check every column for what is known only later",
        "Measure today's rule on the same rows",
        "Agree with the business on the cost of each error",
    ),
)
SPEECH = Template(
    "ASR",
    "Speech transcription",
    "Recordings that become text: calls, dictation, meetings, search by voice.",
    (
        ("The convention", "Is it written down how numbers, names, fillers, repeats, dialect and unclear words are transcribed?"),
        ("Two transcripts", "Do two people who follow it write the same, and how large is their word error rate against each other?"),
        ("Speakers apart", "Is no speaker in both training and test?"),
        ("Who speaks", "Are accents, ages, sexes and non-native speakers in the test set, with an error rate and an interval each?"),
        (
            "Noise and channel",
            "Are car, street, people in the background, telephone and cheap microphones in it, in the share of their use?",
        ),
        ("Names and terms", "Which names, products and places must be right, and are they measured apart?"),
        ("Empty audio", "What happens with silence, music and another language: is nothing written, or something invented?"),
        ("Consent", "Do speakers know that they are recorded and what for, and can a recording be deleted?"),
        (
            "What the error costs",
            "Which wrong word does harm (a dose, a 'not', an amount), and is that counted apart from the word error rate?",
        ),
        ("Delay", "How long may the text take, at the 95th percentile, and on which machine?"),
    ),
    (
        ("Background noise or several speakers", "often", "Words are missed or mixed.", "person"),
        ("Silence or music is transcribed", "sometimes", "Sentences that nobody said.", "refuse"),
        ("Another language or dialect than trained", "sometimes", "Text that reads well and is wrong.", "refuse"),
        ("The sample rate or the codec changes", "sometimes", "Everything gets worse at once.", "old_version"),
        ("New names and products", "often", "The words that matter most are wrong.", "default"),
        ("The connection breaks in the middle", "often", "Half a sentence is taken for a whole.", "retry"),
    ),
    (
        "Write the convention on one page, and transcribe the same 20 recordings twice",
        "List the slices that matter: noise, accent, device",
        "Measure people against each other before judging any model",
        "Ask for consent, and write down how a recording is deleted",
    ),
)
TEMPLATES = (IMAGES, RISK, SPEECH)


def begin(store: Store, template: Template | None, name: str, person: str, everyone: Everyone = "editor") -> Project:
    """Begin a project, from a template or empty."""
    project = store.create_project(name, person, everyone=everyone)
    for body in template.bodies() if template else []:
        store.save(project.id, body, person=person)
    return project
