// Dates as stated along one axis: what is vague is wide and pale, what is open fades away.
import { scaleUtc } from "d3-scale";
import { gettext, language, ngettext, sentences } from "../words";
import type { Row } from "./data";
import { h, s, unique } from "./dom";
import { type Span, betweenDays, readSpan } from "./edtf";
import { fitted, widest } from "./lettering";
import { type Picture, type Scene, canvas, explained, keyOf, linked } from "./picture";
import { type Column, dating, naming } from "./shape";

interface Entry {
  row: Row;
  label: string;
  stated: string;
  span: Span | null;
  href: string | null;
  /** The address that explains the date. */
  why: string | null;
}

type Dated = Entry & { span: Span };

const MOST_LINES = 250;
const YEAR = 31_557_600_000;

/** Draw when each row happened or held. */
export function draw(scene: Scene): Picture {
  const entries = readEntries(scene);
  const dated = entries.filter((entry): entry is Dated => hasBound(entry.span));
  const undated = entries.filter(({ span }) => !hasBound(span));
  dated.sort((one, other) => startOf(one.span) - startOf(other.span));
  const kept = dated.slice(0, MOST_LINES);
  const sentence = inSentence(dated, undated.length, kept.length);
  const { marks, height } = lanes(kept, scene.width);
  const svg = canvas(scene.width, height, scene.title, sentence, ...marks);
  return {
    svg,
    sentence,
    key: keyOf(keyEntries(kept)),
    ...(undated.length ? { beside: listUndated(undated) } : {}),
  };
}

function readEntries({ columns, rows, cells }: Scene): Entry[] {
  const { date, from, to } = dating(columns);
  const name =
    naming(columns.filter(({ kind }) => kind !== "date")) ??
    columns.find(({ kind }) => kind !== "date");
  const text = (row: Row, column: Column | undefined): string =>
    column ? cells.text(row, column) : "";
  const lexical = (row: Row, column: Column | undefined): string =>
    column ? cells.lexical(row, column) : "";
  return rows.map((row) => {
    const [earliest, latest] = [text(row, from), text(row, to)];
    const stated = date ? text(row, date) : earliest && latest ? gettext("%(first)s to %(last)s", { first: earliest, last: latest }) : earliest || latest;
    return {
      row,
      label: text(row, name) || stated,
      stated,
      span: date ? readSpan(lexical(row, date)) : betweenDays(lexical(row, from), lexical(row, to)),
      href: name ? cells.href(row, name) : null,
      why: cells.grounds.href(row),
    };
  });
}

function hasBound(span: Span | null): span is Span {
  return span !== null && (span.start !== null || span.end !== null);
}

function startOf({ start, end }: Span): number {
  return start ?? end ?? 0;
}

function lanes(entries: readonly Dated[], width: number): { marks: SVGElement[]; height: number } {
  const narrow = width < 640;
  const left = narrow ? 8 : Math.min(widest(entries.map(({ label }) => label)) + 22, width * 0.46);
  const step = narrow ? 36 : 24;
  const top = 30;
  const bounds = entries.flatMap(({ span }) => [span.start, span.end]).filter((each) => each !== null);
  const [least, most] = [Math.min(...bounds), Math.max(...bounds)];
  const slack = Math.max((most - least) * 0.03, YEAR / 4);
  const x = scaleUtc([least - slack, most + slack], [left, width - 8]);
  const height = top + entries.length * step + 26;
  const marks: SVGElement[] = [];
  const ticks = x.ticks(Math.max(2, Math.floor((width - left) / 90)));
  const format = language === "en" ? x.tickFormat() : inFigures;
  for (const tick of ticks) {
    const at = x(tick);
    marks.push(
      s("line", { class: "rv-grid", x1: at, x2: at, y1: top - 8, y2: height - 20 }),
      s("text", { class: "rv-tick", x: at, y: top - 14, "text-anchor": "middle" }, format(tick)),
      s("text", { class: "rv-tick", x: at, y: height - 6, "text-anchor": "middle" }, format(tick)),
    );
  }
  const [ahead, behind] = [unique("rv-fade"), unique("rv-fade")];
  marks.push(s("defs", {}, fade(ahead, false), fade(behind, true)));
  entries.forEach((entry, place) => {
    const y = top + place * step;
    const label = s(
      "text",
      narrow
        ? { class: "rv-label", x: 0, y: y + 12 }
        : { class: "rv-label", x: left - 12, y: y + 15, "text-anchor": "end" },
      fitted(entry.label, narrow ? width - 4 : left - 14),
      s("title", {}, entry.label),
    );
    const bar = mark(entry, x, narrow ? y + 18 : y + 5, [left, width - 8], [ahead, behind]);
    marks.push(linked(entry.href, label), explained(entry.why, named(entry), bar));
  });
  return { marks, height };
}

/** Return what stands at a tick in a language that d3 does not speak: year, month or day in figures. */
function inFigures(tick: Date): string {
  return tick.toISOString().slice(0, 10).replace(/(?:-01)?-01$/, "");
}

function mark(
  entry: Dated,
  x: (moment: number) => number,
  y: number,
  [left, right]: readonly [number, number],
  [ahead, behind]: readonly [string, string],
): SVGElement {
  const { span } = entry;
  const { start, end, open } = span;
  const reach = 40; // how far an end that nobody knows is drawn before it has faded
  let from = start === null ? (open ? left : x(end ?? 0) - reach) : x(start);
  let width = (end === null ? (open ? Math.max(right, from + reach) : from + reach) : x(end)) - from;
  if (width < 7) {
    from -= (7 - width) / 2;
    width = 7;
  }
  const fill = end === null ? ahead : start === null ? behind : null;
  return s(
    "rect",
    {
      class: classOf(span),
      x: from.toFixed(1),
      y,
      width: width.toFixed(1),
      height: 13,
      rx: span.exact && !span.lasting ? 3.5 : 1.5,
      fill: fill ? `url(#${fill})` : null,
    },
    s("title", {}, named(entry)),
  );
}

function named({ stated, label }: Dated): string {
  return gettext("%(date)s: %(name)s", { date: stated, name: label });
}

function classOf(span: Span): string {
  if (span.start === null || span.end === null) return "rv-open";
  if (span.lasting) return "rv-lasting";
  return span.exact ? "rv-exact" : "rv-vague";
}

function fade(id: string, backwards: boolean): SVGElement {
  return s(
    "linearGradient",
    { id, x1: backwards ? 1 : 0, x2: backwards ? 0 : 1 },
    s("stop", { class: "rv-stop", offset: 0 }),
    s("stop", { class: "rv-stop", offset: 0.3 }),
    s("stop", { class: "rv-stop-end", offset: 1, "stop-opacity": 0 }),
  );
}

function keyEntries(entries: readonly Dated[]): [string, string][] {
  const used = new Set(entries.map(({ span }) => classOf(span)));
  const meanings: [string, string][] = [
    ["rv-exact", gettext("on the day")],
    ["rv-vague", gettext("some time within")],
    ["rv-lasting", gettext("from start to end")],
    ["rv-open", gettext("open at an end, or the end unknown")],
  ];
  return meanings.filter(([name]) => used.has(name));
}

function listUndated(entries: readonly Entry[]): Node {
  return h(
    "details",
    { class: "rv-undated" },
    h("summary", {}, gettext("Without a date: %(num)s", { num: entries.length })),
    h(
      "ul",
      { class: "plain" },
      ...entries.map(({ label, href }) =>
        h("li", {}, href ? h("a", { href }, label) : label),
      ),
    ),
  );
}

function inSentence(dated: readonly Dated[], undated: number, kept: number): string {
  if (!dated.length) return gettext("No row has a date that can be drawn.");
  const years = (pick: (span: Span) => number | null, of: (...all: number[]) => number): number =>
    new Date(of(...dated.map(({ span }) => pick(span) ?? startOf(span)))).getUTCFullYear();
  const [first, last] = [
    years(({ start }) => start, Math.min),
    years(({ end }) => (end === null ? null : end - 1), Math.max),
  ];
  const vague = dated.filter(({ span }) => classOf(span) === "rv-vague").length;
  const open = dated.filter(({ span }) => classOf(span) === "rv-open").length;
  const num = dated.length;
  const parts = [
    first === last
      ? ngettext("%(num)s entry in %(year)s", "%(num)s entries in %(year)s", num, { year: String(first) })
      : ngettext("%(num)s entry from %(first)s to %(last)s", "%(num)s entries from %(first)s to %(last)s", num, { first: String(first), last: String(last) }),
    vague ? gettext("%(num)s not stated to the day", { num: vague }) : "",
    open ? gettext("%(num)s open at an end", { num: open }) : "",
    undated ? gettext("%(num)s without a date, listed below", { num: undated }) : "",
  ];
  const clauses = parts.filter(Boolean).reduce((before, after) => gettext("%(before)s; %(after)s", { before, after }));
  return sentences(
    gettext("%(clauses)s.", { clauses }),
    num > kept ? gettext("The first %(num)s are drawn; filter to see others.", { num: kept }) : "",
  );
}
