"""What came of a round: per card and question the median, how far apart people are, and who sees it how; widest spread first."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from components import words
from components.project.rounds import Ballot, Question, Round, Vote
from components.scoping.answers import answer_of, answered
from components.scoping.flip import number

NEAR = 0.2
"""How near the median a number without a range of its own must be to count as agreeing, as a share of it."""
EXPORTED = ["round", "number", "name", "role", "by proxy", "card", "question", "low", "likely", "high", "note"]
COLUMNS = ["card", "idea", "factor", "question", "n", "median", "low", "high", "spread", "agree", "engineering", "business", "before"]


def result(body: Round, votes: pd.DataFrame, before: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return a row for each card and question that somebody answered, the widest spread first.

    Parameters
    ----------
    votes : DataFrame
        Columns `voter`, `idea`, `factor`, `low`, `likely`, `high`, `name`, `role`, as `opinions.long` gives them.
    before : DataFrame, optional
        The votes of the round that this one repeats.

    Returns
    -------
    DataFrame
        `card` (title), `idea` (id), `factor`, `question`, `n`, `median`, `low` and `high` (extremes of the likely values), `spread` (0 all
        alike, 1 as far apart as can be), `agree` (how many are within one step of the median, or hold it within their own range),
        `engineering` and `business` (medians of those roles), `before` (the median of the round before).
    """
    rows = []
    for card in body.cards:
        for question in body.questions:
            here = _of(votes, card.id, question.name)
            if here.empty:
                continue
            likely = here["likely"]
            roles = {role: _median(here.loc[here["role"] == role, "likely"]) for role in ("engineering", "business")}
            earlier = _median(_of(before, card.id, question.name)["likely"]) if before is not None else None
            middle = float(likely.median())
            agree = int(_agrees(here, middle, question).sum())
            limits = (len(here), middle, likely.min(), likely.max(), spread(likely, question), agree)
            rows.append((card.title, card.id, question.name, question.title, *limits, roles["engineering"], roles["business"], earlier))
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.sort_values("spread", ascending=False, kind="stable").reset_index(drop=True)


def spread(likely: pd.Series, question: Question) -> float:
    """Return how far apart answers are: steps between the extremes as a share of the scale; for numbers, 1 − lowest ÷ highest."""
    places = steps(likely, question)
    if question.choices:
        return float((places.max() - places.min()) / max(len(question.choices) - 1, 1))
    return float(1 - likely.min() / likely.max()) if likely.max() > 0 else 0.0


def steps(values: pd.Series, question: Question) -> pd.Series:
    """Return on which step of its scale each answer stands; a median may stand between two."""
    ordered = sorted(choice.value for choice in question.choices)
    return values.astype("float64").map(lambda value: float(np.interp(value, ordered, range(len(ordered))))) if ordered else values


def _agrees(votes: pd.DataFrame, middle: float, question: Question) -> pd.Series:
    if question.choices:
        return (steps(votes["likely"], question) - steps(pd.Series([middle]), question)[0]).abs() <= 1
    ranged = votes["high"] > votes["low"]
    return ((votes["low"] <= middle) & (middle <= votes["high"])) | (~ranged & ((votes["likely"] - middle).abs() <= NEAR * abs(middle)))


def _of(votes: pd.DataFrame, idea: str, factor: str) -> pd.DataFrame:
    return votes[(votes["idea"] == idea) & (votes["factor"] == factor)]


def _median(values: pd.Series) -> float | None:
    return float(values.median()) if len(values) else None


def sentence(table: pd.DataFrame, body: Round) -> str:
    """Say what to talk about first."""
    if table.empty:
        return "Nobody voted in this round."
    worst = table.iloc[0]
    if worst["spread"] == 0:
        return "Everybody said the same."
    question = next(one for one in body.questions if one.name == worst["factor"])
    limits = f"from {written(worst['low'], question)} to {written(worst['high'], question)}"
    what = f"{question.title.lower()} of “{worst['card']}”" if len(body.questions) > 1 else f"“{worst['card']}”"
    return f"Talk first about {what}: {limits}."


def written(value: float, question: Question) -> str:
    """Write an answer as the scale calls it."""
    return question.word(value) if question.choices else number(value)


def shown(table: pd.DataFrame, questions: Sequence[Question]) -> pd.DataFrame:
    """Return the result as people read it."""
    named = {question.name: question for question in questions}

    def said(row: pd.Series, column: str) -> str:
        return "" if pd.isna(row[column]) else written(float(row[column]), named[row["factor"]])

    columns = {
        "median": "median",
        "low": "lowest",
        "high": "highest",
        "engineering": "engineers",
        "business": "business",
        "before": "round before",
    }
    readable = {title: [said(row, column) for _, row in table.iterrows()] for column, title in columns.items()}
    agree = [f"{row.agree} of {row.n}" for row in table.itertuples()]
    spreads = [words.percent(one, 0) for one in table["spread"]]
    return pd.DataFrame({"idea": table["card"], "question": table["question"], **readable, "spread": spreads, "agree": agree})


def agreement(table: pd.DataFrame) -> float | None:
    """Return which share of all answers is near the median of its card and question."""
    return float(table["agree"].sum() / table["n"].sum()) if len(table) else None


def exported(body: Round, votes: Sequence[Vote], ballots: Sequence[Ballot]) -> pd.DataFrame:
    """Return a round's votes with names and notes, for a file: a row an answer; a note without an answer has a row of its own."""
    titles = {card.id: card.title for card in body.cards}
    known = {ballot.voter: ballot for ballot in ballots}
    rows = []
    for vote in votes:
        voter = known.get(vote.voter)
        who = {"round": body.title, "number": body.number, "name": voter.name if voter else "", "role": voter.role if voter else ""}
        said = {**who, "by proxy": bool(voter and voter.by_proxy), "card": titles.get(vote.card, vote.card)}
        answers = [(question, answer_of(vote, question)) for question in body.questions if answered(vote, question)]
        rows += [
            {**said, "question": question.title, "low": low, "likely": likely, "high": high, "note": vote.note}
            for question, (low, likely, high) in answers
        ]
        if vote.note and not answers:
            rows.append({**said, "question": "", "low": None, "likely": None, "high": None, "note": vote.note})
    return pd.DataFrame(rows, columns=EXPORTED)
