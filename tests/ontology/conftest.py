"""The ontology and the data as rdflib graphs, read once."""

from __future__ import annotations

import pytest
from rdflib import Graph

from comity.store.files import graph_files
from ontology_reading import Files
from shared_material import ROOT


@pytest.fixture(scope="session")
def files() -> Files:
    return Files(
        (file.relative, Graph().parse(file.path, format="turtle")) for file in graph_files(ROOT)
    )


@pytest.fixture(scope="session")
def core(files: Files) -> Graph:
    return files["ontology/core.ttl"]


@pytest.fixture(scope="session")
def vocabularies(files: Files) -> Graph:
    return files["ontology/vocabularies.ttl"]


@pytest.fixture(scope="session")
def data(files: Files) -> Graph:
    return files.union("data/")


@pytest.fixture(scope="session")
def everything(files: Files) -> Graph:
    return files.union("data/", "ontology/")
