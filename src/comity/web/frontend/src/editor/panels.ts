// What opens above the editor: examples, the queries run before, and the address to share.
import { folded } from "../folding";
import { clipped, h } from "../results/dom";
import { copy } from "../results/figure";
import { figures, gettext, language, ngettext } from "../words";
import { forget, runs } from "./history";
import type { Example, Lists } from "./vocabulary";

interface Wishes {
  lists: Lists;
  /** The query as it is written now. */
  text: () => string;
  /** The address of a query, or null if it is too long for one. */
  address: (text: string) => string | null;
  onChoose: (text: string) => void;
  onFormat: () => void;
  say: (sentence: string) => void;
}

/** Return the bar of buttons and the panel that they open. */
export function panels(wishes: Wishes): { bar: HTMLElement; panel: HTMLElement } {
  const panel = h("div", { class: "ed-panel", id: "ed-panel", hidden: true, role: "region" });
  const buttons: HTMLButtonElement[] = [];
  const close = (): void => {
    panel.hidden = true;
    for (const button of buttons) if (button.hasAttribute("aria-expanded")) button.setAttribute("aria-expanded", "false");
  };
  const choose = (text: string): void => {
    close();
    wishes.onChoose(text);
  };
  const opener = (label: string, fill: () => Node | Promise<Node>): HTMLButtonElement => {
    const button = h("button", { type: "button", class: "ed-tool", "aria-expanded": "false", "aria-controls": "ed-panel" }, label);
    button.addEventListener("click", async () => {
      const opens = button.getAttribute("aria-expanded") !== "true";
      close();
      if (!opens) return;
      button.setAttribute("aria-expanded", "true");
      panel.setAttribute("aria-label", label);
      panel.hidden = false;
      panel.replaceChildren(h("p", { class: "note" }, gettext("Fetching…")));
      const content = await fill();
      if (button.getAttribute("aria-expanded") !== "true") return;
      panel.replaceChildren(content);
      panel.querySelector<HTMLElement>("input, button")?.focus();
    });
    return button;
  };
  panel.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    const open = buttons.find((button) => button.getAttribute("aria-expanded") === "true");
    close();
    open?.focus();
  });
  const order = h("button", { type: "button", class: "ed-tool", onclick: wishes.onFormat }, gettext("Format"));
  buttons.push(
    opener(gettext("Examples"), () => examplePanel(wishes.lists, choose)),
    opener(gettext("History"), () => historyPanel(choose)),
    order,
    opener(gettext("Share"), () => sharePanel(wishes)),
  );
  return { bar: h("div", { class: "ed-bar", role: "group", "aria-label": gettext("Query") }, ...buttons), panel };
}

async function examplePanel(lists: Lists, choose: (text: string) => void): Promise<Node> {
  let examples: Example[];
  try {
    examples = await lists.examples();
  } catch {
    return h("p", {}, gettext("The examples could not be fetched; try again."));
  }
  const list = h("div", { class: "ed-columns" });
  const field = h("input", { type: "search", id: "ed-words", autocomplete: "off" });
  const fill = (): void => {
    const words = folded(field.value).split(/\s+/).filter(Boolean);
    const kept = examples.filter((each) => {
      const line = folded(`${each.title} ${each.subject} ${each.slug}`);
      return words.every((word) => line.includes(word));
    });
    const subjects = [...new Set(kept.map(({ subject }) => subject))].sort((one, other) => one.localeCompare(other, language));
    list.replaceChildren(
      ...subjects.map((subject) =>
        h(
          "div",
          {},
          h("h2", { class: "ed-subject" }, subject.replaceAll("-", " ")),
          h(
            "ul",
            { class: "plain" },
            ...kept
              .filter((each) => each.subject === subject)
              .map(({ title, text }) => h("li", {}, h("button", { type: "button", class: "ed-choice", onclick: () => choose(text) }, title))),
          ),
        ),
      ),
      ...(kept.length ? [] : [h("p", {}, gettext("No question holds these words."))]),
    );
  };
  field.addEventListener("input", fill);
  fill();
  return h("div", {}, h("div", { class: "field" }, h("label", { for: "ed-words" }, ngettext("Words of one of %(num)s question", "Words of one of %(num)s questions", examples.length)), field), h("div", { class: "ed-list" }, list));
}

function historyPanel(choose: (text: string) => void): Node {
  const kept = runs();
  if (!kept.length) return h("p", {}, gettext("No query was run in this browser yet. What you run is kept here, and nowhere else."));
  const when = new Intl.DateTimeFormat(figures, { dateStyle: figures === language ? "medium" : "short", timeStyle: "short" });
  const clear = h("button", { type: "button", class: "ed-tool" }, gettext("Clear the history"));
  const list = h(
    "ul",
    { class: "plain ed-list" },
    ...kept.map(({ text, at }) =>
      h(
        "li",
        {},
        h("button", { type: "button", class: "ed-choice ed-past", onclick: () => choose(text) }, h("code", {}, clipped(gist(text), 110)), h("span", { class: "note" }, when.format(at))),
      ),
    ),
  );
  const panel = h("div", {}, h("p", { class: "note" }, gettext("Kept in this browser, and nowhere else.")), list, clear);
  clear.addEventListener("click", () => {
    forget();
    panel.replaceChildren(h("p", { role: "status" }, gettext("The history is empty.")));
  });
  return panel;
}

/** Return what tells a query from others: its text without prefixes, comments and line breaks. */
function gist(text: string): string {
  return text
    .replace(/^\s*(?:PREFIX\s+\S*\s*<[^>]*>|BASE\s*<[^>]*>|#.*)\s*$/gim, "")
    .replace(/\s+/g, " ")
    .trim();
}

function sharePanel({ text, address, say }: Wishes): Node {
  const path = address(text());
  if (!path) return h("p", {}, gettext("This query is too long for an address; save it as a file instead."));
  const field = h("input", { id: "ed-address", readonly: true, value: new URL(path, location.href).href });
  const button = h("button", { type: "button", onclick: () => void copy(field, say) }, gettext("Copy"));
  return h(
    "div",
    { class: "row" },
    h("div", { class: "field grow" }, h("label", { for: "ed-address" }, gettext("Address of this query with its answer")), field),
    button,
  );
}
