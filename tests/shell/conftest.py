"""The command line in this process, as somebody types it or a pipeline runs it."""

import os
from typing import NamedTuple

import pytest

from components.__main__ import main


class Done(NamedTuple):
    """What a command ended with and said; named as where it runs in a process of its own."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def shell(settings, monkeypatch, capfd):
    """Run a command on the installation of the test, or on that of another home."""

    for name in [name for name in os.environ if name.startswith("GROUNDWORK_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GROUNDWORK_NICE", "0")

    def run(*words, home=settings.home, **more):
        with monkeypatch.context() as only:
            for name, value in {"GROUNDWORK_HOME": str(home), **more}.items():
                only.setenv(name, value)
            only.setattr("sys.argv", ["groundwork", *map(str, words)])
            with pytest.raises(SystemExit) as ended:
                main()
        return Done(ended.value.code or 0, *capfd.readouterr())

    return run
