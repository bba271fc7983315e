"""Kills at random moments under load: `python -m tests.benchmarks.kills server 100`, `… worker 100`, `… postgresql 100`."""

import random
import sys
import tempfile
import time
from pathlib import Path

from components.project.settings import Settings
from tests.killing import postgres_killed, server_killed, worker_killed
from tests.serving import ROOT


def main() -> None:
    """Kill what the arguments say, as often as they say."""
    what, times, chance = sys.argv[1], int(sys.argv[2]), random.Random(1)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        if what == "server":
            told, lost = server_killed(home, times, chance)
        elif what == "worker":
            home.mkdir()
            told, lost = worker_killed(
                Settings(home, f"sqlite:///{home / 'groundwork.db'}", f"sqlite:///{home / 'mlflow.db'}"), times, chance
            )
        else:
            told, lost = postgres_killed(times, chance)
    print(f"{what} killed {times} times in {time.perf_counter() - began:.0f} s: {told:,} acknowledged, {lost} lost, all came back")


if __name__ == "__main__":
    assert Path.cwd() == ROOT, "run it from the top of the repository"
    main()
