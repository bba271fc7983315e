"""A rollout as one would write it first: each request on its way, the gates as their formulas stand. Slow, and meant to be read."""

import math
from dataclasses import dataclass

import numpy as np

from components.deployment.monitors import BY_CODE
from components.deployment.monitors.declaration import FALSE_ALARMS
from components.deployment.parts import Slice
from tests.deployment import plain_switch
from tests.deployment.plain_gates import GATES

SLICE = 0.1


@dataclass
class Ended:
    """How one run ended."""

    decision: str
    window: int
    bad: int
    excess: float
    by_slice: dict | None = None
    false_alarms: int = 0


@dataclass
class Window:
    """What became known of one window: labelled failures that are compared, requests, and those that both versions got wrong."""

    weight: float
    canary: int
    stable: int
    both: int
    requests: int
    stable_requests: int
    units: tuple = ()


def roll_out(plan, rng):
    """Serve every request of every window; let the gate and the monitors look, until one of them decides."""
    shares, steps, asked_after = ramp(plan)
    plan, slow = sharing(plan), []
    run = Ended("undecided", len(shares), 0, 0.0)
    seen, asked, promoted, share = [], None, None, 0.0
    pending, mistaken, struck = [], [], []
    for number in range(10**6):
        if number >= (promoted + plan.watched if promoted is not None else math.inf if asked is not None else len(shares)):
            break
        share = plain_switch.moved(plan, number - promoted) if promoted is not None else share if asked is not None else shares[number]
        window, exposed, handled, signs, slower = serve(plan, number, share, promoted is not None, rng)
        run.by_slice = exposed if run.by_slice is None else run.by_slice + exposed
        run.bad += exposed.sum()
        run.excess += exposed.sum() - handled * rate(plan, number, new=False)
        listen(plan, number, signs, pending, mistaken)
        run.false_alarms = sum(at <= number for at in mistaken)
        struck += plain_switch.strikes(plan, number, promoted, window)
        if any(at <= number for at in pending) or sum(at <= number for at in struck) >= plan.switch.strikes:
            run.decision, run.window = "rolled_back", number + 1
            break
        if promoted is not None:
            continue
        if asked is not None:
            if number + 1 < asked + plan.approval.windows:
                continue
            answer = "promoted" if answers(plan, rng) else WITHOUT_ANSWER[plan.approval.otherwise]
        else:
            seen.append(window)
            slow.append(slower)
            answer = "rolled_back" if too_slow(plan, slow) else judge(plan, seen, steps, number)
            if answer == "promoted" and plan.approval and plan.approval.promotion:
                asked = number + 1
                continue
            if answer == "hold":
                if number + 1 not in asked_after or answers(plan, rng) or plan.approval.otherwise == "go on":
                    continue
                answer = WITHOUT_ANSWER[plan.approval.otherwise]
        run.decision, run.window = answer, number + 1
        if answer != "promoted" or not plan.watched:
            break
        promoted = number + 1
    if run.decision == "rolled_back":
        go_back(plan, run, None if asked is None and promoted is None else share, shares, promoted, rng)
    return run


def go_back(plan, run, held, shares, promoted, rng):
    """Serve on until the rollback works, as the ramp goes on, at the share that is held, or until the sessions of a switch have ended.

    Not beyond the end of what is simulated.
    """
    works, switched = plain_switch.works(plan, promoted, run.window), promoted is not None
    for number in range(run.window, works + (plan.switch.drain if switched and plan.strategy == "blue-green" else 0)):
        if number >= (len(shares) if held is None else len(shares) + plan.waiting + plan.watched):
            break
        share = shares[number] if held is None else held
        share = plain_switch.moved(plan, number - promoted, works - promoted) if switched else share
        _, exposed, handled, *_ = serve(plan, number, share, switched, rng)
        run.by_slice = run.by_slice + exposed
        run.bad += exposed.sum()
        run.excess += exposed.sum() - handled * rate(plan, number, new=False)


def sharing(plan):
    """Failures and slow answers share α, where there is one."""
    if not plan.judge_latency or plan.gate.kind == "threshold":
        return plan
    return plan.model_copy(update={"gate": plan.gate.model_copy(update={"alpha": plan.gate.alpha / 2})})


def too_slow(plan, slow):
    """Ask the gate about the answers so far: by how slow they are it rolls back, and never promotes."""
    known = slow[plan.warm_up :]
    return bool(plan.judge_latency and known) and GATES[plan.gate.kind](plan, known, False) == "rolled_back"


def judge(plan, seen, steps, number):
    """Ask the gate about what is known after a window; a warm-up and a step with too few outcomes aren't judged."""
    known = seen[plan.warm_up : max(number + 1 - plan.label_delay, 0)]
    if not known:
        return "hold"
    step = steps[number - plan.label_delay]
    sample = sum(one.requests for one, of in zip(known, steps[plan.warm_up :], strict=False) if of == step)
    answer = GATES[plan.gate.kind](plan, known, number + 1 == len(steps))
    return "hold" if sample < plan.steps[step].least_sample else answer


WITHOUT_ANSWER = {"hold": "undecided", "roll back": "rolled_back", "go on": "promoted"}


def ramp(plan):
    """The share and the step of each window, and the windows (from 1) at whose end an answer is due: the step stays while one is asked."""
    shares, steps, due = [], [], set()
    for number, step in enumerate(plan.steps):
        stays = step.windows + (plan.approval.windows if step.approved else 0)
        shares, steps = shares + [step.share] * stays, steps + [number] * stays
        if step.approved:
            due.add(len(shares))
    return shares, steps, due


def answers(plan, rng):
    """Whether a person answers in time; the answer is yes."""
    return rng.random() < plan.approval.answered


def listen(plan, number, signs, pending, mistaken):
    """Note the alarms of a window, with the window in which somebody acts on them: those that mean something, and those about nothing."""
    worse = plan.risk_ratio > 1 or any(one.risk_ratio * plan.risk_ratio > 1 for one in plan.slices)
    something_wrong = worse or any(level(one, number) > 0 for one in plan.faults) or unanswered(plan, number) > 0
    broken = any("monitors" in one.fault.mutes and level(one, number) > 0 for one in plan.faults)
    for code, (count, limit) in signs.items():
        monitor = BY_CODE[code]
        if count <= limit or (broken and monitor.watches != "silent"):
            continue
        heard = number + monitor.delay + plan.detection_delay + (plan.label_delay if monitor.needs_labels else 0)
        (pending if something_wrong else mistaken).append(heard)


def level(one, number):
    """How strong an injected fault is in a window (from 0)."""
    since = number - (one.window - 1)
    if since < 0 or (one.windows is not None and since >= one.windows):
        return 0.0
    return one.strength * (COURSES[one.course](since) if one.course else float(one.fault.course(np.array([float(since)]))[0]))


COURSES = {
    "sudden": lambda since: 1.0,
    "gradual": lambda since: min((since + 1) / 20, 1.0),
    "seasonal": lambda since: math.sin(math.pi * since / 24) ** 2,
    "burst": lambda since: 1.0 if since < 20 else 0.0,
}


def coming(plan, number):
    """How many requests come in a window (from 0)."""
    mean = plan.requests_per_window * (1 + plan.daily_swing * math.sin(2 * math.pi * number * plan.window_minutes / 1440))
    if plan.burst_every and (number + 1) % plan.burst_every == 0:
        mean *= plan.burst
    each = plan.unit.requests if plan.strategy == "canary" else 1
    return max(round(mean / each), 1) * each


def unanswered(plan, number):
    """The share of a window's requests for which there is no room."""
    return max(0.0, 1 - plan.capacity * plan.replicas / coming(plan, number)) if plan.capacity else 0.0


WHOLE = Slice(name="everything", share=1)


def parts(plan):
    """The slices of the traffic; where there are none, one that is all of it."""
    return plan.slices or (WHOLE,)


def hit(plan, one):
    """The slices that a fault hits: the one that it names; the smallest, if it is one bad slice by its nature; else all."""
    if one.slice:
        return [part for part in parts(plan) if part.name == one.slice]
    if one.code == "F24":
        return [min(parts(plan), key=lambda part: part.share)]
    return list(parts(plan))


def rate_in(plan, part, number, *, new):
    """The chance that a decision of a version is bad in a slice."""
    usual = plan.failure_rate if part.failure_rate is None else part.failure_rate
    good = (1 - min(usual * (plan.risk_ratio * part.risk_ratio if new else 1), 1)) * (1 - unanswered(plan, number))
    for one in plan.faults:
        if part in hit(plan, one) and (new or (one.arm or one.fault.arm) == "both"):
            harm = one.fault.harm / sum(other.share for other in hit(plan, one)) if one.code == "F24" else one.fault.harm
            good *= 1 - min(level(one, number) * min(harm, 1), 1)
    return 1 - good


def rate(plan, number, *, new):
    """The chance that a decision of a version is bad, whatever its slice."""
    return sum(part.share * rate_in(plan, part, number, new=new) for part in parts(plan))


def serve(plan, number, share, promoted, rng):
    """Send every request of a window on its way: route, validate, preprocess, model, postprocess, decision, label."""
    n = coming(plan, number)
    paired = plan.strategy != "canary"
    each = plan.unit.requests if not paired else 1
    to_new = np.repeat(rng.random(n // each) < share, each)  # route: to the canary, or to both versions; a session or user as a whole
    signs = {code: watch(plan, number, BY_CODE[code], to_new, share, rng) for code in plan.monitors}  # validate … decision
    slower = slow_answers(plan, number, share, to_new, rng) if plan.judge_latency and not promoted else None
    which = rng.choice(len(parts(plan)), n, p=[part.share for part in parts(plan)])
    if each > 1:  # of some sessions or users all requests are of one slice, and end alike
        alike = np.repeat(rng.random(n // each) < plan.unit.correlation, each)
        which = np.where(alike, np.repeat(which[::each], each), which)
    new, old = (np.array([rate_in(plan, part, number, new=version) for part in parts(plan)])[which] for version in (True, False))
    if paired and not promoted:
        both = np.maximum(plan.error_overlap * np.minimum(new, old), new + old - 1)
        luck = rng.random(n)
        both_wrong = luck < both
        only_new, only_old = (luck >= both) & (luck < new), (luck >= new) & (luck < new + old - both)
        labelled = (rng.random(n) < labels(plan, number)) & look(plan, to_new, only_new | only_old, rng)
        counts = [int((labelled & what).sum()) for what in (only_new, only_old, both_wrong)]
        return Window(0.5, *counts, int(labelled.sum()), int(labelled.sum())), np.zeros(len(parts(plan)), dtype=int), 0, signs, slower
    luck = rng.random(n)
    if each > 1:
        luck = np.where(alike, np.repeat(luck[::each], each), luck)
    failed = luck < np.where(to_new, new, old)
    labelled = np.repeat(rng.random(n // each) < labels(plan, number), each)
    window = Window(
        share,
        int((failed & to_new & labelled).sum()),
        int((failed & ~to_new & labelled).sum()),
        0,
        int((to_new & labelled).sum()),
        int((~to_new & labelled).sum()),
        units(failed, to_new, labelled, each),
    )
    return window, np.bincount(which[failed & to_new], minlength=len(parts(plan))), int(to_new.sum()), signs, slower


def slow_answers(plan, number, share, to_new, rng):
    """Which answers took longer than the objective: known at once, of all requests; those of a unit are as alike as its outcomes."""
    n, paired = len(to_new), plan.strategy != "canary"
    each = 1 if paired else plan.unit.requests
    if paired:
        new, old = (to_new & (rng.random(n) < slow_share(plan, number, new=version)) for version in (True, False))
        both, mirrored = int((new & old).sum()), int(to_new.sum())
        return Window(0.5, int((new & ~old).sum()), int((old & ~new).sum()), both, mirrored, mirrored)
    luck, alike = rng.random(n), rng.random(n // each) < (plan.unit.correlation if each > 1 else 0)
    luck = np.where(np.repeat(alike, each), np.repeat(luck[::each], each), luck)
    slow = luck < np.where(to_new, slow_share(plan, number, new=True), slow_share(plan, number, new=False))
    counts = int((slow & to_new).sum()), int((slow & ~to_new).sum()), 0, int(to_new.sum()), int((~to_new).sum())
    return Window(share, *counts, units(slow, to_new, np.ones(n, dtype=bool), each))


def slow_share(plan, number, *, new):
    """The chance that an answer takes longer than the objective: now and then, for a fault of the version, or waiting for its turn."""
    total = 0.0
    for part in parts(plan):
        quick = 1 - BY_CODE["M10"].usual
        for one in plan.faults:
            if part in hit(plan, one) and (new or (one.arm or one.fault.arm) == "both"):
                quick *= 1 - min(level(one, number) * one.fault.signs.get("slow", 0), 1)
        total += part.share * quick
    if plan.capacity:
        free = max(1 - coming(plan, number) / (plan.capacity * plan.replicas), 0)
        total *= 1 - math.exp(-plan.latency_objective_ms * free / plan.service_ms)
    return 1 - total


def look(plan, answered, disagreeing, rng):
    """Which answers of both versions anybody looks at: in a shadow those for which reviewers have time, else all."""
    if plan.strategy != "shadow" or not plan.review:
        return answered
    waiting = answered & disagreeing if plan.review.sample == "disagreements" else answered
    looked = np.zeros(len(answered), dtype=bool)
    looked[rng.permutation(np.flatnonzero(waiting))[: plan.review.capacity]] = True
    return looked


def fairly_reviewed(plan, number, share):
    """The share of the answers that reviewers see, as far as these are a fair sample."""
    if plan.strategy != "shadow" or not plan.review:
        return 1.0
    return min(plan.review.capacity / (coming(plan, number) * share), 1.0) if plan.review.sample == "random" else 0.0


def units(failed, to_new, labelled, each):
    """The failures of each session or user whose outcomes are known: those of the new version, and those of the current one."""
    if each == 1:
        return ()
    failures, of_new, known = failed.reshape(-1, each).sum(axis=1), to_new[::each], labelled[::each]
    return failures[of_new & known], failures[~of_new & known]


def labels(plan, number):
    """The chance that an outcome becomes known."""
    share = plan.label_coverage
    for one in plan.faults:
        if "labels" in one.fault.mutes:
            share *= 1 - min(level(one, number) * one.fault.signs["no label"], 1)
    return share


def watch(plan, number, monitor, to_new, share, rng):
    """Count the signs that a monitor sees in a window; return them with its limit."""
    if monitor.watches == "slice" and plan.slices:
        return int(any(watch_slice(plan, part, number, monitor, to_new, share, rng) for part in plan.slices)), 0
    normal = monitor.usual if monitor.usual is not None else plan.failure_rate * (SLICE if monitor.watches == "slice" else 1)
    if monitor.watches == "wrong":
        showing = rate(plan, number, new=True)
    else:
        quiet = 0.0
        for part in parts(plan):
            here = 1 - normal * (plan.risk_ratio if monitor.watches == "slice" else 1)
            for one in plan.faults:
                if part in hit(plan, one):
                    here *= 1 - min(level(one, number) * one.fault.signs.get(monitor.watches, 0), 1)
            quiet += part.share * here
        if monitor.watches == "overload":
            quiet *= 1 - unanswered(plan, number)
        if monitor.watches == "slow" and plan.capacity:
            free = max(1 - coming(plan, number) / (plan.capacity * plan.replicas), 0)
            quiet *= 1 - math.exp(-plan.latency_objective_ms * free / plan.service_ms)
        showing = 1 - quiet
    looks = monitor.sample * (labels(plan, number) * fairly_reviewed(plan, number, share) if monitor.needs_labels else 1)
    n = coming(plan, number)
    shown = to_new & (rng.random(n) < looks) & (rng.random(n) < showing)
    return int(shown.sum()), monitor.limit(n, share * looks, normal)


def watch_slice(plan, part, number, monitor, to_new, share, rng):
    """Whether the failures of one slice are too many; the monitor looks at all of them, so each may be wrong the more rarely."""
    usual = plan.failure_rate if part.failure_rate is None else part.failure_rate
    n, looks = coming(plan, number), monitor.sample * labels(plan, number) * fairly_reviewed(plan, number, share) * part.share
    shown = to_new & (rng.random(n) < looks) & (rng.random(n) < rate_in(plan, part, number, new=True))
    return shown.sum() > monitor.limit(n, share * looks, usual, FALSE_ALARMS / len(plan.slices))


def many(runs, seed, plan):
    """Roll out many times."""
    rng = np.random.default_rng(seed)
    return [roll_out(plan, rng) for _ in range(runs)]
