"""Kills the server, a worker and PostgreSQL in the middle of their work, and says what was acknowledged and what of it is missing."""

import itertools
import os
import random
import signal
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import httpx

from components.jobs.runner import Runner
from components.kinds import KINDS
from components.project.data_sets import DataSet
from components.project.failures import StoreUnavailable
from components.project.rounds import Card, Choice, Question, Round
from components.project.settings import Settings
from components.project.store import Store
from components.server.middleware import COOKIE, person_id
from tests.postgres import Cluster
from tests.serving import Served, bare_home, start, stop

WRITERS = 4
CARDS = [str(number) for number in range(50)]
PATIENCE = 60
LONGEST = 0.5
NOWHERE = "http://127.0.0.1:1"


class Load:
    """Threads that do something again and again until they are told to stop."""

    def __init__(self, work: Callable[[int, int], None]) -> None:
        self.over = threading.Event()
        self.threads = [threading.Thread(target=self._run, args=(work, number), daemon=True) for number in range(WRITERS)]
        for thread in self.threads:
            thread.start()

    def _run(self, work: Callable[[int, int], None], writer: int) -> None:
        for number in itertools.count():
            if self.over.is_set():
                return
            work(writer, number)

    def end(self) -> None:
        """Stop, and return once all have stopped."""
        self.over.set()
        for thread in self.threads:
            thread.join(PATIENCE)


def until(condition: Callable[[], bool], what: str) -> None:
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.01)


def history_is_whole(store: Store, project: str) -> None:
    """No change is half there: none counts twice, and each record stands as its last change left it."""
    changes = store.history(project, most=None)
    counts = [change.seq for change in changes]
    assert counts == sorted(set(counts), reverse=True), "a change is there twice"
    assert not counts or counts[0] <= store.seq(project), "a change was not counted"
    last = {change.record_id: change.after for change in reversed(changes) if change.kind == DataSet.kind}
    assert {one.id: one.body.name for one in store.all(project, DataSet)} == {id_: after["name"] for id_, after in last.items()}


def server_killed(home: Path, times: int, chance: random.Random) -> tuple[int, int]:
    """Kill a server while four people judge; return how many judgements it acknowledged, and how many of these are missing."""
    secrets = [str(number) * 32 for number in range(WRITERS)]
    with closing(Store(f"sqlite:///{bare_home(home) / 'groundwork.db'}", KINDS)) as store:
        project = store.create_project("Handwriting", "ana").id
        question = Question(name="label", title="Is it cut?", choices=[Choice(value=0, word="cut"), Choice(value=1, word="good")])
        cards = [Card(kind="item", id=card, title=card) for card in CARDS]
        body = Round(purpose="judge", title="Is it cut?", cards=cards, questions=[question], least=WRITERS + 1)
        store.save(project, body, person="ana", id="r")
        for secret in secrets:
            store.join(project, "r", person_id(secret), "Somebody")
    kept: list[dict[str, float]] = [{} for _ in secrets]
    counted, where = [0], [NOWHERE]
    people = [httpx.Client(cookies={COOKIE: secret}, timeout=10, verify=False) for secret in secrets]

    def judge(writer: int, number: int) -> None:
        said = {"project": project, "round": "r", "card": CARDS[number % len(CARDS)], "label": number % 2, "at": number + 1}
        try:
            answer = people[writer].post(f"{where[0]}/judging", json=said)
        except httpx.TransportError:
            time.sleep(0.1)
            return
        if answer.status_code == 200:
            kept[writer][said["card"]] = said["at"]
            counted[0] += 1

    served: Served | None = None
    load = Load(judge)
    try:
        for _ in range(times):
            served = start(home)
            served.wait()
            where[0], before = served.url, counted[0]
            until(lambda before=before: counted[0] > before + WRITERS, "the server should keep judgements again")
            time.sleep(chance.uniform(0, LONGEST))
            served.process.send_signal(signal.SIGKILL)
            served.process.wait()
    finally:
        load.end()
        for one in people:
            one.close()
        if served is not None:
            stop(served)
    with closing(Store(f"sqlite:///{home / 'groundwork.db'}", KINDS)) as store:
        history_is_whole(store, project)
        lost = 0
        for writer, secret in enumerate(secrets):
            found = {vote.card: vote.answers for vote in store.votes(project, "r", person_id(secret))}
            assert all({"label", "at", "seconds"} <= set(answers) for answers in found.values()), "a judgement is half there"
            lost += sum(found.get(card, {"at": 0})["at"] < at for card, at in kept[writer].items())
    return counted[0], lost


def write_on(work) -> None:
    """Save without end, and note in a file what was saved: what a worker does until it is killed."""
    for number in itertools.count():
        saved = work.store.save(work.project_id, DataSet(name=f"{work.job_id} {number}"), person=work.person)
        with Path(work.params["told"]).open("a") as told:
            told.write(f"{saved.id}\n")


def worker_killed(settings: Settings, times: int, chance: random.Random) -> tuple[int, int]:
    """Kill workers while they save; return how many saves they noted, and how many are missing. Each job says what became of it."""
    store, runner = Store(settings.database_url, KINDS), Runner(settings, packages=("components", "tests"), most=1)
    told = settings.home / "told"
    told.touch()
    try:
        project = store.create_project("Handwriting", "ana").id
        for _ in range(times):
            before = told.stat().st_size
            job = runner.submit(project, "tests.killing:write_on", {"told": str(told)}, "Write on", "ana")
            until(lambda before=before: told.stat().st_size > before, "the worker should save something")
            time.sleep(chance.uniform(0, LONGEST))
            os.killpg(runner._running[job].pid, signal.SIGKILL)
            until(lambda job=job: not store.job(job).living, "somebody should notice that the worker is gone")
            ended = store.job(job)
            assert (ended.state, "killed before it finished" in ended.error) == ("failed", True)
        history_is_whole(store, project)
        names = [line for line in told.read_text().splitlines(keepends=True) if line.endswith("\n")]
        return len(names), len({name.strip() for name in names} - {one.id for one in store.all(project, DataSet)})
    finally:
        runner.close()
        store.close()


def postgres_killed(times: int, chance: random.Random) -> tuple[int, int]:
    """Kill PostgreSQL while four people save; return how many saves were acknowledged, and how many of these are missing."""
    cluster = Cluster(fsync=True)
    cluster.start()
    store = Store(cluster.url, KINDS)
    project = store.create_project("Handwriting", "ana").id
    kept: list[list[str]] = [[] for _ in range(WRITERS)]

    def save(writer: int, number: int) -> None:
        try:
            kept[writer].append(store.save(project, DataSet(name=f"{writer} {number}"), person=str(writer)).id)
        except StoreUnavailable:
            time.sleep(0.02)

    load = Load(save)
    try:
        for _ in range(times):
            before = [len(one) for one in kept]
            until(lambda before=before: all(len(one) > then for one, then in zip(kept, before, strict=True)), "everybody should save again")
            time.sleep(chance.uniform(0, LONGEST))
            cluster.kill()
            cluster.start()
        before = [len(one) for one in kept]
        until(lambda: all(len(one) > then for one, then in zip(kept, before, strict=True)), "everybody should save again")
        load.end()
        history_is_whole(store, project)
        every = {id_ for one in kept for id_ in one}
        return len(every), len(every - {one.id for one in store.all(project, DataSet)})
    finally:
        load.end()
        store.close()
        cluster.remove()
