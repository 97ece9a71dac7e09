"""One query of the SPARQL protocol, prepared and answered: the same for whoever has received it.

The view of the endpoint calls this, and so does the adapter for requests so plain that they need
not reach Flask. SPARQL 1.1 Protocol §2.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from comity.store.formats import formats_for
from comity.web.headers import entity_tag
from comity.web.negotiation import HTML, is_named, select
from comity.web.requests import read_seconds

if TYPE_CHECKING:
    from collections.abc import Callable

    from comity.store.answering import Answering
    from comity.store.engine import QueryRequest
    from comity.store.formats import Format
    from comity.store.reading import Survey
    from comity.web.requests import Parameters


class Asked(NamedTuple):
    """A query that may run, the time it is given, and the format that its answer goes out in.

    `by_accept` tells whether Accept chose the format, so that the answer varies on it.
    """

    query: QueryRequest
    seconds: float | None
    survey: Survey
    offer: Format
    by_accept: bool

    def tag(self, readers: Answering) -> str | None:
        """Return the ETag of the answer; None where it would be another one the next time."""
        if self.survey.volatile:
            return None
        return entity_tag(readers.fingerprint, self.query, self.offer.media_type)

    def answer(self, readers: Answering, gone: Callable[[], bool] | None) -> bytes:
        """Return the answer; raises what `Readers.answer` raises."""
        return readers.answer(self.query, self.offer, gone, self.seconds, self.survey)


def prepare(
    readers: Answering,
    parameters: Parameters,
    query: QueryRequest,
    accept: str | None,
    gone: Callable[[], bool] | None,
) -> Asked:
    """Return a query as it will run; `gone` tells whether the client has left.

    Raises ParameterError for a time that is none, what reading the text raises, and
    NotAcceptableError where no format that is asked for can carry the answer.
    """
    seconds = read_seconds(parameters)
    survey = readers.survey(query.text, gone, seconds)
    offer = select(
        (*formats_for(survey.kind), HTML),
        parameters.values,
        accept,
        of=f"the answer to {survey.form}",
    )
    return Asked(query, seconds, survey, offer, by_accept=not is_named(parameters.values))
