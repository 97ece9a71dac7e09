"""Chosen properties of accepted matches: added, agreed with, or contradicted, with claims."""

from __future__ import annotations

import json

import pytest

from comity.errors import DataError, UsageError
from comity.services.imports.folder import remove
from comity.services.imports.wikidata_values import NAME, PROPERTIES, chosen_properties
from importing import accounted, bring_in, facts, graph_of, values
from shared_material import ROOT, shared

ARUBA, BAKU, TOKYO, AZE, JPN, EMBASSY = "Q21203", "Q9248", "Q1490", "Q227", "Q17", "Q12847814"


@pytest.fixture
def repo(tmp_path):
    for name in ("ontology", "data", "queries"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


def point(lat, long, globe="Q2"):
    return {"latitude": lat, "longitude": long, "globe": f"http://www.wikidata.org/entity/{globe}"}


def item(identifier):
    return {"entity-type": "item", "id": identifier, "numeric-id": int(identifier[1:])}


def entity(identifier, **claims):
    made = {}
    for name, given in claims.items():
        made[name] = [
            {
                "id": f"{identifier}${name}-{number}",
                "rank": rank,
                "mainsnak": {"snaktype": "value", "datavalue": {"value": value}}
                if value is not None
                else {"snaktype": "somevalue"},
            }
            for number, (value, rank) in enumerate(
                each if isinstance(each, tuple) else (each, "normal") for each in given
            )
        ]
    return {"id": identifier, "type": "item", "claims": made}


@pytest.fixture
def pull(repo):
    def pull(*entities, properties=()):
        path = repo / "entities.ndjson"
        path.write_text("".join(f"{json.dumps(each)}\n" for each in entities), "utf-8")
        return bring_in(repo, NAME, path, day="2026-11-29", options={"properties": properties})

    return pull


def test_a_value_that_is_lacking_is_added_with_claim_and_source(pull):
    made, report, found = pull(
        entity("Q157451", P17=[item(AZE)]),
        entity("Q16417892", P137=[item(AZE)], P17=[item(JPN)]),
        entity("Q15180", P1366=[item(AZE)]),
        entity(ARUBA, P625=[point(12.511, -69.974)]),
    )
    graph = graph_of(made)

    assert found == []
    assert accounted(report)
    assert report.skipped["what is matched has no such property here"].rows == 1
    assert report.notes["values that agree with what is curated"] == 3
    source = f"src.import.{NAME}.entities"
    assert facts(graph, "Source") == [source]
    assert "licenses" in made.manifest["licence"] or "zero/1.0" in made.manifest["licence"]
    claims = facts(graph, "Claim")
    assert claims == ["ABW.claim.lat.12-511", "ABW.claim.long.69-974"]
    for claim in claims:
        assert values(graph, claim, "evidence") == [source]
        assert values(graph, claim, "status") == ["status.as-stated"]
    assert report.notes["values beside what is curated"] == 2
    assert facts(graph, "Issue") == []


def test_a_point_that_is_near_agrees_and_one_that_is_far_contradicts(pull):
    made, report, found = pull(
        entity(BAKU, P625=[point(40.3778, 49.892)]), entity(TOKYO, P625=[point(35.0, 139.5)])
    )
    graph = graph_of(made)

    assert found == []
    assert report.notes == {
        "values that agree with what is curated": 1,
        "contradictions with what is curated": 1,
    }
    assert facts(graph, "Issue") == [f"tokyo.issue.{NAME}-lat-long"]
    claims = facts(graph, "Claim")
    assert claims == ["tokyo.claim.lat.35-0", "tokyo.claim.long.139-5"]
    assert all(values(graph, each, "status") == ["status.disputed"] for each in claims)
    about = values(graph, f"tokyo.issue.{NAME}-lat-long", "about")
    assert set(about) == {*claims, "tokyo.claim.lat", "tokyo.claim.long"}
    assert values(graph, f"tokyo.issue.{NAME}-lat-long", "kind") == ["issue.source-disagreement"]


def test_a_code_that_contradicts_becomes_two_claims_and_an_issue(pull):
    made, report, found = pull(entity(AZE, P298=["AZB"]), entity(JPN, P298=["JPN"]))
    graph = graph_of(made)

    assert found == []
    assert accounted(report)
    assert facts(graph, "Claim") == ["AZE.claim.iso3.AZB", "AZE.claim.iso3.AZE"]
    assert values(graph, "AZE.claim.iso3.AZE", "evidence") == ["src.country-codes"]
    assert len(values(graph, f"AZE.issue.{NAME}-iso3", "about")) == 2


def test_the_sides_of_a_mission_that_contradict_are_doubted(pull):
    made, _, found = pull(entity(EMBASSY, P137=[item(AZE)], P17=[item(AZE)]))
    graph = graph_of(made)

    assert found == []
    assert facts(graph, "Claim") == ["JPN.embassy.AZE.claim.from.AZE"]
    assert "JPN.embassy.AZE" in values(graph, f"JPN.embassy.AZE.issue.{NAME}-from", "about")


def test_only_what_can_be_told_is_told(pull):
    _, report, found = pull(
        entity("Q1", P625=[point(1, 2)]),
        entity(
            BAKU,
            P625=[point(1, 2, "Q405")],
            P17=[(item("Q999999"), "normal")],
            P298=["AZE"],
        ),
        entity(TOKYO, P625=[None, (point(1, 2), "deprecated")]),
    )

    assert found == []
    assert accounted(report)
    assert report.used == 0
    assert {why: each.rows for why, each in report.skipped.items()} == {
        "nothing of ours is matched with the item": 1,
        "no value that can be told here": 3,
        "what is matched has no such property here": 1,
    }


def test_the_best_rank_counts_and_one_point_is_taken(pull):
    _, report, _ = pull(
        entity(
            BAKU,
            P625=[(point(1, 1), "normal"), (point(40.37767, 49.89201), "preferred")],
        ),
        entity(TOKYO, P625=[point(35.6895, 139.69171), point(1, 1)]),
    )

    assert report.notes == {
        "values that agree with what is curated": 2,
        "further points of a thing, which are left out": 1,
    }


def test_the_same_file_gives_the_same_and_it_goes_without_a_trace(pull, repo):
    one, _, _ = pull(entity(TOKYO, P625=[point(35.0, 139.5)]))
    other, _, _ = pull(entity(TOKYO, P625=[point(35.0, 139.5)]))

    assert one.manifest == other.manifest
    assert remove(repo, NAME)
    assert not (repo / "imports").exists()


def test_only_chosen_properties_are_pulled(pull):
    _, report, _ = pull(
        entity(BAKU, P625=[point(40.37767, 49.89201)], P17=[item(AZE)]), properties=("P17",)
    )

    assert report.read == 1
    assert chosen_properties(()) == tuple(PROPERTIES)
    with pytest.raises(UsageError, match=r"'P1' is not pulled; there are P17 \(country\)"):
        chosen_properties(("P1",))


def test_a_line_that_is_none_is_told(repo):
    path = repo / "broken.ndjson"
    path.write_text("{", "utf-8")
    with pytest.raises(DataError, match="The line is no JSON"):
        bring_in(repo, NAME, path)


def test_recorded_entities_of_states_agree(repo):
    lines = []
    for name in ("Q16", "Q30", "Q36"):
        import gzip

        path = shared(f"open-data/wikidata-samples/entities/{name}.json.gz")
        lines.append(json.dumps(json.loads(gzip.decompress(path.read_bytes()))))
    lines.append(
        json.dumps(
            json.loads(shared("open-data/wikidata-samples/entities/Q15180.json").read_text())
        )
    )
    path = repo / "states.ndjson"
    path.write_text("\n".join(lines) + "\n", "utf-8")

    made, report, found = bring_in(repo, NAME, path)

    assert found == []
    assert accounted(report)
    assert report.notes["values that agree with what is curated"] == 4
    assert facts(graph_of(made), "Issue") == []


def test_pulled_values_are_part_of_the_graph(pull, repo):
    from comity.services.opening import open_graph

    pull(entity(TOKYO, P625=[point(35.0, 139.5)]))
    graph = open_graph(repo)

    name = f"https://w3id.org/comity/graph/imports/{NAME}"
    assert graph.graphs()[name] > 10
