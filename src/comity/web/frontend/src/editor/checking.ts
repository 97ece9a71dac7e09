// What is wrong with a query, told while it is written: by the grammar, and by the ontology.
import type { Diagnostic } from "@codemirror/lint";
import { gettext } from "../words";
import { told } from "./grammar";
import { declared, declaration, prefixOf } from "./prefixes";
import { type Token, isSpoken, tokenize } from "./tokens";
import type { Vocabulary } from "./vocabulary";

export interface Fault {
  from: number;
  to: number;
  message: string;
  /** Whether the query cannot be run with it. */
  stops: boolean;
  /** What would mend it. */
  remedy?: { label: string; from: number; to: number; insert: string };
}

// What SPARQL 1.2 and the engine read beyond the grammar that the browser has.
const BEYOND = /<<|\{\||\bVERSION\b|\bLATERAL\b|--(?:ltr|rtl)\b|\b(?:TRIPLE|isTRIPLE|ADJUST)\s*\(/i;
const PAIRS: Record<string, string> = { ")": "(", "]": "[", "}": "{" };

interface GrammarError {
  message: string;
  hash?: { text?: string; token?: string; line?: number; loc?: { last_line: number; last_column: number } };
}

/** Return all faults of a query; the grammar is loaded when it is first needed. */
export async function faultsOf(text: string, terms: Vocabulary): Promise<Fault[]> {
  const tokens = tokenize(text);
  if (!tokens.some(isSpoken)) return [];
  const stopping = [...unknownPrefixes(text, tokens, terms)];
  if (!stopping.length) {
    const fault = unbalanced(tokens) ?? (await grammarFault(text, tokens));
    if (fault) stopping.push(fault);
  }
  return [...stopping, ...strangers(tokens, terms)];
}

async function grammarFault(text: string, tokens: readonly Token[]): Promise<Fault | null> {
  if (BEYOND.test(text)) return null;
  const { default: grammar } = await import("sparqljs");
  try {
    const parsed = new grammar.Parser().parse(text);
    if (parsed.type !== "update") return null;
    const first = tokens.find(isSpoken);
    return { from: first?.from ?? 0, to: first?.to ?? 0, message: gettext("This is an update; here only queries are run."), stops: true };
  } catch (error) {
    return placed(text, tokens, error as GrammarError);
  }
}

/** Return a fault of the grammar at the token that it could not read. */
function placed(text: string, tokens: readonly Token[], { message, hash }: GrammarError): Fault | null {
  if (/relative IRI|Unknown prefix/.test(message)) return null; // the server has a base
  const spoken = tokens.filter(isSpoken);
  const end = spoken.at(-1);
  if (hash?.token === "EOF" || hash?.text === "") {
    if (!/Lexical/.test(message))
      return { from: end?.from ?? 0, to: end?.to ?? 0, message: gettext("The query ends too early."), stops: true };
  }
  if (!hash?.loc) {
    if (!/^(?:Lexical|Projection|Use of|Target id|Two or more|Inconsistent|Variable|Detected)/.test(message)) return null;
    const line = /on line (\d+)/.exec(message)?.[1];
    const named = /\(\?(\w+)\)/.exec(message)?.[1];
    const at = named
      ? spoken.filter(({ kind, text: word }) => kind === "variable" && word.slice(1) === named).at(-1)
      : line
        ? spoken.find(({ from }) => from >= offset(text, Number(line), 0))
        : spoken[0];
    return { from: at?.from ?? 0, to: at?.to ?? 0, message: told(message), stops: true };
  }
  const before = offset(text, hash.loc.last_line, hash.loc.last_column);
  const at = spoken.find(({ from, to }) => from >= before && to > before) ?? end;
  const word = at?.text ?? hash.text ?? "";
  return { from: at?.from ?? 0, to: at?.to ?? 0, message: gettext("“%(word)s” cannot stand here.", { word }), stops: true };
}

function offset(text: string, line: number, column: number): number {
  let start = 0;
  for (let count = 1; count < line; count += 1) {
    const next = text.indexOf("\n", start);
    if (next < 0) break;
    start = next + 1;
  }
  return start + column;
}

function unbalanced(tokens: readonly Token[]): Fault | null {
  const open: Token[] = [];
  for (const token of tokens) {
    if (token.kind !== "sign") continue;
    if (/^[({[]$/.test(token.text)) open.push(token);
    const wanted = PAIRS[token.text];
    if (!wanted) continue;
    if (open.at(-1)?.text !== wanted)
      return { from: token.from, to: token.to, message: gettext("Nothing is open that “%(sign)s” could close.", { sign: token.text }), stops: true };
    open.pop();
  }
  const left = open.at(-1);
  return left ? { from: left.from, to: left.to, message: gettext("This “%(sign)s” is never closed.", { sign: left.text }), stops: true } : null;
}

function unknownPrefixes(text: string, tokens: readonly Token[], { prefixes }: Vocabulary): Fault[] {
  const known = declared(tokens);
  const spoken = tokens.filter(isSpoken);
  const seen = new Set<string>();
  return spoken.flatMap((token, at) => {
    const prefix = prefixOf(token.text);
    const declares = /^prefix$/i.test(spoken[at - 1]?.text ?? "");
    if (token.kind !== "name" || declares || known.has(prefix) || seen.has(prefix)) return [];
    seen.add(prefix);
    const namespace = prefixes[prefix];
    const line = namespace ? declaration(text, prefix, namespace) : null;
    return {
      from: token.from,
      to: token.to,
      message: gettext("The prefix “%(prefix)s:” is not declared.", { prefix }),
      stops: true,
      ...(line ? { remedy: { label: gettext("Declare it"), from: line.from, to: line.from, insert: line.insert } } : {}),
    };
  });
}

/** Return the names of the ontology's namespace that it does not have, with the nearest it has. */
function strangers(tokens: readonly Token[], terms: Vocabulary): Fault[] {
  const known = new Set([...terms.classes, ...terms.properties].map(({ name }) => name));
  const codes = new Set(terms.codes.flatMap(({ name, scheme }) => [name, scheme ?? name]));
  const spaces = declared(tokens);
  return tokens.flatMap(({ kind, text, from, to }) => {
    if (kind !== "name" || text.endsWith(":")) return [];
    const prefix = prefixOf(text);
    const list = prefix === "comity" ? known : prefix === "code" ? codes : null;
    if (!list?.size || list.has(text) || spaces.get(prefix) !== terms.prefixes[prefix]) return [];
    const near = nearest(text, list);
    return {
      from,
      to,
      message: near ? gettext("The ontology has no %(name)s; did you mean %(near)s?", { name: text, near }) : gettext("The ontology has no %(name)s.", { name: text }),
      stops: false,
      ...(near ? { remedy: { label: gettext("Write %(name)s", { name: near }), from, to, insert: near } } : {}),
    };
  });
}

/** Return the known name that begins so, else the one that takes the fewest changes, if it takes few. */
export function nearest(name: string, known: Iterable<string>): string | null {
  const names = [...known].sort((one, other) => one.length - other.length);
  const begun = names.find((each) => each.toLowerCase().startsWith(name.toLowerCase()));
  if (begun) return begun;
  const local = name.slice(name.indexOf(":") + 1);
  let [best, least]: [string | null, number] = [null, Math.ceil(local.length / 4) + 1];
  for (const each of names) {
    const steps = changes(name.toLowerCase(), each.toLowerCase(), least);
    if (steps < least) [best, least] = [each, steps];
  }
  return best;
}

function changes(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) >= most) return most;
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same));
    }
    row = next;
  }
  return row.at(-1) ?? most;
}

/** Return faults in the form that the editor shows. */
export function asDiagnostics(faults: readonly Fault[]): Diagnostic[] {
  return faults.map(({ from, to, message, stops, remedy }) => ({
    from,
    to: Math.max(to, from),
    severity: stops ? ("error" as const) : ("warning" as const),
    message,
    ...(remedy
      ? {
          actions: [
            {
              name: remedy.label,
              apply: (view) => view.dispatch({ changes: { from: remedy.from, to: remedy.to, insert: remedy.insert } }),
            },
          ],
        }
      : {}),
  }));
}
