"""Links to other data: checked as mapping files, built into Turtle, one file a mapping set.

`data/mappings/*.sssom.tsv` is what people edit, `data/links/*.ttl` what the graph loads. What is
built depends on nothing but the mapping files.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from comity.errors import DataError
from comity.model.mapping_rules import check_mappings
from comity.model.sssom import SUFFIX, read_mappings
from comity.model.terms import NS, RDFS
from comity.services.export.material import current_material
from comity.services.export.ordering import TYPE, term_key
from comity.services.export.tokens import Tokens
from comity.store.terms import Iri, Literal, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from comity.model.sssom import Mapping, MappingSet, Problem

MAPPINGS: Final = "data/mappings"
LINKS: Final = "data/links"

SEPARATOR: Final = " ;\n    "

_SOURCES: Final = (Iri(f"{NS}Source"), Iri(f"{RDFS}Datatype"))


@dataclass(frozen=True)
class BuiltFile:
    """A file as it should be; `path` is relative to the root, None as content deletes it."""

    path: str
    content: str | None


def mapping_sets(root: Path) -> list[MappingSet]:
    """Return the mapping files of a repository, sorted by path.

    Raises DataError for one that cannot be read or is not UTF-8.
    """
    found = []
    for path in sorted((root / MAPPINGS).glob(f"*{SUFFIX}")):
        name = path.relative_to(root).as_posix()
        try:
            found.append(read_mappings(name, path.read_text("utf-8")))
        except (OSError, UnicodeDecodeError) as error:
            raise DataError(f"the file cannot be read as UTF-8: {error}.", path=name) from None
    return found


def check_links(root: Path) -> list[Problem]:
    """Return what is wrong with the mapping files, each by itself and in the graph.

    Raises DataError for a graph file that does not parse.
    """
    index = current_material(root).index
    names = {
        subject.value: index.name(subject) or "" for subject in index if isinstance(subject, Iri)
    }
    sources = {
        each.value for kind in _SOURCES for each in index.who(TYPE, kind) if isinstance(each, Iri)
    }
    return check_mappings(mapping_sets(root), names, sources)


def stale_files(root: Path) -> list[BuiltFile]:
    """Return the files under `data/links/` that are not as the mapping files make them."""
    built = {each.path: each for each in build_links(root)}
    for path in (root / LINKS).glob("*.ttl"):
        name = path.relative_to(root).as_posix()
        built.setdefault(name, BuiltFile(name, None))
    return [
        each
        for each in sorted(built.values(), key=lambda each: each.path)
        if each.content != _content(root / each.path)
    ]


def write_links(root: Path) -> list[BuiltFile]:
    """Write what is stale, delete what no mapping file makes any more, and return both."""
    stale = stale_files(root)
    (root / LINKS).mkdir(parents=True, exist_ok=True)
    for each in stale:
        if each.content is None:
            (root / each.path).unlink()
        else:
            (root / each.path).write_text(each.content, "utf-8")
    return stale


def build_links(root: Path) -> list[BuiltFile]:
    """Return the files that the mapping files make."""
    return [
        BuiltFile(f"{LINKS}/{_name(each)}.ttl", _write(map(_triple, each.mappings), each.path))
        for each in mapping_sets(root)
    ]


def _triple(mapping: Mapping) -> Triple:
    value = Literal(mapping.object, mapping.datatype) if mapping.datatype else Iri(mapping.object)
    return Triple(Iri(mapping.subject), Iri(mapping.predicate), value)


def _write(triples: Iterable[Triple], origin: str) -> str:
    """Return statements as Turtle in the repository's format, the values of a property together."""
    tokens = Tokens()
    ordered = sorted(set(triples), key=lambda triple: tuple(map(term_key, triple)))
    blocks = [f"# Made by `comity link build` from {origin}; edit that, not this.\n"]
    for subject, said in groupby(ordered, key=lambda triple: triple.subject):
        parts = [
            f"{tokens.term(predicate)} {' , '.join(tokens.term(each.object) for each in values)}"
            for predicate, values in groupby(said, key=lambda triple: triple.predicate)
        ]
        blocks.append(f"{tokens.term(subject)} {f' ;{chr(10)}    '.join(parts)} .\n")
    return "\n".join((tokens.prefixes(), *blocks))


def _name(each: MappingSet) -> str:
    return each.path.rpartition("/")[2].removesuffix(SUFFIX)


def _content(path: Path) -> str | None:
    return path.read_text("utf-8") if path.is_file() else None
