"""A switch as one would write it first: where the traffic goes after a promotion, window by window."""

import math


def moved(plan, since, stopped=math.inf):
    """The new version's share so many windows after its promotion (from 0): of requests now, and of sessions that began before."""
    if plan.strategy != "blue-green":
        return 1.0
    lately = [one for one in range(since - plan.switch.drain, since + 1) if 0 <= one < stopped]
    return sum(target(plan, one)[0] for one in lately) / (plan.switch.drain + 1)


def target(plan, since):
    """The share of what begins in a window after the promotion that goes to the new version, and the failure rate that strikes there."""
    for move in plan.switch.migration:
        if since < move.windows:
            return move.share, move.limit or plan.switch.limit
        since -= move.windows
    return 1.0, plan.switch.limit


def strikes(plan, number, promoted, window):
    """When it is known that too many decisions of a window were bad: one window, or none where they weren't or nothing is the limit."""
    if promoted is None or plan.strategy != "blue-green":
        return []
    limit = target(plan, number - promoted)[1]
    return [number + plan.label_delay] * (limit is not None and window.canary > limit * window.requests)


def works(plan, promoted, window):
    """The window after which a rollback works that was decided after this one: later, where the old version must be started again."""
    number, switch = window + plan.rollback_delay, plan.switch
    if plan.strategy == "blue-green" and promoted is not None and switch.blue_stays is not None:
        gone = promoted + sum(move.windows for move in switch.migration) + switch.drain + switch.blue_stays
        return number + (switch.restart if window > gone else 0)
    return number
