"""The game: what is true follows from the secret alone, the score is what a play is expected to cost, the gate plays by its labels."""

import numpy as np
import pytest

from components.deployment.game import AFTER, BETTER, LOOKS, Game, Play, Table, game_plan, rate
from components.deployment.game_charts import rates_chart
from components.deployment.plan import Plan
from components.deployment.reading import read_plan
from components.deployment.world import World
from components.theme import LIGHT

PLAN = game_plan(Plan(failure_rate=0.05), ("M01", "M14"))


def table(number, plan=PLAN):
    return Table(Game(plan=plan, secret=f"a-secret-of-the-game-{number}"))


TABLES = [table(number) for number in range(40)]


def test_a_long_ramp_is_played_in_few_windows_with_as_many_requests():
    plan = read_plan({"steps": [{"share": 0.01, "windows": 300}, {"share": 1, "windows": 180}], "strategy": "shadow", "label_delay": 30})
    played = game_plan(plan)
    assert played.strategy == "canary"
    assert abs(played.windows - LOOKS) <= 1
    assert played.requests_per_window == 20 * plan.requests_per_window
    assert (played.label_delay, played.steps[-1].share) == (2, 0.999)


def test_the_capacity_of_a_longer_window_is_as_much_larger_as_its_requests():
    plan = read_plan({"capacity": 1200, "requests_per_window": 1000})
    played = game_plan(plan)
    assert played.requests_per_window > plan.requests_per_window
    assert World(played).traffic.load[0] == pytest.approx(World(plan).traffic.load[0], rel=1e-3)


def test_the_truth_follows_from_the_secret_alone_and_every_kind_happens():
    assert [one.truth for one in TABLES] == [table(number).truth for number in range(40)]
    kinds = {(one.good, bool(one.truth.faults)) for one in TABLES}
    assert kinds == {(True, False), (True, True), (False, False), (False, True)}
    assert 10 <= sum(one.good for one in TABLES) <= 30
    for one in TABLES:
        assert one.truth.risk_ratio == BETTER if one.good else one.truth.risk_ratio >= 1
        assert one.was.endswith(".")


def test_what_is_seen_is_what_the_truth_gives():
    """Pooled over many games, both versions fail as often as their worlds say."""
    drawn = [table(number) for number in range(120)]
    for version, of in (("new", "new"), ("old", "old")):
        failed = requests = expected = 0.0
        for one in drawn:
            frame = one.shown(one.windows)
            failed, requests = failed + frame[f"{version} failed"].sum(), requests + frame[version].sum()
            expected += (frame[version] * getattr(World(one.truth), of)[: one.windows]).sum()
        assert failed == pytest.approx(expected, abs=5 * np.sqrt(expected))
        assert requests > 0


def test_nothing_is_seen_before_labels_come_and_the_past_stays_as_it_was():
    late = table(3, game_plan(read_plan({"label_delay": 12})))
    delay = late.game.plan.label_delay
    assert delay == 3
    assert len(late.shown(delay)) == 0
    assert late.shown(9).equals(late.shown(20).head(9 - delay))
    assert late.alarms(5) == [one for one in late.alarms(20) if one[0] <= 5]
    assert late.gate.at > delay


def test_the_score_is_100_for_the_best_0_for_the_worst_and_never_beyond():
    for one in TABLES[:12]:
        scores = {play: one.score(play) for play in one.costs}
        assert (min(scores.values()), max(scores.values()), scores[one.best]) == (0, 100, 100)
        if one.good:
            assert one.best == Play("promote", 1)
        assert 0 <= one.score(one.gate) <= 100


def test_sooner_is_better_when_the_version_is_bad_from_the_start():
    bad = next(one for one in TABLES if not one.good and not one.truth.faults)
    costs = [bad.cost(Play("roll back", at)) for at in range(1, bad.windows + 1)]
    assert costs == sorted(costs)
    world, plan = World(bad.truth), bad.game.plan
    first = plan.requests_per_window * (plan.shares[0] * world.new[0] + (1 - plan.shares[0]) * world.old[0])
    rest = plan.requests_per_window * world.old[1:].sum()
    assert costs[0] == pytest.approx(first + rest)
    assert len(world.new) == plan.windows + AFTER
    assert bad.cost(Play("promote", 1)) > max(costs)


def test_the_gate_promotes_most_good_versions_and_stops_most_bad_ones():
    found = [(one.good, one.gate.move) for one in TABLES]
    assert sum(move == "promote" for good, move in found if good) >= 0.8 * sum(good for good, _ in found)
    assert sum(move == "roll back" for good, move in found if not good) >= 0.8 * sum(not good for good, _ in found)


def test_the_board_holds_everybody_the_gate_and_the_best_play():
    one = TABLES[0]
    board = one.board({"Ana": Play("promote", 2), "Ben": Play("hold", one.windows)})
    assert set(board["who"]) == {"Ana", "Ben", "the gate", "best possible"}
    assert board["score"].is_monotonic_decreasing
    assert board.set_index("who").loc["best possible", "bad decisions too many"] == 0
    assert board.set_index("who").loc["Ben", "play"] == "held to the end"


def test_the_rate_so_far_has_wilson_limits():
    frame = TABLES[0].shown(6)
    value, low, high = rate(frame, "old")
    assert value[-1] == frame["old failed"].sum() / frame["old"].sum()
    assert (low < value).all()
    assert (value < high).all()


@pytest.mark.parametrize("at", [1, 4, 12, 20])
def test_the_name_of_the_higher_line_stands_above_it_and_the_other_beneath(at):
    for number in range(8):
        drawn = rates_chart(TABLES[number], at, LIGHT).to_dict()
        places = {}
        for layer in drawn["layer"]:
            data = drawn["datasets"].get(layer.get("data", {}).get("name"), [])
            if layer["mark"]["type"] == "text" and data and "version" in data[0].get("text", ""):
                places[data[0]["text"]] = (data[0]["value"], layer["mark"]["dy"])
        (new, above), (old, beneath) = places["new version"], places["current version"]
        assert (above < beneath) == (new >= old)
