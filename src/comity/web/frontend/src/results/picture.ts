// What every picture of a result is drawn from, and what it gives back.
import { gettext } from "../words";
import type { Cells } from "./cells";
import type { Row, Term } from "./data";
import { h, s, unique } from "./dom";
import type { Column, Coordinates } from "./shape";

export interface Scene {
  title: string;
  columns: readonly Column[];
  rows: readonly Row[];
  cells: Cells;
  /** The width that there is, in pixels. */
  width: number;
  /** Draw again, after one of the picture's own controls has changed. */
  redraw: () => void;
  /** What the picture's controls are set to, kept from one drawing to the next. */
  memory: Map<string, string>;
  /** Where things are that the rows name without coordinates. */
  places: ReadonlyMap<string, Coordinates>;
}

export interface Picture {
  svg: SVGSVGElement;
  /** What the picture shows, in words. */
  sentence: string;
  /** What its signs mean. */
  key?: Node;
  controls?: Node[];
  /** What stands beside or below it. */
  beside?: Node;
}

/** Return an SVG of a size with its title and its description in words. */
export function canvas(
  width: number,
  height: number,
  title: string,
  sentence: string,
  ...children: Node[]
): SVGSVGElement {
  const [heading, text] = [unique("rv-title"), unique("rv-desc")];
  return s(
    "svg",
    {
      class: "rv-svg",
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: "group",
      "aria-labelledby": heading,
      "aria-describedby": text,
    },
    s("title", { id: heading }, title),
    s("desc", { id: text }, sentence),
    ...children,
  );
}

/** Return a mark that leads to an address, or the mark itself where there is none. */
export function linked(href: string | null, mark: SVGElement): SVGElement {
  return href ? s("a", { href, tabindex: -1 }, mark) : mark;
}

/** Return a mark that leads to what explains its value, or the mark itself where nothing does. */
export function explained(href: string | null, of: string, ...marks: SVGElement[]): SVGElement {
  return href
    ? s("a", { href, class: "why", tabindex: -1, "aria-label": gettext("why? %(row)s", { row: of }) }, ...marks)
    : s("g", {}, ...marks);
}

/** Return the key of a picture: a swatch of each class with its meaning. */
export function keyOf(entries: readonly (readonly [string, string])[]): Node {
  return h(
    "ul",
    { class: "rv-key" },
    ...entries.map(([name, meaning]) =>
      h("li", {}, h("span", { class: `rv-swatch ${name}`, "aria-hidden": "true" }), meaning),
    ),
  );
}

const DOUBTS: Record<string, string> = { disputed: gettext("disputed"), implausible: gettext("implausible") };
const DOUBTFUL = /(?:^|[.:/#])(disputed|implausible)$/;

/** Return in one word why a row is doubted, by its column `status`; null where it is not. */
export function doubtOf(row: Row, columns: readonly Column[]): string | null {
  for (const column of columns) {
    if (!/status$/i.test(column.name) && column.name !== "disputed") continue;
    const term: Term | undefined = row[column.link >= 0 ? column.link : column.at];
    const found = DOUBTFUL.exec(term?.value ?? "");
    if (found) return DOUBTS[found[1] ?? ""] ?? null;
    if (column.name === "disputed" && term?.value === "true") return DOUBTS["disputed"] ?? null;
  }
  return null;
}

/** Return the pattern by which a doubtful bar is told from the others. */
export function hatching(id: string): SVGElement {
  return s(
    "pattern",
    { id, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    s("rect", { class: "rv-hatch-ground", width: 6, height: 6 }),
    s("line", { class: "rv-hatch-line", x1: 0, y1: 0, x2: 0, y2: 6, "stroke-width": 4 }),
  );
}
