"""Random statements: ordinary names, nasty literals, blank nodes in lists, trees and rings."""

from __future__ import annotations

from hypothesis import strategies as st

from comity.model.terms import CODE, EDTF, ID, NS, PREFIXES, RDF, RDFS, XSD
from comity.store.terms import LANG_STRING, STRING, BlankNode, Iri, Literal, Quad, Triple

LOCALS = st.one_of(
    st.sampled_from(
        ["AZE", "a.b", "a..b", "-a", "a-", "a.", ".a", "1", "a/b", "a:b", "ü", "a'b", ""]
    ),
    st.text(alphabet="aZ09._-~!$&'()*+,;=:@%20é李", max_size=8).filter(
        lambda each: "%" not in each
    ),
)
NAMESPACES = st.sampled_from([ID, CODE, NS, "http://example.org/", "urn:example:", PREFIXES["wd"]])
IRIS = st.builds(lambda namespace, local: Iri(namespace + local), NAMESPACES, LOCALS)
PREDICATES = st.one_of(
    st.sampled_from(
        [
            Iri(iri)
            for iri in (
                *(f"{RDF}type", f"{RDF}first", f"{RDF}rest", f"{RDFS}label", f"{RDFS}comment"),
                *(f"{NS}dyad", f"{NS}about", f"{NS}value", f"{NS}edtf", f"{NS}purpose"),
                *(f"{NS}stated", "http://example.org/p", "http://example.org/a#b-c"),
            )
        ]
    ),
    st.builds(
        lambda name: Iri(f"http://example.org/{name}"),
        st.from_regex(r"[a-zé_][a-z0-9.-]*[a-z]", fullmatch=True),
    ),
)
NODES = st.builds(lambda number: BlankNode(f"n{number}"), st.integers(0, 6))
TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "",
            "\r",
            "\r\n",
            "\t",
            '"',
            '"""',
            "\\",
            "\\u0041",
            "\u2028\u2029\x85",
            "=1+1",
            "a|b",
            "]]>",
            "&amp;",
            " # not a comment",
            "@en",
            "İ",
            "\U0001f5fe",
            "\ufeff",
            "007",
            "1.50",
            "true",
            "1",
            "-0",
            "12345678901234567890",
            "1.0E6",
            "NaN",
        ]
    ),
)
DATATYPES = st.sampled_from(
    [STRING, EDTF, "http://example.org/d", f"{RDF}HTML"]
    + [
        XSD + name
        for name in (
            "integer",
            "decimal",
            "double",
            "boolean",
            "date",
            "gYear",
            "nonNegativeInteger",
        )
    ]
)
LITERALS = st.one_of(
    st.builds(Literal, TEXTS, DATATYPES),
    st.builds(
        lambda text, tag: Literal(text, LANG_STRING, tag),
        TEXTS,
        st.sampled_from(["en", "az", "ja", "zh-hant", "az-latn-az"]),
    ),
    st.builds(lambda number: Literal(str(number), f"{XSD}integer"), st.integers()),
)
TRIPLES = st.builds(Triple, st.one_of(IRIS, NODES), PREDICATES, st.one_of(IRIS, NODES, LITERALS))
GRAPHS = st.lists(TRIPLES, max_size=14)
GRAPH_NAMES = st.sampled_from(["", "https://w3id.org/comity/graph/data/a", "http://example.org/g"])
DATASETS = st.lists(st.builds(Quad.of, TRIPLES, GRAPH_NAMES), max_size=14)
