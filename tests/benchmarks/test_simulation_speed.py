"""1,000 canary rollouts of 100,000 requests, looked at after every 100: ours against SimPy on the same plan."""

import math
import random
import statistics
import time

import numpy as np
import simpy

from components.deployment.reading import read_plan
from components.deployment.rehearsal import rehearse
from components.deployment.simulation import simulate

RUNS, PLAIN_RUNS = 1000, 2
SHARES = ((0.01, 400), (0.05, 200), (0.25, 200), (0.5, 200))
PLAN = {
    "requests_per_window": 100,
    "steps": [{"share": share, "windows": windows} for share, windows in SHARES],
    "failure_rate": 0.05,
    "risk_ratio": 1.0,
}
TIMES_FASTER = 2000


def seconds(work, times=1):
    """Median time of some repetitions."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def one_rollout(seed):
    """A canary as one writes it with SimPy: each request is a process that takes its time, and another looks after every 100."""
    world, rng = simpy.Environment(), random.Random(seed)
    counts = {"canary": 0, "control": 0, "share": SHARES[0][0]}
    grid = list(np.geomspace(1.05, 10, 20))
    exponents = [[0.0] * 20, [0.0] * 20]

    def request():
        arm = "canary" if rng.random() < counts["share"] else "control"
        yield world.timeout(0.5)
        counts[arm] += rng.random() < 0.05

    def arrivals():
        while True:
            world.process(request())
            yield world.timeout(1)

    def gate():
        for share, windows in SHARES:
            counts["share"] = share
            for _ in range(windows):
                yield world.timeout(100)
                for side, (edge, sign) in enumerate(((1.0, 1), (1.25, -1))):
                    for j, ratio in enumerate(grid):
                        other = edge * ratio**sign
                        bound = math.log((1 + share * (other - 1)) / (1 + share * (edge - 1)))
                        exponents[side][j] += counts["canary"] * (math.log(other / edge) - bound) - counts["control"] * bound
                counts["canary"] = counts["control"] = 0

    world.process(arrivals())
    world.process(gate())
    world.run(until=100_001)


def test_a_thousand_rollouts_against_simpy(capsys):
    plan = read_plan(PLAN)
    simulate(plan, 10, 0)
    theirs = seconds(lambda: [one_rollout(seed) for seed in range(PLAIN_RUNS)]) / PLAIN_RUNS * RUNS
    ours = seconds(lambda: simulate(plan, RUNS, 0), times=7)
    with capsys.disabled():
        print(f"\n1,000 rollouts of 100,000 requests: SimPy {theirs:.0f} s, ours {ours:.3f} s, {theirs / ours:,.0f} × faster")
    assert theirs / ours >= TIMES_FASTER


def test_what_the_screen_asks_for_needs_no_wait(capsys):
    plan = read_plan({})

    def asked():
        rehearsal = rehearse(plan, 2.0, RUNS, 0)
        return rehearsal.table

    asked()
    simulated, with_picture = seconds(lambda: simulate(plan, RUNS, 0), times=9), seconds(asked, times=9)
    with capsys.disabled():
        print(f"\nthe standard plan: {simulated:.3f} s for 1,000 runs; {with_picture:.3f} s for both versions with their curves")
    assert simulated < 0.1
    assert with_picture < 0.3
