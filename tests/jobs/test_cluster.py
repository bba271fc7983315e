"""The same jobs on a Dask cluster: the same results, a cancel between steps, and a killed worker reported."""

import subprocess
import sys
import time
from dataclasses import replace

import numpy as np
import pandas as pd
import psutil
import pytest

from components.jobs.cluster import ClusterRunner, runner_for
from components.jobs.runner import Runner
from components.jobs.work import Work
from components.modelling.growing_work import measure
from components.modelling.records import GrowthRun
from components.project.data_sets import DataSet, DataVersion
from components.project.tables import put_table
from components.project.target import Target
from tests.serving import ROOT, environment, free_port

pytestmark = [pytest.mark.xdist_group("models"), pytest.mark.filterwarnings("ignore"), pytest.mark.timeout(1000)]
PACKAGES = ("components", "tests")
LONGEST_WAIT = 400


def until(condition):
    end = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.05)
    pytest.fail("This never came about.")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A scheduler with one worker, in processes of their own."""
    folder = tmp_path_factory.mktemp("dask")
    address = f"tcp://127.0.0.1:{free_port()}"
    told = {**environment(folder), "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    quiet = {"cwd": folder, "env": told, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    begin = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", address.rsplit(":", 1)[1]]
    scheduler = subprocess.Popen([*begin, "--no-dashboard", "--no-show"], **quiet)
    work = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard", "--memory-limit", "0"]
    worker = subprocess.Popen(work, **quiet)
    yield address
    for process in (worker, scheduler):
        for one in [*psutil.Process(process.pid).children(recursive=True), process]:
            one.kill()
        process.wait(20)


@pytest.fixture
def runner(cluster, settings):
    opened = ClusterRunner(replace(settings, jobs=cluster), packages=PACKAGES)
    yield opened
    opened.close()


def ended(runner, job_id):
    return until(lambda: None if runner.store.job(job_id).living else runner.store.job(job_id))


def test_which_runner_is_taken_is_a_setting(settings):
    local = runner_for(settings)
    try:
        assert type(local) is Runner
    finally:
        local.close()


def test_the_results_are_those_of_this_machine(runner, store, files, settings, project):
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"x": rng.normal(size=150), "z": rng.normal(size=150)})
    frame["y"] = np.where(frame["x"] + rng.normal(size=150) > 0, "a", "b")
    store.save(project.id, DataSet(name="forms", structured=True, target="y"), person="ana", id="d")
    columns = dict.fromkeys(frame, "number")
    version = DataVersion(data_set="d", number=1, table=put_table(files, frame), source="a.csv", rows=150, columns=columns)
    store.save(project.id, version, person="ana", id="v")
    params = {"data_version": "v", "model": "logistic_regression"}
    job = ended(runner, runner.submit(project.id, "components.modelling.growing_work:measure", params, "Growing", "ana"))
    assert job.state == "done", job.error
    there = store.get(project.id, GrowthRun, "v").body
    measure(Work(store, files, settings, project.id, params, "ana"))
    here = store.get(project.id, GrowthRun, "v").body
    assert [step.error for step in there.steps] == [step.error for step in here.steps]


def test_a_job_runs_refuses_and_stops_between_steps(runner, store, project):
    def submit(task, **params):
        return runner.submit(project.id, f"tests.jobs.tasks:{task}", params, task, "ana")

    done = ended(runner, submit("measure", value=0.9))
    assert done.state == "done"
    assert store.get(project.id, Target, "target").body.value == 0.9
    refused = ended(runner, submit("refuse"))
    assert (refused.state, refused.result["todo"]) == ("failed", "Bring another one.")
    going = submit("endless")
    until(lambda: store.job(going).share > 0)
    runner.cancel(going)
    assert ended(runner, going).state == "cancelled"
    assert ended(runner, submit("measure", value=0.5)).state == "done"


def test_a_killed_worker_is_reported_and_the_rest_goes_on(runner, project):
    job = ended(runner, runner.submit(project.id, "tests.jobs.tasks:vanish", {}, "Vanish", "ana"))
    assert job.state == "failed"
    assert "workers on the cluster were killed" in job.error
    after = ended(runner, runner.submit(project.id, "tests.jobs.tasks:measure", {"value": 0.7}, "Measure", "ana"))
    assert after.state == "done"


def test_a_cluster_that_does_not_answer_is_said(settings, project, monkeypatch):
    monkeypatch.setattr("components.jobs.cluster.CONNECT_SECONDS", 1)
    away = ClusterRunner(replace(settings, jobs=f"tcp://127.0.0.1:{free_port()}"), packages=PACKAGES)
    try:
        job = ended(away, away.submit(project.id, "tests.jobs.tasks:measure", {"value": 1.0}, "Measure", "ana"))
    finally:
        away.close()
    assert job.state == "failed"
    assert "The Dask cluster at tcp://127.0.0.1" in job.error
