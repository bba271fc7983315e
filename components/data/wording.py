"""Agreement in words."""

from components import words
from components.data.agreement import GOOD, TENTATIVE
from components.data.records import AgreementRun
from components.stats.estimate import Estimate

VERDICTS = {"good": "good enough to train on", "tentative": "enough for a first look only", "too low": "not good enough"}


def agreement_answer(run: AgreementRun) -> str:
    """Answer “can we trust the labels?”."""
    alpha = Estimate(**run.alpha)
    if alpha.value is None or run.band is None:
        return (
            f"The labellers give the same label {words.percent(run.percent['value'])} of the time; how much of that is chance is not known."
        )
    return f"α = {words.decimal(alpha.value)} {words.interval(alpha)}: {VERDICTS[run.band]}."


def agreement_method(run: AgreementRun) -> str:
    """Say how the agreement was measured."""
    counted = [words.counted(n, noun) for n, noun in ((run.annotators, "annotator"), (run.items, "item"), (run.labels, "judgement"))]
    return (
        f"Krippendorff's α, {run.level}, with its 95 % interval over items. {', '.join(counted)}. "
        f"The same label {words.percent(run.percent['value'])} of the time, AC1 {words.decimal(run.ac1['value'])}."
    )


def agreement_badge(run: AgreementRun) -> tuple[str, str]:
    """Return the verdict as a word and its kind."""
    if run.band == "good":
        return f"above {words.decimal(GOOD, 1)}", "pass"
    if run.band == "tentative":
        return f"between {words.decimal(TENTATIVE)} and {words.decimal(GOOD, 1)}", "warn"
    return (f"below {words.decimal(TENTATIVE)}", "fail") if run.band else ("no verdict", "note")


def confusion_sentence(run: AgreementRun) -> str:
    """Say which two labels are mixed up most."""
    top = run.confusion[0]
    return (
        f"“{str(top['label'])[:40]}” and “{str(top['other'])[:40]}” are mixed up most: {words.counted(top['pairs'], 'pair')} of judgements"
    )
