"""Small answers that are kept, as they go out: for the next one who asks, nothing is made again.

What chooses among the forms of an answer is the method, the codings that a client takes, and the
tags that it holds. Everything else that an answer may depend on, `comity.web.caching` chose by.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from comity.web.caching import revalidated
from comity.web.exchange import fields_of
from comity.web.observing import REQUEST_ID, Account

if TYPE_CHECKING:
    from comity.web.caching import Kept
    from comity.web.compressing import Compressor
    from comity.web.exchange import Headers, Scope

_MOST_FORMS: Final = 8  # of one answer: a client may hold any tag
_ID: Final = REQUEST_ID.lower().encode()


class Ready(NamedTuple):
    """An answer as it goes out, but for the id of the request, and what is told of it."""

    status: int
    headers: Headers
    content: bytes
    account: Account

    def headers_for(self, identity: str) -> Headers:
        """Return the headers for a request with some id."""
        return [*self.headers, (_ID, identity.encode())]


def ready_form(scope: Scope, kept: Kept, compressor: Compressor) -> Ready:
    """Return the form that a request asks for, of a small answer that is kept for it."""
    fields = fields_of(scope)
    key = scope["method"], fields.get(b"accept-encoding"), fields.get(b"if-none-match")
    found = kept.forms.get(key)
    if found is None:
        found = _made(scope, kept, compressor)
        if len(kept.forms) < _MOST_FORMS:
            kept.forms[key] = found
    return found


def _made(scope: Scope, kept: Kept, compressor: Compressor) -> Ready:
    answer = revalidated(kept.answer, scope)
    account = Account.of(scope, answer.endpoint, answer.status, answer.size)
    coded = compressor.encode(scope, answer)
    headers = [entry for entry in coded.headers if entry[0] != _ID]
    content = b"" if scope["method"] == "HEAD" else coded.content
    # Clients name the same coding in many ways, and its content is there only once.
    there = (each.content for each in kept.forms.values())
    content = next((each for each in there if each == content), content)
    return Ready(coded.status, headers, content, account)
