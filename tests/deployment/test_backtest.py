"""Replaying a log: the gates decide as in the simulation, late labels count late, and what is no log is refused."""

import numpy as np
import pandas as pd
import pytest

from components.deployment.backtest import replay
from components.deployment.gates import EProcess, Threshold
from components.deployment.logs import joined
from components.errors import BadInput


def log(requests=20_000, share=0.3, risk_ratio=1.0, seed=1, failure_rate=0.05):
    rng = np.random.default_rng(seed)
    new = rng.random(requests) < share
    bad = rng.random(requests) < failure_rate * np.where(new, risk_ratio, 1.0)
    return pd.DataFrame({"time": np.arange(requests), "arm": np.where(new, "new", "old"), "outcome": bad.astype(int)})


def verdict(found, title):
    return found.verdicts.set_index("gate").loc[title]


def test_a_harmful_version_would_have_been_rolled_back():
    found = replay(log(risk_ratio=2.0))
    row = verdict(found, "e-process")
    assert row["decision"] == "rolled back"
    assert 1 <= row["window"] < 30
    assert found.windows["e-process"].iloc[row["window"] - 1] >= 1
    assert (found.windows["e-process"].iloc[: row["window"] - 1] < 1).all()
    assert row["new failures until then"] == found.windows["new failures"].iloc[: row["window"]].sum()
    assert "e-process would have rolled back in window" in found.answer


def test_good_versions_are_hardly_ever_rolled_back_by_the_e_process_and_often_by_peeking():
    back = {"e-process": 0, "z-test with peeking": 0}
    for seed in range(60):
        found = replay(log(6000, seed=seed), 40)
        for title in back:
            back[title] += verdict(found, title)["decision"] == "rolled back"
    assert back["e-process"] <= 6
    assert back["z-test with peeking"] > back["e-process"]


def test_the_whole_log_is_cut_into_windows():
    found = replay(log(1003), 10)
    assert len(found.windows) == 10
    assert found.windows[["new requests", "old requests"]].to_numpy().sum() == 1003
    assert len(replay(log(5), 50).windows) == 5


def test_an_outcome_counts_from_when_it_is_known():
    early = log(4000, risk_ratio=3.0)
    late = early.assign(known=np.where(early["outcome"] == 1, early["time"] + 3000, early["time"]))
    assert verdict(replay(late, 40), "e-process")["window"] > verdict(replay(early, 40), "e-process")["window"]
    unlabelled = early.assign(outcome=early["outcome"].where(early["time"] > 3500))
    assert replay(unlabelled, 10).windows[["new requests", "old requests"]].to_numpy().sum() == 499


def test_dates_words_and_other_names_are_read():
    rows = log(300)
    rows = rows.assign(
        time=pd.Timestamp("2026-01-01") + pd.to_timedelta(rows["time"], unit="h"),
        arm=rows["arm"].map({"new": "Canary", "old": "stable"}),
        outcome=rows["outcome"].map({1: "bad", 0: "good"}),
    )
    same = replay(log(300), 10)
    for found in (replay(rows, 10), replay(rows.astype({"time": str}), 10)):
        assert found.windows["new failures"].tolist() == same.windows["new failures"].tolist()
        assert found.windows["ends"].iloc[0].startswith("2026-01-02 05:00:00")


def test_gates_keep_their_settings():
    found = replay(log(risk_ratio=2.0), 50, (EProcess(alpha=1e-30), Threshold(limit=0.9)))
    assert found.verdicts["gate"].tolist() == ["e-process", "threshold with strikes"]
    assert verdict(found, "threshold with strikes")["decision"] == "promoted"


def test_arms_that_are_not_as_large_as_planned_are_told():
    assert replay(log(share=0.3), 10, share=0.3).mismatch == ""
    odd = replay(log(share=0.3), 10, share=0.35)
    assert odd.mismatch.startswith("Sample-ratio mismatch from window 1 on: ")
    assert "35.0 % were planned" in odd.mismatch


def test_no_gate_promotes_on_a_mismatch_and_all_still_roll_back():
    good, bad = replay(log(40_000), 20, share=0.2), replay(log(risk_ratio=3.0), 20, share=0.2)
    assert (good.verdicts["decision"] != "promoted").all()
    assert replay(log(40_000), 20, share=0.3).verdicts["decision"].tolist()[0] == "promoted"
    assert verdict(bad, "e-process")["decision"] == "rolled back"


def test_a_mismatch_is_rarely_told_where_there_is_none_though_it_is_looked_for_after_every_window():
    assert not any(replay(log(3000, seed=seed), 50, (EProcess(),), share=0.3).mismatch for seed in range(100))


def test_requests_without_an_outcome_count_for_the_ratio_and_begin_to_be_missing_where_they_do():
    rows = log(20_000)
    lost = (rows["arm"] == "new") & (rows["time"] > 10_000) & (rows["time"] % 3 == 0)
    assert replay(rows.assign(outcome=rows["outcome"].where(~lost)), 20, share=0.3).mismatch == ""
    dated = rows[~lost].assign(time=lambda one: pd.Timestamp("2026-01-01") + pd.to_timedelta(one["time"], unit="s"))
    dated["known"] = dated["time"].dt.tz_localize("UTC") + pd.Timedelta(seconds=500)
    assert "from window 1" in replay(dated, 20, share=0.3).mismatch
    assert "from window 1 on" not in replay(dated, 20, share=0.3).mismatch
    with pytest.raises(BadInput, match="can't be compared"):
        replay(dated.assign(known=range(len(dated))), 20, share=0.3)


def test_a_slice_that_the_average_hides_is_told():
    rng = np.random.default_rng(5)
    rows = log(30_000).assign(slice=np.where(rng.random(30_000) < 0.05, "rare", "plain"))
    rows.loc[(rows["slice"] == "rare") & (rows["arm"] == "new"), "outcome"] = 1
    rows.loc[(rows["slice"] == "plain") & (rows["arm"] == "new") & (rng.random(30_000) < 0.98), "outcome"] = 0
    found = replay(rows, 30)
    assert verdict(found, "e-process")["decision"] != "rolled back"
    assert found.hidden.startswith("The average hides it: in “rare” it would have rolled back in window ")
    table = found.slices.set_index("slice")
    assert list(table.index) == ["plain", "rare"]
    assert table.loc["rare", "new: bad"].startswith("100 % [")
    assert table.loc["plain", "e-process"] != table.loc["rare", "e-process"]
    assert replay(rows.assign(slice=None), 10).slices["slice"].tolist() == ["not said"]
    assert not len(replay(log(100), 10).slices)


def test_predictions_are_joined_with_the_targets_that_came_later():
    rows = log(4000, risk_ratio=2.0)
    truth = np.arange(4000) % 3
    predictions = rows[["time", "arm"]].assign(id=[f"r{number}" for number in rows.index], prediction=(truth + rows["outcome"]) % 3)
    targets = pd.DataFrame({"id": predictions["id"], "target": truth.astype(str), "known": rows["time"] + 500})
    same = replay(rows.assign(known=rows["time"] + 500), 20)
    found = replay(joined(predictions, targets.sample(frac=1, random_state=1)), 20)
    assert found.windows["new failures"].tolist() == same.windows["new failures"].tolist()
    some = replay(joined(predictions, targets.head(1000)), 20)
    assert some.windows[["new requests", "old requests"]].to_numpy().sum() == 1000
    words = joined(predictions.assign(prediction=" yes"), targets.assign(target="yes"))
    assert words["outcome"].sum() == 0


@pytest.mark.parametrize(
    ("predictions", "targets", "word"),
    [
        ({"id": [1], "time": [1], "arm": ["new"]}, {"id": [1], "target": [1]}, "predictions have no column prediction"),
        ({"id": [1], "time": [1], "arm": ["new"], "prediction": [1]}, {"id": [1]}, "targets have no column target"),
        ({"id": [1], "time": [1], "arm": ["new"], "prediction": [1]}, {"id": [1, 1], "target": [1, 0]}, "“1” stands twice in the targets"),
        ({"id": [1], "time": [1], "arm": ["new"], "prediction": [1]}, {"id": [2], "target": [1]}, "No target belongs"),
    ],
)
def test_what_cannot_be_joined_is_refused_in_one_sentence(predictions, targets, word):
    with pytest.raises(BadInput, match=word):
        joined(pd.DataFrame(predictions), pd.DataFrame(targets))


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda rows: rows.drop(columns="arm"), "no column arm"),
        (lambda rows: rows.assign(arm="new"), "1 arm"),
        (lambda rows: rows.assign(arm=rows["arm"].where(rows["time"] > 5, "third")), "3 arms"),
        (lambda rows: rows.assign(arm=rows["arm"].map({"new": "a", "old": "b"})), "Which of the arms a and b"),
        (lambda rows: rows.assign(outcome="maybe"), "“maybe” is neither good nor bad"),
        (lambda rows: rows.assign(outcome=None), "No outcome"),
        (lambda rows: rows.assign(time="yesterday"), "“yesterday” can't be read"),
        (lambda rows: rows.head(0), "0 arms"),
    ],
)
def test_what_is_no_log_is_refused_in_one_sentence(change, word):
    with pytest.raises(BadInput, match=word):
        replay(change(log(50)))
