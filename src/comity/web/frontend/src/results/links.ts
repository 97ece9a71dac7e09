// Addresses and short forms of IRIs, by the same rules as the pages that the server makes.

const W3ID = "https://w3id.org/comity/";
export const ID = `${W3ID}id/`;
export const CODE = `${W3ID}code/`;
export const TERM = `${W3ID}ns#`;
const FRAGMENTS: readonly [string, string][] = [
  [TERM, "/ontology#"],
  [`${W3ID}shape/`, "/shapes#"],
  [`${W3ID}query/`, "/queries/"],
];
const GRAPH = `${W3ID}graph/`;

const SHORT: Record<string, string> = {
  code: CODE,
  comity: TERM,
  dcterms: "http://purl.org/dc/terms/",
  edtf: "http://id.loc.gov/datatypes/edtf/",
  graph: GRAPH,
  id: ID,
  owl: "http://www.w3.org/2002/07/owl#",
  prov: "http://www.w3.org/ns/prov#",
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  schema: "https://schema.org/",
  sh: "http://www.w3.org/ns/shacl#",
  skos: "http://www.w3.org/2004/02/skos/core#",
  wd: "http://www.wikidata.org/entity/",
  xsd: "http://www.w3.org/2001/XMLSchema#",
};

const LOCAL = /^[\p{L}\p{N}_.-]+$/u;
const DYAD = /^[A-Z]{3}-[A-Z]{3}$/;
const PASSAGE = /^src\.(.+)\.s\d+$/;
const SOURCE = /^src\.((?!.*\.(?:claim|issue)\.).+)$/;

/** Return an IRI in its short form, or as it is where no prefix fits. */
export function curie(iri: string): string {
  for (const [prefix, namespace] of Object.entries(SHORT)) {
    if (!iri.startsWith(namespace)) continue;
    const local = iri.slice(namespace.length);
    if (LOCAL.test(local)) return `${prefix}:${local}`;
  }
  return iri;
}

/** Return the address that tells more of an IRI, behind the root of the site; null if none does. */
export function hrefOf(iri: string, root = ""): string | null {
  const own = ownPath(iri);
  if (own !== null) return root + own;
  return /^https?:\/\/[^/]/.test(iri) ? iri : null;
}

/** Tell whether an IRI is one that Comity may have a label for. */
export function isOwn(iri: string): boolean {
  return iri.startsWith(W3ID);
}

function ownPath(iri: string): string | null {
  if (iri.startsWith(ID)) return thingPath(iri.slice(ID.length));
  if (iri.startsWith(CODE)) {
    const local = iri.slice(CODE.length);
    const [scheme = ""] = local.split(".");
    return `/vocabulary/${quote(scheme)}${local.includes(".") ? `#${quote(local)}` : ""}`;
  }
  for (const [namespace, base] of FRAGMENTS) {
    if (iri.startsWith(namespace)) return base + quote(iri.slice(namespace.length));
  }
  if (iri === `${W3ID}ns` || iri.startsWith(`${W3ID}ns/`)) return "/ontology";
  if (iri.startsWith(GRAPH)) return `/graph/${quote(iri.slice(GRAPH.length)).replace(/%2F/g, "/")}`;
  return null;
}

function thingPath(local: string): string {
  if (DYAD.test(local)) return `/pair/${local.replace("-", "/")}`;
  const passage = PASSAGE.exec(local);
  if (passage) return `/sources/${quote(passage[1] ?? "")}#${quote(local)}`;
  const source = SOURCE.exec(local);
  return source ? `/sources/${quote(source[1] ?? "")}` : `/doc/${quote(local)}`;
}

function quote(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) =>
    `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
