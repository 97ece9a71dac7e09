// The result as a table: sorted by any column, drawn in slices so that many rows stay quick.
import { gettext } from "../words";
import type { Cells } from "./cells";
import type { Row, Term } from "./data";
import { clipped, h } from "./dom";
import { curie } from "./links";
import { type Column, isNumber, isWordedDate } from "./shape";

export interface Order {
  column: Column;
  descending: boolean;
}

interface Wishes {
  columns: readonly Column[];
  rows: readonly Row[];
  cells: Cells;
  labelledBy: string;
  order: Order | null;
  onSort: (order: Order | null) => void;
}

const SLICE = 250;
const FEW = 3; // so many columns stand close together, not over the whole width
const SENTENCE = 60; // characters; a longer text is a sentence and needs room
const LONG_NAME = 24; // characters of an address in short form that may be broken

/** Return the table in a region that scrolls sideways, with a button for the rows not yet drawn. */
export function drawTable({ columns, rows, cells, labelledBy, order, onSort }: Wishes): HTMLElement {
  const body = h("tbody");
  const table = h(
    "table",
    { class: columns.length > FEW ? "rv-table" : "rv-table rv-few" },
    h("thead", {}, h("tr", {}, ...columns.map((column) => heading(column, order, onSort)), h("th", { scope: "col" }, h("span", { class: "hidden" }, gettext("Why"))))),
    body,
  );
  const more = h("p", { class: "rv-more" });
  let drawn = 0;
  const draw = (most: number): void => {
    const slice = document.createDocumentFragment();
    const until = Math.min(rows.length, drawn + most);
    for (; drawn < until; drawn += 1) {
      const row = rows[drawn];
      if (row) slice.append(h("tr", {}, ...columns.map((column) => cell(row, column, cells)), whence(row, columns, cells)));
    }
    body.append(slice);
    more.replaceChildren(...rest());
  };
  const rest = (): Node[] => {
    const left = rows.length - drawn;
    if (!left) return [];
    const next = Math.min(left, SLICE * 4);
    const note = h("span", { class: "note" }, gettext("%(drawn)s rows of %(all)s are drawn.", { drawn, all: rows.length }), " ");
    const step = h("button", { type: "button", class: "rv-button" }, gettext("Draw %(num)s more", { num: next }));
    step.addEventListener("click", () => draw(next));
    return [note, step];
  };
  draw(SLICE);
  return h(
    "div",
    {},
    h("div", { class: "scroll", tabindex: 0, role: "region", "aria-labelledby": labelledBy }, table),
    more,
  );
}

function heading(column: Column, order: Order | null, onSort: Wishes["onSort"]): HTMLElement {
  const active = order?.column.at === column.at ? order : null;
  const next = !active ? false : active.descending ? null : true;
  const button = h(
    "button",
    { type: "button", class: "rv-sort" },
    column.title,
    h("span", { class: "rv-arrow", "aria-hidden": "true" }, active ? (active.descending ? "↓" : "↑") : ""),
  );
  button.addEventListener("click", () =>
    onSort(next === null ? null : { column, descending: next }),
  );
  return h(
    "th",
    {
      scope: "col",
      class: column.kind === "number" ? "number" : null,
      "aria-sort": active ? (active.descending ? "descending" : "ascending") : null,
    },
    button,
  );
}

function cell(row: Row, column: Column, cells: Cells): HTMLElement {
  const cited = column.name === "sentences" ? cells.grounds.cited(row) : [];
  if (cited.length) return h("td", { class: "cited" }, ...cited);
  const text = cells.text(row, column);
  const href = cells.href(row, column);
  const lang = cells.lang(row, column);
  const addresses = href ? [] : addressesIn(text);
  if (addresses.length) return h("td", {}, ...addresses);
  const machine = cells.lexical(row, column);
  const term = row[column.at];
  if (term && !href && text !== machine && (isNumber(term) || isWordedDate(term)))
    return h("td", { class: classOf(column) }, worded(term, text));
  if (column.kind === "date" && !href) return h("td", {}, ...days(text));
  const isAddress = href && !lang && text.length > LONG_NAME && !/\s/.test(text);
  const link = href && h("a", { href, lang, class: lang ? "fallback" : text.length < 3 ? "rv-short" : null }, ...(isAddress ? broken(text) : [text]));
  const shown = link || (lang ? h("span", { lang }, text) : text);
  return h("td", { class: classOf(column) ?? (!href && text.length > SENTENCE ? "rv-long" : null) }, shown);
}

/** Return a date or number in words, with what a machine reads. */
function worded(term: Term, text: string): HTMLElement {
  const { value } = term;
  const isTime = !isNumber(term) && /^\d{4}(-(0\d|1[0-2])(-\d\d)?)?$/.test(value);
  return isTime ? h("time", { datetime: value }, text) : h("data", { value }, text);
}

/** Return the cell that leads to what the row rests on. */
function whence(row: Row, columns: readonly Column[], cells: Cells): HTMLElement {
  const told = columns.map((column) => cells.text(row, column)).filter(Boolean);
  return h("td", { class: "whence" }, cells.grounds.mark(row, clipped(told.join(", "), 120)));
}

/** Return a long address in short form, which a line may break behind each of its points. */
function broken(text: string): Node[] {
  return text.split(/(?<=[./:])/).flatMap((part) => [document.createTextNode(part), h("wbr")]);
}

/** Return the ends of a date, so that a line may break between them and nowhere else. */
function days(text: string): Node[] {
  const parts = text.split(/(?<=\/)/);
  return parts.flatMap((part) => [h("span", { class: "rv-date" }, part), h("wbr")]);
}

function classOf({ kind, at, link }: Column): string | null {
  if (kind === "number") return "number";
  return link >= 0 && link !== at ? "rv-named" : null;
}

/** Return links for a text that is nothing but web addresses with blanks between. */
function addressesIn(text: string): Node[] {
  const words = text.split(" ");
  if (!words.every((word) => /^https?:\/\/[^\s/]+\S*$/.test(word))) return [];
  return words.map((href) => h("a", { class: "rv-address", href }, curie(href)));
}
