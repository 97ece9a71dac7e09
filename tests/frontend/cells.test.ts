import assert from "node:assert/strict";
import test from "node:test";
import { Cells, filtered, sorted, written } from "../../src/comity/web/frontend/src/results/cells";
import { readResults, type Rows } from "../../src/comity/web/frontend/src/results/data";
import { Grounds } from "../../src/comity/web/frontend/src/results/grounds";
import { columnsOf } from "../../src/comity/web/frontend/src/results/shape";
import { Telling } from "../../src/comity/web/frontend/src/results/telling";

const integer = "http://www.w3.org/2001/XMLSchema#integer";
const rows = readResults({
  head: { vars: ["place", "n", "date"] },
  results: {
    bindings: [
      { place: { type: "literal", value: "Bakı" }, n: { type: "literal", value: "10", datatype: integer }, date: { type: "literal", value: "2001" } },
      { place: { type: "literal", value: "Itō" }, date: { type: "literal", value: "197X" } },
      { place: { type: "literal", value: "Tokyo" }, n: { type: "literal", value: "9", datatype: integer }, date: { type: "literal", value: "1999-05" } },
    ],
  },
}) as Rows;
const columns = columnsOf(rows);
const cells = new Cells("", new Telling(""), new Grounds([], "", null));

function order(at: number, descending = false): string {
  const column = columns[at];
  assert.ok(column);
  return sorted(rows.rows, column, cells, descending).map((row) => row[0]?.value).join(" ");
}

test("numbers are sorted as numbers, dates by their first day, and what is empty stands last", () => {
  assert.equal(order(1), "Tokyo Bakı Itō");
  assert.equal(order(1, true), "Bakı Tokyo Itō");
  assert.equal(order(2), "Itō Tokyo Bakı");
});

test("the filter takes every word, without regard to case and accents", () => {
  const kept = (text: string) => filtered(rows.rows, columns, cells, text).length;
  assert.deepEqual([kept(""), kept("ITO"), kept("tok 9"), kept("tok 10")], [3, 1, 1, 0]);
});

test("an IRI among literals is a link as well", () => {
  const mixed = readResults({
    head: { vars: ["o"] },
    results: { bindings: [{ o: { type: "uri", value: "http://example.org/a" } }, { o: { type: "literal", value: "a" } }] },
  }) as Rows;
  const [column] = columnsOf(mixed);
  assert.ok(column);
  assert.deepEqual(mixed.rows.map((row) => cells.href(row, column)), ["http://example.org/a", null]);
});

test("numbers are written as the server writes them", () => {
  const numbers = JSON.parse(process.env["NUMBERS"] ?? "") as { lexical: string; en: string }[];
  assert.ok(numbers.length > 20);
  for (const { lexical, en } of numbers) assert.equal(written(lexical), en);
});

test("a number is written by its datatype, a text stays as it is", () => {
  const [row] = (readResults({
    head: { vars: ["n", "code"] },
    results: { bindings: [{ n: { type: "literal", value: "22300000", datatype: integer }, code: { type: "literal", value: "22300000" } }] },
  }) as Rows).rows;
  assert.ok(row);
  const shown = columnsOf({ columns: ["n", "code"], rows: [row] }).map((column) => [cells.text(row, column), cells.lexical(row, column)]);
  assert.deepEqual(shown, [["22,300,000", "22300000"], ["22300000", "22300000"]]);
});
