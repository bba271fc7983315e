"""The server, a worker and PostgreSQL killed in the middle of their work: what was acknowledged is there, and they go on by themselves."""

import random

from tests.killing import postgres_killed, server_killed, worker_killed

TIMES = 3


def test_a_killed_server_has_kept_every_judgement_it_acknowledged_and_starts_again(tmp_path):
    acknowledged, lost = server_killed(tmp_path / "home", TIMES, random.Random(1))
    assert acknowledged > TIMES
    assert lost == 0


def test_a_killed_worker_has_kept_every_save_and_its_job_says_so(settings):
    acknowledged, lost = worker_killed(settings, TIMES, random.Random(1))
    assert acknowledged >= TIMES
    assert lost == 0


def test_killed_postgresql_has_kept_every_save_and_everybody_saves_on(tmp_path):
    acknowledged, lost = postgres_killed(TIMES, random.Random(1))
    assert acknowledged > TIMES
    assert lost == 0
