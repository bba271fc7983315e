"""Whether a server lives: by its process on this machine, by its silence on another."""

import os
from datetime import UTC, datetime, timedelta

import psutil
import pytest

from components.jobs import servers


def test_this_process_lives_and_every_runner_has_a_name_of_its_own():
    mine = servers.identity()
    assert not servers.is_dead(mine, None)
    assert mine != servers.identity()
    assert len(mine) <= 64


def test_a_clock_that_is_set_makes_no_server_dead(monkeypatch):
    mine, booted = servers.identity(), psutil.boot_time()
    monkeypatch.setattr(psutil._psplatform, "boot_time", lambda: booted - 3600)
    assert psutil.boot_time() == booted - 3600
    assert not servers.is_dead(mine, None)


def test_another_process_under_the_same_number_is_not_the_same_server():
    machine, pid, started, token = servers.identity().split("|")
    assert int(pid) == os.getpid()
    assert servers.is_dead(f"{machine}|{pid}|{float(started) - 60}|{token}", None)
    assert servers.is_dead(f"{machine}|{2**22 + 1}|{started}|{token}", None)


@pytest.mark.parametrize(("silent", "dead"), [(0, False), (90, False), (180, True)])
def test_a_server_on_another_machine_is_dead_when_it_was_silent_for_long(silent, dead):
    assert servers.is_dead("elsewhere|1|1.0|abc", datetime.now(UTC) - timedelta(seconds=silent)) is dead


def test_a_server_on_another_machine_that_nobody_saw_is_dead():
    assert servers.is_dead("elsewhere|1|1.0|abc", None)


@pytest.mark.parametrize("name", ["", "old", "a|", "a|b"])
def test_a_name_that_says_nothing_is_of_no_living_server(name):
    assert servers.is_dead(name, datetime.now(UTC))
