// Suggestions under a search field as one types: the combobox of the ARIA practices, with the
// input that is there without a script. Enter goes to the marked match, or searches for the text.

import { gettext } from "../words";

interface Match {
  label: string;
  href: string;
  kind: string;
  group: string;
  matched: string;
  language: string;
}

const PAUSE = 120; // milliseconds without a key before one asks
let number = 0;

export function suggest(input: HTMLInputElement): void {
  const address = input.dataset["suggest"];
  const holder = input.parentElement;
  if (!address || !holder) return;
  const list = document.createElement("div");
  list.id = `suggestions-${++number}`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", gettext("Matches"));
  list.hidden = true;
  holder.classList.add("suggesting");
  holder.append(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  let found: Match[] = [];
  let options: HTMLElement[] = [];
  let marked = -1;
  let timer = 0;
  let asked: AbortController | undefined;

  const close = (): void => {
    asked?.abort();
    window.clearTimeout(timer);
    list.hidden = true;
    marked = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (next: number): void => {
    marked = next;
    options.forEach((item, at) => {
      item.setAttribute("aria-selected", String(at === marked));
      if (at === marked) item.scrollIntoView({ block: "nearest" });
    });
    if (marked < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", `${list.id}-${marked}`);
  };
  const show = (matches: Match[]): void => {
    found = matches;
    options = matches.map((match, at) => entry(match, `${list.id}-${at}`));
    list.replaceChildren(...grouped(matches, options));
    list.hidden = matches.length === 0;
    input.setAttribute("aria-expanded", String(matches.length > 0));
    mark(-1);
  };
  const ask = async (): Promise<void> => {
    asked?.abort();
    asked = new AbortController();
    try {
      const query = new URLSearchParams({ q: input.value.trim() });
      const answer = await fetch(`${address}?${query}`, { signal: asked.signal });
      if (answer.ok) show(((await answer.json()) as { results: Match[] }).results);
    } catch (error) {
      if (!(error instanceof DOMException)) close();
    }
  };

  input.addEventListener("input", () => {
    window.clearTimeout(timer);
    if (input.value.trim() === "") close();
    else timer = window.setTimeout(() => void ask(), PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown") mark((marked + 2) % (found.length + 1) - 1);
    else if (event.key === "ArrowUp") mark((marked + found.length + 1) % (found.length + 1) - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter") {
      const match = found[marked];
      if (!match) return;
      location.assign(match.href);
    } else return;
    event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => {
    const match = found[options.findIndex((each) => each.contains(event.target as Node))];
    if (!match) return;
    event.preventDefault();
    location.assign(match.href);
  });
  input.addEventListener("blur", close);
}

// The entries under the headings of their sorts, which come one after the other.
function grouped(matches: Match[], options: HTMLElement[]): HTMLElement[] {
  const groups: HTMLElement[] = [];
  matches.forEach((match, at) => {
    if (match.group !== matches[at - 1]?.group) {
      const group = document.createElement("div");
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", match.group);
      const title = document.createElement("div");
      title.className = "suggestions-title";
      title.setAttribute("aria-hidden", "true");
      title.append(match.group);
      group.append(title);
      groups.push(group);
    }
    const option = options[at];
    if (option) groups.at(-1)?.append(option);
  });
  return groups;
}

function entry(match: Match, id: string): HTMLElement {
  const item = document.createElement("div");
  item.id = id;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.append(match.label);
  const note = document.createElement("span");
  note.className = "quiet";
  note.append(match.kind);
  if (match.matched) {
    const name = document.createElement("span");
    if (match.language) name.lang = match.language;
    name.append(match.matched);
    note.append(" · ", name);
  }
  item.append(note);
  return item;
}
