"""What the example watches in service: its monitoring plan, an alarm that opened a round of data, and its failure cases."""

from datetime import date, timedelta

from components.deployment.monitoring_plan import counted_in, start_from
from components.deployment.plan import Plan
from components.deployment.records import Alarm, FailureCase, Metric
from components.project.meetings import ActionItem
from components.project.records import Body
from components.stats.estimate import Estimate

IN_PLACE = ("M01", "M02", "M03", "M09", "M10", "M14")
PLANNED = ("M05", "M06", "M11", "M13")
OWNERS = {"M01": "Chioma", "M02": "Chioma", "M03": "Chioma", "M09": "Dev", "M10": "Dev", "M14": "Ana", "M05": "Ana", "M11": "Dev"}
QUIET = [40, 44, 41, 39, 52, 47, 43, 38, 45, 61, 42, 40, 46, 44, 39, 48, 43, 41, 47, 45, 50, 42, 44, 40, 43, 46, 41, 49, 45, 42]
"""Minutes that a clerk spent on corrections, a value a working day; made up for the example."""

CASES: dict[str, Body] = {
    "smudged": FailureCase(
        what="A stamp or a smudge covers the digit",
        likelihood="often",
        effect="The reader answers all the same, and the form goes to the wrong office.",
        handling="person",
        test="tests/serving: a box with a score below .8 waits for a clerk",
        owner="Ana",
        fault="F24",
        monitor="M15",
    ),
    "scanner": FailureCase(
        what="A new scanner sends boxes of another size",
        likelihood="sometimes",
        effect="Every digit is read after a resize that training never saw.",
        handling="refuse",
        test="tests/serving: a box that isn't 8 × 8 is refused with a sentence",
        owner="Chioma",
        fault="F01",
        monitor="M01",
    ),
    "server": FailureCase(
        what="The server does not answer within two seconds",
        likelihood="rare",
        effect="The desk waits, and a queue builds up.",
        handling="retry",
        test="",
        owner="Dev",
        fault="F15",
        monitor="M10",
    ),
}


def monitoring(plan: Plan, today: date) -> dict[str, Body]:
    """Return the monitoring plan, the alarm, and the cases."""
    since = today - timedelta(days=40)
    rows = start_from(plan, IN_PLACE, {"M14": (Estimate(plan.failure_rate, n=2000), "2,000 boxes that two clerks typed in twice")}, since)
    kept: dict[str, Body] = {}
    for code in (*IN_PLACE, *PLANNED):
        hourly = {"window_minutes": 60, "every_minutes": 60}
        who = {"owner": OWNERS.get(code, ""), "channel": "the desk's chat, then the phone" if code in IN_PLACE else ""}
        kept[f"metric-{code}"] = Metric.model_validate({**rows[code].model_dump(), **who, **(hourly if code in PLANNED else {})})
    minutes = Metric(
        metric="Minutes of correcting a day",
        stage="business",
        state="in place",
        definition="What a clerk spends on boxes that the reader got wrong or refused, at one desk.",
        unit="number",
        baseline=44,
        threshold=60,
        method="a clerk's hour",
        window_minutes=1440,
        every_minutes=1440,
        severity="ticket",
        owner="Ben",
        channel="the weekly meeting",
        action="look which boxes are corrected",
        because="It is what the project was begun for.",
        since=since,
        review=today + timedelta(days=50),
    )
    counted = {"counted": counted_in(minutes, QUIET).to_dict(), "counted_from": f"{len(QUIET)} working days, made up"}
    kept["metric-minutes"] = minutes.model_copy(update=counted)
    kept["metric-refused"] = Metric(
        metric="Boxes refused",
        stage="model output",
        state="retired",
        definition="Boxes whose score is below .8.",
        since=since,
        until=today - timedelta(days=9),
        because="It was easy to count.",
        retired_because="It rose and fell with the weather, and nobody ever acted on it. Drift of scores takes its place.",
    )
    kept["alarm-missing"] = Alarm(
        metric="metric-M03",
        on=today - timedelta(days=6),
        seen="4.1 % of the boxes came empty; 1 % is normal",
        verdict="real",
        leads_to="data",
        action="action-empty-boxes",
    )
    kept["action-empty-boxes"] = ActionItem(
        what="Collect and label the next round: “Missing values” fired",
        owner="Chioma",
        due=today + timedelta(days=8),
        note="Seen: 4.1 % of the boxes came empty. The new pen does not show on the old scanner.",
    )
    return {**kept, **CASES}
