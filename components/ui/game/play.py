"""Playing: what can be seen so far, and the three things that one can do about it.

Whoever plays is shown nothing but what a team would see: the truth stays on the server until the round is revealed.
"""

from typing import Any

import streamlit as st

from components import words
from components.deployment.game import Move, Play, Table, rate
from components.deployment.game_charts import rates_chart
from components.deployment.records import Game
from components.errors import BadInput
from components.project.records import Record
from components.project.rounds import Ballot, Round, Vote
from components.stats.estimate import Estimate
from components.ui import resources, state
from components.ui.figures import chart, figure
from components.ui.patterns import answer, note
from components.ui.rounds.revealing import reveal_if_all_are_done
from components.ui.session import escape, palette, person

QUESTION = "Would we have noticed?"


def games(project_id: str) -> list[Record[Round]]:
    """Return the games of a project, the newest first."""
    return [record for record in reversed(resources.store().all(project_id, Round)) if record.body.purpose == "play"]


def table_of(found: Record[Round]) -> Table | None:
    """Return what a round plays; None where it was deleted."""
    game = resources.store().get(found.project_id, Game, found.body.cards[0].id) if found.body.cards else None
    return Table(game.body) if game else None


def play_of(vote: Vote | None) -> Play:
    """Return how far somebody is: a hold is no decision yet."""
    if vote is None:
        return Play("hold", 1)
    move: Move = vote.answers.get("move", "hold")
    return Play(move, int(vote.answers.get("at", 1)))


def mine(found: Record[Round]) -> Ballot | None:
    """Return the ballot of whoever looks at this screen."""
    return next((one for one in resources.store().ballots(found.project_id, found.id) if one.voter == person().id), None)


def play(found: Record[Round], ballots: list[Ballot], voter: Ballot) -> None:
    """Draw the game for one player, until the decision is made."""
    reveal_if_all_are_done(found, ballots)
    table = table_of(found)
    if table is None:
        answer(QUESTION, "This game isn't here any more.", "Somebody deleted it; begin another one.")
        return
    votes = resources.store().votes(found.project_id, found.id, person().id)
    now = play_of(next((vote for vote in votes if vote.voter == voter.voter), None))
    if voter.done:
        waiting(found, ballots, now)
        return
    plan = table.game.plan
    share, last = float(plan.shares[now.at - 1]), now.at == table.windows
    said = f"{100 * share:g} % of the requests go to the new version."
    heading = st.container()
    left, right = st.columns([8, 4], gap="large")
    picture = left.container()
    with left:
        _moves(found, voter, now, last)  # before all else, so that a quick second press is the next move and not the same again
    with heading:
        headline = f"Window {now.at} of {table.windows}. {said}"
        answer(QUESTION, headline, f"{_told(table)} Simulated.", badge=("playing", "running"), simulated="One simulated rollout.")
    with picture:
        text = f"Failure rates of both versions until window {now.at}."
        chart(lambda: rates_chart(table, now.at, palette()), of=(found.id, now.at), alt=text)
    with right:
        _figures(table, now.at)
        _alarms(table, now.at)


def _told(table: Table) -> str:
    plan = table.game.plan
    late = f" Outcomes are known after {words.counted(plan.label_delay, 'window')}." if plan.label_delay else ""
    return f"Today {words.percent(plan.failure_rate)} of the decisions are bad; the new version may be better, as good, or worse.{late}"


def _figures(table: Table, at: int) -> None:
    """Draw how often either version failed so far."""
    frame = table.shown(at)
    for version, label, role in (("new", "New version so far", "model"), ("old", "Current version so far", "other")):
        if frame.empty or not int(frame[version].sum()):
            figure(label, Estimate(None, why="No outcome is known yet."))
            continue
        value, low, high = rate(frame, version)
        n = int(frame[version].sum())
        top = max(float(high[-1]), 3 * table.game.plan.failure_rate)
        note_ = f"{words.count(int(frame[f'{version} failed'].sum()))} of {words.count(n)}"
        figure(
            label, Estimate(float(value[-1]), float(low[-1]), float(high[-1]), n), as_percent=True, note=note_, role=role, domain=(0.0, top)
        )


def _alarms(table: Table, at: int) -> None:
    """List which monitors alarmed, and since when."""
    if not table.game.plan.monitors:
        note("No monitor is in place: nothing but outcomes can tell you.")
        return
    fired: dict[str, list[int]] = {}
    for window, title in table.alarms(at):
        fired.setdefault(title, []).append(window)
    for title, windows in fired.items():
        often = f", {len(windows)} times" if len(windows) > 1 else ""
        st.markdown(f":red[:material/notifications_active:] **{escape(title)}** :gray[window {windows[0]}{often}]")
    quiet = len(table.game.plan.monitors) - len(fired)
    note(f"{words.counted(quiet, 'monitor')} quiet." if quiet else "Every monitor has alarmed.")


def _moves(found: Record[Round], voter: Ballot, now: Play, last: bool) -> None:
    """Draw the three moves; each is kept before the screen is drawn again."""
    with st.container(horizontal=True, gap="small", key="game_moves"):
        on: dict[str, Any] = {"on_click": _move, "args": (found, voter.voter, Play("hold", now.at if last else now.at + 1), last)}
        st.button("Hold to the end" if last else "Hold", icon=":material/pause:", key="game.hold", type="primary", width="stretch", **on)
        up: dict[str, Any] = {"on_click": _move, "args": (found, voter.voter, Play("promote", now.at), True)}
        st.button("Promote", icon=":material/rocket_launch:", key="game.promote", width="stretch", **up)
        back: dict[str, Any] = {"on_click": _move, "args": (found, voter.voter, Play("roll back", now.at), True)}
        st.button("Roll back", icon=":material/undo:", key="game.back", width="stretch", **back)
    note(
        "Hold goes on to the next window; promote and roll back end the game for you. What counts is the bad decisions until well after "
        "the ramp."
    )


def _move(found: Record[Round], voter: str, to: Play, over: bool) -> None:
    """Keep a move, in a callback; two presses of the same button are one move, for each names the window that it leads to."""
    try:
        store, me = resources.store(), person().id
        store.cast(found.project_id, found.id, me, found.body.cards[0].id, {"move": to.move, "at": to.at}, voter=voter)
        if over:
            store.finish(found.project_id, found.id, me, voter=voter)
    except BadInput as error:
        state.say(str(error))


def waiting(found: Record[Round], ballots: list[Ballot], now: Play) -> None:
    """Say that somebody is done, and how far the others are."""
    done = sum(one.done for one in ballots)
    answer(QUESTION, f"You {now.said}. {done} of {len(ballots)} are done.", "Truth and scores are revealed to all together.")
