"""The sign-off: named people say that the checklist is good enough, and it is kept as a decision."""

from components import words
from components.errors import BadInput
from components.project.decisions import Decision, decide, log
from components.project.records import Record
from components.project.store import Store
from components.readiness.gaps import Gaps

ABOUT = "checklist:sign-off"


def signed(store: Store, project_id: str) -> Record[Decision] | None:
    """Return the sign-off that holds, if there is one."""
    entries = [entry for entry in log(store.all(project_id, Decision)) if entry.holds and entry.body.about == ABOUT]
    return entries[-1].record if entries else None


def why_not(gaps: Gaps) -> str:
    """Return why nobody can sign off yet; empty where somebody can."""
    if not gaps.uncovered:
        return ""
    many = words.counted(len(gaps.uncovered), "fault")
    return f"{many} would go unnoticed: {words.listed([title.lower() for title in gaps.uncovered])}."


def sign_off(store: Store, project_id: str, person: str, gaps: Gaps) -> Record[Decision]:
    """Sign off the checklist as it stands: the first name opens a decision, others join it while nothing has changed.

    Raises
    ------
    BadInput
        A fault would go unnoticed, or the person has no name.
    """
    if why_not(gaps):
        raise BadInput(why_not(gaps), "Close a line that notices them first.")
    who = store.person(person)
    if who is None or not who.name.strip():
        raise BadInput("A sign-off needs a name.", "Say who you are, at the top right.")
    outcome, before = statement(gaps), signed(store, project_id)
    if before is not None and before.body.outcome == outcome:
        if who.name in before.body.makers:
            return before
        body = before.body.model_copy(update={"makers": [*before.body.makers, who.name]})
        return store.save(project_id, body, person=person, id=before.id, read=before.version)
    return decide(store, project_id, person, title="The checklist is signed off", about=ABOUT, outcome=outcome)


def statement(gaps: Gaps) -> str:
    """Return what is signed: how many lines are open, and what the gaps cost."""
    still = [gap.line for gap in gaps.lines if gap.open]
    total = gaps.total
    limits = f"[{words.count(total.low)}, {words.count(total.high)}]"
    left = f" Open: {words.listed([line.code for line in still], most=40)}." if still else ""
    every = len(gaps.every_line)
    return (
        f"{every - len(still)} of {every} lines are met; every fault of the catalogue is noticed. If each happened once, "
        f"{words.counted(total.value or 0, 'bad decision')} {limits} (simulated).{left}"
    )
