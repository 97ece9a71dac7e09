"""What OpenAPI says of the fixed paths: one row a path and method, for all that is no canned query.

The web floor publishes the rows whose path it serves; a test compares the two lists.
"""

from __future__ import annotations

from typing import Final

from comity.services.openapi_changes import CHANGES
from comity.services.openapi_operations import (
    KEPT,
    PAGE_TYPES,
    STORED,
    Operation,
    citation,
    redirect,
    resource,
)
from comity.services.openapi_panel import PANEL_OPERATIONS
from comity.services.openapi_parameters import (
    FORM,
    GRAPH_TYPES,
    HTML,
    IF_NONE_MATCH,
    JSON,
    LIMIT,
    NAME,
    PERIOD,
    RANGE,
    TEXT,
    TURTLE,
    UPLOADS,
    format_of,
    in_path,
    in_query,
)
from comity.services.openapi_protocol import PROTOCOL_OPERATIONS
from comity.services.openapi_reconciliation import RECONCILIATION

_LOCAL: Final = in_path("local", "A local name, with an optional suffix.", "AZE-JPN.visit.1998-02")
_NAME: Final = in_path("local", "A local name.", "AZE-JPN.visit.1998-02")
LINKSET: Final = "application/linkset+json"
_NEAR: Final = ("200", "303", "304")

OPERATIONS: Final = (
    Operation("/", "relations", "The relations, and the ways in"),
    resource(
        "/pair/{first}/{second}",
        "relations",
        "One relation: all that is recorded of two states",
        in_path("first", "A state, by code or name.", "AZE"),
        in_path("second", "The other state, with an optional suffix.", "JPN"),
        *PERIOD,
        statuses=("200", "304", "308"),
        errors=("404",),
        also=("text/csv",),
    ),
    citation(
        "/pair/{first}/{second}",
        "How to cite one relation at the present state of the data",
        in_path("first", "A state, by code or name.", "AZE"),
        in_path("second", "The other state.", "JPN"),
        *PERIOD,
        statuses=("200", "304", "308"),
    ),
    *CHANGES,
    Operation(
        "/compare",
        "relations",
        "Two relations to choose: leads to the page on both once both are given",
        (HTML,),
        parameters=(
            in_query("left", "A relation, by code or name.", "AZE-JPN"),
            in_query("right", "The other relation.", "KOR-TUR"),
            IF_NONE_MATCH,
        ),
        statuses=_NEAR,
        errors=("404",),
    ),
    Operation(
        "/compare/{left}/{right}",
        "relations",
        "A page of two relations side by side",
        (HTML,),
        parameters=(
            in_path("left", "A relation, by code or name.", "AZE-JPN"),
            in_path("right", "The other relation.", "KOR-TUR"),
            IF_NONE_MATCH,
        ),
        statuses=("200", "303", "304", "308"),
        errors=("404",),
    ),
    Operation(
        "/state",
        "relations",
        "The states with relations; leads to the page of one that is named",
        (HTML,),
        parameters=(in_query("q", "A state, by code or name.", "AZE"), IF_NONE_MATCH),
        statuses=_NEAR,
        errors=("404",),
    ),
    Operation(
        "/state/{name}",
        "relations",
        "A page of the relations of one state, on the map and as a table",
        (HTML,),
        parameters=(in_path("name", "A state, by code or name.", "AZE"), IF_NONE_MATCH),
        statuses=("200", "304", "308"),
        errors=("404",),
    ),
    Operation(
        "/gaps",
        "relations",
        "A page of what is not returned, differs by direction, or has no agreement on record",
        (HTML,),
        parameters=(in_query("state", "Only this state.", "AZE"), IF_NONE_MATCH),
        statuses=KEPT,
        errors=("404",),
    ),
    redirect("/id/{local}", "things", "A thing: leads to its description", _LOCAL),
    resource("/doc/{local}", "things", "The description of a thing", _LOCAL, errors=("404", "410")),
    citation(
        "/doc/{local}",
        "How to cite the description of a thing at the present state of the data",
        in_path("local", "A local name.", "AZE-JPN.visit.1998-02"),
        errors=("404", "410"),
    ),
    Operation(
        "/doc/{local}/graph",
        "things",
        "A page of the neighbours of a thing; of a part of one, leads to that of the whole",
        (HTML,),
        parameters=(_NAME, IF_NONE_MATCH),
        statuses=_NEAR,
        errors=("404", "410"),
    ),
    Operation(
        "/doc/{local}/graph.json",
        "things",
        "A thing, its neighbours, and what joins them",
        (JSON,),
        parameters=(_NAME, IF_NONE_MATCH),
        statuses=_NEAR,
        errors=("404", "410"),
        document="Neighbourhood",
    ),
    redirect(
        "/code/{local}",
        "things",
        "A code or a code list: leads to its description",
        in_path("local", "A scheme, or scheme and code.", "domain.energy"),
    ),
    redirect(
        "/query/{name}",
        "queries",
        "A canned query: leads to its page and its description",
        in_path("name", "A query, with an optional suffix.", "aid"),
    ),
    redirect(
        "/shape/{name}",
        "reference",
        "A shape or a rule: leads to its entry",
        in_path("name", "Its local name.", "Aid"),
    ),
    Operation(
        "/problem/{code}",
        "service",
        "What an error means: the type of a problem document",
        (JSON, HTML),
        parameters=(
            in_path("code", "The stable name of the error.", "not_found"),
            format_of(JSON, HTML),
            IF_NONE_MATCH,
        ),
        statuses=KEPT,
        errors=("404", "406"),
        document="ProblemType",
    ),
    Operation(
        "/graph/{name}",
        "things",
        "A named graph: leads to the file that it is, or sends that by its suffix .ttl",
        (TURTLE,),
        parameters=(in_path("name", "The path of the file.", "data/actors/states.ttl"),),
        statuses=("200", "303"),
        errors=("404",),
    ),
    Operation(
        "/resolve",
        "things",
        "From a name or a code to the thing that it stands for",
        (JSON, HTML),
        parameters=(NAME, format_of(JSON, HTML)),
        statuses=("200", "303"),
        errors=("404", "406"),
        document="Matches",
    ),
    Operation(
        "/search",
        "things",
        "A page of what a text may mean",
        (HTML,),
        parameters=(TEXT, IF_NONE_MATCH),
        statuses=KEPT,
    ),
    Operation(
        "/search.json",
        "things",
        "The likeliest things that a text, or the beginning of one, may mean",
        (JSON,),
        parameters=(TEXT, LIMIT, IF_NONE_MATCH),
        statuses=KEPT,
        document="Results",
    ),
    *RECONCILIATION,
    *PROTOCOL_OPERATIONS,
    Operation(
        "/queries",
        "queries",
        "The catalogue of canned queries",
        PAGE_TYPES,
        parameters=(
            in_query("q", "Words that a query must hold.", "visits"),
            format_of(*PAGE_TYPES),
            IF_NONE_MATCH,
        ),
        statuses=KEPT,
        errors=("406",),
    ),
    Operation(
        "/openapi.json",
        "service",
        "This document",
        (JSON,),
        parameters=(IF_NONE_MATCH,),
        statuses=KEPT,
    ),
    resource("/ontology", "reference", "The ontology"),
    redirect("/ns", "reference", "The ontology's namespace"),
    redirect(
        "/ns/{version}",
        "reference",
        "A version of the ontology",
        in_path("version", "The number of the version.", "1.0.0"),
    ),
    resource("/shapes", "reference", "The shapes that the data keeps"),
    Operation(
        "/validate",
        "reference",
        "The form for a document to be judged",
        parameters=(format_of(HTML), IF_NONE_MATCH),
        statuses=KEPT,
        errors=("406",),
    ),
    Operation(
        "/validate",
        "reference",
        "What a document would break if it were added; nothing is kept",
        (JSON, *STORED, HTML),
        method="post",
        parameters=(format_of(JSON, *STORED, HTML),),
        consumes=(*UPLOADS, FORM),
        errors=("406", "415"),
        document="Findings",
    ),
    resource("/vocabulary", "reference", "The code lists"),
    resource(
        "/vocabulary/{name}",
        "reference",
        "One code list",
        in_path("name", "The scheme, with an optional suffix.", "domain"),
        errors=("404",),
    ),
    Operation("/sources", "sources", "The sources"),
    resource(
        "/sources/{name}",
        "sources",
        "A source: its passages, and the facts from each",
        in_path("name", "The source, with an optional suffix.", "azjp-en"),
        errors=("404",),
    ),
    Operation("/dumps/", "downloads", "The downloads", parameters=(IF_NONE_MATCH,), statuses=KEPT),
    Operation(
        "/dumps/{file}",
        "downloads",
        "A download",
        (*STORED, "application/zip"),
        parameters=(in_path("file", "The name of the file.", "comity.ttl"), RANGE, IF_NONE_MATCH),
        statuses=("200", "206", "304"),
        errors=("404", "416"),
        headers=("Content-Disposition", "Link"),
    ),
    *PANEL_OPERATIONS,
    *(
        Operation(
            f"/dumps/{file}",
            "downloads",
            summary,
            ("application/ld+json",),
            parameters=(IF_NONE_MATCH,),
            statuses=KEPT,
            errors=errors,
        )
        for file, summary, errors in (
            ("context.jsonld", "The JSON-LD context that every dump embeds", ()),
            ("ro-crate-metadata.json", "The downloads as RO-Crate 1.2", ("404",)),
            ("croissant.json", "The tables as Croissant 1.0", ("404",)),
        )
    ),
    *(
        Operation(
            f"{path}/linkset.json",
            tag,
            f"The links of {of} for machines, as a set (Signposting, RFC 9264)",
            (LINKSET,),
            parameters=(*parameters, IF_NONE_MATCH),
            statuses=statuses,
            errors=errors,
        )
        for path, tag, of, parameters, statuses, errors in (
            ("/dumps", "downloads", "the downloads", (), KEPT, ()),
            ("/doc/{local}", "things", "a thing", (_NAME,), KEPT, ("404", "410")),
            (
                "/pair/{first}/{second}",
                "relations",
                "one relation",
                (
                    in_path("first", "A state, by code or name.", "AZE"),
                    in_path("second", "The other state.", "JPN"),
                ),
                ("200", "304", "308"),
                ("404",),
            ),
        )
    ),
    *(
        Operation(
            path,
            "downloads",
            summary,
            produces,
            parameters=(format_of(*produces), IF_NONE_MATCH),
            statuses=KEPT,
            errors=("406",),
        )
        for path, summary, produces in (
            ("/catalog", "The record of the data set, DCAT 3", PAGE_TYPES),
            ("/.well-known/void", "VoID", GRAPH_TYPES),
        )
    ),
    *(
        Operation(path, "service", summary, (media_type,), document=document)
        for path, summary, media_type, document in (
            ("/health/live", "Whether the process answers", JSON, "Health"),
            ("/health/ready", "Whether the graph answers", JSON, "Health"),
            ("/metrics", "Counters for Prometheus", "text/plain", ""),
            ("/robots.txt", "What crawlers may read", "text/plain", ""),
        )
    ),
    Operation(
        "/sitemap.xml",
        "service",
        "The pages, for crawlers; of more than 50,000, the files that list them",
        ("application/xml",),
        parameters=(IF_NONE_MATCH,),
        statuses=KEPT,
    ),
    Operation(
        "/sitemaps/{number}.xml",
        "service",
        "A part of the pages, for crawlers",
        ("application/xml",),
        parameters=(in_path("number", "Which file, from 1.", "1"), IF_NONE_MATCH),
        statuses=KEPT,
        errors=("404",),
    ),
)
