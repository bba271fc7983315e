"""Fifty people for half an hour on one server: `python -m tests.benchmarks.soak 30 50`. Its memory is told once a minute.

Each opens a screen of the filled example, looks at it again after a pause for thought, and opens another one after a while; one of them
saves all the time, so that what the others look at changes. A traceback, on a screen or in the log, is an error.
"""

import asyncio
import itertools
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil

from components.project.store import Store
from components.scoping.records import Problem
from components.ui.screens import SCREENS
from tests.benchmarks.streamlit_session import Tab
from tests.serving import ROOT, Served, serve, wait_filled

PAUSE = (2, 6)
LOOKS = 8  # at one screen, before the tab is closed and another one opened
SAVE_EVERY = 2
SHOWN = [screen for screen in SCREENS if screen.needs_project and not screen.bare]


@dataclass
class Seen:
    """What everybody met so far."""

    spent: list[float]
    tabs: int = 0
    saves: int = 0
    errors: int = 0


async def _person(number: int, served: Served, project: str, until: float, seen: Seen) -> None:
    chance = random.Random(number)
    await asyncio.sleep(chance.uniform(0, PAUSE[1]))
    while time.monotonic() < until:
        screen = chance.choice(SHOWN)
        async with Tab(served.url, screen.url_path, f"project={project}", f"groundwork_person={number:032d}") as tab:
            seen.tabs += 1
            for _ in range(LOOKS):
                seen.spent.append(await tab.rerun())
                if tab.exceptions:
                    seen.errors += len(tab.exceptions)
                    print(screen.path, tab.exceptions, flush=True)
                    tab.exceptions.clear()
                if time.monotonic() >= until:
                    break
                await asyncio.sleep(chance.uniform(*PAUSE))


async def _writer(store: Store, project: str, until: float, seen: Seen) -> None:
    for number in itertools.count():
        if time.monotonic() >= until:
            return
        there = store.get(project, Problem, "soak")
        body = Problem(statement=f"Looked at {number} times")
        await asyncio.to_thread(store.save, project, body, person="soak", id="soak", read=there.version if there else 0)
        seen.saves += 1
        await asyncio.sleep(SAVE_EVERY)


async def _soak(served: Served, project: str, minutes: float, people: int) -> Seen:
    store, process, seen = served.store(), psutil.Process(served.process.pid), Seen([])
    until = time.monotonic() + 60 * minutes
    everybody = (_person(number, served, project, until, seen) for number in range(people))
    crowd = asyncio.gather(_writer(store, project, until, seen), *everybody)
    while not crowd.done():
        await asyncio.wait([crowd], timeout=60)
        used, busy = process.memory_info().rss / 1e6, process.cpu_times()
        late = np.quantile(seen.spent[-500:] or [0], 0.95)
        print(
            f"{used:,.0f} MB, {process.num_threads()} threads, {process.num_fds()} files, {busy.user + busy.system:,.0f} s of processor, "
            f"{len(seen.spent):,} runs, {seen.tabs:,} tabs, {seen.saves:,} saves, p95 of the last 500 {late:.2f} s, {seen.errors} errors",
            flush=True,
        )
    store.close()
    await crowd
    return seen


def main() -> None:
    """Fill an example, and soak it."""
    minutes, people = float(sys.argv[1]), int(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder) / "home", GROUNDWORK_WARM="1") as served:
        seen = asyncio.run(_soak(served, wait_filled(served), minutes, people))
        log = served.log.read_text()
    errors = seen.errors + log.count("Traceback")
    print(f"{len(seen.spent):,} runs in {seen.tabs:,} tabs, slowest {max(seen.spent):.1f} s, {seen.saves:,} saves, {errors} errors")
    if errors:
        sys.exit(log)


if __name__ == "__main__":
    assert Path.cwd() == ROOT, "run it from the top of the repository"
    main()
