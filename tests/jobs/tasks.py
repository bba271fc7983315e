"""Tasks that workers run in the tests."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from components.errors import BadInput
from components.project.target import Target


def measure(work):
    for step in range(5):
        work.progress(step / 5, f"Step {step}")
    work.store.put(work.project_id, Target(value=work.params["value"]), person=work.person, id="target")
    return {"value": work.params["value"], "pid": os.getpid(), "nothing": float("nan")}


def endless(work):
    share = 0.0
    while True:
        share = min(share + 0.01, 0.9)
        work.progress(share, "Going on")
        time.sleep(0.02)


def deaf(work):
    """Works on without ever asking whether somebody wants it to stop, and has a process of its own."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    (Path(work.params["folder"]) / "pids").write_text(f"{os.getpid()} {child.pid}")
    time.sleep(60)


def refuse(work):
    raise BadInput("The table has no rows.", "Bring another one.", ["line 1"])


def stumble(work):
    raise ZeroDivisionError


def exhaust(work):
    raise MemoryError


def vanish(work):
    os.kill(os.getpid(), signal.SIGKILL)


def leave(work):
    sys.exit(3)


def order(work):
    with (Path(work.params["folder"]) / "order").open("a") as file:
        file.write(f"{work.params['number']}\n")
    return {}


def whereabouts(work):
    import components

    return {
        "folder": str(Path.cwd()),
        "said": os.environ.get("SAID"),
        "parent": os.getppid(),
        "components": components.__file__,
        "preloaded": [name for name in ("sklearn.ensemble", "duckdb", "ibis", "mlflow") if name in sys.modules],
    }


def eagerness(work):
    """Say how eager this worker and a process of its own are at first, and once it has stepped back."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    found = [os.getpriority(os.PRIO_PROCESS, 0)]
    for _ in range(600):
        time.sleep(0.05)
        if os.getpriority(os.PRIO_PROCESS, 0) != found[0]:
            break
    found += [os.getpriority(os.PRIO_PROCESS, 0), os.getpriority(os.PRIO_PROCESS, child.pid)]
    child.kill()
    child.wait()
    return {"nice": found}


def unkept(work):
    return {"set": {1, 2}}
