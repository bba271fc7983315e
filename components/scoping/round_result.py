"""What came of a round: per card and question the median, how far apart people are, and who sees it how; widest spread first."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from components import words
from components.project.rounds import Question, Round
from components.scoping.flip import number

NEAR = 0.2
"""How near the median a number without a range of its own must be to count as agreeing, as a share of it."""
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
    """Return on which step of its scale each answer stands."""
    ordered = sorted(choice.value for choice in question.choices)
    return values.map(lambda value: float(np.searchsorted(ordered, value))) if ordered else values


def _agrees(votes: pd.DataFrame, middle: float, question: Question) -> pd.Series:
    if question.choices:
        ordered = sorted(choice.value for choice in question.choices)
        at = float(np.interp(middle, ordered, range(len(ordered))))
        return (steps(votes["likely"], question) - at).abs() <= 1
    ranged = votes["high"] > votes["low"]
    return ((votes["low"] <= middle) & (middle <= votes["high"])) | (~ranged & ((votes["likely"] - middle).abs() <= NEAR * abs(middle)))


def _of(votes: pd.DataFrame, idea: str, factor: str) -> pd.DataFrame:
    return votes[(votes["idea"] == idea) & (votes["factor"] == factor)]


def _median(values: pd.Series) -> float | None:
    return float(values.median()) if len(values) else None


def sentence(table: pd.DataFrame) -> str:
    """Say what to talk about first."""
    if table.empty:
        return "Nobody voted in this round."
    worst = table.iloc[0]
    if worst["spread"] == 0:
        return "Everybody said the same."
    return f"Talk first about {worst['question'].lower()} of “{worst['card']}”: from {number(worst['low'])} to {number(worst['high'])}."


def shown(table: pd.DataFrame, questions: Sequence[Question]) -> pd.DataFrame:
    """Return the result as people read it."""
    named = {question.name: question for question in questions}

    def said(row: pd.Series, column: str) -> str:
        value = row[column]
        if pd.isna(value):
            return ""
        return named[row["factor"]].word(float(value)) if named[row["factor"]].choices else number(float(value))

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


def exported(votes: pd.DataFrame, body: Round, notes: pd.DataFrame) -> pd.DataFrame:
    """Return a round's votes with names and notes, for a file."""
    titles = {card.id: card.title for card in body.cards}
    asked = {question.name: question.title for question in body.questions}
    table = votes.merge(notes, on=["voter", "idea"], how="left")
    return pd.DataFrame(
        {
            "round": f"{body.title}, round {body.number}",
            "name": table["name"],
            "role": table["role"],
            "idea": table["idea"].map(titles),
            "question": table["factor"].map(asked),
            "low": table["low"],
            "likely": table["likely"],
            "high": table["high"],
            "note": table["note"].fillna(""),
        }
    )
