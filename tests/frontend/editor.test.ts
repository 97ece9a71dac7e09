import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { inOrderOf } from "../../src/comity/web/frontend/src/editor/columns";
import { nearest } from "../../src/comity/web/frontend/src/editor/checking";
import { told as toldByGrammar } from "../../src/comity/web/frontend/src/editor/grammar";
import { format } from "../../src/comity/web/frontend/src/editor/format";
import { placeOf } from "../../src/comity/web/frontend/src/editor/place";
import { declaration, declared } from "../../src/comity/web/frontend/src/editor/prefixes";
import { isSpoken, tokenize } from "../../src/comity/web/frontend/src/editor/tokens";

const folder = process.env["QUERIES"] ?? "";
const queries = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));

const told = (text: string): string =>
  tokenize(text)
    .filter((token) => isSpoken(token) || token.kind === "comment")
    .map(({ text: word }) => word.trimEnd())
    .join("\n");

test("the tokens of a text make the text again", () => {
  for (const text of [...queries, 'a"b', "<x", "'''", "?", "\\", "é:ü.ä", "1.5e-3.", "😀"])
    assert.equal(tokenize(text).map(({ text: word }) => word).join(""), text);
});

test("tokens have their kinds", () => {
  const kinds = tokenize('?x a:b.c <u:v> "s"@en-GB 1.5 _:b FILTER # c').filter(({ kind }) => kind !== "space");
  assert.deepEqual(kinds.map(({ kind }) => kind), ["variable", "name", "iri", "string", "language", "number", "blank", "word", "comment"]);
  assert.equal(tokenize("?a<?b").length, 3);
});

test("formatting keeps every token and comment of the catalogue, and changes nothing the second time", () => {
  for (const text of queries) {
    const formatted = format(text);
    assert.equal(told(formatted), told(text));
    assert.equal(format(formatted), formatted);
  }
});

test("formatting breaks and indents groups, statements and clauses", () => {
  const text = "prefix a:<x:> select ?s where{?s a a:B;a:c ?d,?e.#why\noptional{?s a:d ?f}}order by ?s";
  assert.equal(
    format(text),
    [
      "prefix a:<x:>",
      "",
      "select ?s where {",
      "  ?s a a:B ;",
      "    a:c ?d, ?e . #why",
      "  optional { ?s a:d ?f }",
      "}",
      "order by ?s",
      "",
    ].join("\n"),
  );
});

test("a broken query is formatted too, and loses nothing", () => {
  for (const text of ["SELECT * { ?s ?p ", "} } {", 'SELECT "abc', "# only\n# comments", "ASK { { { # x"])
    assert.equal(told(format(text)), told(text));
});

test("a prefix is declared behind the others, once", () => {
  const text = "PREFIX a: <urn:a>\nSELECT * {}";
  assert.deepEqual([...declared(tokenize(text))], [["a", "urn:a"]]);
  assert.equal(declaration(text, "a", "urn:a"), null);
  assert.deepEqual(declaration(text, "b", "urn:b"), { from: 17, insert: "\nPREFIX b: <urn:b>" });
  assert.deepEqual(declaration("SELECT * {}", "b", "urn:b"), { from: 0, insert: "PREFIX b: <urn:b>\n\n" });
  const commented = "# what for\nSELECT * {}";
  const line = declaration(commented, "b", "urn:b");
  assert.equal(line?.from, 11);
});

test("what can stand at a place follows from the tokens before it", () => {
  const at = (text: string) => placeOf(tokenize(text), text.length);
  assert.equal(at("SELECT * { ?s a ").place, "class");
  assert.equal(at("SELECT * { ?s ").place, "property");
  assert.equal(at("SELECT * { ?s a comity:Visit ; ").place, "property");
  assert.deepEqual(at("SELECT * { ?s comity:kind "), { place: "value", property: "comity:kind" });
  assert.equal(at("SELECT * { ?s a/").place, "property");
  assert.equal(at("SELECT * { ?s comity:kind code:a, ").place, "value");
});

test("the nearest name is one that begins so, or one few letters away", () => {
  const names = ["comity:Aid", "comity:Visit", "comity:embassy"];
  assert.deepEqual(["comity:Vis", "comity:embasy", "comity:unlike"].map((name) => nearest(name, names)), ["comity:Visit", "comity:embassy", null]);
});

test("what the grammar says becomes a sentence, in its own words where ours have no form for it", () => {
  const said: Record<string, string> = {
    "Lexical error on line 3. Unrecognized text.\n...x": "Lexical error on line 3. Unrecognized text.",
    "Projection of ungrouped variable (?x)": "Projection of ungrouped variable (?x).",
    "Target id of 'AS' (?a) already used in subquery": "Target id of 'AS' (?a) already used in subquery.",
    "Inconsistent VALUES length": "Inconsistent VALUES length.",
    "Detected illegal variable in BGP": "Detected illegal variable in BGP.",
  };
  for (const [message, sentence] of Object.entries(said)) assert.equal(toldByGrammar(message), sentence);
});

test("the columns of SELECT * stand as the query names them, chosen ones as they are chosen", () => {
  const b = { type: "literal", value: "1" } as const;
  const order = (query: string, ...columns: string[]): string => inOrderOf(query, { columns, rows: [] }).columns.join();
  assert.equal(order("SELECT * { ?s ?p ?o }", "o", "p", "s"), "s,p,o");
  assert.equal(order('select distinct * { # ?a\n ?s ?p "?b ?a" . $b ?q ?a }', "a", "b", "p", "q", "s"), "s,p,b,q,a");
  assert.equal(order("SELECT ?o ?s { { SELECT * { ?s ?p ?o } } }", "o", "s"), "o,s");
  assert.equal(order("SELECT (COUNT(*) AS ?n) ?s { ?s ?p ?o } GROUP BY ?s", "n", "s"), "n,s");
  assert.deepEqual(inOrderOf("SELECT * { ?b ?a 1 }", { columns: ["a", "b"], rows: [[undefined, b]] }).rows, [[b, undefined]]);
});
