// The page of the endpoint: the form's field becomes an editor, and queries run in place.
import { type Answer, Refusal, addressOf, ask } from "./editor/asking";
import { keep } from "./editor/history";
import { type Format, showAnswer, showRefusal } from "./editor/outcome";
import { panels } from "./editor/panels";
import { Surface } from "./editor/surface";
import { Lists } from "./editor/vocabulary";
import { counted, h } from "./results/dom";
import type { ResultView } from "./results/view";

const LABEL = "SPARQL query. Control Enter runs it, Tab leaves the editor.";
const KEYS = [
  ...["Ctrl-Enter", " runs, ", "Ctrl-Space", " completes, ", "Alt-Shift-F", " formats, "],
  ...["F8", " goes to the next fault, ", "Alt-Enter", " mends it where that is known, "],
  ...["Tab", " leaves the editor."],
];

function start(form: HTMLFormElement, area: HTMLElement): void {
  const field = form.querySelector("textarea");
  const choice = form.querySelector<HTMLSelectElement>("select[name=format]");
  const button = form.querySelector<HTMLButtonElement>("button:not([type])");
  const row = button?.parentElement;
  if (!field || !choice || !button || !row) return;
  const root = form.dataset["root"] ?? "";
  const lists = new Lists(root);
  const formats = { rows: formatsIn(choice, 0), graph: formatsIn(choice, 1) };

  const status = h("p", { class: "ed-status", role: "status" });
  const clock = h("span", { class: "ed-clock", "aria-hidden": "true" });
  const cancel = h("button", { type: "button", class: "ed-tool", hidden: true }, "Cancel");
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
    label: LABEL,
    lists,
    onRun: () => form.requestSubmit(button),
    onChecked: (fault) => {
      problem.classList.toggle("ed-warning", fault?.stops === false);
      problem.textContent = fault ? `Line ${fault.line}: ${fault.message}` : "";
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
    onFormat: () => say(surface.format() ? "Lines and indents are in order." : "There was nothing to put in order."),
    say,
  });
  const keys = h(
    "p",
    { class: "note ed-keys" },
    ...KEYS.map((text, at) => (at % 2 ? text : h("kbd", {}, text))),
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
      const size = bytes > 100_000 ? `, ${(bytes / 1e6).toFixed(1)} MB` : "";
      clock.textContent = `${((performance.now() - began) / 1000).toFixed(1)} s${size}`;
    };
    const timer = window.setInterval(tick, 200);
    cancel.hidden = false;
    area.classList.add("ed-waiting");
    document.querySelector("#fault")?.remove();
    refused.replaceChildren();
    say("Running…");
    try {
      const answer = await ask(root, query, own.signal, (count) => (bytes = count));
      if (own !== running) return;
      if (remember) enter(root, query);
      view?.close();
      view = showAnswer(area, answer, { query, root, formats });
      say(`${told(answer)} in ${((performance.now() - began) / 1000).toFixed(1)} seconds.`);
    } catch (error) {
      if (own !== running) return;
      if (own.signal.aborted) {
        say("Cancelled.");
        return;
      }
      const refusal = error instanceof Refusal ? error : new Refusal("The server could not be reached; try again.", 0, "", null, null);
      say("");
      if (remember) area.replaceChildren();
      showRefusal(refused, refusal, () => void run(true));
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
    if (!surface.text.trim()) say("There is no query to run.");
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
    else area.prepend(h("p", {}, h("button", { type: "button", class: "rv-button", onclick: () => void run(false) }, "Fetch all rows, to sort, filter and draw them")));
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

function told(answer: Answer): string {
  if (answer.kind === "rows") return counted(answer.rows.rows.length, "row");
  return answer.kind === "truth" ? (answer.truth ? "Yes" : "No") : "A graph";
}

const form = document.querySelector<HTMLFormElement>("#editor");
const area = document.querySelector<HTMLElement>("#results");
if (form && area) start(form, area);
