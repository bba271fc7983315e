"""Hears what is done while hostile input is inside: unpickling, connecting, starting programs, opening files it should not."""

import io
import sys
import zipfile
from contextlib import contextmanager

WATCHED = {"pickle.find_class", "socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"}
CANARY = "groundwork-canary"
HEARD: dict[str, list[str]] = {}


def _listen(event, arguments):
    if "now" not in HEARD:
        return
    if event in WATCHED or (event == "open" and (CANARY in str(arguments[0]) or "/etc/passwd" in str(arguments[0]))):
        HEARD["now"].append(f"{event} {str(arguments)[:120]}")


sys.addaudithook(_listen)


@contextmanager
def nothing_is_done():
    """Fail when what runs inside unpickles, connects, starts a program, or opens a file that is none of its business."""
    HEARD["now"] = []
    try:
        yield
        assert HEARD["now"] == []
    finally:
        del HEARD["now"]


class Evil:
    def __reduce__(self):
        return (print, (CANARY,))


def zipped(files):
    """Return a zip of these files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()
