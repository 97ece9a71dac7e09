// The queries that were run in this browser, kept in this browser only.

export interface Run {
  text: string;
  at: number;
}

const KEY = "comity.queries";
const MOST = 40;
const LONGEST = 20_000;

/** Return the queries run here, the last one first; none where the browser keeps nothing. */
export function runs(): Run[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isRun) : [];
  } catch {
    return [];
  }
}

/** Keep a query that was run; one that was run before moves to the front. */
export function keep(text: string, at = Date.now()): void {
  if (!text.trim() || text.length > LONGEST) return;
  store([{ text, at }, ...runs().filter((run) => run.text.trim() !== text.trim())].slice(0, MOST));
}

/** Forget all queries. */
export function forget(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    return; // nothing is kept then
  }
}

function store(kept: Run[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    return; // the browser keeps nothing, or is full
  }
}

function isRun(value: unknown): value is Run {
  const run = value as Run | null;
  return typeof run?.text === "string" && typeof run.at === "number";
}
