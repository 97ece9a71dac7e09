"""Who may change something: a writable server, a bearer token, and no page of another site.

Nothing that a browser sends by itself counts as permission: no cookie, no field of a form, no part
of the address. All this is looked at before the body is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from flask import request

from comity.errors import (
    CrossSiteError,
    ReadOnlyError,
    RoleError,
    UnauthorizedError,
    UnknownTokenError,
)
from comity.web.headers import PRIVATE_PATHS, WRITABLE_PATHS, WRITES
from comity.web.site import site

if TYPE_CHECKING:
    from comity.services.committing import Committer
    from comity.web.site import Site

# RFC 6750 §2.1: the scheme in any case, then a b64token.
_BEARER: Final = re.compile(r"bearer +([A-Za-z0-9._~+/-]+=*)", re.IGNORECASE)


def is_refused_unread(found: Site, method: str, path: str, authorization: str) -> bool:
    """Tell whether a change will be refused whatever its body is, so that nobody waits for that."""
    if method not in WRITES or not path.startswith((*PRIVATE_PATHS, *WRITABLE_PATHS)):
        return False
    given = _BEARER.fullmatch(authorization.strip())
    tokens = found["tokens"]
    if found["committer"] is None or tokens is None or given is None:
        return True
    holder = tokens.find(given[1])
    return holder is None or not holder.may_write


def require_writer() -> tuple[Committer, str]:
    """Return what makes changes, and the name of who asks for one.

    Raises ReadOnlyError, UnauthorizedError without a bearer token, ForbiddenError for a token that
    is unknown or may not write, and for a request that a page of another site sent.
    """
    committer = site()["committer"]
    tokens = site()["tokens"]
    if committer is None or tokens is None:
        raise ReadOnlyError(
            "This server is read-only: its graphs change only with the files they come from."
        )
    if request.headers.get("Sec-Fetch-Site", "").strip().lower() == "cross-site":
        raise CrossSiteError(
            "A page of another site sent this change; send it from a program or from this site."
        )
    header = request.headers.get("Authorization")
    if header is None:
        raise UnauthorizedError("A change needs a token; send Authorization: Bearer and the token.")
    found = _BEARER.fullmatch(header.strip())
    if found is None:
        raise UnauthorizedError(
            "Authorization is none of the kind Bearer; send Bearer and a token."
        )
    holder = tokens.find(found[1])
    if holder is None:
        raise UnknownTokenError("The token is not one of this server's; ask who runs it for one.")
    if not holder.may_write:
        raise RoleError(
            f"The token of {holder.name} has the role {holder.role}, which does not change graphs; "
            "use one with the role write."
        )
    return committer, holder.name
