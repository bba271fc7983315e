"""What comes after an alarm: the next round of data or of modelling, as something that somebody does until a day."""

from datetime import date, timedelta

from components.deployment.records import Alarm, Metric
from components.project.meetings import ActionItem
from components.project.records import Record
from components.project.store import Store

DAYS = 14
"""Days until the next round is due where nobody says otherwise."""
SCREENS = {"data": "data/data_sets", "model": "modelling/baselines"}
ROUNDS = {"data": "Collect and label the next round", "model": "Train and compare the next model"}


def fired(store: Store, project_id: str, person: str, alarm: Alarm, metric: Metric) -> Record[Alarm]:
    """Keep an alarm; where it leads to a round of data or of modelling, open that as an action of whoever owns the metric."""
    if alarm.leads_to == "none":
        return store.save(project_id, alarm, person=person)
    note = f"Seen: {alarm.seen}" if alarm.seen else ""
    item = ActionItem(
        what=f"{ROUNDS[alarm.leads_to]}: “{metric.metric[:200]}” fired",
        owner=metric.owner,
        due=alarm.on + timedelta(days=DAYS),
        note=note,
    )
    opened = store.save(project_id, item, person=person)
    return store.save(project_id, alarm.model_copy(update={"action": opened.id}), person=person)


def still_open(store: Store, project_id: str) -> list[tuple[Record[Alarm], ActionItem | None]]:
    """Return the alarms that nobody has judged, or whose next round isn't done, the newest first, with that round."""
    actions = {record.id: record.body for record in store.all(project_id, ActionItem)}
    found = []
    for record in reversed(store.all(project_id, Alarm)):
        action = actions.get(record.body.action)
        if record.body.verdict == "open" or (action is not None and not action.done):
            found.append((record, action))
    return found


def lately(alarms: list[Alarm], today: date, days: int = 30) -> tuple[int, int]:
    """Return how many alarms there were of late, and how many of them were false."""
    late = [alarm for alarm in alarms if today - timedelta(days=days) < alarm.on <= today]
    return len(late), sum(alarm.verdict == "false" for alarm in late)
