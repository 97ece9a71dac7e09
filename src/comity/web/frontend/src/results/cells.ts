// What a cell shows: its text, the address behind it, and how two of them compare.
import { folded } from "../folding";
import { figures, language, number } from "../words";
import type { Row, Term } from "./data";
import { readSpan } from "./edtf";
import type { Grounds } from "./grounds";
import { curie, hrefOf } from "./links";
import { type Column, numberOf } from "./shape";

/** Labels of IRIs that the result itself does not name. */
export type Labels = (iri: string) => string | undefined;

const GROUPED = 10_000; // from here on digits are read more easily in groups
const POINT = number(0.5, 1).replace(/\d/g, "");

/** Reads the cells of one result. */
export class Cells {
  constructor(
    readonly root: string,
    private readonly labels: Labels,
    /** What each row rests on. */
    readonly grounds: Grounds,
  ) {}

  /** Return what a cell shows. */
  text(row: Row, column: Column): string {
    const term = row[column.at];
    if (!term) return this.named(row[column.link]);
    if (term.type === "uri") return this.named(term);
    if (term.type === "bnode") return `_:${term.value}`;
    return column.kind === "number" ? grouped(term.value) : term.value;
  }

  /** Return the address that a cell leads to, or null. */
  href(row: Row, column: Column): string | null {
    const term = row[column.link];
    return term?.type === "uri" ? hrefOf(term.value, this.root) : null;
  }

  private named(term: Term | undefined): string {
    if (!term) return "";
    return term.type === "uri" ? (this.labels(term.value) ?? curie(term.value)) : `_:${term.value}`;
  }
}

/** Return a number with all its digits, the thousands set apart where it is long. */
export function grouped(lexical: string): string {
  if (!/^[+-]?\d+(\.\d+)?$/.test(lexical)) return lexical;
  const [whole = "", fraction] = lexical.split(".");
  const shown = Math.abs(Number(lexical)) < GROUPED ? whole : BigInt(whole).toLocaleString(figures);
  return fraction === undefined ? shown : shown + POINT + fraction;
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
