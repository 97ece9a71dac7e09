"""What a remote store knows this server by; it is read from a file and never shown."""

from __future__ import annotations

import re
from base64 import b64encode
from typing import TYPE_CHECKING, Final

from comity.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

_TOKEN: Final = re.compile(r"[A-Za-z0-9._~+/-]+=*")  # RFC 6750 §2.1


class Credentials:
    """A user with a password (RFC 7617), or a bearer token (RFC 6750); neither is ever printed."""

    def __init__(self, line: str = "") -> None:
        """Take `user:password` or a token, empty for nobody.

        Raises UsageError for any other text, without repeating it.
        """
        self._header = ""
        user, colon, _ = line.partition(":")
        if colon and user and line.isprintable():
            self._header = "Basic " + b64encode(line.encode()).decode("ascii")
        elif _TOKEN.fullmatch(line):
            self._header = f"Bearer {line}"
        elif line:
            raise UsageError(
                "The credentials of the store are neither user:password nor a token; write one "
                "of the two on one line."
            )

    @classmethod
    def load(cls, path: Path) -> Credentials:
        """Return the credentials of a file with one line.

        Raises UsageError for a file that cannot be read, or holds something else.
        """
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise UsageError(
                f"The file {path} with the credentials of the store cannot be read ({reason})."
            ) from None
        except UnicodeDecodeError:
            raise UsageError(f"The file {path} with credentials is not UTF-8.") from None
        if len(lines) != 1 or not lines[0].strip():
            raise UsageError(
                f"The file {path} has {len(lines)} lines; write user:password or a token on one."
            )
        return cls(lines[0].strip())

    def __repr__(self) -> str:
        """Tell whether there are any, and nothing more."""
        return f"<Credentials: {self._header.partition(' ')[0].lower() or 'none'}>"

    def headers(self) -> dict[str, str]:
        """Return the header that carries them."""
        return {"Authorization": self._header} if self._header else {}


NOBODY: Final = Credentials()
