// Which prefixes a query declares and uses, and where another one is to be declared.
import { type Token, isSpoken, tokenize } from "./tokens";

/** Return the prefixes that a query declares, with their namespaces. */
export function declared(tokens: readonly Token[]): Map<string, string> {
  const found = new Map<string, string>();
  const spoken = tokens.filter(isSpoken);
  spoken.forEach(({ kind, text }, at) => {
    const [name, iri] = [spoken[at + 1], spoken[at + 2]];
    if (kind === "word" && /^prefix$/i.test(text) && name?.kind === "name" && iri?.kind === "iri")
      found.set(name.text.slice(0, -1), iri.text.slice(1, -1));
  });
  return found;
}

/** Return the prefix of a prefixed name. */
export function prefixOf(name: string): string {
  return name.slice(0, name.indexOf(":"));
}

export interface Insertion {
  from: number;
  insert: string;
}

/** Return what declares a prefix in a query, or null if it is declared already. */
export function declaration(text: string, prefix: string, namespace: string): Insertion | null {
  const tokens = tokenize(text);
  if (declared(tokens).has(prefix)) return null;
  const spoken = tokens.filter(isSpoken);
  let end = 0;
  for (let at = 0; at < spoken.length; ) {
    const word = spoken[at]?.kind === "word" ? spoken[at]?.text.toLowerCase() : "";
    const length = word === "prefix" ? 3 : word === "base" ? 2 : 0;
    const last = spoken[at + length - 1];
    if (!length || last?.kind !== "iri") break;
    end = last.to;
    at += length;
  }
  const line = `PREFIX ${prefix}: <${namespace}>`;
  if (end) return { from: end, insert: `\n${line}` };
  const first = tokens.find(isSpoken);
  const lead = tokens.find(({ kind, to }) => kind === "comment" && (!first || to <= first.from));
  const from = lead && first ? lineStart(text, first.from) : 0;
  return { from, insert: `${line}\n${first || text.trim() === "" ? "\n" : ""}` };
}

function lineStart(text: string, place: number): number {
  return text.lastIndexOf("\n", place - 1) + 1;
}
