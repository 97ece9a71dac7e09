"""Checks of the mapping tables, and of the links that are built from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.model.mapping_rules import check_mappings
from comity.model.sssom import SUFFIX, read_mappings
from comity.model.terms import NS, RDFS
from comity.store.terms import Iri, Literal
from comity.validation.corpus import LINKS, Place
from comity.validation.findings import Rule, Severity
from comity.validation.reading import TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.model.sssom import Mapping, MappingSet
    from comity.store.terms import Term
    from comity.validation.corpus import Corpus
    from comity.validation.findings import Finding

MAPPINGS: Final = "data/mappings/"

LINK: Final = Rule(
    "link-stale", Severity.ERROR, "Links are those of the mapping tables; run comity link build."
)
_SOURCES: Final = {f"{NS}Source", f"{RDFS}Datatype"}


def check_tables(corpus: Corpus) -> Iterator[Finding]:
    """Report what is wrong with the mapping tables, and where the links are not as they say.

    Suggestions, in a folder below, are no mappings until a person has accepted them.
    """
    sets = [
        read_mappings(name, (corpus.scope.root / name).read_text("utf-8", errors="replace"))
        for name in corpus.scope.files
        if name.startswith(MAPPINGS)
        and name.endswith(SUFFIX)
        and "/" not in name.removeprefix(MAPPINGS)
    ]
    if not sets:
        return
    names = {subject: corpus.label(subject) for subject in corpus.by_subject}
    sources = {
        subject
        for subject, found in corpus.by_subject.items()
        for _, said in found
        if said.predicate == TYPE and isinstance(said.object, Iri) and said.object.value in _SOURCES
    }
    for problem in check_mappings(sets, names, sources):
        rule = Rule(f"mapping-{problem.rule}", Severity.ERROR, "A mapping table keeps its rules.")
        yield corpus.finding(rule, problem.message, at=Place(problem.path, problem.line))
    for each in sets:
        yield from _check_links(corpus, each)


def _check_links(corpus: Corpus, table: MappingSet) -> Iterator[Finding]:
    """Report statements that a table has and its links have not, and the other way round."""
    path = f"{LINKS}{table.path.removeprefix(MAPPINGS).removesuffix(SUFFIX)}.ttl"
    document = next((each for each in corpus.documents if each.path == path), None)
    if document is None:
        message = f"{path} is missing. Run `comity link build`, which makes it."
        yield corpus.finding(LINK, message, at=Place(table.path, 1))
        return
    wanted: dict[tuple[str, str, Term], Mapping] = {
        (
            mapping.subject,
            mapping.predicate,
            Literal(mapping.object, mapping.datatype) if mapping.datatype else Iri(mapping.object),
        ): mapping
        for mapping in table.mappings
    }
    found = {
        (said.subject, said.predicate, said.object): said for said in document.reading.statements
    }
    for key in wanted.keys() - found.keys():
        message = f"{path} lacks this mapping. Run `comity link build`."
        yield corpus.finding(LINK, message, at=Place(table.path, wanted[key].line), entity=key[0])
    for key in found.keys() - wanted.keys():
        message = (
            f"{table.path} has no such mapping. Links are never edited: write the mapping there "
            "and run `comity link build`."
        )
        yield corpus.finding(LINK, message, at=Place(path, found[key].line), entity=key[0])
