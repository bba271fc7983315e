"""How the server starts: what it says, what it refuses, and that it comes back after being killed."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing

import httpx
import pytest

from components.errors import BadInput
from components.jobs.runner import Runner
from components.project.settings import Settings
from components.scoping.records import Problem
from tests.serving import ROOT, bare_home, environment, free_port, serve, start, stop


def run(home, **more):
    """Run `python app.py` where it can't start, and return what it said."""
    return subprocess.run(
        [sys.executable, "app.py"], cwd=ROOT, env=environment(home, **more), capture_output=True, text=True, timeout=60, check=False
    )


def test_it_says_in_one_line_where_it_is(tmp_path):
    with serve(bare_home(tmp_path / "home")) as served:
        assert served.log.read_text().splitlines() == [f"Groundwork is at http://localhost:{served.url.rsplit(':', 1)[1]}"]


def test_a_second_start_shows_what_was_there(filled_copy):
    with serve(filled_copy) as served:
        assert httpx.get(served.url).status_code == 200
        with closing(served.store()) as store:
            assert [project.demo for project in store.projects()] == [True]


@pytest.mark.parametrize("port", ["eight", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused_in_one_line(tmp_path, port):
    said = run(tmp_path / "home", PORT=port)
    assert said.returncode == 2
    assert len(said.stderr.splitlines()) == 1
    assert f"PORT is “{port}”" in said.stderr


def test_a_port_that_is_taken_is_refused_in_one_line(tmp_path):
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        said = run(tmp_path / "home", PORT=str(other.getsockname()[1]))
    assert said.returncode == 2
    assert said.stdout == ""
    assert "in use" in said.stderr
    assert "Traceback" not in said.stderr


@pytest.mark.parametrize("host", ["nowhere.invalid", "192.0.2.1"])
def test_a_host_that_is_not_this_machine_is_refused_in_one_line(tmp_path, host):
    said = run(tmp_path / "home", PORT=str(free_port()), HOST=host)
    assert said.returncode == 2
    assert len(said.stderr.splitlines()) == 1
    assert "Let HOST be an address of this machine" in said.stderr


def test_a_setting_that_names_nothing_is_refused(tmp_path):
    said = run(tmp_path / "home", PORT=str(free_port()), GROUNDWORK_JOBS="dask")
    assert said.returncode == 2
    assert "There is no place “dask” for GROUNDWORK_JOBS" in said.stderr


def test_how_far_workers_step_back_is_a_number_from_0_to_19(monkeypatch):
    for text in ("-5", "20", "low"):
        monkeypatch.setenv("GROUNDWORK_NICE", text)
        with pytest.raises(BadInput, match=f"GROUNDWORK_NICE can't be “{text}”"):
            Settings.from_environment()
    monkeypatch.delenv("GROUNDWORK_NICE")
    assert Settings.from_environment().nice > 0


def test_a_worker_waits_unless_the_setting_wants_none(monkeypatch, tmp_path, project):
    monkeypatch.setenv("GROUNDWORK_HOME", str(tmp_path / "home"))
    for text, living in (("1", True), ("0", False)):
        monkeypatch.setenv("GROUNDWORK_WARM", text)
        with closing(Runner(Settings.from_environment())) as runner:
            runner.warm()
            assert (runner._warm is not None) == living
    monkeypatch.setenv("GROUNDWORK_WARM", "yes")
    with pytest.raises(BadInput, match="GROUNDWORK_WARM can't be “yes”"):
        Settings.from_environment()


def test_a_database_that_does_not_answer_is_said(tmp_path):
    url = f"postgresql+psycopg://nobody@127.0.0.1:{free_port()}/none"
    said = run(tmp_path / "home", PORT=str(free_port()), GROUNDWORK_DATABASE_URL=url)
    assert said.returncode == 2
    assert "The database doesn't answer" in said.stderr
    assert "Traceback" not in said.stderr


def test_variables_of_streamlit_are_not_read(tmp_path):
    port = free_port()
    with serve(
        tmp_path / "home", STREAMLIT_SERVER_PORT=str(port), STREAMLIT_SERVER_MAX_UPLOAD_SIZE="7", STREAMLIT_SERVER_BASE_URL_PATH="x"
    ) as served:
        assert httpx.get(f"{served.url}/_stcore/health").status_code == 200
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"http://127.0.0.1:{port}")


def websocket(port, host):
    """Ask for the socket that a page opens, under a name, and return the status."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=20)) as wire:
        lines = [
            "GET /_stcore/stream HTTP/1.1",
            f"Host: {host}:{port}",
            f"Origin: http://{host}:{port}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Protocol: streamlit",
        ]
        wire.sendall("\r\n".join([*lines, "", ""]).encode())
        return int(wire.recv(4096).split()[1])


def test_in_the_network_it_says_the_address_for_colleagues_and_answers_under_its_names_only(tmp_path):
    with serve(bare_home(tmp_path / "home"), host="0.0.0.0", GROUNDWORK_ALLOWED_HOSTS="plans.example.org") as served:
        said = served.log.read_text()
        sentence = r"Groundwork is at http://localhost:(\d+), and for colleagues in the same network at http://(\S+):\1"
        found = re.fullmatch(sentence, said.strip())
        assert found, said
        port = int(found.group(1))
        allowed = ("localhost", "127.0.0.1", found.group(2), "plans.example.org")
        assert {name: websocket(port, name) for name in allowed} == dict.fromkeys(allowed, 101)
        assert websocket(port, "evil.example.org") == 403


def test_by_itself_it_answers_under_local_names_only(tmp_path):
    with serve(bare_home(tmp_path / "home")) as served:
        port = int(served.url.rsplit(":", 1)[1])
        assert websocket(port, "localhost") == 101
        assert websocket(port, "plans.example.org") == 403


def test_killed_in_the_middle_of_saves_it_starts_again_with_everything_acknowledged(tmp_path):
    home = bare_home(tmp_path / "home")
    writer = f"""
import json, sys
from components.kinds import KINDS
from components.project.store import Store
from components.scoping.records import Problem
store = Store("sqlite:///{home / "groundwork.db"}", KINDS)
project = store.create_project("Killed", "ana").id
print(project, flush=True)
for number in range(200):
    saved = store.save(project, Problem(statement=f"Problem {{number}}"), person="ana", id=f"p{{number}}")
    print(saved.id, flush=True)
"""
    served = start(home)
    try:
        served.wait()
        saving = subprocess.Popen([sys.executable, "-c", writer], cwd=ROOT, env=environment(home), stdout=subprocess.PIPE, text=True)
        told = []
        reading = threading.Thread(target=lambda: told.extend(line.strip() for line in saving.stdout))
        reading.start()
        while len(told) < 40 and saving.poll() is None:
            time.sleep(0.002)
        os.kill(served.process.pid, signal.SIGKILL)
        os.kill(saving.pid, signal.SIGKILL)
        served.process.wait()
        saving.wait()
        reading.join()
        saving.stdout.close()
    finally:
        stop(served)
    project_id, *acknowledged = told
    assert 40 <= len(acknowledged) + 1 <= 201
    with serve(home) as again:
        assert httpx.get(f"{again.url}/healthz").json()["status"] == "ok"
        store = again.store()
        try:
            kept = {record.id for record in store.all(project_id, Problem)}
            assert set(acknowledged) <= kept
            assert len(kept) - len(acknowledged) <= 1
            assert store.database.engine.raw_connection().execute("PRAGMA integrity_check").fetchone() == ("ok",)
        finally:
            store.close()


def test_work_that_a_killed_server_was_doing_is_said_to_be_lost(tmp_path):
    home = tmp_path / "home"
    served = start(home)
    try:
        served.wait()
        store = served.store()
        until = time.monotonic() + 60
        filling = None
        while time.monotonic() < until and (filling is None or filling.state != "running"):
            filling = next((job for project in store.projects() for job in store.jobs(project.id)), None)
            time.sleep(0.05)
        assert filling is not None
        os.kill(served.process.pid, signal.SIGKILL)
        served.process.wait()
    finally:
        stop(served)
    with serve(home):
        until = time.monotonic() + 60
        while store.job(filling.id).state == "running" and time.monotonic() < until:
            time.sleep(0.2)
        assert store.job(filling.id).state == "lost"
        assert store.job(filling.id).error
    store.close()
    assert json.dumps(filling.params) == "{}"
