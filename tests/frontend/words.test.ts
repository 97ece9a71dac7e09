import assert from "node:assert/strict";
import test from "node:test";
import { embedCode } from "../../src/comity/web/frontend/src/results/download";
import { clipped } from "../../src/comity/web/frontend/src/results/dom";
import { gettext, language, ngettext } from "../../src/comity/web/frontend/src/words";

test("code to embed cannot be broken by the words in it", () => {
  const code = embedCode("a.svg", 'x" onload="y', "<b>&", "https://example.org/?a=1&b=2");
  assert.ok(code.includes('alt="x&quot; onload=&quot;y"'));
  assert.ok(code.includes("&lt;b>&amp;"));
  assert.ok(code.includes("?a=1&amp;b=2"));
});

test("a text is cut with a sign of the cut", () => {
  assert.deepEqual([clipped("abcdef", 6), clipped("abcdef", 4)], ["abcdef", "abc…"]);
});

test("without a page all is English", () => {
  assert.equal(language, "en");
  assert.deepEqual([1, 0, 12_345].map((num) => ngettext("%(num)s row", "%(num)s rows", num)), ["1 row", "0 rows", "12,345 rows"]);
  assert.equal(gettext("%(name)s is open.", { name: "Baku" }), "Baku is open.");
});
