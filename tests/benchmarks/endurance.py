"""What takes too long for every run: `python -m tests.benchmarks.endurance kills 100`, `… editors 50 200`.

kills: a process that saves is killed at random moments, on one database after the other; nothing acknowledged may be missing.
editors: so many people raise counters, so often each, over what they read; every conflict is met by reading again.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import sqlalchemy as sa

from components.kinds import KINDS
from components.project.data_sets import DataSet
from components.project.store import Conflict, Store
from components.project.target import Target
from tests.project.test_crash import WRITER
from tests.serving import ROOT

COUNTERS = 50


def killed(url: str, moment: float) -> tuple[int, int]:
    """Kill a process in the middle of its saves; return how many it was told of, and how many of these are missing."""
    store = Store(url, KINDS)
    project = store.create_project("Handwriting", "ana").id
    code = WRITER.replace('"p"', f'"{project}"')
    writer = subprocess.Popen([sys.executable, "-c", code, url], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    names = [writer.stdout.readline().strip()]
    time.sleep(moment)
    os.kill(writer.pid, signal.SIGKILL)
    names += [line.strip() for line in writer.stdout if line.endswith("\n")]
    writer.stdout.close()
    writer.wait()
    found = {record.id for record in store.all(project, DataSet)}
    changes = store.history(project, most=None)
    assert [change.seq for change in changes] == list(range(store.seq(project), 0, -1)), "a change is half there"
    if store.database.is_sqlite:
        with store.database.read() as connection:
            assert connection.execute(sa.text("PRAGMA integrity_check")).scalar() == "ok"
    store.save(project, DataSet(name="after"), person="ana")
    store.close()
    return len(names), len(set(names) - found)


def kills(times: int) -> None:
    """Kill so many times, and say what was lost."""
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        url = os.environ.get("GROUNDWORK_DATABASE_URL") or f"sqlite:///{folder}/groundwork.db"
        told = [killed(url, chance.uniform(0, 0.6)) for _ in range(times)]
    print(f"{times} kills, {sum(one for one, _ in told):,} saves acknowledged, {sum(lost for _, lost in told)} lost")


def editors(people: int, saves: int) -> None:
    """Let everybody raise counters, and compare their sum with the number of saves."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(os.environ.get("GROUNDWORK_DATABASE_URL") or f"sqlite:///{folder}/groundwork.db", KINDS)
        project = store.create_project("Counting", "ana").id
        for number in range(COUNTERS):
            store.save(project, Target(value=0), person="ana", id=str(number))

        def edit(person: int) -> int:
            chance, conflicts = random.Random(person), 0
            for _ in range(saves):
                id_ = str(chance.randrange(COUNTERS))
                while True:
                    there = store.get(project, Target, id_)
                    try:
                        store.save(project, Target(value=there.body.value + 1), person=f"p{person}", id=id_, read=there.version)
                        break
                    except Conflict:
                        conflicts += 1
            return conflicts

        began = time.perf_counter()
        with ThreadPoolExecutor(people) as crowd:
            conflicts = sum(crowd.map(edit, range(people)))
        seconds = time.perf_counter() - began
        total = sum(record.body.value for record in store.all(project, Target))
        store.close()
    print(f"{people} × {saves} saves in {seconds:.0f} s, {conflicts:,} conflicts met, {people * saves - total:.0f} updates lost")


def main() -> None:
    """Do what the arguments say."""
    what, *rest = sys.argv[1:]
    if what == "kills":
        kills(int(rest[0]))
    else:
        editors(int(rest[0]), int(rest[1]))


if __name__ == "__main__":
    assert Path.cwd() == ROOT, "run it from the top of the repository"
    main()
