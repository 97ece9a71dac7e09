import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { betweenDays, readSpan } from "../../src/comity/web/frontend/src/results/edtf";

const DAY = 86_400_000;
const day = (moment: number | null): string | null =>
  moment === null ? null : new Date(moment).toISOString().slice(0, 10);

test("the bounds of every date in the expected answers are those of the server", () => {
  const stated = JSON.parse(readFileSync(process.env["DATES"] ?? "", "utf8")) as Record<string, [string | null, string | null]>;
  assert.ok(Object.keys(stated).length > 20);
  for (const [text, [earliest, latest]] of Object.entries(stated)) {
    const { start = null, end = null } = readSpan(text) ?? {};
    assert.equal(day(start), earliest, text);
    assert.equal(end === null ? null : day(end - DAY), latest, text);
  }
});

test("an interval lasts, a day is exact, a year is neither", () => {
  assert.deepEqual([readSpan("1998-02-24/1998-02-28")?.lasting, readSpan("1998-02-24/1998-02-28")?.exact], [true, true]);
  assert.deepEqual([readSpan("1998-02-24")?.lasting, readSpan("1998-02-24")?.exact], [false, true]);
  assert.deepEqual([readSpan("1998~")?.lasting, readSpan("1998~")?.exact], [false, false]);
});

test("an open end is told from an unknown one", () => {
  assert.deepEqual([readSpan("2000/..")?.end, readSpan("2000/..")?.open], [null, true]);
  assert.deepEqual([readSpan("2000/")?.end, readSpan("2000/")?.open], [null, false]);
});

test("dates of XML Schema are read", () => {
  assert.equal(day(readSpan("2002-10-01")?.start ?? null), "2002-10-01");
  assert.equal(day(readSpan("2002-10-01T10:30:00Z")?.start ?? null), "2002-10-01");
  assert.equal(day(readSpan("2002-10-01+04:00")?.start ?? null), "2002-10-01");
});

test("what is no date is none", () => {
  for (const text of ["", "/", "soon", "2015-13", "2015-02-30", "XXXX", "12", "1998/1999/2000"])
    assert.equal(readSpan(text), null, text);
});

test("two bounds beside each other make a span", () => {
  assert.equal(betweenDays("", ""), null);
  assert.equal(betweenDays("2000-01-01", "")?.end, null);
  assert.equal(betweenDays("2000-01-01", "2000-01-01")?.exact, true);
});
