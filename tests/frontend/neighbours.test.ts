import assert from "node:assert/strict";
import test from "node:test";
import { type Answer, Neighbourhood, nextTo } from "../../src/comity/web/frontend/src/neighbours/model";

const node = (iri: string, sort = "fact") => ({ iri, label: iri, kind: sort, sort, when: "", href: `/doc/${iri}`, graph: `/doc/${iri}/graph` });

function answer(thing: string, ...near: string[]): Answer {
  const edges = near.map((other) => ({ from: thing, to: other, property: "names", label: "names" }));
  return { thing, nodes: [node(thing), ...near.map((iri) => node(iri, iri.startsWith("p") ? "person" : "fact"))], edges };
}

const drawn = (model: Neighbourhood, most = 40) => model.drawn(most).map(({ iri }) => iri);

test("a thing that is opened brings what was not there before", () => {
  const model = new Neighbourhood(answer("a", "b", "c"));
  assert.equal(model.open(answer("b", "a", "c", "d")), 1);
  assert.deepEqual(drawn(model).sort(), ["a", "b", "c", "d"]);
  assert.deepEqual([model.size, model.isOpen("b"), model.isOpen("c")], [4, true, false]);
});

test("a thing that is closed takes along what hung on it only", () => {
  const model = new Neighbourhood(answer("a", "b", "c"));
  model.open(answer("b", "a", "d"));
  model.open(answer("d", "b", "e"));
  assert.equal(model.close("b"), 2);
  assert.deepEqual([drawn(model), model.openOnes], [["a", "b", "c"], ["a"]]);
  assert.equal(model.close("a"), 0);
});

test("what is opened last gets room, and never too much is drawn", () => {
  const many = (stem: string) => Array.from({ length: 60 }, (_, at) => `${stem}${at}`);
  const model = new Neighbourhood(answer("a", "b", ...many("x")));
  assert.equal(drawn(model, 10).length, 10);
  model.open(answer("b", "a", ...many("y")));
  const shown = drawn(model, 10);
  assert.deepEqual([shown.length, shown.slice(0, 2)], [10, ["a", "b"]]);
  assert.ok(shown.filter((iri) => iri.startsWith("y")).length >= 4);
  assert.ok(shown.some((iri) => iri.startsWith("x")));
});

test("every sort of thing has its turn where not all are drawn", () => {
  const model = new Neighbourhood(answer("a", "b", "c", "d", "e", "p1"));
  assert.ok(drawn(model, 3).includes("p1"));
});

test("two properties between the same things are one line, told apart in the list", () => {
  const both = answer("a", "b");
  both.edges.push({ from: "a", to: "b", property: "hosts", label: "hosts" }, { from: "b", to: "a", property: "names", label: "names" });
  const model = new Neighbourhood(both);
  assert.deepEqual(model.between(new Set(["a", "b"])).map(({ from, label }) => [from, label]), [["a", "names, hosts"], ["b", "names"]]);
  assert.deepEqual(model.groups("a").map(({ label, outward, things }) => [label, outward, things.length]), [["hosts", true, 1], ["names", true, 1], ["names", false, 1]]);
});

test("arrows go to what lies that way, the nearer the straighter", () => {
  const [here, right, far, above] = [{ x: 0, y: 0 }, { x: 10, y: 1 }, { x: 90, y: 0 }, { x: 0, y: -5 }];
  const all = [here, right, far, above];
  assert.equal(nextTo(here, all, [1, 0]), right);
  assert.equal(nextTo(right, all, [1, 0]), far);
  assert.equal(nextTo(here, all, [0, -1]), above);
  assert.equal(nextTo(here, all, [0, 1]), null);
});
