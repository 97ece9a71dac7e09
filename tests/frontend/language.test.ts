import assert from "node:assert/strict";
import test from "node:test";

// A page in Azerbaijani, there before the module is that reads it.
const messages = {
  Copy: "Köçür",
  "%(file)s: %(num)s row": ["%(num)s sətir (%(file)s)", "%(num)s sətir, %(file)s"],
  "One form": ["%(num)s 行"],
  "Not yet": "",
  "Not yet %(num)s": ["", ""],
};
Object.assign(globalThis, {
  document: {
    documentElement: { lang: "az" },
    getElementById: (id: string) => (id === "words" ? { textContent: JSON.stringify(messages) } : null),
  },
});
const { gettext, language, listed, ngettext, number, sentences, woven } = await import("../../src/comity/web/frontend/src/words");

test("a message is told in the language of the page, an unknown one in English", () => {
  assert.equal(language, "az");
  assert.deepEqual([gettext("Copy"), gettext("Copied."), gettext("Not yet")], ["Köçür", "Copied.", "Not yet"]);
  assert.equal(ngettext("Not yet %(num)s", "Not yet %(num)s of them", 2), "Not yet 2 of them");
});

test("the form of a message goes with its number, as far as the language has forms", () => {
  const told = (num: number) => ngettext("%(file)s: %(num)s row", "%(file)s: %(num)s rows", num, { file: "a.csv" });
  assert.deepEqual([told(1), told(0), told(5)], ["1 sətir (a.csv)", "0 sətir, a.csv", "5 sətir, a.csv"]);
  assert.deepEqual([1, 7].map((num) => ngettext("One form", "%(num)s forms", num)), ["1 行", "7 行"]);
  assert.deepEqual([1, 7].map((num) => ngettext("%(num)s ton", "%(num)s tons", num)), ["1 ton", "7 tons"]);
});

test("numbers are written as the language does", () => {
  assert.deepEqual([number(12_345.5), number(1, 1), number(0.25, 1)], ["12.345,5", "1,0", "0,3"]);
  assert.equal(gettext("%(num)s of %(all)s", { num: 1000, all: "1000" }), "1.000 of 1000");
});

test("places are filled once; what has no value stays", () => {
  assert.equal(gettext("%(a)s, %(b)s, %(a)s", { a: "%(b)s", b: "$&" }), "%(b)s, $&, %(b)s");
  assert.equal(gettext("100% of %(what)s"), "100% of %(what)s");
});

test("elements go into the places of a message", () => {
  assert.deepEqual(woven("%(key)s runs, %(other)s.", { key: 1 }), ["", 1, " runs, ", "other", "."]);
});

test("sentences and lists leave out what is empty", () => {
  assert.equal(sentences("One.", "", "Two."), "One. Two.");
  assert.equal(sentences("一つ。", "二つ。"), "一つ。二つ。");
  assert.equal(listed(["a", undefined, "", "b"]), "a, b");
});

test("numbers of a table are written as the server writes them", async () => {
  const { written } = await import("../../src/comity/web/frontend/src/results/cells");
  const numbers = JSON.parse(process.env["NUMBERS"] ?? "") as { lexical: string; az: string }[];
  for (const { lexical, az } of numbers) assert.equal(written(lexical), az);
});
