// The page of a canned query: its answer, which the server has drawn, in all its views.
import { type Rows, readResults } from "./results/data";
import { showGraph } from "./results/graph_view";
import { nextOf } from "./results/links_header";
import { ResultView } from "./results/view";

const ROWS = "application/sparql-results+json";

async function fetchRows(address: string): Promise<{ rows: Rows; next: string | null }> {
  const answer = await fetch(address, { headers: { Accept: ROWS } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const rows = readResults(await answer.json());
  if (typeof rows === "boolean") throw new Error(`${address} is no table.`);
  return { rows, next: nextOf(answer.headers.get("Link"), location.href) };
}

async function fetchText(address: string): Promise<string> {
  const answer = await fetch(address, { headers: { Accept: "application/n-triples" } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.text();
}

/** Return what the server calls the columns, by their names. */
function titlesIn(host: HTMLElement): Map<string, string> {
  const headings = [...host.querySelectorAll<HTMLElement>("th[data-name]")];
  return new Map(headings.map((heading) => [heading.dataset["name"] ?? "", heading.textContent ?? ""]));
}

async function enhance(host: HTMLElement): Promise<void> {
  const { rvData = "", rvKind = "", rvTitle = "", rvName = "", rvRoot = "" } = host.dataset;
  const options = {
    title: rvTitle,
    name: rvName,
    root: rvRoot,
    address: () => location.href.replace(/#.*$/, ""),
    text: "#sparql",
  };
  if (rvKind === "graph") {
    const text = [...host.childNodes];
    const turtle = document.createElement("div");
    turtle.append(...text);
    showGraph(host, turtle, { ...options, triples: () => fetchText(rvData) });
    return;
  }
  const titles = titlesIn(host);
  const first = await fetchRows(rvData);
  let { next } = first;
  const more = async (): Promise<{ rows: Rows; more: boolean }> => {
    const found = await fetchRows(next ?? rvData);
    next = found.next;
    return { rows: found.rows, more: next !== null };
  };
  const view = new ResultView(host, first.rows, { ...options, titles, ...(next ? { more } : {}) });
  window.addEventListener("hashchange", () => view.follow());
}

for (const host of document.querySelectorAll<HTMLElement>("[data-rv-data]")) {
  enhance(host).catch(() => undefined); // what the server drew stays as it is
}
