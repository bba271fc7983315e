"""Fifty people in a round: what their polling costs, how long a vote takes meanwhile, and when a change shows everywhere."""

import asyncio
import hashlib
import random
import secrets
import time
from contextlib import ExitStack

import httpx
import numpy as np
import psutil
import pytest

from components.project.rounds import Card, Question, Round
from components.server.middleware import COOKIE
from tests.benchmarks.streamlit_session import Tab
from tests.browsing import browser, tab, visit
from tests.serving import bare_home, serve

PEOPLE, POLLING, VOTING, PAUSE = 50, 15, 20, (2, 6)
HALF_A_CORE, VOTE_P95 = 0.5, 0.100
SCREENS, CHANGES, SHOWN = 6, 8, 2.5
CARDS = [Card(kind="option", id=f"c{number}", title=f"Idea {number}") for number in range(4)]
FORMS = Question(name="forms", title="Forms a week", low=0)


class Voter:
    """One tab in the round: asks every second whether its screen is still so, as live.js does, and votes now and then."""

    def __init__(self, url, project, cookie):
        self.url, self.project, self.cookie, self.spent, self.asked = url, project, cookie, [], 0

    async def poll(self, client, seq, lights, until):
        await asyncio.sleep(random.random())
        headers = {"Cookie": f"{COOKIE}={self.cookie}"}
        while time.monotonic() < until:
            begun = time.monotonic()
            for query in ({"seen": seq, "screen": "Join", "dark": 0}, {"round": "r", "seen": lights}):
                answer = await client.get(f"{self.url}/changes", params={"project": self.project, **query}, headers=headers)
                assert answer.json() == {"changed": False}
                self.asked += 1
            await asyncio.sleep(max(0, 1 - (time.monotonic() - begun)))

    async def vote(self, until):
        async with Tab(self.url, "join", f"project={self.project}&round=r", cookie=f"{COOKIE}={self.cookie}") as tab:
            await tab.rerun()
            number = 0
            while time.monotonic() < until:
                await asyncio.sleep(random.uniform(*PAUSE))
                number += 1
                self.spent.append(await tab.change(FORMS.title, float(number)))
        return number


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """A round that fifty people have joined."""
    with serve(bare_home(tmp_path_factory.mktemp("room") / "home"), GROUNDWORK_WARM="1") as served:
        store = served.store()
        project = store.create_project("Room", "nobody").id
        store.save(project, Round(purpose="vote", title="How many?", cards=CARDS, questions=[FORMS]), person="nobody", id="r")
        cookies = [secrets.token_urlsafe(24) for _ in range(PEOPLE)]
        for number, cookie in enumerate(cookies):
            store.join(project, "r", person_of(cookie), f"Person {number}")
        yield served, store, project, cookies
        store.close()


def person_of(cookie):
    return hashlib.sha256(cookie.encode()).hexdigest()[:32]


async def meeting(served, project, cookies, seq, lights, seconds, voting):
    until = time.monotonic() + seconds
    voters = [Voter(served.url, project, cookie) for cookie in cookies]
    async with httpx.AsyncClient(timeout=30, limits=httpx.Limits(max_connections=PEOPLE, keepalive_expiry=3)) as client:
        work = [voter.poll(client, seq, lights, until) for voter in voters] + [voter.vote(until) for voter in voters if voting]
        await asyncio.gather(*work)
    return voters


def test_fifty_people_polling_cost_less_than_half_a_core(room):
    served, store, project, cookies = room
    process, seq, lights = psutil.Process(served.process.pid), store.seq(project), store.lights(project, "r")
    asyncio.run(meeting(served, project, cookies, seq, lights, 3, False))  # warm
    before, begun = sum(process.cpu_times()[:2]), time.monotonic()
    voters = asyncio.run(meeting(served, project, cookies, seq, lights, POLLING, False))
    spent, seconds = sum(process.cpu_times()[:2]) - before, time.monotonic() - begun
    asked = sum(voter.asked for voter in voters)
    print(f"| {PEOPLE} people polling in a round, {asked / seconds:.0f} questions a second | {spent / seconds:.2f} of a core |")
    assert asked / seconds > PEOPLE, "each asks every second"
    assert spent / seconds < HALF_A_CORE


def test_a_vote_is_kept_at_once_while_fifty_people_poll(room):
    served, store, project, cookies = room
    process = psutil.Process(served.process.pid)
    before, begun = sum(process.cpu_times()[:2]), time.monotonic()
    voters = asyncio.run(meeting(served, project, cookies, store.seq(project), store.lights(project, "r"), VOTING, True))
    share = (sum(process.cpu_times()[:2]) - before) / (time.monotonic() - begun)
    spent = [seconds for voter in voters for seconds in voter.spent]
    median, p95 = np.quantile(spent, [0.5, 0.95])
    print(f"| a vote while {PEOPLE} people poll, p95 of {len(spent)} votes | {1000 * p95:.0f} ms (median {1000 * median:.0f} ms) |")
    print(f"| polling and votes together, {share:.2f} of a core |")
    for voter, cookie in zip(voters, cookies, strict=True):
        [vote] = store.votes(project, "r", person_of(cookie))
        assert vote.answers["forms"][1] == len(voter.spent), "the last one counts, none is lost"
    assert p95 < VOTE_P95


def test_a_change_shows_on_six_screens_within_two_and_a_half_seconds(room):
    served, store, project, _ = room
    with browser() as opened, ExitStack() as stack:
        pages = [stack.enter_context(tab(opened)) for _ in range(SCREENS)]
        for page in pages:
            visit(page, f"{served.url}/assessment?project={project}&view=vote&round=r")
        spent = []
        for number in range(PEOPLE + 1, PEOPLE + CHANGES + 1):
            begun = time.monotonic()
            store.join(project, "r", f"late-{number}", f"Late {number}")
            for page in pages:
                page.get_by_text(f"{number} people joined").wait_for()
            spent.append(time.monotonic() - begun)
            time.sleep(random.random())
    print(f"| a change on all of {SCREENS} screens, the slowest of {CHANGES} | {max(spent):.1f} s (median {np.median(spent):.1f} s) |")
    assert max(spent) < SHOWN
