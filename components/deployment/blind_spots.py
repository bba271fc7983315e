"""What a rollout can't see, in sentences: a slice behind the average, too few outcomes, unreviewed answers, what follows a switch."""

from components import words
from components.deployment.gates import Threshold
from components.deployment.monitors import BY_CODE
from components.deployment.plan import Plan
from components.deployment.reviews import looked_at
from components.deployment.world import World

HIDDEN = 1.5
"""How many times as often a slice fails as before, beyond the average, before the average is said to hide it."""


def hidden_slice(plan: Plan) -> str:
    """Say which slice is worse than the average shows; nothing where none is."""
    if not plan.slices:
        return ""
    world = World(plan)
    new, old = world.new_by_slice.max(axis=1), world.old_by_slice.min(axis=1)
    together, usual = float(world.new.max()), float(world.old.min())
    number = world.worst
    if new[number] / max(old[number], 1e-9) < HIDDEN * together / max(usual, 1e-9):
        return ""
    one = plan.slices[number]
    slice_, average = (f"{words.percent(was)} → {words.percent(now)}" for was, now in ((old[number], new[number]), (usual, together)))
    return f"“{one.name}”, {words.percent(one.share, 0)} of the traffic, goes {slice_}, and the average {average}"


def too_few(plan: Plan) -> list[str]:
    """Name the steps whose least sample isn't expected to come together."""
    world, found = World(plan), []
    for number, (step, stays) in enumerate(zip(plan.steps, plan.stays, strict=True), start=1):
        a_window = plan.requests_per_window * step.share
        if plan.reviewed:
            a_window = float(looked_at(plan.reviewed, a_window, a_window * world.disagreeing).max())
        expected = stays * a_window * plan.label_coverage
        if step.least_sample > expected:
            about = words.counted(round(expected), "outcome")
            found.append(
                f"Step {number} sees about {about} of the new version, and its least sample is {words.count(step.least_sample)}: "
                "the gate says nothing in it."
            )
    return found


def reviewed(plan: Plan) -> list[str]:
    """Say what reviewers have no time for, and what their choice hides."""
    review, world = plan.reviewed, World(plan)
    if review is None:
        return []
    found, answered = [], world.requests[: plan.windows] * plan.shares
    waiting = answered if review.sample == "random" else answered * world.disagreeing[: plan.windows]
    at = int(waiting.argmax())
    if waiting[at] > review.capacity:
        what = "answers" if review.sample == "random" else "disagreements"
        found.append(
            f"In window {at + 1} about {words.count(waiting[at])} {what} wait for a review, and there is time for "
            f"{words.count(review.capacity)}: the gate learns from {words.percent(review.capacity / waiting[at], 0)} of them."
        )
    if review.sample == "disagreements":
        unfair = ["a threshold"] * isinstance(plan.gate, Threshold)
        unfair += [f"“{BY_CODE[code].title}”" for code in plan.monitors if BY_CODE[code].needs_labels]
        if unfair:
            found.append(
                f"Disagreements are no fair sample of all answers: {words.listed(unfair)} can't find a failure rate in them. "
                "Review at random for these."
            )
    return found


def switched(plan: Plan) -> list[str]:
    """Say what can bring the traffic back after a switch, and what can't any more."""
    switch = plan.switch
    left = [f"the {words.counted(len(plan.monitors), 'monitor')} in place"] if plan.monitors else []
    left += ["the limit of its bad decisions"] if plan.limited else []
    only = words.listed(left) if left else "nothing, for no monitor is in place and no limit is set"
    found = [f"After the switch there is nothing left to compare with: what can bring the traffic back then is {only}."]
    if plan.limited and not plan.watched:
        found.append("Nothing is watched after the switch, so that its limit never brings the traffic back: watch for some windows.")
    elif plan.limited and plan.watched < plan.label_delay + switch.strikes:
        late = f", and labels that come {words.counted(plan.label_delay, 'window')} late," if plan.label_delay else ""
        found.append(
            f"The limit after the switch is never reached: {words.counted(switch.strikes, 'strike')}{late} need more than the "
            f"{words.counted(plan.watched, 'window')} that are watched after it."
        )
    elif plan.limited and plan.limits.min() <= plan.failure_rate:
        found.append(
            f"The limit after the switch, {words.percent(float(plan.limits.min()))}, is no more than what the current version gets "
            f"wrong, {words.percent(plan.failure_rate)}: it brings good versions back too."
        )
    if switch.blue_stays is not None and plan.watched > plan.moving + switch.blue_stays:
        found.append(
            f"The old version is down {words.counted(switch.blue_stays, 'window')} after the switch: harm that is found later takes "
            f"{words.counted(plan.rollback_delay + switch.restart, 'window')} to roll back."
        )
    return found
