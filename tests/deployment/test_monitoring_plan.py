"""The monitoring plan: false alarms against SciPy and counts, coverage of the stages, changes with reasons, rules, the next round."""

from datetime import date, timedelta

import numpy as np
import pytest
import yaml
from pydantic import ValidationError
from scipy.stats import binom, poisson

from components.deployment.iteration import fired, lately, still_open
from components.deployment.monitoring import rules_of
from components.deployment.monitoring_plan import MONTH, Watching, counted_in, false_alarms, in_all, per_month, start_from, table
from components.deployment.monitors import BY_CODE
from components.deployment.monitors.declaration import FALSE_ALARMS
from components.deployment.plan import Plan
from components.deployment.records import WATCHED, Alarm, Metric
from components.project.meetings import ActionItem
from components.stats.estimate import Estimate
from components.stats.intervals import poisson_rate

PLAN, TODAY = Plan(failure_rate=0.03), date(2026, 11, 25)
SHARE = Metric(metric="Missing", state="in place", baseline=0.01, baseline_n=20_000, threshold=0.02, window_minutes=1, every_minutes=60)


def test_false_alarms_are_the_binomial_tail_times_the_looks_of_a_month():
    found, looks = false_alarms(SHARE, PLAN), MONTH / 60
    assert found.value == pytest.approx(looks * binom.sf(20, 1000, 0.01))
    assert found.low < found.value < found.high
    assert found.n == 20_000
    below = SHARE.model_copy(update={"direction": "below", "threshold": 0.005})
    assert false_alarms(below, PLAN).value == pytest.approx(looks * binom.cdf(4, 1000, 0.01))


def test_more_rows_behind_a_baseline_narrow_the_interval():
    wide, narrow = (false_alarms(SHARE.model_copy(update={"baseline_n": n}), PLAN) for n in (500, 50_000))
    assert narrow.high - narrow.low < wide.high - wide.low
    assert false_alarms(SHARE.model_copy(update={"baseline_n": None}), PLAN).low is None


def test_the_estimate_is_what_really_happens_in_quiet_windows():
    rng = np.random.default_rng(7)
    windows = 400_000
    happened = (rng.binomial(1000, 0.01, windows) > 20).sum() / windows * MONTH / 60
    assert false_alarms(SHARE, PLAN).value == pytest.approx(happened, rel=0.15)


def test_a_row_without_limit_baseline_or_traffic_says_so():
    assert "no limit" in false_alarms(SHARE.model_copy(update={"threshold": None}), PLAN).why
    assert "quiet time" in false_alarms(SHARE.model_copy(update={"baseline": None}), PLAN).why
    thin = false_alarms(SHARE.model_copy(update={"least_sample": 5000}), PLAN)
    assert (thin.value, thin.why) == (0.0, "No verdict: 1,000 requests a window, 5,000 are needed.")


def test_a_quiet_time_counts_episodes_with_the_exact_interval():
    row = Metric(metric="Minutes", unit="number", threshold=60, window_minutes=1440)
    values = [50.0] * 28 + [61, 70] + [50] * 29 + [65]
    found = counted_in(row, values)
    months = 60 * 1440 / MONTH
    assert found.n == 2  # two windows in a row are one alarm
    assert found.value == pytest.approx(2 / months)
    assert poisson.cdf(2, found.high * months) == pytest.approx(0.025)
    assert poisson.sf(1, found.low * months) == pytest.approx(0.025)
    kept = row.model_copy(update={"counted": found.to_dict()})
    assert false_alarms(kept, PLAN) == found
    assert counted_in(row, []).value is None


def test_the_interval_of_a_count_is_garwood_s():
    assert [round(poisson_rate(events, 1).high, 3) for events in (0, 1, 10)] == [3.689, 5.572, 18.390]
    assert [round(poisson_rate(events, 1).low, 3) for events in (0, 1, 10)] == [0.0, 0.025, 4.795]
    with pytest.raises(ValueError, match="time above 0"):
        poisson_rate(1, 0)


def test_a_plan_starts_from_every_monitor_with_limits_that_rarely_cry_wolf():
    rows = start_from(PLAN, ["M01", "M14"], {"M14": (Estimate(0.03, n=2000), "two clerks")}, TODAY)
    assert list(rows) == list(BY_CODE)
    assert {row.stage for row in rows.values()} == set(WATCHED) - {"business"}
    assert (rows["M14"].baseline_from, rows["M14"].baseline_n, rows["M14"].since) == ("two clerks", 2000, TODAY)
    assert (rows["M05"].state, rows["M05"].since) == ("planned", None)
    for row in rows.values():
        assert false_alarms(row, PLAN).value <= MONTH * FALSE_ALARMS * 1.001
    watching = Watching(rows, PLAN)
    assert watching.monitors == ["M01", "M14"]
    assert watching.bare == ["server load", "preprocessing", "model output", "business"]
    assert watching.answer.startswith("2 metrics in place, with 3.1 alarms a month about nothing; nothing watches server load")
    assert watching.coverage.set_index("stage").loc["label", "in place"] == 1


def test_the_sum_has_limits_only_where_every_baseline_was_measured():
    assert in_all([], PLAN).value is None
    whole = in_all([SHARE, SHARE], PLAN)
    assert whole.high == pytest.approx(2 * false_alarms(SHARE, PLAN).high)
    part = in_all([SHARE, SHARE.model_copy(update={"baseline_n": None})], PLAN)
    assert (part.low, part.why) == (None, "No interval: 1 baseline still to be measured.")
    assert [per_month(Estimate(value)) for value in (0, 0.05, 1.25, 40)] == [
        "0 alarms a month",
        "fewer than .1 alarms a month",
        "1.2 alarms a month",
        "40 alarms a month",
    ]


def test_a_share_beyond_one_and_a_retirement_without_a_reason_are_refused():
    with pytest.raises(ValidationError, match=r"write 5 % as \.05"):
        Metric(metric="Missing", threshold=5)
    with pytest.raises(ValidationError, match="say why it was retired"):
        Metric(metric="Missing", state="retired")
    assert Metric(metric="Minutes", unit="number", threshold=60).threshold == 60


def test_changes_hold_what_was_adopted_and_retired_and_why_the_newest_first():
    old = Metric(metric="Old", state="retired", since=TODAY - timedelta(days=9), until=TODAY, because="easy", retired_because="useless")
    changes = Watching({"old": old, "new": SHARE}, PLAN).changes
    assert changes[["what", "why"]].to_numpy().tolist() == [["retired", "useless"], ["adopted", "easy"]]


def test_the_rules_hold_each_row_in_place_with_its_limit_and_say_what_is_left_out():
    rows = [
        SHARE.model_copy(update={"monitor": "M03", "runbook": "https://example.org/run", "least_sample": 50}),
        SHARE.model_copy(update={"slice": "smudged"}),
        SHARE.model_copy(update={"slice": "smudged"}),
        Metric(metric="Minutes", unit="number", threshold=60, direction="below", state="in place", severity="ticket"),
        Metric(metric="No limit", state="in place"),
        SHARE.model_copy(update={"state": "planned", "metric": "Later"}),
    ]
    text, lost = rules_of(rows, PLAN)
    rules = yaml.safe_load(text)["groups"][0]["rules"]
    alerts = {rule["alert"]: rule for rule in rules if "alert" in rule}
    assert list(alerts) == ["Missing", "MissingSmudged", "MissingSmudged2", "Minutes"]
    assert alerts["Missing"]["expr"].startswith("model:missing > 0.02 and sum(increase(model_looked_at_total")
    assert alerts["Missing"]["expr"].endswith(">= 50")
    assert alerts["Missing"]["annotations"]["runbook_url"] == "https://example.org/run"
    assert alerts["Minutes"]["expr"] == "model:minutes < 60"
    assert alerts["Minutes"]["labels"]["severity"] == "ticket"
    assert lost[0] == "No limit: it has no limit yet."


def test_an_alarm_opens_the_next_round_and_closes_with_it(store):
    project_id = store.create_project("Reading", "ana").id
    metric = store.save(project_id, SHARE.model_copy(update={"owner": "Chioma"}), person="ana", id="missing")
    quiet = fired(store, project_id, "ana", Alarm(metric="missing", on=TODAY, verdict="false"), metric.body)
    alarm = fired(store, project_id, "ana", Alarm(metric="missing", on=TODAY, seen="4 %", verdict="real", leads_to="model"), metric.body)
    action = store.get(project_id, ActionItem, alarm.body.action)
    assert quiet.body.action == ""
    assert (action.body.what, action.body.owner) == ("Train and compare the next model: “Missing” fired", "Chioma")
    assert action.body.due == TODAY + timedelta(days=14)
    assert [(record.id, item.what) for record, item in still_open(store, project_id)] == [(alarm.id, action.body.what)]
    store.save(project_id, action.body.model_copy(update={"done": True}), person="ana", id=action.id, read=1)
    assert still_open(store, project_id) == []
    assert lately([quiet.body, alarm.body], TODAY) == (2, 1)
    assert lately([quiet.body], TODAY + timedelta(days=40)) == (0, 0)


def test_the_table_holds_every_column_of_a_row(store):
    project_id = store.create_project("Reading", "ana").id
    store.save(project_id, SHARE.model_copy(update={"monitor": "M03"}), person="ana", id="missing")
    frame = table(store.all(project_id, Metric), PLAN, {"M03": "missing values (1 window)"})
    row = frame.iloc[0]
    assert (row["alarm"], row["slice"], row["faults it notices (simulated)"]) == ("above 0.02", "all", "missing values (1 window)")
    assert row["low"] <= row["false alarms a month"] <= row["high"]
