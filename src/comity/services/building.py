"""A build made from the files and imports of a repository: checked, written, settled, published.

What the gate refuses is not built, what was built before is not built again, and whatever ends on
the way leaves the published build as it was.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity import __version__
from comity.model.terms import NS, PREFIXES
from comity.services.catalog.record import PATH as RECORD
from comity.services.catalog.summary import SUMMARY, summarize
from comity.services.catalogue import Catalogue
from comity.services.export.material import CORE, SHAPES
from comity.services.imports.folder import imports
from comity.services.imports.loading import dyad_quads, licences_of_imports
from comity.services.licensing import licence_quads
from comity.services.opening import read_dataset
from comity.services.preparing import prepare
from comity.services.query_rdf import catalogue_triples
from comity.services.selecting import select
from comity.services.vetting import vet
from comity.store.builds import Build, Builds, Draft
from comity.store.files import graph_files
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from comity.store.engine import Graph
    from comity.validation.findings import Report

    # Told how much of a step is done: its name, how much, and of how much (0 if nobody knows).
    Tell = Callable[[str, int, int], None]

# Files that answers depend on beside the statements, from the root of a repository.
_FILES: Final = ("ontology/**/*.ttl", "queries/**/*.rq", "data/mappings/*.sssom.tsv", RECORD)
_SOURCE: Final = {
    "title": f"{PREFIXES['dcterms']}title",
    "publisher": f"{PREFIXES['dcterms']}publisher",
    "licence": f"{PREFIXES['dcterms']}license",
    "page": f"{PREFIXES['foaf']}page",
    "issued": f"{PREFIXES['dcterms']}issued",
    "retrieved": f"{NS}retrieved",
    "sha256": f"{NS}sha256",
}


@dataclass(frozen=True)
class Built:
    """What came of it: the build in force, whether it is new, and what was removed for it.

    `left` are the questions on the whole that took too long to be answered beforehand.
    """

    build: Build
    is_new: bool
    removed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def gate(root: Path, cache: Path, tell: Tell) -> Report | None:
    """Return the report of the gate, None if the same files have passed it before."""
    return vet(root, cache, lambda what: tell(f"checking {what}", 0, 0))


def make_build(
    root: Path,
    folder: Path,
    *,
    keep: int,
    checked: bool,
    tell: Tell,
    memory_statements: int | None = None,
    before: Callable[[Build], None] | None = None,
) -> Built:
    """Build a repository into a folder of builds and publish it.

    `checked` says whether the gate was passed; `keep` is the number of builds that stay. With more
    than `memory_statements` it will be served from the disk, so that what is asked of all of it is
    answered beforehand. `before` is done with the build before it is published, which does not
    happen if that fails. Raises
    DataError for a file that does not parse, UsageError for a folder that cannot hold builds,
    ComityError while another build is made there, StorageFullError where the disk refuses it.
    """
    with Builds.open(folder) as builds:
        draft = Draft(builds, _is_word, tell)
        left: tuple[str, ...] = ()
        try:
            _read(root, draft, tell)
            found = builds.find(draft.settle())
            if found is not None and (found.manifest.checked or not checked):
                draft.drop()
                is_new = False
            else:
                draft.load()
                draft.write(SUMMARY, summarize(draft.texts()).write())
                sources, ontology = _describe(draft)
                versions = {"comity": __version__, "ontology": ontology}
                manifest = draft.describe(checked=checked, sources=sources, versions=versions)
                if memory_statements is not None and manifest.statements > memory_statements:
                    left = prepare(draft.folder, manifest, Catalogue.load(root), tell)
                found = draft.finish()
                is_new = True
        except BaseException:
            draft.drop()
            raise
        if before is not None:
            before(found)
        current = builds.current
        if is_new or current is None or current.id != found.id:
            builds.publish(found)
        return Built(found, is_new, tuple(builds.drop(keep)), left)


def _read(root: Path, draft: Draft, tell: Tell) -> None:
    """Read all that is served: files, canned queries, licences, and imports with their pairs."""
    files = graph_files(root)
    sizes = [file.path.stat().st_size for file in files]
    done, total = 0, sum(sizes)
    for number, (file, size) in enumerate(zip(files, sizes, strict=True)):
        tell(f"reading {number + 1:,} of {len(files):,} files", done, total)
        draft.add_file(root, file)
        done += size
    draft.add(catalogue_triples(Catalogue.load(root)))
    draft.add(licence_quads(root))
    taken = imports(root)
    for each in taken:
        tell(f"reading the import {each.name}", 0, 0)
        draft.add_file(root, each.file)
    if taken:
        draft.add(dyad_quads(root, read_dataset(root, with_imports=False)))
        draft.add(licences_of_imports(root))
    draft.files.mkdir()
    for pattern in _FILES:
        for path in sorted(root.glob(pattern)):
            target = draft.files / path.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)


def _is_word(graph: str) -> bool:
    return graph == CORE or graph.startswith(SHAPES)


def _describe(draft: Draft) -> tuple[tuple[dict[str, str], ...], str]:
    """Return the sources with what is known of each, and the version of the ontology."""
    graph = draft.graph()
    properties = " ".join(f"<{iri}>" for iri in _SOURCE.values())
    names = {iri: name for name, iri in _SOURCE.items()}
    rows = select(
        graph,
        f"SELECT ?s ?p ?o {{ ?s a <{NS}Source> "
        f"OPTIONAL {{ VALUES ?p {{ {properties} }} ?s ?p ?o }} }} ORDER BY ?s ?p ?o",
    )
    found: dict[str, dict[str, str]] = {}
    for subject, prop, value in rows:
        if not isinstance(subject, Iri):
            continue
        source = found.setdefault(subject.value, {"source": subject.value})
        if isinstance(prop, Iri) and isinstance(value, Iri | Literal):
            text = value.value if isinstance(value, Iri) else value.lexical
            source.setdefault(names[prop.value], text)
    return tuple(found.values()), _version(graph)


def _version(graph: Graph) -> str:
    owl = PREFIXES["owl"]
    query = f"SELECT ?v {{ GRAPH <{CORE}> {{ ?o a <{owl}Ontology> ; <{owl}versionInfo> ?v }} }}"
    return next((each.lexical for (each,) in select(graph, query) if isinstance(each, Literal)), "")
