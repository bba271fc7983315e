"""Changing the project's target is a decision: it is written down with who voted for what, and who disagrees."""

from components import words
from components.project.decisions import Decision, Voice, decide
from components.project.records import Record
from components.project.rounds import Round, Vote
from components.project.store import Store
from components.project.target import Target

ABOUT = "target"


def decide_target(
    store: Store, project_id: str, person: str, target: Target, before: Target | None = None, dissent: str = ""
) -> Record[Decision]:
    """Write down that a target was set or changed, with the votes of the newest revealed round on it."""
    least = "at least" if target.direction == "higher" else "at most"
    title = f"Target: {target.metric} of {least} {number(target.value)}"
    instead = f", instead of {number(before.value)}" if before else ""
    return decide(
        store,
        project_id,
        person,
        title=title,
        about=ABOUT,
        context="What does the project promise to reach?",
        options=[title, *([f"Stay at {number(before.value)}"] if before else [])],
        outcome=f"{target.metric} of {least} {number(target.value)}{instead}. {target.why}".strip(),
        votes=voices(store, project_id, target),
        dissent=dissent,
    )


def voices(store: Store, project_id: str, target: Target) -> list[Voice]:
    """Return what people voted in the newest revealed round on the target; who agrees has it between their low and high value."""
    rounds = [
        record
        for record in store.all(project_id, Round)
        if record.body.state == "revealed" and any(card.kind == Target.kind for card in record.body.cards)
    ]
    if not rounds:
        return []
    newest = max(rounds, key=lambda record: record.seq)
    ballots = {ballot.voter: ballot for ballot in store.ballots(project_id, newest.id)}
    cards = {card.id for card in newest.body.cards if card.kind == Target.kind}
    found = []
    for vote in store.votes(project_id, newest.id, ""):
        ballot, span = ballots.get(vote.voter), _span(vote)
        if vote.card in cards and ballot is not None and span is not None:
            agrees = span[0] <= target.value <= span[2]
            found.append(Voice(who=ballot.name, role=ballot.role, said=number(span[1]), agrees=agrees, why=vote.note))
    return found


def number(value: float) -> str:
    """Write the value of a target.

    >>> number(.985), number(2.0)
    ('.985', '2')
    """
    return words.decimal(value, 3) if abs(value) < 1 else f"{value:g}"


def _span(vote: Vote) -> tuple[float, float, float] | None:
    """Return the low, likely and high value of a vote with one question."""
    for answer in vote.answers.values():
        if isinstance(answer, list | tuple) and len(answer) == 3 and all(isinstance(one, int | float) for one in answer):
            return tuple(float(one) for one in answer)  # type: ignore[return-value]
    return None
