// What the columns of a result are, which of them are shown as one, and which views fit them.
import type { Row, Rows, Term } from "./data";
import { readSpan } from "./edtf";

export type Kind = "thing" | "number" | "date" | "place" | "text";
export type View = "table" | "chart" | "timeline" | "map" | "graph";

export interface Column {
  /** The name of the variable whose values are shown. */
  name: string;
  /** The name in words. */
  title: string;
  kind: Kind;
  /** Where in a row the values are. */
  at: number;
  /** Where the IRIs are that they lead to; the same place for a column of IRIs; -1 without. */
  link: number;
}

const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMBERS = new Set(
  [
    ...["integer", "decimal", "double", "float", "int", "long", "short"],
    ...["nonNegativeInteger", "positiveInteger"],
  ].map((name) => XSD + name),
);
// Dates that the server has words for; a moment is none of them, for its hour would be lost.
const WORDED = new Set([
  ...["date", "gYear", "gYearMonth"].map((name) => XSD + name),
  "http://id.loc.gov/datatypes/edtf/EDTF",
]);
const DATES = new Set([...WORDED, `${XSD}dateTime`]);
const WKT = "http://www.opengis.net/ont/geosparql#wktLiteral";
const DATE_NAME = /^(?:date|year|when|edtf|since|until|earliest|latest|start|end|from|to|time)$|(?:Date|Year)$/;
const LATITUDE = /^(?:lat|latitude)$|Lat(?:itude)?$/i;
const LONGITUDE = /^(?:lon|lng|long|longitude)$|(?:Lon|Lng|Long)(?:gitude)?$/i;

/** Return a variable's name as words: `atLeast` is `at least`, `fromLabel` is `from`. */
export function inWords(name: string): string {
  return name
    .replace(/\p{Lu}/gu, (sign) => ` ${sign.toLowerCase()}`)
    .replaceAll("_", " ")
    .trim()
    .replace(/ label$/, "");
}

/**
 * Return the columns to show: a column of labels takes over the links of the one it names. Where the
 * page shows them already, by the titles of their names, they stay what they are there.
 */
export function columnsOf({ columns, rows }: Rows, titles?: ReadonlyMap<string, string>): Column[] {
  const kinds = columns.map((name, at) => kindOf(name, at, rows));
  const labelled = titles?.size ? mergedPlaces(columns, titles) : labelPlaces(columns, kinds, rows);
  const shown: Column[] = [];
  columns.forEach((name, at) => {
    if (labelled.has(at)) return;
    const thing = [...labelled].find(([, label]) => label === at)?.[0];
    const kind = kinds[at] ?? "text";
    const own = thing === undefined ? name : (columns[thing] ?? name);
    shown.push({
      name: own,
      title: titles?.get(own) ?? titles?.get(name) ?? inWords(own),
      kind: thing === undefined ? kind : "thing",
      at,
      link: thing ?? (kind === "thing" ? at : -1),
    });
  });
  return shown;
}

/** Return the same as `labelPlaces` where the page shows the columns already, without those of things. */
function mergedPlaces(columns: string[], titles: ReadonlyMap<string, string>): Map<number, number> {
  const found = new Map<number, number>();
  columns.forEach((name, thing) => {
    if (titles.has(name)) return;
    const label = columns.indexOf(columns.includes(`${name}Label`) ? `${name}Label` : "label");
    if (label >= 0) found.set(thing, label);
  });
  return found;
}

/** Return for each column of things the column of its labels, where there is one. */
function labelPlaces(columns: string[], kinds: Kind[], rows: readonly Row[]): Map<number, number> {
  const found = new Map<number, number>();
  columns.forEach((name, label) => {
    const thing = name.endsWith("Label") ? columns.indexOf(name.slice(0, -5)) : -1;
    if (thing >= 0 && kinds[thing] === "thing") found.set(thing, label);
  });
  const label = columns.indexOf("label");
  if (label >= 0 && kinds[label] === "text") {
    const free = columns
      .map((_, at) => at)
      .filter((at) => kinds[at] === "thing" && !found.has(at))
      .filter((at) => rows.every((row) => !row[label] || row[at]?.type === "uri"));
    const thing = free.includes(label - 1) ? label - 1 : free[0];
    if (thing !== undefined) found.set(thing, label);
  }
  return found;
}

function kindOf(name: string, at: number, rows: readonly Row[]): Kind {
  let things = 0;
  let numbers = 0;
  let dates = 0;
  let places = 0;
  let named = 0;
  let filled = 0;
  const byName = DATE_NAME.test(name);
  for (const row of rows) {
    const term = row[at];
    if (!term) continue;
    filled += 1;
    if (term.type === "uri" || term.type === "bnode") things += 1;
    if (term.type !== "literal") continue;
    if (term.datatype && NUMBERS.has(term.datatype)) numbers += 1;
    if (term.datatype && DATES.has(term.datatype)) dates += 1;
    if (term.datatype === WKT) places += 1;
    if (byName && readSpan(term.value)) named += 1;
  }
  if (!filled) return "text";
  if (things === filled) return "thing";
  if (places === filled) return "place";
  if (dates === filled || named === filled) return "date";
  return numbers === filled ? "number" : "text";
}

/** Tell whether a term is a number by its datatype. */
export function isNumber(term: Term): boolean {
  return term.type === "literal" && NUMBERS.has(term.datatype ?? "");
}

/** Tell whether a term is a date that the server has words for. */
export function isWordedDate(term: Term): boolean {
  return term.type === "literal" && WORDED.has(term.datatype ?? "");
}

/** Return a cell's number, or null where it holds none. */
export function numberOf(term: Term | undefined): number | null {
  if (term?.type !== "literal") return null;
  const number = Number(term.value);
  return term.value.trim() !== "" && Number.isFinite(number) ? number : null;
}

export interface Coordinates {
  latitude: number;
  longitude: number;
}

/** Return a function that reads the coordinates of a row, or null if no columns hold any. */
export function coordinatesOf(columns: readonly Column[]): ((row: Row) => Coordinates | null) | null {
  const wkt = columns.find(({ kind }) => kind === "place");
  if (wkt) return (row) => readPoint(row[wkt.at]);
  const latitude = columns.find(({ name }) => LATITUDE.test(name));
  const longitude = columns.find(({ name }) => LONGITUDE.test(name));
  if (!latitude || !longitude) return null;
  return (row) => place(numberOf(row[latitude.at]), numberOf(row[longitude.at]));
}

function readPoint(term: Term | undefined): Coordinates | null {
  const found = /POINT\s*Z?\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)/i.exec(term?.value ?? "");
  return found ? place(Number(found[2]), Number(found[1])) : null;
}

function place(latitude: number | null, longitude: number | null): Coordinates | null {
  if (latitude === null || longitude === null) return null;
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null;
}

/** Return the columns whose numbers can be drawn: all but coordinates and bare ordinals. */
export function measures(columns: readonly Column[]): Column[] {
  return columns.filter(
    ({ kind, name }) => kind === "number" && !LATITUDE.test(name) && !LONGITUDE.test(name),
  );
}

/** Return the column that names the rows: of things with labels, else of things, else of text. */
export function naming(columns: readonly Column[]): Column | undefined {
  return (
    columns.find(({ at, link }) => link >= 0 && link !== at) ??
    columns.find(({ kind }) => kind === "thing") ??
    columns.find(({ kind }) => kind === "text")
  );
}

/** Return the columns that date the rows: one of dates as stated, else a pair of bounds, else any. */
export function dating(columns: readonly Column[]): { date?: Column; from?: Column; to?: Column } {
  const from = columns.find(({ name, kind }) => name === "earliest" && kind === "date");
  const to = columns.find(({ name, kind }) => name === "latest" && kind === "date");
  const date = columns.find(
    (column) => column.kind === "date" && column !== from && column !== to,
  );
  if (date) return { date };
  return { ...(from ? { from } : {}), ...(to ? { to } : {}) };
}

/** Return the views that the columns allow, the table first. */
export function viewsOf(columns: readonly Column[], rows: readonly Row[]): View[] {
  const views: View[] = ["table"];
  if (!rows.length) return views;
  const { date, from, to } = dating(columns);
  if (measures(columns).length && (date || naming(columns))) views.push("chart");
  if (date || from || to) views.push("timeline");
  if (coordinatesOf(columns)) views.push("map");
  if (columns.filter(({ link }) => link >= 0).length > 1) views.push("graph");
  return views;
}
