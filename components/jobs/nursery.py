"""The process that workers are forked from: what most tasks need is imported once, and each worker has it within milliseconds.

`python -m components.jobs.nursery` has a socket of packets as its standard input. A packet with a number and three descriptors, the
standard input, output and error of a worker to be, is answered by `born NUMBER PID`, and when that worker is over by `ended NUMBER
CODE`, as in `Popen.returncode`. Its process id stays its own until the server has sent the number again. When the server dies the
socket closes, and the nursery ends.
"""

import contextlib
import gc
import importlib
import json
import os
import selectors
import signal
import socket
import warnings
from collections import deque
from typing import Literal

from components.jobs import worker

STANDARD = 3
LONGEST_PACKET = 64


def main() -> None:
    """Import, fork and bury until the server is gone; in a worker that was born, be that worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(fileno=os.dup(0)) as server:
        life = _tend(server)
    if life == "worker":
        signal.signal(signal.SIGINT, signal.default_int_handler)
        _grow_up()
        worker.main()


def _tend(server: socket.socket) -> Literal["worker", "over"]:
    imports, buried = deque(worker.HEAVY), dict[int, int]()
    with selectors.DefaultSelector() as selector:
        selector.register(server, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select(0 if imports else None):
                if key.fileobj is not server:
                    _tell_of_the_end(server, key, buried)
                    selector.unregister(key.fileobj)
                    os.close(key.fd)
                    continue
                packet, descriptors, *_ = socket.recv_fds(server, LONGEST_PACKET, STANDARD)
                if not packet:
                    return "over"
                if not descriptors:
                    os.waitpid(buried.pop(int(packet)), 0)
                    continue
                pid = _fork()
                if not pid:
                    os.setsid()
                    server.send(f"born {int(packet)} {os.getpid()}".encode())  # now its group can be killed
                    _take(descriptors, [key.fd for key in selector.get_map().values() if key.fileobj is not server])
                    return "worker"
                for descriptor in descriptors:
                    os.close(descriptor)
                selector.register(os.pidfd_open(pid), selectors.EVENT_READ, (int(packet), pid))
            if imports:
                with contextlib.suppress(ImportError):
                    importlib.import_module(imports.popleft())
                gc.freeze()  # what is shared with workers is not touched by their collections


def _fork() -> int:
    """Fork; threads that libraries started for their arithmetic are made anew by these libraries."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _take(descriptors: list[int], others: list[int]) -> None:
    """Give a forked process the standard streams that it was sent."""
    for place, descriptor in enumerate(descriptors):
        os.dup2(descriptor, place)
        os.close(descriptor)
    for other in others:
        os.close(other)


def _tell_of_the_end(server: socket.socket, key: selectors.SelectorKey, buried: dict[int, int]) -> None:
    number, pid = key.data
    end = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert end is not None
    buried[number] = pid
    server.send(f"ended {number} {end.si_status if end.si_code == os.CLD_EXITED else -end.si_status}".encode())


def _grow_up() -> None:
    """Take over the server's environment and folder, the first line that it says."""
    with open(0, "rb", buffering=0, closefd=False) as server:
        environment, folder = json.loads(server.readline())
    os.environ.clear()
    os.environ.update(environment)
    with contextlib.suppress(OSError):
        os.chdir(folder)


if __name__ == "__main__":
    main()
