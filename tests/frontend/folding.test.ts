import assert from "node:assert/strict";
import test from "node:test";
import { folded } from "../../src/comity/web/frontend/src/folding";

test("a text is found in whatever case and with whatever accents it is typed", () => {
  for (const typed of ["Qıbrıs", "QIBRIS", "qibris", "Qİbrİs"]) assert.equal(folded(typed), "qibris");
  assert.equal(folded("Çaylaş Ｊａｐａｎ"), "caylas japan");
  assert.equal(folded("İ").length, 1);
});

test("the marks of kana tell words apart", () => {
  assert.ok(!folded("バリ").includes(folded("ハ")));
});
