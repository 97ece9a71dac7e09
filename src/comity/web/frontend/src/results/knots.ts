// Nodes and the lines between them. Where they stand is worked out by cytoscape; they are drawn
// here, so that colours and downloads are those of every other picture.
import cytoscape from "cytoscape";
import { s, unique } from "./dom";
import { fitted } from "./lettering";
import { canvas } from "./picture";
import { type Placed, placeLabels } from "./placing";
import { movable } from "./zoom";

export interface Knot {
  id: string;
  label: string;
  href: string | null;
  x: number;
  y: number;
  edges: Edge[];
  /** What sort of thing it is, which gives colour and shape; a plain circle without. */
  sort?: string;
}

export interface Edge {
  from: Knot;
  to: Knot;
  label: string;
}

export type Size = readonly [width: number, height: number];

interface Wishes {
  title: string;
  sentence: string;
  size: Size;
  /** Make of the drawn node what people can use; the group itself takes part in the marking. */
  dress: (knot: Knot, group: SVGGElement) => SVGElement;
}

interface Drawn {
  svg: SVGSVGElement;
  /** Bring a node and its neighbours to the front; with null, all. */
  mark: (knot: Knot | null) => void;
  buttons: Node;
}

const MOST_FORCED = 600; // more connections than this, and the things stand in circles
const MOST_WORDED = 24; // more lines than this, and their labels would cover the picture
const WIDE = 620;
const SHORT = 200; // pixels of a name; half of them where the picture is narrow
const FEW = 8; // so many things may have names twice as long

/** Draw nodes where they stand, with their lines. */
export function drawKnots(knots: readonly Knot[], edges: readonly Edge[], wishes: Wishes): Drawn {
  const { size, title, sentence, dress } = wishes;
  const [width] = size;
  const arrow = unique("rv-arrow");
  const inner = s("g", {});
  const lines = edges.map((edge) => ({ edge, line: lineOf(edge, arrow) }));
  const worded = edges.length <= MOST_WORDED && width >= WIDE ? edges.filter(({ label }) => label) : [];
  const short = width < WIDE ? SHORT / 2 : SHORT;
  const placed = (longest: number): (Placed | null)[] =>
    placeLabels(
      [
        ...knots.map((knot) => ({ x: knot.x, y: knot.y, radius: sizeOf(knot), label: fitted(knot.label, longest) })),
        ...worded.map(({ from, to, label }) => ({ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2, radius: 1, label })),
      ],
      size,
    );
  const long = knots.length <= FEW ? placed(2 * short) : [];
  const isLong = long.length > 0 && long.every(Boolean); // whole names, if all of them have room
  const [places, longest] = isLong ? [long, 2 * short] : [placed(short), short];
  const words = worded.flatMap((edge, at) => {
    const place = places[knots.length + at];
    return place ? [wordsOf(edge, place)] : [];
  });
  const spots = new Map(knots.map((knot, at) => [knot, spotOf(knot, fitted(knot.label, longest), places[at] ?? null)]));
  inner.append(...lines.map(({ line }) => line), ...words, ...[...spots].map(([knot, group]) => dress(knot, group)));
  const tip = s("marker", { id: arrow, viewBox: "0 0 8 8", refX: 13, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto-start-reverse" }, s("path", { class: "rv-tip", d: "M0 0.8 8 4 0 7.2z" }));
  const svg = canvas(...size, title, sentence, s("defs", {}, tip), inner);
  const mark = (chosen: Knot | null): void => {
    const near = new Set(chosen?.edges.flatMap(({ from, to }) => [from, to]) ?? []);
    svg.classList.toggle("rv-dimmed", chosen !== null);
    for (const { edge, line } of lines) line.classList.toggle("rv-near", edge.from === chosen || edge.to === chosen);
    for (const [knot, group] of spots) group.classList.toggle("rv-near", knot === chosen || near.has(knot));
  };
  for (const [knot, group] of spots) {
    group.addEventListener("mouseenter", () => mark(knot));
    group.addEventListener("mouseleave", () => mark(null));
  }
  const buttons = movable(svg, inner, size, (scale) => {
    for (const [knot, group] of spots) group.setAttribute("transform", `translate(${knot.x} ${knot.y}) scale(${1 / Math.sqrt(scale)})`);
  });
  return { svg, mark, buttons };
}

/** Give each node its place; those that have one already stay near it. */
export function arrange(knots: readonly Knot[], edges: readonly Edge[], width: number, height: number): void {
  const again = knots.some(({ x, y }) => x || y);
  const graph = cytoscape({
    headless: true,
    styleEnabled: true,
    elements: [
      ...knots.map(({ x, y }, at) => ({ data: { id: `k${at}` }, ...(again ? { position: { x, y } } : {}) })),
      ...edges.map(({ from, to }) => ({
        data: { source: `k${knots.indexOf(from)}`, target: `k${knots.indexOf(to)}` },
      })),
    ],
  });
  const boundingBox = { x1: 0, y1: 0, w: width, h: height };
  const layout =
    edges.length > MOST_FORCED
      ? { name: "concentric" as const, boundingBox, minNodeSpacing: 4 }
      : { name: "cose" as const, boundingBox, animate: false as const, randomize: false, idealEdgeLength: () => 60, nodeRepulsion: () => 9000, numIter: 600, ...(again ? { initialTemp: 60 } : {}) };
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

// Paths of the radius 1; none needs more than its shape to be told from the others.
const SHAPES: Record<string, readonly (readonly [number, number])[]> = {
  state: [[-0.95, -0.95], [0.95, -0.95], [0.95, 0.95], [-0.95, 0.95]],
  person: [[0, -1.25], [1.15, 0.85], [-1.15, 0.85]],
  organization: [[-0.6, -1.04], [0.6, -1.04], [1.2, 0], [0.6, 1.04], [-0.6, 1.04], [-1.2, 0]],
  place: [[0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]],
  source: [[-1.15, -0.85], [1.15, -0.85], [0, 1.25]],
  other: [[0, -1.2], [1.14, -0.37], [0.71, 0.97], [-0.71, 0.97], [-1.14, -0.37]],
};

/** Return the sign of a sort of thing. */
export function signOf(sort: string | undefined, radius: number, title?: string): SVGElement {
  const corners = SHAPES[sort ?? ""];
  const told = title ? s("title", {}, title) : null;
  const name = sort ? `rv-point gv-${sort}` : "rv-point";
  if (!corners) return s("circle", { class: name, r: radius }, told);
  const points = corners.map(([x, y]) => `${(x * radius).toFixed(2)},${(y * radius).toFixed(2)}`).join(" ");
  return s("polygon", { class: name, points }, told);
}

function lineOf({ from, to, label }: Edge, arrow: string): SVGElement {
  return s(
    "line",
    { class: "rv-edge", x1: from.x, y1: from.y, x2: to.x, y2: to.y, "marker-end": `url(#${arrow})` },
    s("title", {}, `${from.label} → ${label ? `${label} → ` : ""}${to.label}`),
  );
}

function wordsOf({ from, to, label }: Edge, { dx, dy, anchor }: Placed): SVGElement {
  const place = { x: (from.x + to.x) / 2 + dx, y: (from.y + to.y) / 2 + dy };
  return s("text", { class: "rv-value rv-halo", ...place, "text-anchor": anchor }, label);
}

function sizeOf({ edges }: Knot): number {
  return Math.min(11, 4.5 + Math.sqrt(edges.length));
}

function spotOf(knot: Knot, label: string, placed: Placed | null): SVGGElement {
  return s(
    "g",
    { class: "rv-knot", transform: `translate(${knot.x} ${knot.y})` },
    signOf(knot.sort, sizeOf(knot), knot.label),
    placed && s("text", { class: "rv-label rv-halo", x: placed.dx, y: placed.dy, "text-anchor": placed.anchor }, label),
  );
}
