import assert from "node:assert/strict";
import test from "node:test";
import { asRows, readTriples } from "../../src/comity/web/frontend/src/results/data";
import { curie, hrefOf } from "../../src/comity/web/frontend/src/results/links";
import { nextOf } from "../../src/comity/web/frontend/src/results/links_header";

test("N-Triples are read with languages, datatypes, escapes and blank nodes", () => {
  const text = [
    '<urn:a> <urn:p> "x\\ty \\u00E9 \\"q\\""@en-GB .',
    "_:b0 <urn:p> _:b1.c .",
    '<urn:a> <urn:p> "3"^^<urn:int> .',
    "# nothing",
    "",
  ].join("\n");
  const triples = readTriples(text);
  assert.equal(triples.length, 3);
  assert.deepEqual(triples[0]?.[2], { type: "literal", value: 'x\ty é "q"', lang: "en-GB" });
  assert.deepEqual([triples[1]?.[0].value, triples[1]?.[2].value], ["b0", "b1.c"]);
  assert.deepEqual(triples[2]?.[2], { type: "literal", value: "3", datatype: "urn:int" });
  assert.deepEqual(asRows(triples).columns, ["subject", "predicate", "object"]);
});

test("our own IRIs lead to paths of the site, as the server's pages do", () => {
  const own = "https://w3id.org/comity/";
  const expected: Record<string, string> = {
    [`${own}id/AZE`]: "/doc/AZE",
    [`${own}id/AZE-JPN`]: "/pair/AZE/JPN",
    [`${own}id/src.azjp-en.s12`]: "/sources/azjp-en#src.azjp-en.s12",
    [`${own}id/src.azjp-en`]: "/sources/azjp-en",
    [`${own}code/visit.official`]: "/vocabulary/visit#visit.official",
    [`${own}code/visit`]: "/vocabulary/visit",
    [`${own}ns#Visit`]: "/ontology#Visit",
    [`${own}query/aid`]: "/queries/aid",
    [`${own}graph/data/actors/states`]: "/graph/data/actors/states",
    "http://www.wikidata.org/entity/Q1": "http://www.wikidata.org/entity/Q1",
  };
  for (const [iri, path] of Object.entries(expected)) assert.equal(hrefOf(iri), path);
  assert.equal(hrefOf(`${own}id/AZE`, "/comity"), "/comity/doc/AZE");
  for (const iri of ["javascript:alert(1)", "urn:x", "mailto:a@b", "data:text/html,x"]) assert.equal(hrefOf(iri), null);
});

test("an IRI has its short form", () => {
  assert.equal(curie("https://w3id.org/comity/ns#Visit"), "comity:Visit");
  assert.equal(curie("https://w3id.org/comity/id/a/b"), "https://w3id.org/comity/id/a/b");
});

test("the next rows are found in the header, on this host", () => {
  const header = '<https://example.org/q>; rel="canonical", <https://example.org/q.json?limit=2&offset=2>; rel="next"';
  assert.equal(nextOf(header, "http://localhost/"), "/q.json?limit=2&offset=2");
  assert.equal(nextOf(null, "http://localhost/"), null);
  assert.equal(nextOf('<https://example.org/next>; rel="prev"', "http://localhost/"), null);
});
