"""Imports of small files into a repository of their own, and the graph that comes of them."""

from __future__ import annotations

from comity.model.terms import ID, NS
from comity.services.imports.making import make_import
from comity.services.imports.registry import IMPORTERS
from comity.services.selecting import select
from comity.store.bulk import as_engine, bulk_graph, parse_lines
from shared_material import ROOT


def repository(folder):
    """Make a folder a repository with the data of this one, to which imports may be added."""
    for name in ("ontology", "data", "queries"):
        (folder / name).symlink_to(ROOT / name)
    return folder


def bring_in(root, name, *paths, checked=True, **options):
    """Import files, and return the import, its report and what was found."""
    return make_import(root, IMPORTERS[name], paths, checked=checked, **options)


def graph_of(*imports, dataset=()):
    """Return the statements of imports, and of a data set, as a graph."""
    statements = as_engine(dataset)
    for each in imports:
        statements += parse_lines(each.file.path.read_bytes(), each.graph)
    return bulk_graph(statements, "imports")


def values(graph, local, name):
    """Return the values of a property of a thing, as words: of IRIs the last part."""
    rows = select(graph, f"SELECT ?o {{ <{ID}{local}> <{NS}{name}> ?o }} ORDER BY ?o")
    return [getattr(each, "lexical", None) or each.value.rpartition("/")[2] for (each,) in rows]


def facts(graph, of_class):
    """Return the local names of the things of a class, sorted."""
    rows = select(graph, f"SELECT ?s {{ ?s a <{NS}{of_class}> }} ORDER BY ?s")
    return [each.value.removeprefix(ID) for (each,) in rows]


def accounted(report):
    """Tell whether every row that was read is used or skipped."""
    told = report.as_json()
    skipped = sum(each["rows"] for each in told["skipped"].values())
    return told["rows"] == told["used"] + skipped
