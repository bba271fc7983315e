"""A connection that can be cut: between a browser and a server, as when somebody loses the network."""

import select
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Wire:
    """Passes on what is said on a port of its own; while it is cut, nobody gets through and who was connected is cut off."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.whole = True
        self.open: set[socket.socket] = set()
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listening.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def cut(self) -> None:
        """Lose the network."""
        self.whole = False
        for one in list(self.open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """Find the network again."""
        self.whole = True

    def close(self) -> None:
        """End it."""
        self.cut()
        self.listening.close()
        until = time.monotonic() + 5
        while any(one.fileno() >= 0 for one in self.open) and time.monotonic() < until:
            time.sleep(0.01)

    def _listen(self) -> None:
        while True:
            try:
                near, _ = self.listening.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self.target)) if self.whole else None
            except OSError:
                far = None
            if far is None:
                near.close()
                continue
            self.open |= {near, far}
            threading.Thread(target=self._pass_on, args=(near, far), daemon=True).start()

    def _pass_on(self, near: socket.socket, far: socket.socket) -> None:
        other = {near: far, far: near}
        with near, far, suppress(OSError):
            while self.whole:
                for one in select.select([near, far], [], [])[0]:
                    said = one.recv(65536)
                    if not said:
                        return
                    other[one].sendall(said)


@contextmanager
def wire(url: str) -> Iterator[tuple[Wire, str]]:
    """Lay a wire to a server; gives it and the address under which the server is reached through it."""
    made = Wire(int(url.rsplit(":", 1)[1]))
    try:
        yield made, f"http://127.0.0.1:{made.port}"
    finally:
        made.close()
