"""A game day that the example's team has played."""

from components.deployment.game import game_plan
from components.deployment.plan import Plan
from components.deployment.records import Game
from components.jobs.work import Work
from components.project.rounds import Card, Round

SECRET = "game-of-the-second-desk-16"
PLAYED = (("Ana", "roll back", 12), ("Ben", "promote", 10), ("Chioma", "roll back", 8), ("Dev", "roll back", 15))


def play(work: Work, plan: Plan, monitors: tuple[str, ...]) -> None:
    """Save a game with everybody's moves, revealed."""
    store, project, person = work.store, work.project_id, work.person
    store.put(project, Game(plan=game_plan(plan, monitors), secret=SECRET), person=person, id="game")
    card = Card(kind=Game.kind, id="game", title="Game day")
    store.put(project, Round(purpose="play", title="Game day", cards=[card]), person=person, id="game-round")
    for name, move, at in PLAYED:
        voter = store.join(project, "game-round", person, name, proxy_for="").voter
        store.cast(project, "game-round", person, card.id, {"move": move, "at": at}, voter=voter)
        store.finish(project, "game-round", person, voter=voter)
    store.reveal(project, "game-round", person)
