"""Workers as their server holds them: forked from a nursery, which may die, or started anew where there is none."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from components.jobs import workers
from components.jobs.runner import Runner

LONGEST_WAIT = 60


def until(condition):
    """Wait until something holds."""
    end = time.monotonic() + LONGEST_WAIT
    while not condition():
        assert time.monotonic() < end, "this never came about"
        time.sleep(0.01)


def gone(pid):
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == "zombie"


@pytest.fixture
def runner(settings, monkeypatch):
    monkeypatch.setattr(Runner, "warm", lambda self: None)
    opened = Runner(settings, packages=("components", "tests"))
    yield opened
    opened.close()


@pytest.fixture
def run(runner, project):
    """Run a task to its end, and return its job."""

    def run_one(task, **params):
        job_id = runner.submit(project.id, f"tests.jobs.tasks:{task}", params, task, "ana")
        until(lambda: not runner.store.job(job_id).living)
        return runner.store.job(job_id)

    return run_one


@pytest.fixture
def own_nursery(monkeypatch):
    """A process without a nursery, as when its server has just started."""
    monkeypatch.setattr(workers, "OPEN", [])
    yield workers.OPEN
    for nursery in workers.OPEN:
        nursery.process.kill()
        until(lambda nursery=nursery: nursery.process.returncode is not None)


@pytest.mark.parametrize("forked", [True, False])
def test_a_worker_runs_in_this_environment_and_folder(run, tmp_path, monkeypatch, forked):
    monkeypatch.setattr(workers, "FORKED", forked)
    monkeypatch.setenv("SAID", "today")
    monkeypatch.chdir(tmp_path)
    found = run("whereabouts").result
    assert (found["folder"], found["said"]) == (str(tmp_path), "today")
    assert (found["parent"] == os.getpid()) != forked


def test_workers_are_forked_from_one_process_that_has_imported_what_is_slow(run):
    first = run("whereabouts").result
    nursery = psutil.Process(workers.OPEN[0].process.pid)
    until(lambda: nursery.cpu_percent(0.3) < 1)
    second = run("whereabouts").result
    assert first["parent"] == second["parent"] == nursery.pid
    assert second["preloaded"] == ["sklearn.ensemble", "duckdb", "ibis"]
    until(lambda: not nursery.children())  # all are buried


def test_the_first_job_does_not_wait_for_all_imports(run, own_nursery):
    assert run("whereabouts").result["preloaded"] != ["sklearn.ensemble", "duckdb", "ibis"]
    assert len(own_nursery) == 1


def test_what_a_worker_says_is_heard_where_its_server_is_heard(run, capfd):
    assert "foresee" in run("stumble").error
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_with_a_nursery_its_workers_end_and_the_next_job_has_another(runner, run, project, own_nursery, tmp_path):
    job_id = runner.submit(project.id, "tests.jobs.tasks:deaf", {"folder": str(tmp_path)}, "Deaf", "ana")
    until(lambda: (tmp_path / "pids").exists() and len((tmp_path / "pids").read_text().split()) == 2)
    worker, child = map(int, (tmp_path / "pids").read_text().split())
    [old] = own_nursery
    os.kill(old.process.pid, signal.SIGKILL)
    until(lambda: not runner.store.job(job_id).living)
    assert "killed before it finished" in runner.store.job(job_id).error
    until(lambda: gone(worker) and gone(child))
    assert run("measure", value=0.5).result["value"] == 0.5
    assert own_nursery != [old]


def test_a_nursery_that_was_just_killed_forks_nothing_and_is_replaced(run, own_nursery):
    run("measure", value=0.5)
    [old] = own_nursery
    old.process.kill()
    until(lambda: gone(old.process.pid))
    assert run("measure", value=0.6).state in {"done", "failed"}  # taken before its end was noticed, it fails and says so
    assert run("measure", value=0.7).result["value"] == 0.7


def test_where_no_nursery_can_be_opened_nothing_is_left_open(own_nursery, monkeypatch):
    def fail(*_, **__):
        raise OSError("no more processes")

    before = len(os.listdir("/proc/self/fd"))
    monkeypatch.setattr(workers.subprocess, "Popen", fail)
    with pytest.raises(OSError, match="no more"):
        workers.start()
    assert (len(os.listdir("/proc/self/fd")), own_nursery) == (before, [])


def test_a_nursery_ends_with_its_server():
    begin = "from components.jobs import workers; w = workers.start(); print(w.pid, workers.OPEN[0].process.pid, flush=True); input()"
    server = subprocess.Popen([sys.executable, "-c", begin], cwd=workers.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    pids = list(map(int, server.stdout.readline().split()))
    assert not any(map(gone, pids))
    server.kill()
    server.communicate()
    until(lambda: all(map(gone, pids)))


def test_a_worker_that_is_killed_as_soon_as_it_is_born_is_killed():
    for _ in range(20):
        worker = workers.start()
        workers.kill(worker)
        workers.bury(worker)
        assert worker.poll() == -signal.SIGKILL


def test_a_worker_that_is_told_nothing_ends_by_itself():
    worker = workers.start()
    worker.stdin.close()
    assert worker.wait(LONGEST_WAIT) == 1  # it was not even told with which settings


def test_waiting_ends_in_time():
    worker = workers.start()
    with pytest.raises(subprocess.TimeoutExpired):
        worker.wait(0.05)
    workers.kill(worker)
    workers.bury(worker)
