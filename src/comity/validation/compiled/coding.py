"""Literals as the working store holds them: so that none of them is rewritten.

A store that keeps values turns `"1.50"^^xsd:decimal` into `1.5`, and SHACL judges what is written.
A literal that could be rewritten is therefore stored under a datatype of this module, which says
what it was; so is one that is ill-typed, which makes `sh:datatype` a matter of the datatype alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.validation.compiled.lexical import is_kept, is_well_formed
from comity.validation.compiled.terms import XSD, is_literal

if TYPE_CHECKING:
    from comity.validation.compiled.terms import Engine, Term

PREFIX: Final = "urn:shacl:"
"""What all datatypes of this module begin with."""

RAW: Final = f"{PREFIX}raw:"
"""What the datatype of a well-formed literal is prefixed with when the engine would rewrite it."""

ILL: Final = f"{PREFIX}ill:"
"""What the datatype of an ill-typed literal is prefixed with."""

_MOST_KNOWN: Final = 1 << 16


class Coding:
    """Literals to and fro."""

    def __init__(self, engine: Engine) -> None:
        """Make literals with an engine."""
        self._engine = engine
        self._known: dict[Term, Term] = {}
        self.has_encoded = False
        """Whether any literal was ever stored in another form than it is written."""

    def encode(self, term: Term) -> Term:
        """Return a term as it is stored."""
        if not is_literal(term):
            return term
        datatype = term.datatype.value
        if not datatype.startswith((XSD, PREFIX)) or datatype == f"{XSD}string":
            return term
        known = self._known.get(term)
        if known is None:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            known = self._known[term] = self._encode(term.value, datatype, term)
        return known

    def _encode(self, lexical: str, datatype: str, term: Term) -> Term:
        if datatype.startswith(PREFIX):  # of the data themselves, which is nothing to be read
            prefix = RAW
        elif not is_well_formed(lexical, datatype):
            prefix = ILL
        elif not is_kept(lexical, datatype):
            prefix = RAW
        else:
            return term
        self.has_encoded = True
        return self._engine.Literal(lexical, datatype=self._engine.NamedNode(prefix + datatype))

    def decode(self, term: Term | None) -> Term | None:
        """Return a term as it was written."""
        if term is None or not is_literal(term):
            return term
        datatype = term.datatype.value
        if not datatype.startswith(PREFIX):
            return term
        return self._engine.Literal(
            term.value, datatype=self._engine.NamedNode(datatype[len(RAW) :])
        )

    def text(self, term: Term) -> str:
        """Return a constant as it stands in a query, where it is to be the same term."""
        return str(self.encode(term))


def value_of(variable: str) -> str:
    """Return the expression for the value of a variable that may hold a literal so stored."""
    datatype = f"STR(DATATYPE({variable}))"
    return (
        f'IF(STRSTARTS({datatype}, "{RAW}"), '
        f"STRDT(STR({variable}), IRI(SUBSTR({datatype}, {len(RAW) + 1}))), {variable})"
    )
