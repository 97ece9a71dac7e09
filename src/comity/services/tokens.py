"""Who may write: bearer tokens, of which the server knows the hashes only.

A token file has one line a token: `name role hash`, the hash being the SHA-256 of the token in
lower-case hexadecimal; empty lines and lines that begin with `#` do not count. A token is 256 bits
of chance, so that its hash needs no salt and no slowness.
"""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Literal, get_args

from comity.errors import ParameterError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Role = Literal["read", "write", "admin"]

ROLES: Final[tuple[Role, ...]] = get_args(Role)

_WRITERS: Final = frozenset({"write", "admin"})
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_BYTES: Final = 32
_PARTS: Final = 3


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a token, and what it allows."""

    name: str
    role: Role

    @property
    def may_write(self) -> bool:
        """Whether the token allows changes."""
        return self.role in _WRITERS


class Tokens:
    """The tokens that a server takes."""

    def __init__(self, holders: Iterable[tuple[Holder, str]]) -> None:
        """Take the holders, each with the hash of the token."""
        self._holders = tuple((holder, digest.encode()) for holder, digest in holders)

    @classmethod
    def load(cls, path: Path) -> Tokens:
        """Return the tokens of a file; raises UsageError for the first line that is none."""
        try:
            text = path.read_text(encoding="utf-8")
        except OSError as error:
            reason = error.strerror or str(error)
            raise UsageError(f"The token file {path} cannot be read: {reason}.") from None
        except UnicodeDecodeError:
            raise UsageError(f"The token file {path} is not UTF-8; write it anew.") from None
        found = []
        names = set()
        for number, line in enumerate(text.splitlines(), 1):
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            holder, digest = _parse(line, f"{path}:{number}")
            if holder.name in names:
                raise UsageError(f"{path}:{number}: {holder.name} has a token already; name both.")
            names.add(holder.name)
            found.append((holder, digest))
        if not found:
            raise UsageError(f"{path} holds no token; make one with comity token new.")
        return cls(found)

    def __len__(self) -> int:
        """Return the number of tokens."""
        return len(self._holders)

    def find(self, token: str) -> Holder | None:
        """Return who holds a token, or None.

        Every line is compared, each in constant time, so that the time tells nothing of the tokens.
        """
        digest = hash_token(token).encode()
        found = None
        for holder, known in self._holders:
            if hmac.compare_digest(digest, known):
                found = holder
        return found


def new_token() -> str:
    """Return a new token."""
    return secrets.token_urlsafe(_BYTES)


def hash_token(token: str) -> str:
    """Return what a token file holds of a token."""
    return sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


def token_line(name: str, role: Role, token: str) -> str:
    """Return the line of a token file; raises ParameterError for a name that it cannot hold."""
    if not _NAME.fullmatch(name):
        raise ParameterError(
            f"{name[:80]!r} cannot name a token; use letters, digits, '.', '_', '@' and '-'.",
            parameter="name",
            value=name,
        )
    return f"{name} {role} {hash_token(token)}"


def _parse(line: str, place: str) -> tuple[Holder, str]:
    # The line itself is never shown: somebody may have put the token into it.
    parts = line.split()
    if len(parts) != _PARTS:
        raise UsageError(f"{place}: a line has a name, a role and a hash, not {len(parts)} parts.")
    name, role, digest = parts
    if not _NAME.fullmatch(name):
        raise UsageError(f"{place}: the name has other signs than letters, digits and '._@-'.")
    if role not in ROLES:
        raise UsageError(f"{place}: the role of {name} is none of {', '.join(ROLES)}.")
    if not _HASH.fullmatch(digest):
        raise UsageError(
            f"{place}: the third part of {name} is no SHA-256 in lower-case hexadecimal; "
            "make the line with comity token new."
        )
    return Holder(name, role), digest
