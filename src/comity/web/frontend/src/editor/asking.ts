// Asking the endpoint: the answer as it comes, or what the server says is wrong.
import { type Rows, readResults } from "../results/data";
import { gettext } from "../words";
import { inOrderOf } from "./columns";

export type Answer =
  | { kind: "rows"; rows: Rows }
  | { kind: "truth"; truth: boolean }
  | { kind: "graph"; turtle: string };

const ROWS = "application/sparql-results+json";
const ACCEPT = `${ROWS}, text/turtle;q=0.9, application/problem+json;q=0.5`;
const LONGEST_ADDRESS = 6_000;

/** An answer that is none: the server's sentence, its place in the query, how long to wait. */
export class Refusal extends Error {
  constructor(
    readonly sentence: string,
    readonly status: number,
    readonly code: string,
    readonly place: { line: number; column: number } | null,
    readonly wait: number | null,
  ) {
    super(sentence);
  }
}

/** Return the address that asks a query, or null for one that is too long for an address. */
export function addressOf(root: string, query: string, format?: string): string | null {
  const asked = new URLSearchParams({ query, ...(format ? { format } : {}) });
  const address = `${root}/sparql?${asked}`;
  return address.length > LONGEST_ADDRESS ? null : address;
}

/** Ask a query; `onBytes` hears how much has come. Raises Refusal, or AbortError when stopped. */
export async function ask(
  root: string,
  query: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<Answer> {
  const answer = await send(root, query, ACCEPT, signal);
  const type = answer.headers.get("Content-Type") ?? "";
  const text = await read(answer, onBytes);
  if (!type.startsWith(ROWS)) return { kind: "graph", turtle: text };
  const result = readResults(JSON.parse(text));
  return typeof result === "boolean" ? { kind: "truth", truth: result } : { kind: "rows", rows: inOrderOf(query, result) };
}

/** Return the answer to a query for a graph as N-Triples. */
export async function askTriples(root: string, query: string): Promise<string> {
  const answer = await send(root, query, "application/n-triples", new AbortController().signal);
  return answer.text();
}

async function send(root: string, query: string, accept: string, signal: AbortSignal): Promise<Response> {
  const address = addressOf(root, query);
  const headers = { Accept: accept };
  const answer = await (address
    ? fetch(address, { headers, signal })
    : fetch(`${root}/sparql`, { method: "POST", headers, signal, body: new URLSearchParams({ query }) }));
  if (!answer.ok) throw await refusalOf(answer);
  return answer;
}

async function refusalOf(answer: Response): Promise<Refusal> {
  const wait = Number(answer.headers.get("Retry-After"));
  const seconds = Number.isFinite(wait) && wait > 0 ? wait : null;
  try {
    const problem = (await answer.json()) as Record<string, unknown>;
    const { detail, code, line, column } = problem;
    const place = typeof line === "number" && typeof column === "number" ? { line, column } : null;
    return new Refusal(String(detail ?? problem["title"]), answer.status, String(code ?? ""), place, seconds);
  } catch {
    return new Refusal(gettext("The server answered with status %(status)s.", { status: String(answer.status) }), answer.status, "", null, seconds);
  }
}

async function read(answer: Response, onBytes: (bytes: number) => void): Promise<string> {
  const reader = answer.body?.getReader();
  if (!reader) return answer.text();
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.length;
    parts.push(decoder.decode(value, { stream: true }));
    onBytes(bytes);
  }
  parts.push(decoder.decode());
  return parts.join("");
}
