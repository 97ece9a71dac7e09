// Numbers as bars: at their time where each row has one of its own, else one below the other.
// Values in different units get a picture each; nothing is stacked, nothing added up.
import { scaleLinear, scaleUtc } from "d3-scale";
import { figures, gettext, language, listed, ngettext, number, sentences, woven } from "../words";
import { written } from "./cells";
import type { Row } from "./data";
import { h, s, unique } from "./dom";
import { type Span, readSpan } from "./edtf";
import { fitted, widest } from "./lettering";
import { type Picture, type Scene, canvas, doubtOf, explained, hatching, keyOf, linked } from "./picture";
import { type Column, dating, measures, naming, numberOf } from "./shape";

interface Bar {
  row: Row;
  value: number;
  text: string;
  label: string;
  when: Span | null;
  unit: string;
  doubt: string | null;
  href: string | null;
  /** The address that explains the value. */
  why: string | null;
}

const MOST_BARS = 80;
const MOST_UNITS = 6;

/** Draw the numbers of a result. */
export function draw(scene: Scene): Picture {
  const choices = measures(scene.columns);
  const chosen = scene.memory.get("measure");
  const measure = choices.find(({ name }) => name === chosen) ?? choices[0];
  const bars = measure ? readBars(scene, measure) : [];
  const kept = bars.slice(0, MOST_BARS);
  const units = [...new Set(kept.map(({ unit }) => unit))].slice(0, MOST_UNITS);
  const hatch = unique("rv-hatch");
  const parts: SVGElement[] = [];
  let height = 0;
  for (const unit of units) {
    const group = kept.filter((bar) => bar.unit === unit);
    const title = listed([measure?.title, unit]);
    const drawn = isSeries(group)
      ? overTime(group, scene.width, title, hatch)
      : below(group, scene.width, title, hatch);
    parts.push(s("g", { transform: `translate(0 ${height})` }, ...drawn.marks));
    height += drawn.height + 18;
  }
  const sentence = inSentence(scene.rows.length, bars, kept, measure);
  const svg = canvas(
    scene.width,
    Math.max(height, 20),
    scene.title,
    sentence,
    s("defs", {}, hatching(hatch)),
    ...parts,
  );
  return {
    svg,
    sentence,
    ...(kept.some(({ doubt }) => doubt)
      ? { key: keyOf([["rv-exact", gettext("as stated")], ["rv-doubtful", gettext("doubted")]]) }
      : {}),
    controls: choices.length > 1 && measure ? [select(scene, choices, measure)] : [],
  };
}

function readBars({ columns, rows, cells }: Scene, measure: Column): Bar[] {
  const { date } = dating(columns);
  const name = naming(columns);
  const least = measure.name === "value" ? columns.find((each) => each.name === "atLeast") : undefined;
  const unit = columns.find((each) => /^(?:currency|unit|measure)$/.test(each.name));
  return rows.flatMap((row) => {
    const plain = numberOf(row[measure.at]);
    const value = plain ?? (least ? numberOf(row[least.at]) : null);
    if (value === null) return [];
    const stated = written((row[plain === null && least ? least.at : measure.at])?.value ?? "");
    const [when, edtf] = date ? [cells.text(row, date), cells.lexical(row, date)] : ["", ""];
    const label = name ? cells.text(row, name) : "";
    const text = plain === null ? gettext("more than %(number)s", { number: stated }) : stated;
    return {
      row,
      value,
      text,
      label: label.includes(edtf.slice(0, 4)) ? label : listed([label, when]),
      when: edtf ? readSpan(edtf) : null,
      unit: unit ? cells.text(row, unit) : "",
      doubt: doubtOf(row, columns),
      href: name ? cells.href(row, name) : null,
      why: cells.grounds.href(row),
    };
  });
}

/** Tell whether each bar has a time of its own, so that they can stand along an axis of time. */
function isSeries(bars: readonly Bar[]): boolean {
  const starts = bars.map(({ when }) => when?.start ?? null);
  return bars.length > 1 && !starts.includes(null) && new Set(starts).size === bars.length;
}

interface Drawn {
  marks: SVGElement[];
  height: number;
}

function below(bars: readonly Bar[], width: number, title: string, hatch: string): Drawn {
  const narrow = width < 620;
  const labels = narrow ? 0 : Math.min(widest(bars.map(({ label }) => label)) + 14, width * 0.42);
  const longest = widest(bars.map(valueText)) + 14;
  const [top, step] = [24, narrow ? 40 : 26];
  const values = bars.map(({ value }) => value);
  const scale = scaleLinear()
    .domain([Math.min(0, ...values), Math.max(0, ...values)])
    .range([labels, Math.max(labels + 60, width - longest)]);
  const marks: SVGElement[] = [s("text", { class: "rv-heading", x: 0, y: 12 }, title)];
  bars.forEach((bar, place) => {
    const y = top + place * step;
    const line = narrow ? y + 16 : y + 2;
    const [from, to] = [scale(Math.min(0, bar.value)), scale(Math.max(0, bar.value))];
    const label = s(
      "text",
      narrow ? { class: "rv-label", x: 0, y: y + 11 } : { class: "rv-label", x: labels - 10, y: y + 15, "text-anchor": "end" },
      fitted(bar.label, narrow ? width : labels - 12),
    );
    marks.push(
      linked(bar.href, label),
      explained(
        bar.why,
        inWordsOf(bar),
        barOf(bar, { x: from, y: line, width: Math.max(2, to - from), height: narrow ? 14 : 18 }, hatch),
        s("text", { class: "rv-value", x: to + 7, y: line + (narrow ? 11 : 13) }, valueText(bar)),
      ),
    );
  });
  const zero = scale(0);
  const height = top + bars.length * step;
  marks.push(s("line", { class: "rv-axis", x1: zero, x2: zero, y1: top - 2, y2: height - 2 }));
  return { marks, height };
}

function overTime(bars: readonly Bar[], width: number, title: string, hatch: string): Drawn {
  const height = 280;
  const values = bars.map(({ value }) => value);
  const y = scaleLinear()
    .domain([Math.min(0, ...values), Math.max(0, ...values)])
    .nice(5)
    .range([height - 28, 34]);
  const ticks = y.ticks(5);
  const compact = new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 2 });
  const shown = figures === language ? (tick: number) => compact.format(tick) : number;
  const left = widest(ticks.map((tick) => shown(tick))) + 14;
  const starts = bars.map(({ when }) => when?.start ?? 0);
  const ends = bars.map(({ when }, place) => when?.end ?? starts[place] ?? 0);
  const x = scaleUtc([Math.min(...starts), Math.max(...ends)], [left + 12, width - 30]);
  const marks: SVGElement[] = [s("text", { class: "rv-heading", x: 0, y: 12 }, title)];
  for (const tick of ticks) {
    marks.push(
      s("line", { class: "rv-grid", x1: left, x2: width, y1: y(tick), y2: y(tick) }),
      s("text", { class: "rv-tick", x: left - 8, y: y(tick) + 4, "text-anchor": "end" }, shown(tick)),
    );
  }
  const middles = bars.map((_, place) => ((starts[place] ?? 0) + (ends[place] ?? 0)) / 2);
  const gap = nearest(middles.map((middle) => x(middle)));
  const thick = Math.max(2, Math.min(34, gap * 0.7));
  const step = Math.ceil(46 / Math.max(gap, 1));
  bars.forEach((bar, place) => {
    const middle = x(middles[place] ?? 0);
    const [from, to] = [y(Math.max(0, bar.value)), y(Math.min(0, bar.value))];
    marks.push(
      explained(
        bar.why,
        inWordsOf(bar),
        barOf(bar, { x: middle - thick / 2, y: from, width: thick, height: Math.max(1.5, to - from) }, hatch),
        ...(gap > 60 ? [s("text", { class: "rv-value", x: middle, y: from - 6, "text-anchor": "middle" }, fitted(bar.text, gap))] : []),
      ),
    );
    if (place % step === 0) {
      marks.push(s("text", { class: "rv-tick", x: middle, y: height - 8, "text-anchor": "middle" }, String(new Date(starts[place] ?? 0).getUTCFullYear())));
    }
  });
  marks.push(s("line", { class: "rv-axis", x1: left, x2: width, y1: y(0), y2: y(0) }));
  return { marks, height };
}

function barOf(bar: Bar, box: Record<string, number>, hatch: string): SVGElement {
  const paint = bar.doubt ? { class: "rv-doubtful", fill: `url(#${hatch})` } : { class: "rv-exact" };
  return s("rect", { ...box, ...paint, rx: 1.5 }, s("title", {}, inWordsOf(bar)));
}

function inWordsOf(bar: Bar): string {
  const value = `${valueText(bar)}${bar.unit ? ` ${bar.unit}` : ""}`;
  return gettext("%(name)s: %(value)s", { name: bar.label, value });
}

function valueText({ text, doubt }: Bar): string {
  return doubt ? `${text} (${doubt})` : text;
}

function nearest(places: readonly number[]): number {
  const ordered = [...places].sort((one, other) => one - other);
  return Math.min(...ordered.slice(1).map((place, before) => place - (ordered[before] ?? 0)));
}

function inSentence(rows: number, bars: readonly Bar[], kept: readonly Bar[], measure?: Column): string {
  const ordered = [...bars].sort((one, other) => one.value - other.value);
  const [least, most] = [ordered[0], ordered.at(-1)];
  if (!least || !most || !measure) return gettext("No row states a number.");
  const told = (bar: Bar): string =>
    `${bar.text}${bar.unit ? ` ${bar.unit}` : ""}${bar.label ? ` (${bar.label})` : ""}`;
  const units = new Set(bars.map(({ unit }) => unit)).size;
  const [num, column] = [bars.length, measure.title];
  const doubted = bars.filter(({ doubt }) => doubt).length;
  return sentences(
    num === 1
      ? gettext("One value of “%(column)s”: %(value)s.", { column, value: told(least) })
      : units > 1
        ? gettext("%(num)s values of “%(column)s” in %(units)s units, which are not compared.", { num, column, units })
        : gettext("%(num)s values of “%(column)s”, from %(least)s to %(most)s.", { num, column, least: told(least), most: told(most) }),
    doubted ? ngettext("%(num)s value is doubted, and hatched.", "%(num)s values are doubted, and hatched.", doubted) : "",
    rows > num ? ngettext("%(num)s row states no number.", "%(num)s rows state no number.", rows - num) : "",
    num > kept.length ? gettext("The first %(num)s are drawn; sort or filter to see others.", { num: kept.length }) : "",
  );
}

function select({ memory, redraw }: Scene, choices: readonly Column[], measure: Column): Node {
  const field = h(
    "select",
    {},
    ...choices.map(({ name, title }) =>
      h("option", { value: name, selected: name === measure.name }, title),
    ),
  );
  field.addEventListener("change", () => {
    memory.set("measure", field.value);
    redraw();
  });
  return h("label", { class: "rv-choice" }, ...woven<Node>(gettext("Numbers of %(column)s"), { column: field }));
}
