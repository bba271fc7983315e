"""Which decisions the team wanted to look at again, and whether it is time to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from components.project.decisions import Decision, Entry
from components.readiness.figures import BY_FIGURE, Readings, condition, now
from components.stats.limits import against

State = Literal["fired", "perhaps", "waiting", "not measured"]


@dataclass(frozen=True)
class Trigger:
    """A trigger, whether it came true, and why; `screen` is where its figure is measured."""

    entry: Entry
    state: State
    why: str
    screen: str = ""

    @property
    def fired(self) -> bool:
        """Whether it is time to look at the decision again."""
        return self.state == "fired"


def trigger(entry: Entry, found: Readings, today: date) -> Trigger | None:
    """Return the trigger of a decision; None where it has none, or doesn't hold any more."""
    body = entry.body
    if not entry.holds or not _has_trigger(body):
        return None
    if body.revisit_on and body.revisit_on <= today:
        return Trigger(entry, "fired", f"{body.revisit_on:%-d %B %Y} has come")
    if not body.revisit_figure or body.revisit_value is None:
        return Trigger(entry, "waiting", f"on {body.revisit_on:%-d %B %Y}" if body.revisit_on else body.revisit)
    figure, reading = BY_FIGURE.get(body.revisit_figure), found.get(body.revisit_figure)
    verdict = against(reading.estimate if reading else None, body.revisit_comparison, body.revisit_value)
    state: dict[str, State] = {"met": "fired", "undecided": "perhaps", "not met": "waiting", "not measured": "not measured"}
    why = condition(body.revisit_figure, body.revisit_comparison, body.revisit_value, found)
    why = f"{why}; now {now(body.revisit_figure, found)}"
    return Trigger(entry, state[verdict], why, figure.screen if figure else "")


def triggers(entries: Sequence[Entry], found: Readings, today: date) -> list[Trigger]:
    """Return the triggers of the decisions that hold, those that fired first."""
    order = ("fired", "perhaps", "waiting", "not measured")
    all_ = [one for entry in entries if (one := trigger(entry, found, today))]
    return sorted(all_, key=lambda one: order.index(one.state))


def _has_trigger(body: Decision) -> bool:
    return bool(body.revisit or body.revisit_figure or body.revisit_on)
