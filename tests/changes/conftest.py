"""Three builds of a repository with one relation, and servers that know what changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from comity.services.building import make_build
from comity.services.catalogue import Catalogue
from comity.services.changes.builds import BuildHistory
from comity.settings import load_settings
from comity.web import create_app

SMALL = Path(__file__).parent.parent / "pages" / "small" / "relation.ttl"
CUT = """
id:XAA-XBB.event.opening a comity:Event ;"""
VISIT = """
@prefix comity: <https://w3id.org/comity/ns#> .
@prefix id: <https://w3id.org/comity/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
id:XAA-XBB.visit.2001 a comity:Visit ; comity:dyad id:XAA-XBB ;
    rdfs:label "Visit of {who} & <co>"@en , "{who} səfəri"@az .
id:XAA-XBB.visit.2001.claim.label a comity:Claim ; comity:about id:XAA-XBB.visit.2001 .
"""


def write(folder, text, visit=""):
    path = folder / "data" / "relations" / "XAA-XBB.ttl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    more = folder / "data" / "relations" / "XAA-XBB-more.ttl"
    more.write_text(VISIT.format(who=visit), encoding="utf-8") if visit else more.unlink(True)


@pytest.fixture(scope="session")
def small_repository(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("changing")
    shutil.copytree(root / "ontology", folder / "ontology")
    shutil.copy(root / "CITATION.cff", folder)
    (folder / "queries" / "catalogue").mkdir(parents=True)
    for name in ("visits", "relation-graph"):
        shutil.copy(root / "queries" / "catalogue" / f"{name}.rq", folder / "queries/catalogue")
    return folder


@pytest.fixture(scope="session")
def kept(small_repository, tmp_path_factory):
    """Three builds, the oldest first: without a visit, with one, and without an event."""
    folder = tmp_path_factory.mktemp("kept") / "builds"
    text = SMALL.read_text("utf-8")
    begin, _, rest = text.partition(CUT)
    without = begin + rest[rest.index("\n\n") :]
    built = []
    for content, visit in ((text, ""), (text, "Ann"), (without, "Bea")):
        write(small_repository, content, visit)
        made = make_build(small_repository, folder, keep=5, checked=True, tell=lambda *_: None)
        built.append(made.build)
    return built


@pytest.fixture(scope="session")
def serve():
    """Make a client of a server of a build, with the builds beside it as its history."""
    made = []

    def serve(build, history=True):
        settings = load_settings({}, root=build.files)
        graph, catalogue = build.graph(), Catalogue.load(build.files)
        app = create_app(
            settings,
            graph,
            catalogue,
            statements=list(build.quads()),
            history=BuildHistory(build.folder.parent, build.id) if history else None,
        )
        made.append(app)
        return app.test_client()

    yield serve
    for app in made:
        for name in ("intake", "validator"):
            app.extensions["comity"][name].close()


@pytest.fixture(scope="session")
def follower(serve, kept):
    """A client of a server of the newest build."""
    return serve(kept[-1])
