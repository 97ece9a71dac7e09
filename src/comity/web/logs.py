"""The log: one JSON object a line, on standard error.

Nothing of a request gets in but its method, its path, the beginning of its address's query, and its
id; never a header such as Authorization, and never a body. JSON escapes what would end a line.
"""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any, Final

LEVELS: Final = ("info", "warning", "error")
ACCESS: Final = "comity.access"
MEMBERS: Final = "members"

_access: Final = logging.getLogger(ACCESS)

_LONGEST: Final = 2_048
_CONTROLS: Final = {number: f"\\x{number:02x}" for number in (*range(32), *range(127, 160))} | {
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}
# A parameter by such a name, and whatever looks like a token: no name of ours is as long and plain.
_SECRET: Final = re.compile(
    r"(?i)\b([a-z_-]*(?:token|password|secret|api_?key|authorization))=[^&\s]*"
)
_TOKEN: Final = re.compile(r"(?<![\w-])[\w-]{40,}(?![\w-])", re.ASCII)


class JsonLines(logging.Formatter):
    """A record as one line of JSON; what `extra` gives as `members` becomes members."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
        }
        members = getattr(record, MEMBERS, None)
        if members is None:
            line |= {"logger": record.name, "message": shorten(record.getMessage())}
        else:
            line |= members
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def logging_settings(level: str) -> dict[str, Any]:
    """Return the configuration for `logging.config.dictConfig`, the server's own logger too."""
    name = level.upper()
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "comity.web.logs.JsonLines"}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "json",
                "stream": "ext://sys.stderr",
            }
        },
        "root": {"level": name, "handlers": ["stderr"]},
        "loggers": {
            "_granian": {"level": "WARNING", "propagate": True, "handlers": []},
            "granian.access": {"level": "WARNING", "propagate": True, "handlers": []},
        },
    }


def shorten(text: str) -> str:
    """Return a text with its control characters spelled out, cut where it is too long for a log."""
    cut = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return _TOKEN.sub("…", _SECRET.sub(r"\1=…", cut)).translate(_CONTROLS)


def logs_requests() -> bool:
    """Tell whether requests are logged that were answered."""
    return _access.isEnabledFor(logging.INFO)


def log_request(**members: Any) -> None:
    """Log one request that was answered."""
    if logs_requests():
        _access.info("request", extra={MEMBERS: members})
