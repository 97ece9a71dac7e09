// Things and what joins them: a drawing, and a list beside it that tells the same by keyboard.
import { gettext, ngettext, number, sentences } from "../words";
import type { Row } from "./data";
import { clipped, h } from "./dom";
import { type Edge, type Knot, arrange, drawKnots } from "./knots";
import { CODE, ID, TERM } from "./links";
import { type Picture, type Scene, linked } from "./picture";
import type { Column } from "./shape";

const MOST_DRAWN = 70;
const MOST_LISTED = 400;
const LEAST_HEIGHT = 110; // a few things stand close together
const KNOT_HEIGHT = 36;
const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

/** Draw which things of the rows belong together. */
export function draw(scene: Scene): Picture {
  const all = readGraph(scene);
  const listed = [...all.knots.values()].sort((one, other) => other.edges.length - one.edges.length);
  const knots = listed.slice(0, MOST_DRAWN);
  const kept = new Set(knots);
  const edges = all.edges.filter(({ from, to }) => kept.has(from) && kept.has(to));
  const { width } = scene;
  const height = Math.round(Math.min(620, Math.max(340, width * 0.62), LEAST_HEIGHT + KNOT_HEIGHT * knots.length));
  arrange(knots, edges, width, height);
  const sentence = inSentence(listed, all, knots.length);
  const { svg, mark, buttons } = drawKnots(knots, edges, {
    title: scene.title,
    sentence,
    size: [width, height],
    dress: (knot, group) => linked(knot.href, group),
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
  const things = ends.filter((column) => !isOfTerms(column, rows));
  const [first, second] = isTriples ? [columns[0], columns[2]] : things.length > 1 ? things : ends;
  // A column of properties between things says how they are joined.
  const middle = isTriples ? columns[1] : ends.find((column) => column !== first && column !== second && isOfTerms(column, rows));
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
  for (const [id, each] of knots) if (!each.edges.length) knots.delete(id);
  return { knots, edges, leftOut };
}

/** Tell whether a column holds terms, as those of the ontology, and no thing of ours. */
function isOfTerms({ link }: Column, rows: readonly Row[]): boolean {
  const filled = rows.flatMap((row) => row[link] ?? []);
  return filled.some(({ value }) => value.startsWith(TERM)) && !filled.some(({ value }) => value.startsWith(ID));
}

function list(knots: readonly Knot[], mark: (knot: Knot | null) => void): Node {
  const lines = knots.map((knot) => {
    const entry = h(
      "details",
      { class: "rv-knot-entry" },
      h("summary", {}, clipped(knot.label, 70), h("span", { class: "rv-degree" }, `\u00a0${number(knot.edges.length)}`)),
    );
    entry.addEventListener("toggle", () => {
      mark(entry.open ? knot : null);
      if (entry.open && entry.children.length === 1) entry.append(neighbours(knot));
    });
    return h("li", {}, entry);
  });
  return h(
    "section",
    { class: "rv-list", "aria-label": gettext("The same as a list") },
    h("h3", {}, gettext("As a list")),
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
      h("li", {}, label || gettext("with"), from === knot ? " → " : " ← ", link(from === knot ? to : from)),
    ),
  );
}

function inSentence(listed: readonly Knot[], { edges, leftOut }: Joined, drawn: number): string {
  if (!edges.length) return gettext("No row joins two things.");
  const [most, next] = listed;
  const things = listed.length;
  const stands = most && most.edges.length > (next?.edges.length ?? 0);
  return sentences(
    stands
      ? ngettext(
          "%(things)s things and %(num)s connection between them; most belong to %(thing)s (%(most)s).",
          "%(things)s things and %(num)s connections between them; most belong to %(thing)s (%(most)s).",
          edges.length,
          { things, thing: most.label, most: most.edges.length },
        )
      : ngettext("%(things)s things and %(num)s connection between them.", "%(things)s things and %(num)s connections between them.", edges.length, { things }),
    listed.length > drawn ? gettext("The %(num)s with most connections are drawn.", { num: drawn }) : "",
    leftOut ? gettext("Classes and codes are left out.") : "",
  );
}
