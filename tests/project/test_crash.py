"""A process killed in the middle of its saves: what it was told was saved is there, and the next one starts."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from components.kinds import KINDS
from components.project.data_sets import DataSet
from components.project.store import Store
from components.project.target import Target

ROOT = Path(__file__).resolve().parents[2]
WRITER = """
import sys, threading
from components.kinds import KINDS
from components.project.data_sets import DataSet
from components.project.store import Store
from components.project.target import Target

store = Store(sys.argv[1], KINDS)
lock = threading.Lock()

def write(writer):
    for number in range(1000):
        name = f"{writer}-{number}"
        store.save("p", DataSet(name=name, note="x" * 2000), person=str(writer), id=name)
        store.put("p", Target(value=number), person=str(writer), id=f"target-{writer}")
        with lock:
            sys.stdout.write(name + "\\n")
            sys.stdout.flush()

for writer in range(4):
    threading.Thread(target=write, args=(writer,)).start()
"""
SAVES_BEFORE_THE_KILL = 100


@pytest.fixture
def acknowledged(database_url):
    """What a process had been told was saved, twice over, when it was killed in the middle of its 200 saves."""
    store = Store(database_url, KINDS)
    store.create_project("Handwriting", "ana", id="p")
    store.close()
    writer = subprocess.Popen([sys.executable, "-c", WRITER, database_url], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    names = [writer.stdout.readline().strip() for _ in range(SAVES_BEFORE_THE_KILL)]
    os.kill(writer.pid, signal.SIGKILL)
    names += [line.strip() for line in writer.stdout if line.endswith("\n")]
    writer.stdout.close()
    assert writer.wait() == -signal.SIGKILL
    return names


def test_everything_acknowledged_is_there_and_the_database_is_whole(acknowledged, database_url):
    store = Store(database_url, KINDS)
    found = {record.id: record for record in store.all("p", DataSet)}
    assert len(acknowledged) >= SAVES_BEFORE_THE_KILL
    assert set(acknowledged) <= set(found)
    for writer in range(4):
        last = max((int(name.split("-")[1]) for name in acknowledged if name.startswith(f"{writer}-")), default=None)
        if last is not None:
            assert store.get("p", Target, f"target-{writer}").body.value >= last
    changes = store.history("p", most=None)
    assert [change.seq for change in changes] == list(range(store.seq("p"), 0, -1))
    assert {change.record_id for change in changes if change.kind == "data_set"} == set(found)
    if store.database.is_sqlite:
        with store.database.read() as connection:
            assert connection.execute(sa.text("PRAGMA integrity_check")).scalar() == "ok"
            assert connection.execute(sa.text("PRAGMA foreign_key_check")).all() == []
    assert store.save("p", DataSet(name="after"), person="ana").seq == len(changes) + 1
    store.close()
