import assert from "node:assert/strict";
import test from "node:test";
import { readResults, type Rows } from "../../src/comity/web/frontend/src/results/data";
import { columnsOf, coordinatesOf, inWords, viewsOf } from "../../src/comity/web/frontend/src/results/shape";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const EDTF = "http://id.loc.gov/datatypes/edtf/EDTF";
const ID = "https://w3id.org/comity/id/";
const iri = (local: string) => ({ type: "uri", value: ID + local });
const text = (value: string) => ({ type: "literal", value });
const typed = (value: string, datatype: string) => ({ type: "literal", value, datatype });

function table(vars: string[], ...bindings: object[]): Rows {
  return readResults({ head: { vars }, results: { bindings } }) as Rows;
}

function shown(rows: Rows): string[] {
  return columnsOf(rows).map(({ title, kind }) => `${title}: ${kind}`);
}

test("a column of labels takes over the links of the column that it names", () => {
  const rows = table(["dyad", "dyadLabel", "n"], { dyad: iri("AZE-JPN"), dyadLabel: text("A–J"), n: typed("3", `${XSD}integer`) });
  assert.deepEqual(shown(rows), ["dyad: thing", "n: number"]);
  assert.deepEqual(columnsOf(rows)[0], { name: "dyad", title: "dyad", kind: "thing", at: 1, link: 0 });
});

test("a column called label belongs to the things before it", () => {
  const rows = table(["from", "fact", "label"], { from: iri("AZE"), fact: iri("f"), label: text("A fact") });
  assert.deepEqual(shown(rows), ["from: thing", "fact: thing"]);
  assert.equal(columnsOf(rows)[1]?.link, 1);
});

test("a label without its thing stays a column of text", () => {
  assert.deepEqual(shown(table(["fromLabel"], { fromLabel: text("Japan") })), ["from: text"]);
});

test("names become words", () => {
  assert.deepEqual(["atLeast", "fromLabel", "when_done"].map(inWords), ["at least", "from", "when done"]);
});

test("a year without a datatype is a date by its name", () => {
  assert.deepEqual(shown(table(["year", "value"], { year: text("1997"), value: typed("2.5", `${XSD}decimal`) })), ["year: date", "value: number"]);
  assert.deepEqual(shown(table(["year"], { year: text("long ago") })), ["year: text"]);
});

test("views follow the shape of the columns", () => {
  const views = (rows: Rows) => viewsOf(columnsOf(rows), rows.rows).join(" ");
  const number = typed("3", `${XSD}integer`);
  assert.equal(views(table(["a"], { a: text("x") })), "table");
  assert.equal(views(table(["a"])), "table");
  assert.equal(views(table(["a", "n"], { a: text("x"), n: number })), "table chart");
  assert.equal(views(table(["n"], { n: number })), "table");
  assert.equal(views(table(["a", "date"], { a: text("x"), date: typed("197X", EDTF) })), "table timeline");
  assert.equal(views(table(["a", "b"], { a: iri("x"), b: iri("y") })), "table graph");
  assert.equal(views(table(["a", "lat", "long"], { a: text("x"), lat: number, long: number })), "table map");
  assert.equal(views(table(["earliest", "a"], { earliest: typed("1999-01-01", `${XSD}date`), a: text("x") })), "table timeline");
});

test("coordinates are read from numbers and from WKT", () => {
  const wkt = "http://www.opengis.net/ont/geosparql#wktLiteral";
  const rows = table(["where"], { where: typed("POINT(49.87 40.41)", wkt) });
  const [row] = rows.rows;
  assert.deepEqual(row && coordinatesOf(columnsOf(rows))?.(row), { latitude: 40.41, longitude: 49.87 });
  const wrong = table(["lat", "long"], { lat: typed("140", `${XSD}integer`), long: typed("4", `${XSD}integer`) });
  const [beyond] = wrong.rows;
  assert.equal(beyond && coordinatesOf(columnsOf(wrong))?.(beyond), null);
});

test("an ASK is a truth value", () => {
  assert.equal(readResults({ head: {}, boolean: false }), false);
});

test("columns keep the titles that the page gave them", () => {
  const result = readResults({ head: { vars: ["fact", "label", "atLeast"] }, results: { bindings: [{ fact: { type: "uri", value: "urn:a" }, label: { type: "literal", value: "A" } }] } }) as Rows;
  const titles = new Map([["label", "fakt"], ["atLeast", "ən azı"]]);
  assert.deepEqual(columnsOf(result, titles).map(({ title }) => title), ["fakt", "ən azı"]);
  assert.deepEqual(columnsOf(result).map(({ title }) => title), ["fact", "at least"]);
});

test("columns that the page shows stay apart, whatever they are named", () => {
  const result = readResults({ head: { vars: ["amount", "label"] }, results: { bindings: [{ amount: { type: "uri", value: "urn:a" }, label: { type: "literal", value: "A" } }] } }) as Rows;
  const titles = new Map([["amount", "amount"], ["label", "label"]]);
  assert.deepEqual(columnsOf(result, titles).map(({ at, link }) => [at, link]), [[0, 0], [1, -1]]);
  assert.deepEqual(columnsOf(result).map(({ at, link }) => [at, link]), [[1, 0]]);
});
