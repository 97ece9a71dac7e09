// What a cell shows: its text, the address behind it, and how two of them compare.
import { folded } from "../folding";
import { figures, language, number } from "../words";
import type { Row, Term } from "./data";
import { readSpan } from "./edtf";
import type { Grounds } from "./grounds";
import { curie, hrefOf } from "./links";
import { type Column, isNumber, numberOf } from "./shape";
import type { Telling } from "./telling";

const GROUPED = 10_000; // four digits stand together: they may be those of a year
const LONGEST = 30; // digits before or behind the point that people read
const NUMBER = /^([+-]?)(?:(\d+)\.?(\d*)|\.(\d+))(?:[eE]([+-]?\d{1,4}))?$/;
const POINT = number(0.5, 1).replace(/\d/g, "");

/** Reads the cells of one result. */
export class Cells {
  constructor(
    readonly root: string,
    /** What the server calls terms. */
    private readonly telling: Telling,
    /** What each row rests on. */
    readonly grounds: Grounds,
  ) {}

  /** Return what a cell shows. */
  text(row: Row, column: Column): string {
    const told = this.told(row, column);
    if (told) return told;
    const term = row[column.at];
    if (!term) return named(row[column.link]);
    if (term.type === "uri" || term.type === "bnode") return named(term);
    return isNumber(term) ? written(term.value) : term.value;
  }

  /** Return the lexical form of a cell's literal, which a machine reads; empty where it has none. */
  lexical(row: Row, column: Column): string {
    const term = row[column.at];
    return term?.type === "literal" ? term.value : "";
  }

  /** Return the language of what a cell shows, where that is not the one of the page. */
  lang(row: Row, column: Column): string | undefined {
    const term = row[column.at];
    const own = term?.type === "literal" ? term.lang : undefined;
    const tag = this.told(row, column) === undefined ? own : this.telling.of(row, placeOf(row, column))?.lang;
    return tag && tag !== language ? tag : undefined;
  }

  /** Return the address that a cell leads to, or null. */
  href(row: Row, column: Column): string | null {
    const term = row[column.link] ?? row[column.at]; // some cells of a column of literals may hold IRIs
    return term?.type === "uri" ? hrefOf(term.value, this.root) : null;
  }

  private told(row: Row, column: Column): string | undefined {
    const term = row[column.at];
    if (term && isNumber(term)) return undefined;
    return this.telling.of(row, placeOf(row, column))?.text || undefined;
  }
}

/** Return where the term is that a cell shows: that of the label, or of the thing without one. */
function placeOf(row: Row, { at, link }: Column): number {
  return row[at] ? at : link;
}

function named(term: Term | undefined): string {
  if (!term) return "";
  return term.type === "uri" ? curie(term.value) : `_:${term.value}`;
}

/**
 * Return a number as the language of the page writes it, by the rule of the server (`say_number`):
 * the thousands set apart where it is long, no empty decimals, no rounding.
 */
export function written(lexical: string): string {
  const found = NUMBER.exec(lexical);
  if (!found) return lexical;
  const [, sign = "", front = "", behind = "", alone = "", exponent = "0"] = found;
  const digits = front + behind + alone;
  if (/^0*$/.test(digits)) return "0";
  const point = front.length + Number(exponent);
  const leading = digits.search(/[1-9]/);
  if (Math.abs(point - leading - 1) > LONGEST || lexical.length > 2 * LONGEST) return lexical;
  const padded = digits.padStart(digits.length + Math.max(0, -point), "0").padEnd(point, "0");
  const at = Math.max(0, point);
  const whole = BigInt(padded.slice(0, at) || "0");
  const fraction = padded.slice(at).replace(/0+$/, "");
  const shown = whole < GROUPED ? String(whole) : whole.toLocaleString(figures);
  return (sign === "-" ? sign : "") + shown + (fraction && POINT + fraction);
}

/** Return rows in the order of a column; empty cells stand last in both directions. */
export function sorted(
  rows: readonly Row[],
  column: Column,
  cells: Cells,
  descending: boolean,
): Row[] {
  const collator = new Intl.Collator(language, { numeric: true });
  const keyed = rows.map((row, place) => ({ row, place, key: keyOf(row, column, cells) }));
  const direction = descending ? -1 : 1;
  keyed.sort((one, other) => {
    if (one.key === "" || other.key === "") {
      return one.key === other.key ? one.place - other.place : one.key === "" ? 1 : -1;
    }
    const order =
      typeof one.key === "number" && typeof other.key === "number"
        ? one.key - other.key
        : collator.compare(String(one.key), String(other.key));
    return order * direction || one.place - other.place;
  });
  return keyed.map(({ row }) => row);
}

function keyOf(row: Row, column: Column, cells: Cells): string | number {
  const term = row[column.at];
  if (column.kind === "number") return numberOf(term) ?? "";
  if (column.kind === "date" && term) {
    const span = readSpan(term.value);
    return span?.start ?? span?.end ?? "";
  }
  return cells.text(row, column);
}

/** Return the rows that hold every word of a text in some cell, in any case. */
export function filtered(
  rows: readonly Row[],
  columns: readonly Column[],
  cells: Cells,
  text: string,
): readonly Row[] {
  const words = folded(text).split(/\s+/).filter(Boolean);
  if (!words.length) return rows;
  return rows.filter((row) => {
    const line = folded(
      columns
        .map((column) => `${cells.text(row, column)} ${row[column.at]?.value ?? ""}`)
        .join(" "),
    );
    return words.every((word) => line.includes(word));
  });
}
