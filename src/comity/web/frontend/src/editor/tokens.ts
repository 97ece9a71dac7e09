// SPARQL cut into tokens, so that nothing is lost: the texts of all tokens make the text again.

export type Kind =
  | "space"
  | "newline"
  | "comment"
  | "iri"
  | "string"
  | "number"
  | "variable"
  | "name"
  | "blank"
  | "language"
  | "word"
  | "sign";

export interface Token {
  kind: Kind;
  text: string;
  from: number;
  to: number;
}

const LETTER = "\\p{L}_";
const INNER = "\\p{L}\\p{M}\\p{N}_\\-·";
const ESCAPED = "%[0-9A-Fa-f]{2}|\\\\[_~.\\-!$&'()*+,;=/?#@%]";
const LOCAL = `(?:[${INNER}:]|${ESCAPED})(?:(?:[${INNER}.:]|${ESCAPED})*(?:[${INNER}:]|${ESCAPED}))?`;
const PREFIX = `\\p{L}(?:[${INNER}.]*[${INNER}])?`;

const FORMS: readonly [Kind, string][] = [
  ["newline", "\\r\\n|\\n|\\r"],
  ["space", "[ \\t\\f\\v\\u00a0\\ufeff]+"],
  ["comment", "#[^\\n\\r]*"],
  ["iri", '<[^\\x00-\\x20<>"{}|\\\\^`]*>'],
  ["string", '"""(?:"{0,2}(?:[^"\\\\]|\\\\[\\s\\S]))*"""'],
  ["string", "'''(?:'{0,2}(?:[^'\\\\]|\\\\[\\s\\S]))*'''"],
  ["string", '"(?:[^"\\\\\\n\\r]|\\\\.)*"'],
  ["string", "'(?:[^'\\\\\\n\\r]|\\\\.)*'"],
  ["variable", `[?$][${LETTER}\\p{N}][${LETTER}\\p{M}\\p{N}·]*`],
  ["blank", `_:[${LETTER}\\p{N}](?:[${INNER}.]*[${INNER}])?`],
  ["name", `(?:${PREFIX})?:(?:${LOCAL})?`],
  ["language", "@[A-Za-z]+(?:-[A-Za-z0-9]+)*"],
  ["number", "(?:\\d+\\.?\\d*|\\.\\d+)[eE][+-]?\\d+|\\d+\\.\\d+|\\.\\d+|\\d+"],
  ["word", `[${LETTER}][${LETTER}\\p{M}\\p{N}]*`],
  ["sign", "\\^\\^|&&|\\|\\||!=|<=|>=|<<\\(|\\)>>|\\{\\||\\|\\}"],
  ["sign", "[\\s\\S]"],
];
const TOKEN = new RegExp(FORMS.map(([, form]) => `(${form})`).join("|"), "uy");

/** Return the tokens of a text, blanks and comments among them. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let from = 0; from < text.length; from = TOKEN.lastIndex) {
    const found = TOKEN.exec(text);
    if (!found) break;
    const form = found.findIndex((group, at) => at > 0 && group !== undefined) - 1;
    const kind = FORMS[form]?.[0] ?? "sign";
    tokens.push({ kind, text: found[0], from, to: TOKEN.lastIndex });
  }
  return tokens;
}

/** Tell whether a token says something to the engine. */
export function isSpoken({ kind }: Token): boolean {
  return kind !== "space" && kind !== "newline" && kind !== "comment";
}

/** Return the token that a place lies in or right behind, if there is one. */
export function tokenAt(tokens: readonly Token[], place: number): Token | undefined {
  return tokens.find(({ from, to }) => from < place && place <= to);
}
