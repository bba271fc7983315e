"""The life of a job, in real worker processes."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from components.errors import BadInput
from components.jobs import runner as module
from components.jobs import workers
from components.jobs.runner import Runner
from components.project.failures import busy
from components.project.settings import Settings
from components.project.target import Target

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("components", "tests")
LONGEST_WAIT = 60
WARM = Runner.warm


def until(condition, longest=LONGEST_WAIT):
    """Wait until something holds, and return what it was."""
    end = time.monotonic() + longest
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.01)
    pytest.fail("This never came about.")


def ended(runner, job_id):
    def over():
        job = runner.store.job(job_id)
        return None if job.living else job

    return until(over)


def running(runner, job_id):
    return until(lambda: runner.store.job(job_id).state == "running")


@pytest.fixture
def open_runner(settings, monkeypatch):
    """Opens runners, and closes them at the end. None keeps a warm worker after a job, whose imports would slow the next test."""
    opened = []
    monkeypatch.setattr(Runner, "warm", lambda self: None)

    def open_one(most=None, where=settings):
        opened.append(Runner(where, packages=PACKAGES, most=most))
        return opened[-1]

    yield open_one
    for runner in opened:
        runner.close()


@pytest.fixture
def runner(open_runner):
    return open_runner()


@pytest.fixture
def submit(runner, project):
    def submit_one(task, **params):
        return runner.submit(project.id, f"tests.jobs.tasks:{task}", params, task.capitalize(), "ana")

    return submit_one


def test_a_job_is_queued_runs_and_leaves_its_result_and_its_records(runner, submit, store, project):
    before = store.seq(project.id)
    job_id = submit("measure", value=0.9)
    assert store.jobs(project.id)[0].id == job_id
    job = ended(runner, job_id)
    assert (job.state, job.error, job.title, job.submitted_by) == ("done", "", "Measure", "ana")
    assert job.result["value"] == 0.9
    assert job.result["nothing"] is None
    assert job.result["pid"] != os.getpid()
    assert job.submitted_at <= job.started_at <= job.finished_at
    saved = store.get(project.id, Target, "target")
    assert (saved.body.value, saved.updated_by) == (0.9, "ana")
    assert store.seq(project.id) == before + 3
    assert [one.id for one in store.jobs(project.id, task="tests.jobs.tasks:measure")] == [job_id]
    assert store.jobs(project.id, task="other") == []


def test_a_running_job_says_how_far_it_is_to_every_server(runner, submit, open_runner):
    job_id = submit("endless")
    colleague = open_runner()
    first = until(lambda: (job := colleague.store.job(job_id)).share and job)
    assert (first.state, first.message) == ("running", "Going on")
    until(lambda: colleague.store.job(job_id).share > first.share)
    assert first.started_at is not None


@pytest.mark.parametrize(
    ("task", "sentence"),
    [
        ("refuse", "The table has no rows. Bring another one."),
        ("stumble", "we did not foresee"),
        ("exhaust", "Memory ran out"),
        ("vanish", "The worker was killed before it finished, perhaps because memory ran out"),
        ("leave", "The worker stopped before it finished"),
        ("unkept", "we did not foresee"),
        ("nowhere", "There is no task"),
    ],
)
def test_a_job_that_fails_says_why(runner, submit, task, sentence):
    job = ended(runner, submit(task))
    assert job.state == "failed"
    assert sentence in job.error
    if task == "refuse":
        assert job.result == {"what": "The table has no rows.", "todo": "Bring another one.", "lines": ["line 1"]}


def test_a_killed_worker_breaks_no_other_job(open_runner, project):
    runner = open_runner(most=2)
    names = ["endless", "vanish", "measure"]
    jobs = [runner.submit(project.id, f"tests.jobs.tasks:{name}", {"value": 1}, name, "ana") for name in names]
    assert [ended(runner, job_id).state for job_id in jobs[1:]] == ["failed", "done"]
    assert runner.store.job(jobs[0]).living


@pytest.mark.parametrize("task", ["os:getcwd", "subprocess:run", "components.jobs.work", "componentsx.a:b", "components.no:thing", ""])
def test_only_what_is_ours_can_be_run(open_runner, project, task):
    runner = open_runner()
    job = ended(runner, runner.submit(project.id, task, {}, "Hostile", "ana"))
    assert (job.state, job.error.startswith("There is no task")) == ("failed", True)


def test_a_cancel_ends_the_worker_and_what_it_started(runner, submit, tmp_path):
    job_id = submit("deaf", folder=str(tmp_path))
    pids = [int(pid) for pid in until(lambda: (tmp_path / "pids").exists() and (tmp_path / "pids").read_text()).split()]
    assert all(psutil.pid_exists(pid) for pid in pids)
    runner.cancel(job_id)
    until(lambda: not any(psutil.pid_exists(pid) and psutil.Process(pid).status() != "zombie" for pid in pids))
    job = runner.store.job(job_id)
    assert (job.state, job.error) == ("cancelled", "Stopped.")
    runner.cancel(job_id)
    time.sleep(0.1)
    assert runner.store.job(job_id) == job


def test_a_cancel_reaches_the_worker_even_when_the_database_is_busy(runner, submit, tmp_path, monkeypatch):
    job_id = submit("deaf", folder=str(tmp_path))
    worker = int(until(lambda: (tmp_path / "pids").exists() and (tmp_path / "pids").read_text()).split()[0])
    end_job = runner.store.end_job
    monkeypatch.setattr(runner.store, "end_job", lambda *_, **__: (_ for _ in ()).throw(busy("saved")))
    with pytest.raises(BadInput, match="busy"):
        runner.cancel(job_id)
    until(lambda: not psutil.pid_exists(worker))
    monkeypatch.setattr(runner.store, "end_job", end_job)
    assert ended(runner, job_id).state == "failed"


def test_a_cancel_on_another_server_stops_the_worker_too(runner, submit, open_runner, tmp_path):
    job_id = submit("deaf", folder=str(tmp_path))
    worker = int(until(lambda: (tmp_path / "pids").exists() and (tmp_path / "pids").read_text()).split()[0])
    open_runner().cancel(job_id)
    until(lambda: not psutil.pid_exists(worker))
    assert ended(runner, job_id).state == "cancelled"


def test_deleting_a_project_stops_its_work(runner, submit, store, project, tmp_path):
    job_id = submit("deaf", folder=str(tmp_path))
    worker = int(until(lambda: (tmp_path / "pids").exists() and (tmp_path / "pids").read_text()).split()[0])
    store.delete_project(project.id, "ana")
    assert store.job(job_id).state == "cancelled"
    until(lambda: not psutil.pid_exists(worker))


def test_an_attentive_task_stops_itself_when_its_project_is_erased(runner, submit, store, project):
    job_id = submit("endless")
    running(runner, job_id)
    store.erase_project(project.id)
    until(lambda: not runner._running)
    assert store.job(job_id) is None


def test_more_jobs_than_processors_wait_and_run_in_order(open_runner, project, tmp_path):
    runner = open_runner(most=1)
    blocker = runner.submit(project.id, "tests.jobs.tasks:endless", {}, "Endless", "ana")
    running(runner, blocker)
    params = [{"number": number, "folder": str(tmp_path)} for number in range(4)]
    waiting = [runner.submit(project.id, "tests.jobs.tasks:order", one, "Order", "ana") for one in params]
    runner.cancel(waiting[1])
    assert [runner.store.job(job_id).state for job_id in waiting] == ["queued", "cancelled", "queued", "queued"]
    runner.cancel(blocker)
    assert [ended(runner, job_id).state for job_id in waiting] == ["done", "cancelled", "done", "done"]
    assert (tmp_path / "order").read_text().split() == ["0", "2", "3"]


def test_a_warm_worker_has_imported_what_is_slow_and_stays_where_the_server_was_started(runner, submit):
    WARM(runner)
    until(lambda: psutil.Process(runner._warm.pid).cpu_percent(0.3) < 1)
    job = ended(runner, submit("whereabouts"))
    assert job.result["preloaded"] == ["sklearn.ensemble", "duckdb", "ibis"]
    assert job.result["folder"] == str(Path.cwd())
    assert Path(job.result["components"]) == ROOT / "components" / "__init__.py"


def test_long_work_steps_back_behind_the_server_as_far_as_the_setting_says(open_runner, settings, project):
    runner = open_runner(where=replace(settings, nice=19))
    job = ended(runner, runner.submit(project.id, "tests.jobs.tasks:eagerness", {}, "Eagerness", "ana"))
    assert job.result["nice"] == [os.getpriority(os.PRIO_PROCESS, 0), 19, 19]


def test_a_warm_worker_that_died_is_replaced(runner, submit):
    WARM(runner)
    os.kill(runner._warm.pid, signal.SIGKILL)
    runner._warm.wait()
    assert ended(runner, submit("measure", value=0.9)).state == "done"


@pytest.mark.parametrize(("task", "head_start"), [("measure", 600), ("endless", 0.01)])
def test_beside_a_job_that_takes_longer_or_after_it_another_worker_is_warm(open_runner, project, monkeypatch, task, head_start):
    runner = open_runner()
    monkeypatch.setattr(Runner, "warm", WARM)
    monkeypatch.setattr(module, "EAGER_SECONDS", head_start)
    job_id = runner.submit(project.id, f"tests.jobs.tasks:{task}", {"value": 1}, "Measure", "ana")
    until(lambda: runner._warm is not None and runner._warm.poll() is None)
    assert runner.store.job(job_id).living == (task == "endless")


def test_where_no_worker_can_be_started_the_job_says_so(open_runner, project, monkeypatch):
    runner = open_runner()

    def fail(*_, **__):
        raise OSError("no more processes")

    monkeypatch.setattr(workers, "start", fail)
    job = ended(runner, runner.submit(project.id, "tests.jobs.tasks:measure", {"value": 1}, "Measure", "ana"))
    assert (job.state, "no room for another worker" in job.error) == ("failed", True)


def test_closing_ends_the_workers_and_notes_their_work_as_lost(open_runner, store, project, tmp_path):
    runner = open_runner(most=1)
    jobs = [runner.submit(project.id, "tests.jobs.tasks:deaf", {"folder": str(tmp_path)}, "Deaf", "ana") for _ in range(2)]
    pids = [int(pid) for pid in until(lambda: (tmp_path / "pids").exists() and (tmp_path / "pids").read_text()).split()]
    runner.close()
    assert [store.job(job_id).state for job_id in jobs] == ["lost", "lost"]
    until(lambda: not any(psutil.pid_exists(pid) and psutil.Process(pid).status() != "zombie" for pid in pids), 2)


SERVER = """
import json, sys, time
from pathlib import Path
from components.jobs.runner import Runner
from components.project.settings import Settings
settings = Settings(Path(sys.argv[1]), sys.argv[2], "")
runner = Runner(settings, packages=("components", "tests"), most=1)
project = runner.store.create_project("Handwriting", "ana").id
params = {"folder": sys.argv[1]}
print(json.dumps([runner.submit(project, "tests.jobs.tasks:deaf", params, "Deaf", "ana") for _ in range(2)]), flush=True)
time.sleep(60)
"""


def test_work_of_a_killed_server_ends_and_is_marked_as_lost_by_the_next(open_runner, database_url, tmp_path):
    command = [sys.executable, "-c", SERVER, str(tmp_path), database_url]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    jobs = json.loads(server.stdout.readline())
    pids = [int(pid) for pid in until(lambda: (tmp_path / "pids").exists() and (tmp_path / "pids").read_text()).split()]
    bystander = open_runner(where=Settings(tmp_path, database_url, ""))
    assert [bystander.store.job(job_id).state for job_id in jobs] == ["running", "queued"]
    server.kill()
    server.wait()
    server.stdout.close()
    until(lambda: not any(psutil.pid_exists(pid) and psutil.Process(pid).status() != "zombie" for pid in pids), 5)
    seq = bystander.store.seq(bystander.store.job(jobs[0]).project_id)
    following = open_runner(where=Settings(tmp_path, database_url, ""))
    lost = [following.store.job(job_id) for job_id in jobs]
    assert [job.state for job in lost] == ["lost", "lost"]
    assert "The server stopped while this was running" in lost[0].error
    assert following.store.seq(lost[0].project_id) == seq + 1
    assert following.store.working_servers() == {}
