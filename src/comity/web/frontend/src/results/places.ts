// Coordinates of our own things that a result names, asked for in small queries.
import { type Rows, readResults } from "./data";
import { isOwn } from "./links";
import { type Coordinates, numberOf } from "./shape";

const BATCH = 150;
const MOST = 900;

/** Ask the endpoint for the places of a result's things; tell when some are there. */
export async function findPlaces(
  { rows }: Rows,
  root: string,
  places: Map<string, Coordinates>,
  onFound: () => void,
  signal: AbortSignal,
): Promise<void> {
  const own = new Set<string>();
  for (const term of rows.flat())
    if (term?.type === "uri" && isOwn(term.value) && !places.has(term.value)) own.add(term.value);
  const iris = [...own].filter((iri) => !/[<>"{}|\\^`\s]/.test(iri)).slice(0, MOST);
  for (let from = 0; from < iris.length; from += BATCH) {
    const found = await ask(iris.slice(from, from + BATCH), root, signal);
    if (!found) return;
    for (const [thing, latitude, longitude] of found.rows) {
      const [north, east] = [numberOf(latitude), numberOf(longitude)];
      if (thing && north !== null && east !== null)
        places.set(thing.value, { latitude: north, longitude: east });
    }
    if (found.rows.length) onFound();
  }
}

async function ask(iris: string[], root: string, signal: AbortSignal): Promise<Rows | null> {
  const values = iris.map((iri) => `<${iri}>`).join(" ");
  const query = `PREFIX wgs84: <http://www.w3.org/2003/01/geo/wgs84_pos#>
    SELECT ?thing (SAMPLE(?y) AS ?lat) (SAMPLE(?x) AS ?long) {
      VALUES ?thing { ${values} }
      ?thing wgs84:lat ?y ; wgs84:long ?x
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
    return null; // there is no map of them then
  }
}
