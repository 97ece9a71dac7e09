// The answer to a query below the editor, or why there is none.
import { h } from "../results/dom";
import { showGraph } from "../results/graph_view";
import { ResultView } from "../results/view";
import { gettext, ngettext } from "../words";
import { type Answer, type Refusal, addressOf, askTriples } from "./asking";

export interface Format {
  name: string;
  title: string;
}

interface About {
  query: string;
  root: string;
  /** The formats that can carry rows, and those that can carry a graph. */
  formats: Record<"rows" | "graph", readonly Format[]>;
}

const LINES = 400;

/** Show an answer in an element; return its view of rows, if it has one. */
export function showAnswer(host: HTMLElement, answer: Answer, about: About): ResultView | null {
  const body = h("div");
  const count = answer.kind === "rows" ? h("span", { class: "count" }, ngettext("%(num)s row", "%(num)s rows", answer.rows.rows.length)) : null;
  host.replaceChildren(
    h(
      "section",
      { "aria-labelledby": "answer" },
      h("h2", { id: "answer" }, gettext("Answer"), " ", count),
      links(answer, about),
      body,
    ),
  );
  if (answer.kind === "truth") {
    body.append(h("p", { class: "lead" }, h("strong", {}, answer.truth ? gettext("Yes") : gettext("No")), ` (${answer.truth})`));
    return null;
  }
  const options = {
    title: gettext("SPARQL query"),
    name: "query",
    root: about.root,
    address: () => new URL(addressOf(about.root, about.query) ?? `${about.root}/sparql`, location.href).href,
  };
  if (answer.kind === "rows") return new ResultView(body, answer.rows, options);
  const turtle = text(answer.turtle);
  showGraph(body, turtle, { ...options, triples: () => askTriples(about.root, about.query) });
  return null;
}

function text(turtle: string): Node {
  const lines = turtle.split("\n");
  const code = h("code", {}, lines.slice(0, LINES).join("\n"));
  const pre = h("pre", { tabindex: 0 }, code);
  if (lines.length <= LINES) return pre;
  return h("div", {}, pre, h("p", { class: "note" }, gettext("The first %(shown)s of %(all)s lines; the formats above hold all.", { shown: LINES, all: lines.length })));
}

function links(answer: Answer, { query, root, formats }: About): Node {
  const offered = answer.kind === "graph" ? formats.graph : formats.rows;
  const fitting = answer.kind === "truth" ? offered.filter(({ name }) => name === "json" || name === "xml") : offered;
  return h(
    "p",
    { class: "formats" },
    gettext("As data:"),
    " ",
    ...fitting.map(({ name, title }) => {
      const href = addressOf(root, query, name);
      return href ? h("a", { href }, title) : h("button", { type: "button", class: "rv-button", onclick: () => post(root, query, name) }, title);
    }),
  );
}

/** Ask a query that is too long for an address, as a form does. */
function post(root: string, query: string, format: string): void {
  const form = h("form", { method: "post", action: `${root}/sparql`, hidden: true }, h("textarea", { name: "query" }, query), h("input", { name: "format", value: format }));
  document.body.append(form);
  form.submit();
  form.remove();
}

/**
 * Show why a query has no answer, and offer to run it again where that may help. `meaning` says it
 * in the language of the page, since the sentence of the server is English.
 */
export function showRefusal(host: HTMLElement, refusal: Refusal, meaning: string, again: () => void): void {
  const limit = refusal.status === 503 || refusal.status === 429;
  const button = h("button", { type: "button", class: "rv-button", onclick: again }, gettext("Run again"));
  const wait = refusal.wait === null || !limit ? "" : ngettext("The server asks to wait %(num)s second.", "The server asks to wait %(num)s seconds.", refusal.wait);
  host.replaceChildren(
    h(
      "div",
      { class: "fault ed-refusal" },
      h("p", {}, meaning && `${meaning} `, h("span", refusal.code ? { lang: "en" } : {}, refusal.sentence), wait && ` ${wait}`),
      limit && h("p", {}, button),
    ),
  );
  if (limit && refusal.wait) {
    button.disabled = true;
    setTimeout(() => (button.disabled = false), refusal.wait * 1000);
  }
}
