"""What came of a round: medians, spread and agreement by hand, the widest spread first, and the file with names and notes."""

from datetime import UTC, datetime

import pandas as pd
import pytest

from components.project.rounds import Ballot, Card, Question, Round, Vote
from components.scoping.lenses.declaration import FIBONACCI, FIVE
from components.scoping.opinions import long
from components.scoping.round_charts import votes_chart
from components.scoping.round_result import COLUMNS, agreement, exported, result, sentence, shown, spread, steps
from components.theme import DARK, LIGHT, themed

NOW = datetime.now(UTC)
VALUE = Question(name="value", title="Value", choices=FIVE)
REACH = Question(name="reach", title="Reach", low=0, spread=True)
CARDS = [Card(kind="solution", id="a", title="Recogniser"), Card(kind="solution", id="b", title="Online form")]
ROUND = Round(purpose="vote", title="Worth", cards=CARDS, questions=[VALUE, REACH])
PEOPLE = {"ana": "engineering", "ben": "engineering", "chi": "business", "dev": ""}
BALLOTS = [Ballot(voter, voter.title(), role, True, "ana" if voter == "dev" else voter, NOW) for voter, role in PEOPLE.items()]
SAID = {("ana", "a"): 1, ("ben", "a"): 2, ("chi", "a"): 5, ("dev", "a"): 4, ("ana", "b"): 3, ("ben", "b"): 3, ("chi", "b"): 4}


def vote(voter, card, value=None, reach=None, note=""):
    answers = {} if value is None else {"value": [value] * 3}
    return Vote(voter, card, {**answers, **({} if reach is None else {"reach": list(reach)})}, note, NOW)


def votes():
    return [vote(voter, card, value) for (voter, card), value in SAID.items()]


def test_medians_spread_agreement_and_roles_by_hand():
    # a: 1, 2, 4, 5: median 3, four steps of four apart, 2 and 4 are one step away; engineers 1.5, business 5. b: 3, 3, 4.
    table = result(ROUND, long(votes(), BALLOTS))
    assert list(table.columns) == COLUMNS
    first, second = table.to_dict("records")
    assert (first["idea"], first["n"], first["median"], first["low"], first["high"], first["spread"]) == ("a", 4, 3, 1, 5, 1.0)
    assert (first["agree"], first["engineering"], first["business"]) == (2, 1.5, 5)
    assert (second["idea"], second["median"], second["spread"], second["agree"], second["business"]) == ("b", 3, 0.25, 3, 4)
    assert first["before"] is None
    assert agreement(table) == pytest.approx(5 / 7)


def test_a_median_between_two_steps_agrees_with_both():
    table = result(ROUND, long([vote("ana", "a", 2), vote("ben", "a", 3)], BALLOTS))
    assert (table["median"][0], table["agree"][0]) == (2.5, 2)


def test_steps_of_an_uneven_scale():
    points = Question(name="points", title="Points", choices=FIBONACCI)
    assert steps(pd.Series([1, 13, 21]), points).tolist() == [0, 5, 6]
    assert steps(pd.Series([4.0]), points).tolist() == [2.5]
    assert spread(pd.Series([1, 21]), points) == 1
    assert spread(pd.Series([8, 8]), points) == 0


def test_numbers_agree_where_their_range_or_a_fifth_holds_the_median():
    # median 110: Ana's range holds it, Ben is within a fifth, Chioma's 300 is neither.
    said = [vote("ana", "a", reach=(50, 100, 150)), vote("ben", "a", reach=(None, 110, None)), vote("chi", "a", reach=(300, 300, 300))]
    table = result(ROUND, long(said, BALLOTS))
    assert (table["median"][0], table["agree"][0]) == (110, 2)
    assert table["spread"][0] == pytest.approx(1 - 100 / 300)


def test_numbers_of_zero_have_no_spread():
    table = result(ROUND, long([vote("ana", "a", reach=(0, 0, 0)), vote("ben", "a", reach=(0, 0, 0))], BALLOTS))
    assert table["spread"][0] == 0


def test_the_round_before_stands_beside():
    before = long([vote("ana", "a", 1), vote("ben", "a", 1)])
    table = result(ROUND, long(votes(), BALLOTS), before).set_index("idea")
    assert table.loc["a", "before"] == 1
    assert pd.isna(table.loc["b", "before"])
    assert shown(table.reset_index(), ROUND.questions)["round before"].tolist() == ["1 very low", ""]


def test_it_says_what_to_talk_about_first_in_the_words_of_the_scale():
    assert sentence(result(ROUND, long(votes(), BALLOTS)), ROUND) == (
        "Talk first about value of “Recogniser”: from 1 very low to 5 very high."
    )
    alone = ROUND.model_copy(update={"questions": [VALUE]})
    assert sentence(result(alone, long(votes(), BALLOTS)), alone).startswith("Talk first about “Recogniser”: from")
    assert sentence(result(ROUND, long([vote("ana", "a", 3)], BALLOTS)), ROUND) == "Everybody said the same."
    assert sentence(result(ROUND, long([], BALLOTS)), ROUND) == "Nobody voted in this round."


def test_what_is_incomplete_counts_for_nobody():
    said = [vote("ana", "a", reach=(1, None, 3)), Vote("ben", "a", {"value": [None, None, None]}, "", NOW)]
    assert long(said, BALLOTS).empty
    assert result(ROUND, long(said, BALLOTS)).empty
    assert agreement(result(ROUND, long(said, BALLOTS))) is None


def test_the_file_holds_names_roles_proxies_and_every_note():
    said = [vote("ana", "a", 3, (None, 20, 30), note="=1+1"), vote("dev", "b", note="Only a thought")]
    table = exported(ROUND, said, BALLOTS)
    assert table[["name", "role", "by proxy", "card", "question", "note"]].to_numpy().tolist() == [
        ["Ana", "engineering", False, "Recogniser", "Value", "=1+1"],
        ["Ana", "engineering", False, "Recogniser", "Reach", "=1+1"],
        ["Dev", "", True, "Online form", "", "Only a thought"],
    ]
    assert table.loc[1, "likely"] == 20
    assert pd.isna(table.loc[1, "low"])
    assert exported(ROUND, [], []).empty


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("question", [VALUE, REACH], ids=["scale", "numbers"])
def test_the_picture_shows_every_person_once(palette, question):
    said = [vote("ana", "a", 3, (10, 20, 30)), vote("ben", "a", 3, (None, 20, None)), vote("chi", "a", 5, (1, 2, 3))]
    table = long(said, BALLOTS)
    drawn = themed(votes_chart(table, result(ROUND, table), question, palette), palette).to_dict()
    rows = [row for rows in drawn["datasets"].values() for row in rows if "mark" in row]
    assert sorted({(row["name"], row["mark"]) for row in rows}) == [("Ana", "square"), ("Ben", "square"), ("Chi", "diamond")]
    spots = {row["name"]: row["spot"] for row in rows}
    assert len(set(spots.values())) == 3, "equal answers stand beside each other"
