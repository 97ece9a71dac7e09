// Labels and coordinates of our own IRIs that a result leaves bare, asked for in small queries.
import { type Rows, readResults } from "./data";
import { isOwn } from "./links";
import { type Coordinates, numberOf } from "./shape";

/** What is known of IRIs beside the result. */
export interface Known {
  labels: Map<string, string>;
  places: Map<string, Coordinates>;
}

const BATCH = 150;
const MOST = 900;

/** Ask the endpoint for the English labels and places of a result's IRIs; tell when some are there. */
export async function findOut(
  { columns, rows }: Rows,
  root: string,
  known: Known,
  onFound: () => void,
  signal: AbortSignal,
): Promise<void> {
  const bare = new Set<string>();
  columns.forEach((name, at) => {
    if (columns.includes(`${name}Label`)) return;
    for (const row of rows) {
      const term = row[at];
      if (term?.type === "uri" && isOwn(term.value) && !known.labels.has(term.value)) bare.add(term.value);
      if (bare.size >= MOST) return;
    }
  });
  const iris = [...bare].filter((iri) => !/[<>"{}|\\^`\s]/.test(iri));
  for (let from = 0; from < iris.length; from += BATCH) {
    const found = await ask(iris.slice(from, from + BATCH), root, signal);
    if (!found) return;
    for (const [thing, label, latitude, longitude] of found.rows) {
      if (thing && label) known.labels.set(thing.value, label.value);
      const [north, east] = [numberOf(latitude), numberOf(longitude)];
      if (thing && north !== null && east !== null)
        known.places.set(thing.value, { latitude: north, longitude: east });
    }
    if (found.rows.length) onFound();
  }
}

async function ask(
  iris: string[],
  root: string,
  signal: AbortSignal,
): Promise<Rows | null> {
  const values = iris.map((iri) => `<${iri}>`).join(" ");
  const query = `PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
    PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
    PREFIX wgs84: <http://www.w3.org/2003/01/geo/wgs84_pos#>
    SELECT ?thing (SAMPLE(?name) AS ?label) (SAMPLE(?y) AS ?lat) (SAMPLE(?x) AS ?long) {
      VALUES ?thing { ${values} }
      OPTIONAL { ?thing rdfs:label|skos:prefLabel ?name FILTER(LANG(?name) IN ("", "en")) }
      OPTIONAL { ?thing wgs84:lat ?y ; wgs84:long ?x }
    } GROUP BY ?thing`;
  try {
    const answer = await fetch(`${root}/sparql`, {
      method: "POST",
      headers: { Accept: "application/sparql-results+json" },
      body: new URLSearchParams({ query }),
      signal,
    });
    if (!answer.ok) return null;
    const rows = readResults(await answer.json());
    return typeof rows === "boolean" ? null : rows;
  } catch {
    return null; // the IRIs stand for themselves then
  }
}
