"""What the adapter refuses before the application sees it, in the shape of every other error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.errors import TooLargeError
from comity.web.exchange import Answer, header_of
from comity.web.headers import PRIVATE_PATHS, SECURITY
from comity.web.observing import REQUEST_ID, Account, note_unseen
from comity.web.problems import MEDIA_TYPE, write_problem

if TYPE_CHECKING:
    from comity.web.exchange import Scope

MOST_HEADER_BYTES: Final = 32 * 1024
REFUSED: Final = "refused"


class Refusal(Exception):  # noqa: N818 - it says what it is
    """A request that never reaches the application; its connection is closed."""

    def __init__(self, status: int, code: str, detail: str, retry_after: int | None = None) -> None:
        """Keep what the answer says."""
        super().__init__(detail)
        self.status = status
        self.code = code
        self.retry_after = retry_after


def require_head(scope: Scope) -> None:
    """Refuse a request whose head cannot be, before anything of its body is read."""
    if scope["method"] != scope["method"].upper():
        raise Refusal(
            501, "not_implemented", "The names of methods are in capitals; write GET or POST."
        )
    if scope["method"] == "CONNECT":
        raise Refusal(501, "not_implemented", "This server is no proxy; ask it for its own paths.")
    size = sum(len(name) + len(value) for name, value in scope["headers"])
    if size > MOST_HEADER_BYTES:
        raise Refusal(
            431,
            "headers_too_large",
            f"The headers are larger than {MOST_HEADER_BYTES:,} bytes; send fewer or shorter ones.",
        )
    hosts = sum(name == b"host" for name, _ in scope["headers"])
    if scope["http_version"] == "1.1" and (hosts != 1 or not header_of(scope, b"host")):
        raise Refusal(400, "bad_request", "HTTP/1.1 asks for one Host header; send it once.")
    coding = header_of(scope, b"transfer-encoding")
    if coding and coding.lower() != b"chunked":
        raise Refusal(501, "not_implemented", "The only transfer coding read here is chunked.")


def too_large(limit: int) -> Refusal:
    """Return the refusal of a body above the limit."""
    return Refusal(
        TooLargeError.status,
        TooLargeError.code,
        f"The request body is larger than {limit:,} bytes; send less.",
    )


def refused(scope: Scope, refusal: Refusal, seconds: float) -> Answer:
    """Return the answer to a refused request, counted and logged."""
    content = write_problem(refusal.status, refusal.code, str(refusal))
    account = Account.of(scope, REFUSED, refusal.status, len(content))
    identity = note_unseen(scope, account, seconds)
    fields = SECURITY | {
        "Cache-Control": "no-store",
        "Connection": "close",
        "Content-Length": str(len(content)),
        "Content-Type": MEDIA_TYPE,
        REQUEST_ID: identity,
    }
    if not scope["path"].startswith(PRIVATE_PATHS):
        fields["Access-Control-Allow-Origin"] = "*"
    if refusal.retry_after is not None:
        fields["Retry-After"] = str(refusal.retry_after)
    encoded = [(name.lower().encode(), value.encode("latin-1")) for name, value in fields.items()]
    return Answer(refusal.status, encoded, content, REFUSED)
