"""The end of a game: the truth, everybody's score, the gate's, and the best possible play."""

import streamlit as st

from components import words
from components.deployment.game_charts import rates_chart, scores_chart
from components.project.records import Record
from components.project.rounds import Round
from components.ui import resources
from components.ui.figures import chart
from components.ui.game.play import QUESTION, play_of, table_of
from components.ui.patterns import answer, note, section
from components.ui.session import escape, palette, person


def over(found: Record[Round]) -> None:
    """Draw the truth and the scores of a round that is revealed."""
    table = table_of(found)
    if table is None:
        answer(QUESTION, "This game isn't here any more.", "Somebody deleted it; begin another one.")
        return
    store = resources.store()
    names = {one.voter: one.name for one in store.ballots(found.project_id, found.id) if one.done}
    votes = {vote.voter: play_of(vote) for vote in store.votes(found.project_id, found.id, person().id)}
    plays = {_once(name, voter, names): votes[voter] for voter, name in names.items() if voter in votes}
    board = table.board(plays)
    scores = dict(zip(board["who"], board["score"], strict=True))
    answer(
        QUESTION,
        _headline(table.good, len(plays), [play.move for play in plays.values()], scores),
        _method(table.game.plan.requests_per_window),
        simulated="one simulated rollout",
    )
    st.markdown(f"**{escape(table.was)}** Best possible: {escape(table.best.said)}. The gate {escape(table.gate.said)}.")
    left, right = st.columns([8, 4], gap="large")
    with left:
        of = (found.id, "over", *((name, play.move, play.at) for name, play in plays.items()))
        chart(
            lambda: rates_chart(table, table.windows, palette(), plays),
            of=of,
            alt=f"{table.was} Failure rates of both versions, and who decided when.",
            table=table.shown(table.windows),
            name="game",
        )
    with right:
        section("Scores", "100 is the best possible play, 0 the worst; by expected bad decisions, so that luck doesn't count")
        said = "; ".join(f"{row.who} {row.score}, {row.play}" for row in board.itertuples())
        chart(lambda: scores_chart(board, palette()), of=("scores", *of), alt=said, table=board, name="scores")
        if len(plays) > 1:
            note(f"Mean of {words.counted(len(plays), 'player')}: {words.count(sum(scores[name] for name in plays) / len(plays))}.")


def _once(name: str, voter: str, names: dict[str, str]) -> str:
    """Return a name, told apart where two players have the same."""
    same = [other for other, called in names.items() if called == name]
    return name if len(same) == 1 else f"{name} {same.index(voter) + 1}"


def _headline(good: bool, players: int, moves: list[str], scores: dict[str, int]) -> str:
    right = "promote" if good else "roll back"
    found = sum(move == right for move in moves)
    gate = scores["the gate"]
    if players == 1:
        mine = next(score for who, score in scores.items() if who not in {"the gate", "best possible"})
        noticed = "Well played" if found else "Not this time" if not good else "It deserved better"
        return f"{noticed}: {mine} of 100. The gate scored {gate}."
    verdict = "promoted a good version" if good else "stopped a bad version"
    return f"{words.count(found)} of {words.counted(players, 'player')} {verdict}. The gate scored {gate}."


def _method(requests: int) -> str:
    return f"Simulated: one rollout, {words.counted(requests, 'request')} a window, the same for everybody; truth shown only now."
