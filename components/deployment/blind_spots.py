"""What a rollout can't see, in sentences: a slice behind the average, steps with too few outcomes, answers that nobody reviews."""

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
