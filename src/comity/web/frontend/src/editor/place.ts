// What may stand where somebody writes: told by the tokens before that place.
import { type Token, isSpoken } from "./tokens";

export type Place = "class" | "property" | "value" | "other";

const ENDS = new Set([".", ";", "{", "}"]);

/** Return what a token at a place in a query would be, and of which property a value. */
export function placeOf(tokens: readonly Token[], from: number): { place: Place; property: string } {
  const before = tokens.filter((token) => isSpoken(token) && token.to <= from);
  const [last, second] = [before.at(-1), before.at(-2)];
  if (!last) return { place: "other", property: "" };
  if (last.text === "a" || last.text === "rdf:type") return { place: "class", property: "rdf:type" };
  if (last.text === ";") return { place: "property", property: "" };
  if (/^[/|^]$/.test(last.text)) return { place: "property", property: "" };
  if (last.text === "," && depthOf(before) === 0) {
    const verb = verbOf(before);
    return { place: verb === "a" ? "class" : "value", property: verb };
  }
  if (isTerm(last) && (!second || ENDS.has(second.text) || second.kind === "word" || second.text === ")"))
    return { place: "property", property: "" };
  if (isTerm(last)) return { place: "value", property: last.kind === "name" ? last.text : "" };
  return { place: "other", property: "" };
}

function isTerm({ kind }: Token): boolean {
  return kind === "variable" || kind === "iri" || kind === "name" || kind === "blank";
}

function depthOf(tokens: readonly Token[]): number {
  let depth = 0;
  for (const { text } of tokens) {
    if (text === "(") depth += 1;
    if (text === ")") depth -= 1;
  }
  return depth;
}

/** Return the property whose list of values the last comma goes on with. */
function verbOf(tokens: readonly Token[]): string {
  for (let at = tokens.length - 1; at > 0; at -= 2) {
    const [value, before] = [tokens[at - 1], tokens[at - 2]];
    if (!value || !before) return "";
    if (before.text !== ",") return before.text;
  }
  return "";
}
