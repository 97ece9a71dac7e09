// Completion: variables, keywords, prefixes, terms, codes, and things by their label.
import type {
  Completion,
  CompletionContext,
  CompletionResult,
  CompletionSource,
} from "@codemirror/autocomplete";
import type { EditorView } from "@codemirror/view";
import { folded } from "../folding";
import { gettext, listed, sentences } from "../words";
import { placeOf } from "./place";
import { declaration, prefixOf } from "./prefixes";
import { type Token, tokenAt, tokenize } from "./tokens";
import type { Entry, Lists, Vocabulary } from "./vocabulary";

const KEYWORDS = (
  "SELECT DISTINCT REDUCED CONSTRUCT DESCRIBE ASK FROM NAMED WHERE OPTIONAL UNION MINUS GRAPH FILTER " +
  "BIND VALUES EXISTS NOT AS IN GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET UNDEF PREFIX BASE COUNT SUM " +
  "MIN MAX AVG SAMPLE GROUP_CONCAT SEPARATOR STR LANG LANGMATCHES DATATYPE BOUND IRI BNODE ABS CEIL " +
  "FLOOR ROUND CONCAT STRLEN UCASE LCASE CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY " +
  "NOW COALESCE IF STRLANG STRDT sameTerm isIRI isBlank isLiteral isNumeric REGEX SUBSTR REPLACE"
).split(" ");

/** Return the source of completions; typed words with Ctrl-Space find things by label as well. */
export function completing(lists: Lists): CompletionSource {
  return async (context) => {
    const text = context.state.doc.toString();
    const tokens = tokenize(text);
    const token = tokenAt(tokens, context.pos);
    if (token?.kind === "comment" || token?.kind === "string" || token?.kind === "iri") return null;
    if (token?.kind === "variable" || token?.text === "?" || token?.text === "$")
      return variables(tokens, token);
    if (token?.kind === "name") return names(token, tokens, context, lists);
    if (token?.kind === "word") return words(token, tokens, context, lists);
    if (!context.explicit) return null;
    const options = await offered(lists, tokens, context.pos);
    return { from: context.pos, options, validFor: /^[\w:-]*$/ };
  };
}

function variables(tokens: readonly Token[], token: Token): CompletionResult {
  const others = tokens.filter(({ kind, from }) => kind === "variable" && from !== token.from);
  const names = [...new Set(others.map(({ text }) => text))].sort();
  return {
    from: token.from,
    options: names.map((label) => ({ label, type: "variable" })),
    validFor: /^[?$]\w*$/,
  };
}

async function names(
  token: Token,
  tokens: readonly Token[],
  context: CompletionContext,
  lists: Lists,
): Promise<CompletionResult | null> {
  const typed = token.text.slice(0, context.pos - token.from);
  if (prefixOf(token.text) === "id") return things(typed.slice(3), token.from, context, lists);
  const options = await offered(lists, tokens, token.from);
  const prefix = `${prefixOf(token.text)}:`;
  const fitting = options.filter(({ label }) => label.startsWith(prefix));
  return fitting.length ? { from: token.from, options: fitting, validFor: /^[\w.:-]*$/ } : null;
}

async function words(
  token: Token,
  tokens: readonly Token[],
  context: CompletionContext,
  lists: Lists,
): Promise<CompletionResult | null> {
  const typed = token.text.slice(0, context.pos - token.from);
  if (!context.explicit && typed.length < 2) return null;
  const found = context.explicit ? await things(typed, token.from, context, lists) : null;
  const options: Completion[] = [
    ...KEYWORDS.map((label) => ({ label, type: "keyword", boost: -20 })),
    ...(await offered(lists, tokens, token.from)),
  ];
  if (!found?.options.length) return { from: token.from, options, validFor: /^\w*$/ };
  const near = options.filter(({ label, detail }) => folded(`${label} ${detail ?? ""}`).includes(folded(typed)));
  return { from: token.from, options: [...found.options, ...near], filter: false };
}

async function things(
  text: string,
  from: number,
  context: CompletionContext,
  lists: Lists,
): Promise<CompletionResult | null> {
  if (!text.trim()) return null;
  const stop = new AbortController();
  context.addEventListener("abort", () => stop.abort(), { onDocChange: true });
  const found = await lists.things(text.trim(), stop.signal);
  if (context.aborted) return null;
  const { prefixes } = await lists.terms();
  const options = found.map(({ curie, iri, label, kind, matched }): Completion => {
    const short = /^[a-z]+:[\p{L}\p{N}_.-]*[\p{L}\p{N}_-]$/u.test(curie);
    return {
      label: short ? curie : `<${iri}>`,
      displayLabel: label,
      detail: [kind, curie].filter(Boolean).join(" · "),
      type: "constant",
      ...(matched && matched !== label ? { info: gettext("Found by “%(name)s”.", { name: matched }) } : {}),
      apply: inserting(short ? curie : `<${iri}>`, prefixes),
    };
  });
  return { from, options, filter: false };
}

async function offered(lists: Lists, tokens: readonly Token[], from: number): Promise<Completion[]> {
  const terms = await lists.terms();
  const { place, property } = placeOf(tokens, from);
  const most = Math.max(1, ...terms.properties.map(({ uses }) => uses ?? 0));
  const used = ({ uses = 0 }: Entry): number => (10 * Math.log1p(uses)) / Math.log1p(most);
  const wanted = { class: "class", property: "property", value: "code", other: "" }[place];
  const scheme = terms.properties.find(({ name }) => name === property)?.name.split(":")[1] ?? "";
  const option = (kind: string, entry: Entry): Completion => ({
    label: entry.name,
    detail: entry.label,
    type: kind,
    ...(entry.definition ? { info: sentences(entry.definition, bounds(entry)) } : {}),
    boost:
      used(entry) +
      (kind === wanted ? 50 : 0) +
      (kind === "code" && scheme && entry.scheme?.endsWith(`:${scheme}`) ? 30 : 0),
    apply: inserting(entry.name, terms.prefixes),
  });
  return [
    ...terms.properties.map((entry) => option("property", entry)),
    ...terms.classes.map((entry) => option("class", entry)),
    ...terms.codes.map((entry) => option("code", entry)),
    ...prefixes(terms),
  ];
}

function prefixes({ prefixes: known }: Vocabulary): Completion[] {
  return Object.entries(known).map(([prefix, namespace]) => ({
    label: `${prefix}:`,
    detail: namespace,
    type: "namespace",
    boost: -5,
    apply: inserting(`${prefix}:`, known),
  }));
}

function bounds({ domain = [], range = [] }: Entry): string {
  const [from, to] = [listed(domain), listed(range)];
  if (from && to) return gettext("From %(domain)s to %(range)s.", { domain: from, range: to });
  if (from) return gettext("From %(domain)s.", { domain: from });
  return to ? gettext("To %(range)s.", { range: to }) : "";
}

/** Return what puts a name in place and declares its prefix where that is not done yet. */
function inserting(name: string, known: Record<string, string>) {
  return (view: EditorView, _: Completion, from: number, to: number): void => {
    const doc = view.state.doc.toString();
    const namespace = name.startsWith("<") ? undefined : known[prefixOf(name)];
    const rest = doc.slice(0, from) + doc.slice(to);
    const line = namespace ? declaration(rest, prefixOf(name), namespace) : null;
    const shift = line && line.from <= from ? line.insert.length : 0;
    view.dispatch({
      changes: [{ from, to, insert: name }, ...(line ? [{ from: Math.min(line.from, from), insert: line.insert }] : [])],
      selection: { anchor: from + shift + name.length },
      userEvent: "input.complete",
      scrollIntoView: true,
    });
  };
}
