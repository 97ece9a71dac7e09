import assert from "node:assert/strict";
import test from "node:test";
import { embedCode } from "../../src/comity/web/frontend/src/results/download";
import { clipped, counted } from "../../src/comity/web/frontend/src/results/dom";

test("code to embed cannot be broken by the words in it", () => {
  const code = embedCode("a.svg", 'x" onload="y', "<b>&", "https://example.org/?a=1&b=2");
  assert.ok(code.includes('alt="x&quot; onload=&quot;y"'));
  assert.ok(code.includes("&lt;b>&amp;"));
  assert.ok(code.includes("?a=1&amp;b=2"));
});

test("numbers agree with their nouns", () => {
  assert.deepEqual([counted(1, "row"), counted(0, "row"), counted(12_345, "entry", "entries")], ["1 row", "0 rows", "12,345 entries"]);
});

test("a text is cut with a sign of the cut", () => {
  assert.deepEqual([clipped("abcdef", 6), clipped("abcdef", 4)], ["abcdef", "abc…"]);
});
