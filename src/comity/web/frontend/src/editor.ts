// The page of the endpoint: the form's field becomes an editor, and queries run in place.
import { type Answer, Refusal, addressOf, ask } from "./editor/asking";
import { keep } from "./editor/history";
import { type Format, showAnswer, showRefusal } from "./editor/outcome";
import { panels } from "./editor/panels";
import { Surface } from "./editor/surface";
import { Lists } from "./editor/vocabulary";
import { h } from "./results/dom";
import type { ResultView } from "./results/view";
import { gettext, ngettext, number, woven } from "./words";

// Each key as it is written on it, by what it does.
const KEYS = { run: "Ctrl-Enter", complete: "Ctrl-Space", format: "Alt-Shift-F", next: "F8", mend: "Alt-Enter", leave: "Tab" };

function start(form: HTMLFormElement, area: HTMLElement): void {
  const field = form.querySelector("textarea");
  const choice = form.querySelector<HTMLSelectElement>("select[name=format]");
  const button = form.querySelector<HTMLButtonElement>("button:not([type])");
  const row = button?.parentElement;
  if (!field || !choice || !button || !row) return;
  const root = form.dataset["root"] ?? "";
  const meanings = JSON.parse(form.dataset["meant"] ?? "{}") as Record<string, string>;
  const lists = new Lists(root);
  const formats = { rows: formatsIn(choice, 0), graph: formatsIn(choice, 1) };

  const status = h("p", { class: "ed-status", role: "status" });
  const clock = h("span", { class: "ed-clock", "aria-hidden": "true" });
  const cancel = h("button", { type: "button", class: "ed-tool", hidden: true }, gettext("Cancel"));
  const problem = h("p", { class: "ed-problem", role: "status" });
  const refused = h("div", { role: "alert" });
  const host = h("div", { class: "ed-editor" });
  let view: ResultView | null = null;
  let running: AbortController | null = null;
  const say = (sentence: string): void => {
    status.textContent = sentence;
  };

  const surface = new Surface({
    host,
    text: field.value.replace(/\s+$/, "\n"),
    label: gettext("SPARQL query. Control Enter runs it, Tab leaves the editor."),
    lists,
    onRun: () => form.requestSubmit(button),
    onChecked: (fault) => {
      problem.classList.toggle("ed-warning", fault?.stops === false);
      problem.textContent = fault ? gettext("Line %(line)s: %(message)s", { line: fault.line, message: fault.message }) : "";
    },
  });
  const { bar, panel } = panels({
    lists,
    text: () => surface.text,
    address: (text) => addressOf(root, text),
    onChoose: (text) => {
      surface.replace(text);
      surface.focus();
    },
    onFormat: () => say(surface.format() ? gettext("Lines and indents are in order.") : gettext("There was nothing to put in order.")),
    say,
  });
  const keys = h(
    "p",
    { class: "note ed-keys" },
    ...woven<Node>(
      gettext("%(run)s runs, %(complete)s completes, %(format)s formats, %(next)s goes to the next fault, %(mend)s mends it where that is known, %(leave)s leaves the editor."),
      Object.fromEntries(Object.entries(KEYS).map(([act, key]) => [act, h("kbd", {}, key)])),
    ),
  );
  const wrapper = field.closest<HTMLElement>(".field");
  wrapper?.before(bar, panel, host, problem, keys);
  if (wrapper) wrapper.hidden = true;
  field.required = false;
  row.append(cancel, clock, status);
  row.after(refused);
  markFault(form, surface);

  const run = async (remember: boolean): Promise<void> => {
    running?.abort();
    const query = surface.text;
    const own = new AbortController();
    running = own;
    const began = performance.now();
    let bytes = 0;
    const tick = (): void => {
      const [seconds, size] = [secondsSince(began), number(bytes / 1e6, 1)];
      clock.textContent = bytes > 100_000 ? gettext("%(seconds)s s, %(size)s MB", { seconds, size }) : gettext("%(seconds)s s", { seconds });
    };
    const timer = window.setInterval(tick, 200);
    cancel.hidden = false;
    area.classList.add("ed-waiting");
    document.querySelector("#fault")?.remove();
    refused.replaceChildren();
    say(gettext("Running…"));
    try {
      const answer = await ask(root, query, own.signal, (count) => (bytes = count));
      if (own !== running) return;
      if (remember) enter(root, query);
      view?.close();
      view = showAnswer(area, answer, { query, root, formats });
      say(told(answer, secondsSince(began)));
    } catch (error) {
      if (own !== running) return;
      if (own.signal.aborted) {
        say(gettext("Cancelled."));
        return;
      }
      const refusal = error instanceof Refusal ? error : new Refusal(gettext("The server could not be reached; try again."), 0, "", null, null);
      say("");
      if (remember) area.replaceChildren();
      showRefusal(refused, refusal, meanings[refusal.code] ?? "", () => void run(true));
      if (refusal.place) surface.mark(refusal.place.line, refusal.place.column, refusal.sentence);
    } finally {
      clearInterval(timer);
      if (own === running) {
        clock.textContent = "";
        cancel.hidden = true;
        running = null;
        area.classList.remove("ed-waiting");
      }
    }
  };

  cancel.addEventListener("click", () => running?.abort());
  form.addEventListener("submit", (event) => {
    field.value = surface.text;
    if (choice.value !== "html") {
      form.method = addressOf(root, surface.text, choice.value) ? "get" : "post";
      return;
    }
    event.preventDefault();
    if (!surface.text.trim()) say(gettext("There is no query to run."));
    else void run(true);
  });
  window.addEventListener("hashchange", () => view?.follow());
  window.addEventListener("popstate", () => {
    const query = new URLSearchParams(location.search).get("query");
    if (query === null || query === surface.text) return;
    surface.replace(query);
    void run(false);
  });
  if (area.dataset["kind"] && area.dataset["kind"] !== "truth") {
    if (!area.hasAttribute("data-cut")) void run(false);
    else area.prepend(h("p", {}, h("button", { type: "button", class: "rv-button", onclick: () => void run(false) }, gettext("Fetch all rows, to sort, filter and draw them"))));
  }
}

function formatsIn(choice: HTMLSelectElement, group: number): Format[] {
  const options = choice.querySelectorAll("optgroup")[group]?.querySelectorAll("option") ?? [];
  return [...options].map(({ value, text }) => ({ name: value, title: text }));
}

/** Mark the fault that the server found when the page was asked for. */
function markFault(form: HTMLFormElement, surface: Surface): void {
  const { line, column } = form.dataset;
  const message = document.querySelector("#fault")?.textContent;
  if (line && column && message) surface.mark(Number(line), Number(column), message);
}

/** Keep a query that was answered in the history, and its address in the browser's bar. */
function enter(root: string, query: string): void {
  keep(query);
  const address = addressOf(root, query) ?? `${root}/sparql`;
  const here = new URLSearchParams(location.search).get("query");
  if (here !== query) history.pushState(null, "", address + location.hash);
}

function told(answer: Answer, seconds: string): string {
  if (answer.kind === "rows")
    return ngettext("%(num)s row in %(seconds)s seconds.", "%(num)s rows in %(seconds)s seconds.", answer.rows.rows.length, { seconds });
  if (answer.kind === "graph") return gettext("A graph in %(seconds)s seconds.", { seconds });
  return answer.truth ? gettext("Yes in %(seconds)s seconds.", { seconds }) : gettext("No in %(seconds)s seconds.", { seconds });
}

function secondsSince(began: number): string {
  return number((performance.now() - began) / 1000, 1);
}

const form = document.querySelector<HTMLFormElement>("#editor");
const area = document.querySelector<HTMLElement>("#results");
if (form && area) start(form, area);
