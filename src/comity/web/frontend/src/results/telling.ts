// What people read for the terms of a result: as the server has drawn them, or draws them when asked.
import { language } from "../words";
import type { Row, Rows, Term } from "./data";
import { type Column, isWordedDate } from "./shape";

/** A term in the language of the page, or in the language that is named. */
export interface Told {
  text: string;
  lang: string;
}

const BATCH = 150;
const MOST = 900;
const LONGEST = 300; // no label and no date is longer

/** Knows what the server calls the terms of one result. */
export class Telling {
  private readonly drawn = new Map<Row, Map<number, Told>>();
  private readonly known = new Map<string, Told | undefined>();
  private readonly codes = new Map<string, Told>(); // what plain texts are called, by column

  constructor(private readonly root: string) {}

  /** Learn the table that the server drew of the first rows; return whether there was one. */
  learn({ columns, rows }: Rows, host: Element): boolean {
    const names = [...host.querySelectorAll<HTMLElement>("th[data-name]")].map(({ dataset }) => dataset["name"] ?? "");
    const lines = [...host.querySelectorAll("tbody tr")];
    rows.slice(0, lines.length).forEach((row, place) => {
      const cells = [...(lines[place]?.children ?? [])];
      const told = names.map((name, at) => [columns.indexOf(name), cells[at]] as const);
      // What cites sentences is no text but links, which are the row's grounds.
      const said = told.filter(([, cell]) => !cell?.classList.contains("cited")).map(([at, cell]) => [at, read(cell)] as const);
      this.drawn.set(row, new Map(said));
      for (const [at, words] of said) if (isPlain(row[at])) this.codes.set(`${at} ${row[at]?.value}`, words);
    });
    return names.length > 0;
  }

  /** Return what a cell is called, if that is known. */
  of(row: Row, at: number): Told | undefined {
    const term = row[at];
    return this.drawn.get(row)?.get(at) ?? (term && (this.known.get(spelt(term)) ?? this.coded(term, at)));
  }

  /** Return what a plain text, such as a code, is called in another row of the column. */
  private coded(term: Term, at: number): Told | undefined {
    return isPlain(term) ? this.codes.get(`${at} ${term.value}`) : undefined;
  }

  /** Have the server draw what is not known yet of the columns shown; tell when something is there. */
  async ask(columns: readonly Column[], rows: readonly Row[], onFound: () => void, signal: AbortSignal): Promise<void> {
    const unknown = new Set<string>();
    for (const { at, link } of columns)
      for (const row of rows) {
        const term = row[at] ?? row[link];
        if (!term || !isAskable(term) || this.of(row, at)) continue;
        const text = spelt(term);
        if (!this.known.has(text)) unknown.add(text);
        if (unknown.size >= MOST) break;
      }
    const terms = [...unknown];
    for (let from = 0; from < terms.length; from += BATCH) {
      const some = terms.slice(from, from + BATCH);
      const found = await draw(some, this.root, signal);
      if (!found) return;
      some.forEach((text, place) => this.known.set(text, found.get(place)));
      onFound();
    }
  }
}

function isPlain(term: Term | undefined): boolean {
  return term?.type === "literal" && !term.lang && !term.datatype && term.value.length <= LONGEST;
}

/** Tell whether the server may call a term otherwise than it is written. */
function isAskable(term: Term): boolean {
  if (term.value.length > LONGEST) return false;
  if (term.type === "uri") return !/[<>"{}|\\^`\s]/.test(term.value);
  return term.type === "literal" && (isWordedDate(term) || (term.lang === "en" && language !== "en"));
}

/** Return a term as SPARQL writes it. */
function spelt(term: Term): string {
  if (term.type !== "literal") return `<${term.value}>`;
  const text = JSON.stringify(term.value);
  return term.lang ? `${text}@${term.lang}` : term.datatype ? `${text}^^<${term.datatype}>` : text;
}

/** Return by their places what the page of the endpoint calls terms, or null where it cannot be had. */
async function draw(terms: readonly string[], root: string, signal: AbortSignal): Promise<Map<number, Told> | null> {
  const values = terms.map((text, place) => `(${place} ${text})`).join("\n");
  try {
    const answer = await fetch(`${root}/sparql`, {
      method: "POST",
      headers: { Accept: "text/html" },
      body: new URLSearchParams({ query: `SELECT ?n ?term { VALUES (?n ?term) { ${values} } }` }),
      signal,
    });
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const lines = [...page.querySelectorAll("#results tbody tr")];
    return new Map(lines.map(({ children: [place, term] }) => [Number(place?.textContent), read(term)]));
  } catch {
    return null; // the terms stand for themselves then
  }
}

function read(cell: Element | undefined): Told {
  return { text: cell?.textContent?.trim() ?? "", lang: cell?.querySelector("[lang]")?.getAttribute("lang") ?? "" };
}
