"""What a task is given."""

import pytest

from components.errors import BadInput
from components.jobs import work as module
from components.jobs.work import Cancelled, Work, named
from components.kinds import KINDS
from components.project.failures import busy


@pytest.fixture
def work(store, files, settings, project):
    job_id = store.add_job(project.id, "components.data.work:check", {}, "Check", "ana", "server")
    store.start_job(job_id)
    return Work(store, files, settings, project.id, {}, "ana", job_id)


@pytest.fixture
def patient(monkeypatch):
    """Every word of progress is written."""
    monkeypatch.setattr(module, "SECONDS_BETWEEN", 0)


def test_progress_is_written_a_few_times_a_second(work, store):
    work.progress(0.1, "Reading")
    for _ in range(1000):
        work.progress(0.5, "Counting")
    assert (store.job(work.job_id).share, store.job(work.job_id).message) == (0.1, "Reading")


@pytest.mark.parametrize(("share", "kept"), [(-1, 0), (0.5, 0.5), (7, 1)])
def test_a_share_is_between_nothing_and_all(patient, work, store, share, kept):
    work.progress(share, "two\nlines\0")
    assert (store.job(work.job_id).share, store.job(work.job_id).message) == (kept, "two lines")


def test_parts_of_parts_fill_their_span(patient, work, store):
    inner = work.part({"a": 1}, 0.5, 1).part({"b": 2}, 0.5, 1)
    assert inner.params == {"b": 2}
    shares = []
    for share in (0, 0.5, 1):
        inner.progress(share, "")
        shares.append(store.job(work.job_id).share)
    assert shares == [0.75, 0.875, 1]


def test_progress_of_a_cancelled_job_stops_the_task(patient, work, store):
    store.end_job(work.job_id, "cancelled")
    with pytest.raises(Cancelled):
        work.progress(0.5, "Counting")
    assert store.job(work.job_id).share == 0


def test_progress_that_cannot_be_written_does_not_stop_the_task(patient, work, store, monkeypatch):
    def fail(*_):
        raise busy("saved")

    monkeypatch.setattr(store, "progress", fail)
    work.progress(0.5, "Counting")


def test_work_without_a_job_has_nobody_to_tell(store, files, settings, project):
    Work(store, files, settings, project.id, {}, "ana").progress(0.5, "Counting")
    assert store.jobs(project.id) == []


def test_the_first_ending_of_a_job_stays(work, store):
    store.end_job(work.job_id, "done", result={"a": 1})
    store.end_job(work.job_id, "failed", error="late")
    job = store.job(work.job_id)
    assert (job.state, job.error, job.result, job.living) == ("done", "", {"a": 1}, False)
    assert store.start_job(work.job_id) is False


def test_what_is_named_is_ours():
    assert named("components.kinds:KINDS") is KINDS
    for name in ("os:getcwd", "components.kinds", "components.kinds:NONE", "components.none:KINDS", ".kinds:KINDS", ":"):
        with pytest.raises(BadInput, match="no task"):
            named(name)
