"""Two people play a game day over websockets of their own: no frame tells the truth before the reveal, and every move of both counts."""

import asyncio
import secrets

from components.deployment.faults import FAULTS
from components.deployment.game import Game, Table, game_plan, rate
from components.deployment.plan import Plan
from components.project.rounds import Card, Round
from components.server.middleware import person_id
from tests.wire import speaking, spoken

HELD = 3


def with_a_fault(plan):
    """Return a game in which a fault strikes."""
    games = (Game(plan=plan, secret=f"secret-of-the-game-{number}") for number in range(99))
    return next(game for game in games if Table(game).truth.faults and not Table(game).good)


async def played(url, query, cookies, last):
    """Let everybody hold, all at the same time, and then make their last moves at the same time; return what each heard before that."""
    async with speaking(url, cookies[0], "join", query) as ana, speaking(url, cookies[1], "join", query) as ben:
        for _ in range(HELD):
            await asyncio.gather(ana.press("game.hold"), ben.press("game.hold"))
        before = ana.heard, ben.heard
        await asyncio.gather(*(player.press(key) for player, key in zip((ana, ben), last, strict=True)))
        return before


def test_no_frame_tells_the_truth_before_the_reveal_and_both_players_moves_count(house):
    url, store = house
    project = store.create_project("Ours", "ana").id
    table = Table(with_a_fault(game_plan(Plan(), ("M01", "M14"))))
    game = store.save(project, table.game, person="ana", id="game")
    card = Card(kind=Game.kind, id=game.id, title="Game day")
    found = store.save(project, Round(purpose="play", title="Game day", cards=[card], number=1), person="ana")
    cookies = [secrets.token_urlsafe(24) for _ in range(2)]
    for cookie, name in zip(cookies, ("Ana", "Ben"), strict=True):
        store.join(project, found.id, person_id(cookie), name)
    query = f"project={project}&round={found.id}"
    frames = spoken(played(url, query, cookies, ("game.promote", "game.back")))
    value, _, _ = rate(table.shown(table.windows), "new")
    written = [repr(float(one))[:12].encode() for one in value]
    known, hidden = written[: HELD + 1], set(written[HELD + 1 :]) - set(written[: HELD + 1])
    assert hidden
    for heard in frames:
        assert f"Window {HELD + 1} of {table.windows}".encode() in heard
        assert all(one in heard for one in known)
        assert not [one for one in hidden if one in heard]
        assert not [fault.code for fault in FAULTS if fault.title.encode() in heard or fault.happens.encode() in heard]
        assert table.was.encode() not in heard
        assert table.game.secret.encode() not in heard
    moves = [store.votes(project, found.id, person_id(cookie)) for cookie in cookies]
    assert [[(vote.answers["move"], vote.answers["at"]) for vote in own] for own in moves] == [
        [("promote", HELD + 1)],
        [("roll back", HELD + 1)],
    ]
    before, after = spoken(revealed(url, cookies[0], query))
    assert table.was.encode() not in before
    assert table.was.encode() in after
    assert b"1 of 2 players stopped a bad version" in after
    assert len(store.votes(project, found.id, person_id(cookies[0]))) == len(cookies)


async def revealed(url, cookie, query):
    """Press the reveal; return what was heard before, and in all."""
    async with speaking(url, cookie, "game-day", query) as wire:
        before = wire.heard
        await wire.press("game.reveal")
        return before, wire.heard
