import assert from "node:assert/strict";
import test from "node:test";
import { Cells, filtered, grouped, sorted } from "../../src/comity/web/frontend/src/results/cells";
import { readResults, type Rows } from "../../src/comity/web/frontend/src/results/data";
import { columnsOf } from "../../src/comity/web/frontend/src/results/shape";

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
const cells = new Cells("", () => undefined);

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

test("long numbers are set in groups, and nothing of them is lost", () => {
  const expected: Record<string, string> = { "1997": "1997", "22300000": "22,300,000", "12345.670": "12,345.670", "1e9": "1e9", "-1234567890123456789012": "-1,234,567,890,123,456,789,012" };
  for (const [lexical, shown] of Object.entries(expected)) assert.equal(grouped(lexical), shown);
});
