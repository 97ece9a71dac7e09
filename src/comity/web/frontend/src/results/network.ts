// Things and what joins them: a drawing, and a list beside it that tells the same by keyboard.
// Where the nodes stand is worked out by cytoscape; they are drawn here, so that colours and
// downloads are those of every other picture.
import cytoscape from "cytoscape";
import type { Row } from "./data";
import { clipped, counted, h, s, unique } from "./dom";
import { fitted } from "./lettering";
import { CODE } from "./links";
import { type Picture, type Scene, canvas, linked } from "./picture";
import { type Placed, placeLabels } from "./placing";
import type { Column } from "./shape";
import { movable } from "./zoom";

interface Knot {
  id: string;
  label: string;
  href: string | null;
  x: number;
  y: number;
  edges: Edge[];
}

interface Edge {
  from: Knot;
  to: Knot;
  label: string;
}

const MOST_DRAWN = 70;
const MOST_LISTED = 400;
const MOST_FORCED = 600; // more connections than this, and the things stand in circles
const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

/** Draw which things of the rows belong together. */
export function draw(scene: Scene): Picture {
  const all = readGraph(scene);
  const listed = [...all.knots.values()].sort((one, other) => other.edges.length - one.edges.length);
  const knots = listed.slice(0, MOST_DRAWN);
  const kept = new Set(knots);
  const edges = all.edges.filter(({ from, to }) => kept.has(from) && kept.has(to));
  const { width } = scene;
  const height = Math.round(Math.min(620, Math.max(340, width * 0.62)));
  arrange(knots, edges, width, height);
  const sentence = inSentence(listed, all, knots.length);
  const arrow = unique("rv-arrow");
  const inner = s("g", {});
  const lines = edges.map((edge) => ({ edge, line: lineOf(edge, arrow) }));
  const places = placeLabels(
    knots.map((knot) => ({ x: knot.x, y: knot.y, radius: sizeOf(knot), label: shortened(knot, width) })),
    [width, height],
  );
  const spots = new Map(knots.map((knot, at) => [knot, spotOf(knot, width, places[at] ?? null)]));
  inner.append(...lines.map(({ line }) => line), ...[...spots.values()].map(({ mark }) => mark));
  const tip = s("marker", { id: arrow, viewBox: "0 0 8 8", refX: 13, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto-start-reverse" }, s("path", { class: "rv-tip", d: "M0 0.8 8 4 0 7.2z" }));
  const svg = canvas(width, height, scene.title, sentence, s("defs", {}, tip), inner);
  const mark = (chosen: Knot | null): void => {
    const near = new Set(chosen?.edges.flatMap(({ from, to }) => [from, to]) ?? []);
    svg.classList.toggle("rv-dimmed", chosen !== null);
    for (const { edge, line } of lines) line.classList.toggle("rv-near", edge.from === chosen || edge.to === chosen);
    for (const [knot, { group }] of spots) group.classList.toggle("rv-near", knot === chosen || near.has(knot));
  };
  for (const [knot, { group }] of spots) {
    group.addEventListener("mouseenter", () => mark(knot));
    group.addEventListener("mouseleave", () => mark(null));
  }
  const buttons = movable(svg, inner, [width, height], (scale) => {
    for (const [knot, { group }] of spots) group.setAttribute("transform", `translate(${knot.x} ${knot.y}) scale(${1 / Math.sqrt(scale)})`);
  });
  return { svg, sentence, controls: [buttons], beside: list(listed.slice(0, MOST_LISTED), mark) };
}

interface Joined {
  knots: Map<string, Knot>;
  edges: Edge[];
  /** Whether triples were left out that would join nearly everything with everything. */
  leftOut: boolean;
}

function readGraph({ columns, rows, cells }: Scene): Joined {
  const knots = new Map<string, Knot>();
  const edges: Edge[] = [];
  const isTriples = columns.map(({ name }) => name).join() === "subject,predicate,object";
  const ends = columns.filter(({ link }) => link >= 0);
  const [first, second] = isTriples ? [columns[0], columns[2]] : ends;
  const [middle] = isTriples ? [columns[1]] : [];
  let leftOut = false;
  if (!first || !second) return { knots, edges, leftOut };
  const knot = (row: Row, column: Column): Knot | null => {
    const term = row[column.link >= 0 ? column.link : column.at];
    if (!term || term.type === "literal" || term.type === "triple") return null;
    const known = knots.get(term.value);
    if (known) return known;
    const asThing = { ...column, kind: "thing" as const, link: column.link >= 0 ? column.link : column.at };
    const made = { id: term.value, label: cells.text(row, column), href: cells.href(row, asThing), x: 0, y: 0, edges: [] };
    knots.set(term.value, made);
    return made;
  };
  const seen = new Set<string>();
  for (const row of rows) {
    if (isTriples && (row[1]?.value === TYPE || row[2]?.value.startsWith(CODE))) {
      leftOut = true;
      continue;
    }
    const [from, to] = [knot(row, first), knot(row, second)];
    if (!from || !to || from === to) continue;
    const label = middle ? cells.text(row, middle).replace(/^.*:/, "") : "";
    const key = `${from.id}\n${label}\n${to.id}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const edge = { from, to, label };
    edges.push(edge);
    from.edges.push(edge);
    to.edges.push(edge);
  }
  for (const [id, each] of knots) if (isTriples && !each.edges.length) knots.delete(id);
  return { knots, edges, leftOut };
}

function arrange(knots: Knot[], edges: Edge[], width: number, height: number): void {
  const graph = cytoscape({
    headless: true,
    styleEnabled: true,
    elements: [
      ...knots.map((_, at) => ({ data: { id: `k${at}` } })),
      ...edges.map(({ from, to }) => ({
        data: { source: `k${knots.indexOf(from)}`, target: `k${knots.indexOf(to)}` },
      })),
    ],
  });
  const boundingBox = { x1: 0, y1: 0, w: width, h: height };
  const layout =
    edges.length > MOST_FORCED
      ? { name: "concentric" as const, boundingBox, minNodeSpacing: 4 }
      : { name: "cose" as const, boundingBox, animate: false as const, randomize: false, idealEdgeLength: () => 60, nodeRepulsion: () => 9000, numIter: 600 };
  graph.layout(layout).run();
  const places = knots.map((_, at) => graph.getElementById(`k${at}`).position());
  graph.destroy();
  const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
  const fit = (value: number, all: number[], from: number, to: number): number => {
    const [least, most] = [Math.min(...all), Math.max(...all)];
    return most > least ? from + ((value - least) / (most - least)) * (to - from) : (from + to) / 2;
  };
  knots.forEach((knot, at) => {
    const place = places[at] ?? { x: 0, y: 0 };
    knot.x = fit(place.x, xs, 40, width - 90);
    knot.y = fit(place.y, ys, 26, height - 26);
  });
}

function lineOf({ from, to, label }: Edge, arrow: string): SVGElement {
  return s(
    "line",
    { class: "rv-edge", x1: from.x, y1: from.y, x2: to.x, y2: to.y, "marker-end": `url(#${arrow})` },
    s("title", {}, `${from.label} → ${label ? `${label} → ` : ""}${to.label}`),
  );
}

function sizeOf({ edges }: Knot): number {
  return Math.min(11, 4.5 + Math.sqrt(edges.length));
}

function shortened({ label }: Knot, width: number): string {
  return fitted(label, width < 620 ? 110 : 190);
}

function spotOf(knot: Knot, width: number, placed: Placed | null): { group: SVGGElement; mark: SVGElement } {
  const group = s(
    "g",
    { class: "rv-knot", transform: `translate(${knot.x} ${knot.y})` },
    s("circle", { class: "rv-point", r: sizeOf(knot) }, s("title", {}, knot.label)),
    placed && s("text", { class: "rv-label rv-halo", x: placed.dx, y: placed.dy, "text-anchor": placed.anchor }, shortened(knot, width)),
  );
  return { group, mark: linked(knot.href, group) };
}

function list(knots: readonly Knot[], mark: (knot: Knot | null) => void): Node {
  const lines = knots.map((knot) => {
    const entry = h(
      "details",
      { class: "rv-knot-entry" },
      h("summary", {}, clipped(knot.label, 70), h("span", { class: "rv-degree" }, `\u00a0${knot.edges.length}`)),
    );
    entry.addEventListener("toggle", () => {
      mark(entry.open ? knot : null);
      if (entry.open && entry.children.length === 1) entry.append(neighbours(knot));
    });
    return h("li", {}, entry);
  });
  return h(
    "section",
    { class: "rv-list", "aria-label": "The same as a list" },
    h("h3", {}, "As a list"),
    h("ul", { class: "plain" }, ...lines),
  );
}

function neighbours(knot: Knot): Node {
  const link = ({ href, label }: Knot): Node => (href ? h("a", { href }, label) : h("span", {}, label));
  return h(
    "ul",
    {},
    h("li", {}, link(knot)),
    ...knot.edges.map(({ from, to, label }) =>
      h("li", {}, from === knot ? `${label || "with"} → ` : `${label || "with"} ← `, link(from === knot ? to : from)),
    ),
  );
}

function inSentence(listed: readonly Knot[], { edges, leftOut }: Joined, drawn: number): string {
  if (!edges.length) return "No row joins two things.";
  const [most] = listed;
  const parts = [
    `${counted(listed.length, "thing")} and ${counted(edges.length, "connection")} between them; most belong to ${most?.label} (${most?.edges.length}).`,
    listed.length > drawn ? `The ${drawn} with most connections are drawn.` : "",
    leftOut ? "Classes and codes are left out." : "",
  ];
  return parts.filter(Boolean).join(" ");
}
