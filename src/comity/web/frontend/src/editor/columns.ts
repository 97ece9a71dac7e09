// The order of the columns of `SELECT *`, which is the engine's own: people read them as the query
// first names them. The server (`web/results.py`) orders them by the same rule.
import type { Rows } from "../results/data";
import { isSpoken, tokenize } from "./tokens";

/** Return the rows with the columns of `SELECT *` as the query names them; others as they are. */
export function inOrderOf(query: string, { columns, rows }: Rows): Rows {
  const tokens = tokenize(query).filter(isSpoken);
  const chosen = tokens.findIndex(({ kind, text }) => kind === "word" && /^select$/i.test(text));
  const after = tokens.slice(chosen + 1).filter(({ kind, text }) => kind !== "word" || !/^(distinct|reduced)$/i.test(text));
  if (chosen < 0 || after[0]?.text !== "*") return { columns, rows };
  const named = [...new Set(after.filter(({ kind }) => kind === "variable").map(({ text }) => text.slice(1)))];
  const rank = (name: string): number => (named.includes(name) ? named.indexOf(name) : named.length);
  const places = columns.map((_, at) => at).sort((one, other) => rank(columns[one] ?? "") - rank(columns[other] ?? ""));
  return { columns: places.map((at) => columns[at] ?? ""), rows: rows.map((row) => places.map((at) => row[at])) };
}
