"""A thing told to somebody who does not know the ontology.

Everything said here is said by the thing's own statements; words are only put between them. English
makes a sentence of them. Another language, whose nouns take an ending for each place in a sentence,
gets them one after the other under headings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.services.pages import telling_en, telling_plain
from comity.services.speech import ENGLISH, language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.services.pages.said import Said
    from comity.services.pages.views import Name, Time


def tell(
    classes: Iterable[Name],
    said: Said,
    time: Time | None,
    facts: int,
    offices: Iterable[str] = (),
) -> str:
    """Return a sentence or two on a thing; empty where its statements give no more than its class.

    `classes` are its most special classes, `facts` is how many facts name it, and `offices` are
    those that a person is on record in.
    """
    told = telling_en.tell if language() == ENGLISH else telling_plain.tell
    return told(classes, said, time, facts, offices)
