"""What becomes of a slice elsewhere: an item of the plan, a coverage target in Data, a failure case in Deployment."""

from collections.abc import Callable
from dataclasses import dataclass

from components.data.condition import Condition
from components.data.records import ImportantCase
from components.deployment.records import FailureCase
from components.modelling.slice_records import Slice
from components.project.meetings import ActionItem
from components.project.records import Body, Record
from components.project.store import Store


@dataclass(frozen=True)
class Use:
    """One use of a slice: the button, what it says when it is done, the screen where it then is, and what is saved."""

    button: str
    done: str
    screen: str
    view: str
    body: type[Body]
    make: Callable[[Slice, str], Body]
    needs_condition: bool = False


def _action(body: Slice, gain: str) -> ActionItem:
    return ActionItem(what=f"Get better on “{body.name}”"[:300], note=f"{gain} {body.note}".strip())


def _case(body: Slice, gain: str) -> ImportantCase:
    condition = Condition.model_validate({"clauses": body.clauses})
    return ImportantCase(data_set=body.data_set, name=body.name[:120], condition=condition, why=gain)


def _failure(body: Slice, gain: str) -> FailureCase:
    effect = f"{gain} Where it happens: {body.sentence}." if body.clauses else gain
    return FailureCase(what=f"The model is worse on “{body.name}”"[:300], effect=effect.strip())


USES: dict[str, Use] = {
    "plan": Use("Make it a task", "is a task", "project/meeting", "", ActionItem, _action),
    "data": Use("Collect more of it", "is an important case", "data/data_sets", "coverage", ImportantCase, _case, needs_condition=True),
    "deployment": Use("Watch it in service", "is a failure case", "deployment/monitoring", "", FailureCase, _failure),
}


def use_id(slice_id: str) -> str:
    """Return the id of what a slice became, so that pressing twice makes it once."""
    return f"slice-{slice_id}"[:128]


def used(store: Store, project_id: str, slice_id: str) -> set[str]:
    """Return which uses a slice has."""
    return {name for name, use in USES.items() if store.get(project_id, use.body, use_id(slice_id)) is not None}


def put_to_use(store: Store, record: Record[Slice], name: str, gain: str, person: str) -> None:
    """Save what a slice becomes under one of `USES`; `gain` says what it would bring."""
    use = USES[name]
    if store.get(record.project_id, use.body, use_id(record.id)) is None:
        store.save(record.project_id, use.make(record.body, gain), person=person, id=use_id(record.id), read=0)
