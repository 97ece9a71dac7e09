"""How one term is written in Turtle: the shortest form that reads back to the very same term.

Grammar: Turtle 1.1 §6.5. A local name that would need an escape is written as a whole IRI instead,
and a number or boolean goes bare only when its lexical form is the canonical one, so that nobody
has to know the escapes or wonder whether `007` kept its zeros.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from comity.model.terms import PREFIXES, XSD
from comity.store.terms import STRING, BlankNode, Iri, Literal, escape_invisible
from comity.store.xml import LETTER, MORE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from comity.store.terms import Term

# PN_CHARS_BASE and PN_CHARS of the grammar are the letters of XML's names.
_LOCAL: Final = re.compile(f"[{LETTER}_0-9](?:[{MORE}.]*[{MORE}])?")

_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]*")
_DECIMAL: Final = re.compile(r"-?(?:0|[1-9][0-9]*)\.(?:0|[0-9]*[1-9])")
_BARE: Final = {
    f"{XSD}integer": _INTEGER,
    f"{XSD}decimal": _DECIMAL,
    f"{XSD}boolean": re.compile("true|false"),
}


class Tokens:
    """Writes terms and remembers which prefixes they took."""

    def __init__(self, prefixes: Mapping[str, str] = PREFIXES) -> None:
        """Start with no prefix used; of two that fit, the longer namespace wins."""
        self.used: set[str] = set()
        self._prefixes = prefixes
        self._namespaces: dict[str, list[tuple[str, str]]] = {}
        for prefix, namespace in sorted(prefixes.items(), key=lambda each: -len(each[1])):
            self._namespaces.setdefault(_head(namespace), []).append((prefix, namespace))
        self._written: dict[str, str] = {}

    def term(self, term: Term) -> str:
        """Return a term in Turtle."""
        if isinstance(term, Iri):
            return self.iri(term.value)
        if isinstance(term, BlankNode):
            return term.n3()
        return self._literal(term)

    def iri(self, value: str) -> str:
        """Return an IRI as a prefixed name where one of the usual prefixes fits."""
        known = self._written.get(value)
        if known is None:
            known = self._written[value] = self._shortened(value)
        return known

    def _shortened(self, value: str) -> str:
        # No local name has a slash or a hash, so that a namespace that fits goes to the last one.
        for prefix, namespace in self._namespaces.get(_head(value), ()):
            if value.startswith(namespace) and _LOCAL.fullmatch(value, len(namespace)):
                self.used.add(prefix)
                return f"{prefix}:{value[len(namespace) :]}"
        return f"<{value}>"

    def prefixes(self) -> str:
        """Return the declarations of the prefixes used so far, sorted, one a line."""
        return "".join(
            f"@prefix {each}: <{self._prefixes[each]}> .\n" for each in sorted(self.used)
        )

    def _literal(self, term: Literal) -> str:
        lexical, datatype = term.lexical, term.datatype
        bare = _BARE.get(datatype)
        if bare is not None and bare.fullmatch(lexical):
            return lexical
        if lexical.isprintable() and '"' not in lexical and "\\" not in lexical:
            text = f'"{lexical}"'
        else:
            text = escape_invisible(Literal(lexical).n3())
        if term.language:
            return f"{text}@{term.language}"
        return text if datatype == STRING else f"{text}^^{self.iri(datatype)}"


def _head(iri: str) -> str:
    """Return an IRI up to its last slash or hash."""
    return iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]
