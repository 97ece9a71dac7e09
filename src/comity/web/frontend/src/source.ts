// Who has the text of a source can see each sentence beside what it gave. The file is read and
// hashed here and goes nowhere.
import { compare, type Compared, type Place } from "./source/passages";
import { gettext, ngettext } from "./words";

const holder = document.querySelector<HTMLElement>("[data-compare]");
const rows = [...document.querySelectorAll<HTMLTableRowElement>("tr[data-sha256]")];

if (holder && rows.length > 0 && crypto.subtle) build(holder);

function build(box: HTMLElement): void {
  box.className = "compare";
  const title = make("h2", gettext("Compare with the text"));
  title.id = "compare";
  box.setAttribute("role", "region");
  box.setAttribute("aria-labelledby", title.id);
  const about = make(
    "p",
    gettext("If you have the text of this source, choose the file or drop it here: your browser cuts each passage by its position, checks its hash, and shows the sentence beside its facts. The text does not leave your browser."),
  );
  const label = make("label", gettext("File with the text"));
  const input = document.createElement("input");
  input.type = "file";
  input.id = "compare-file";
  input.accept = ".txt,.md,text/plain";
  label.htmlFor = input.id;
  const found = make("p", "");
  found.className = "compare-found";
  found.setAttribute("role", "status");
  box.append(title, about, label, input, found);

  const read = async (file: File | undefined | null): Promise<void> => {
    if (!file) return;
    const results = await compare(await file.text(), rows.map(place));
    rows.forEach((row, at) => show(row, results[at]));
    found.textContent = say(results, file.name);
  };
  input.addEventListener("change", () => void read(input.files?.[0]));
  box.addEventListener("dragover", (event) => {
    event.preventDefault();
    box.classList.add("over");
  });
  box.addEventListener("dragleave", () => box.classList.remove("over"));
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    box.classList.remove("over");
    void read(event.dataTransfer?.files[0]);
  });
}

function place(row: HTMLTableRowElement): Place {
  const { start = "0", end = "0", sha256 = "" } = row.dataset;
  return { start: Number(start), end: Number(end), sha256 };
}

function show(row: HTMLTableRowElement, result: Compared | undefined): void {
  row.querySelector(".compared")?.remove();
  const cell = row.cells[row.cells.length - 1];
  if (!result || !cell) return;
  const quote = make("blockquote", result.same ? result.text : gettext("The text differs here."));
  quote.className = result.same ? "compared" : "compared other";
  cell.prepend(quote);
}

function say(results: Compared[], name: string): string {
  const same = results.filter((each) => each.same).length;
  if (same === results.length)
    return ngettext("%(file)s: the %(num)s passage has the hash on record.", "%(file)s: all %(num)s passages have the hash on record.", same, { file: name });
  if (same === 0) return gettext("%(file)s is another text: no passage has the hash on record.", { file: name });
  return ngettext(
    "%(file)s: %(same)s of %(num)s passage has the hash on record; the others are marked.",
    "%(file)s: %(same)s of %(num)s passages have the hash on record; the others are marked.",
    results.length,
    { file: name, same },
  );
}

function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  text: string,
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
