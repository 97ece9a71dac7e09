// Answers in the shape of SPARQL 1.1 Results JSON, and graphs as triples read from N-Triples.

export type Term =
  | { type: "uri"; value: string }
  | { type: "bnode"; value: string }
  | { type: "literal"; value: string; lang?: string; datatype?: string }
  | { type: "triple"; value: string };

export type Row = readonly (Term | undefined)[];

export interface Rows {
  columns: string[];
  rows: Row[];
}

export type Triple = readonly [Term, Term, Term];

interface RawTerm {
  type: string;
  value: unknown;
  "xml:lang"?: string;
  datatype?: string;
}

interface RawResults {
  head?: { vars?: string[] };
  boolean?: boolean;
  results?: { bindings: Record<string, RawTerm>[] };
}

/** Return the truth value or the rows of a result document. */
export function readResults(document: unknown): boolean | Rows {
  const raw = document as RawResults;
  if (typeof raw.boolean === "boolean") return raw.boolean;
  const columns = raw.head?.vars ?? [];
  const rows = (raw.results?.bindings ?? []).map((binding) =>
    columns.map((column) => readTerm(binding[column])),
  );
  return { columns, rows };
}

function readTerm(raw: RawTerm | undefined): Term | undefined {
  if (raw === undefined) return undefined;
  if (raw.type === "triple") return { type: "triple", value: tripleText(raw.value) };
  const value = String(raw.value);
  if (raw.type === "uri" || raw.type === "bnode") return { type: raw.type, value };
  return literal(value, raw["xml:lang"], raw.datatype);
}

function tripleText(value: unknown): string {
  const parts = value as Record<string, RawTerm>;
  return ["subject", "predicate", "object"]
    .map((place) => {
      const term = readTerm(parts[place]);
      if (term?.type === "uri") return `<${term.value}>`;
      return term?.type === "literal" ? JSON.stringify(term.value) : (term?.value ?? "");
    })
    .join(" ");
}

function literal(value: string, lang?: string, datatype?: string): Term {
  return {
    type: "literal",
    value,
    ...(lang ? { lang } : {}),
    ...(datatype && !lang ? { datatype } : {}),
  };
}

const TERM =
  /\s*(?:<([^>]*)>|_:([^\s.]+(?:\.[^\s.]+)*)|"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?)/uy;
const ESCAPE = /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/gsu;
const LETTERS: Record<string, string> = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

/** Return the triples of an N-Triples document; lines that hold something else are left out. */
export function readTriples(text: string): Triple[] {
  const triples: Triple[] = [];
  for (const line of text.split("\n")) {
    TERM.lastIndex = 0;
    const terms = [nextTerm(line), nextTerm(line), nextTerm(line)];
    const [subject, predicate, object] = terms;
    if (subject && predicate && object) triples.push([subject, predicate, object]);
  }
  return triples;
}

function nextTerm(line: string): Term | undefined {
  const found = TERM.exec(line);
  if (!found) {
    TERM.lastIndex = line.length;
    return undefined;
  }
  const [, iri, node, characters, lang, datatype] = found;
  if (iri !== undefined) return { type: "uri", value: unescaped(iri) };
  if (node !== undefined) return { type: "bnode", value: node };
  return literal(unescaped(characters ?? ""), lang, datatype);
}

function unescaped(text: string): string {
  return text.replace(ESCAPE, (_, four?: string, eight?: string, letter?: string) =>
    letter === undefined
      ? String.fromCodePoint(Number.parseInt(four ?? eight ?? "FFFD", 16))
      : (LETTERS[letter] ?? letter),
  );
}

/** Return triples as rows of three columns. */
export function asRows(triples: readonly Triple[]): Rows {
  return { columns: ["subject", "predicate", "object"], rows: triples.slice() };
}
