"""Every rule that Python checks, with the function that does; the rest are shapes and queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from comity.validation import (
    addresses,
    amounts,
    duplicates,
    formatting,
    literals,
    passages,
    placement,
    references,
    syntax,
    times,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from comity.validation.corpus import Corpus
    from comity.validation.findings import Finding, Rule


class Check(NamedTuple):
    """A function that reports on a corpus, and the rules that it may report."""

    title: str
    """What is going on, for a person who waits."""
    run: Callable[[Corpus], Iterator[Finding]]
    rules: tuple[Rule, ...]


CHECKS: Final = (
    Check("syntax", syntax.check_syntax, (syntax.SYNTAX, syntax.UNDECLARED)),
    Check("prefixes", syntax.check_prefixes, (syntax.SPELLING, syntax.UNUSED)),
    Check("blank nodes", syntax.check_blank_nodes, (syntax.BLANK,)),
    Check("format", formatting.check_format, (formatting.FORMAT,)),
    Check(
        "literals",
        literals.check_literals,
        (literals.VALUE, literals.DATATYPE, literals.LANGUAGE, literals.SPACING),
    ),
    Check("forms of literals", literals.check_literal_forms, (literals.FORM,)),
    Check(
        "references",
        references.check_references,
        (references.TERM, references.CODE_RULE, references.THING),
    ),
    Check("names", references.check_iri_forms, (references.IRI_FORM,)),
    Check("addresses", addresses.check_addresses, (addresses.PAGE,)),
    Check("dates", times.check_edtf_forms, (times.FORM,)),
    Check("bounds of dates", times.check_edtf_bounds, (times.BOUNDS,)),
    Check("amounts", amounts.check_amounts, (amounts.LEXICAL,)),
    Check("passages", passages.check_passages, (passages.PASSAGE, passages.SOURCE)),
    Check("folders", placement.check_places, (placement.PLACE,)),
    Check("files", placement.check_stray_files, (placement.STRAY,)),
    Check("statements said twice", duplicates.check_statements, (duplicates.STATEMENT,)),
    Check("things described twice", duplicates.check_subjects, (duplicates.SUBJECT,)),
    Check("facts that say the same", duplicates.check_facts, (duplicates.FACT,)),
)
