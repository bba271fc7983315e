"""What the server writes of itself: what failed and where, never what somebody typed."""

import json
import logging
import os
import traceback
from datetime import UTC, datetime

from components.errors import BadInput

FORMATS = ("text", "json")


class AsJson(logging.Formatter):
    """One line of JSON for each entry. Of a failure it names the kind and the places in the code: its words may quote somebody."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        entry: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage() if record.name.startswith("components") else str(record.msg),
        }
        if record.exc_info and record.exc_info[0]:
            kind, _, trace = record.exc_info
            entry["failure"] = kind.__name__
            entry["at_code"] = [f"{frame.filename.rsplit('/', 2)[-1]}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
        return json.dumps(entry)


def set_up() -> None:
    """Write entries as GROUNDWORK_LOG says.

    Raises
    ------
    BadInput
        It says neither text nor json.
    """
    wanted = os.environ.get("GROUNDWORK_LOG") or FORMATS[0]
    if wanted not in FORMATS:
        raise BadInput(f"There is no form of log “{wanted[:40]}” for GROUNDWORK_LOG.", "Use text or json.")
    logging.basicConfig(level=logging.WARNING)
    if wanted == "json":
        for handler in logging.getLogger().handlers:
            handler.setFormatter(AsJson())
        for name in ("streamlit", "uvicorn", "uvicorn.error"):
            for handler in logging.getLogger(name).handlers:
                handler.setFormatter(AsJson())
