"""What XML 1.0 asks of a document and the engine does not look at: a text that is whole and legal.

The engine's reader takes an RDF/XML document that ends early for a whole one. Its writers put down
any character, and any IRI as the name of an element, whether XML has a way to write it or not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4
from xml.parsers import expat

import pyoxigraph

from comity.errors import NotAcceptableError
from comity.model.terms import RDF
from comity.store import formats

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from comity.store.formats import Format

_XML: Final = frozenset({formats.XML, formats.RDF_XML})
# XML 1.0 §2.2: there is no way to write these, not even by number.
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NO_CHARACTERS: Final = ("\ufffe", "\uffff")
# For classes of `re`: NCName of Namespaces in XML 1.0 §3 is a letter or `_`, then these and `.`.
LETTER: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
MORE: Final = f"{LETTER}_0-9\u00b7\u0300-\u036f\u203f-\u2040\\-"
_NAME_AT_END: Final = re.compile(rf"[{LETTER}_][{MORE}.]*\Z")
# RDF 1.1 XML Syntax §5.1: names that mean something else where a property or a class stands.
_SYNTAX: Final = frozenset(
    RDF + word
    for word in (
        *("RDF", "Description", "ID", "about", "aboutEach", "aboutEachPrefix", "bagID"),
        *("datatype", "li", "nodeID", "parseType", "resource"),
    )
)
_TYPE: Final = pyoxigraph.NamedNode(f"{RDF}type")
# The engine begins a thing with its class as the name of the element, whatever that is. Behind a
# statement of another kind it writes the class as a property.
_MARK: Final = pyoxigraph.NamedNode(f"urn:uuid:{uuid4()}#mark")
_MARKED: Final = re.compile(rb"\n\t\t<mark xmlns=\"%b\"[^>]*/>" % _MARK.value[:-4].encode())


def fault_of(content: bytes) -> tuple[str, int] | None:
    """Return why a document in UTF-8 is no XML, and in which line; None for one that is."""
    parser = expat.ParserCreate("utf-8")
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        return expat.ErrorString(error.code), error.lineno
    return None


def legal(content: bytes, offer: Format) -> bytes:
    """Return an answer that the engine wrote, with its carriage returns so that XML keeps them.

    Anything but XML stays as it is. Raises NotAcceptableError for a character that XML cannot
    write.
    """
    if offer not in _XML:
        return content
    found = _CONTROL.search(content)
    character = chr(found[0][0]) if found else None
    for each in _NO_CHARACTERS:
        if each.encode() in content:
            character = character or each
    if character is not None:
        raise _refusal(offer, f"the character U+{ord(character):04X}")
    if _MARK.value.encode() in content:
        content = _MARKED.sub(b"", content)
    # XML 1.0 §2.11: a reader takes a bare one for a line feed.
    return content.replace(b"\r", b"&#13;") if b"\r" in content else content


def nameable(statements: Iterable[Any]) -> Iterator[Any]:
    """Hand on the engine's statements, as long as RDF/XML has a way to write them.

    Raises NotAcceptableError for the first property that has no name at its end, or means something
    else in the syntax of RDF/XML.
    """
    fit: set[str] = set()
    before: Any = None
    for statement in statements:
        value: Any = statement
        while isinstance(value, (pyoxigraph.Triple, pyoxigraph.Quad)):
            predicate = value.predicate.value
            if predicate not in fit:
                if not _is_name(predicate):
                    raise _refusal(formats.RDF_XML, f"the property {predicate}")
                fit.add(predicate)
            value = value.object
        if (
            statement.predicate == _TYPE
            and not _is_name(getattr(statement.object, "value", ""))
            and (before is None or before.subject != statement.subject)
        ):
            yield pyoxigraph.Triple(statement.subject, _MARK, _MARK)
        yield statement
        before = statement


def _is_name(iri: str) -> bool:
    return iri not in _SYNTAX and _NAME_AT_END.search(iri) is not None


def _refusal(offer: Format, what: str) -> NotAcceptableError:
    kinds = set(offer.kinds)
    others = [each for each in formats.FORMATS if kinds & set(each.kinds) and each is not offer]
    return NotAcceptableError(
        f"{offer.title} cannot write {what}; ask for {others[0].title}.",
        available=tuple(each.media_type for each in others),
    )
