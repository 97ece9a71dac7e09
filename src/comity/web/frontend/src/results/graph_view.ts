// A graph as an answer: its Turtle, and its triples in all the views of a result.
import { gettext } from "../words";
import { asRows, readTriples } from "./data";
import { h } from "./dom";
import { type Options, ResultView, viewInAddress } from "./view";

interface Wishes extends Options {
  /** Get the same graph as N-Triples. */
  triples: () => Promise<string>;
}

/** Show Turtle in an element, with a button for the triples, which are fetched when it is pressed. */
export function showGraph(host: HTMLElement, turtle: Node, wishes: Wishes): void {
  const below = h("div");
  const status = h("p", { class: "rv-status", role: "status" });
  const asText = h("button", { type: "button", class: "rv-view" }, "Turtle");
  const asTriples = h("button", { type: "button", class: "rv-view" }, gettext("Triples"));
  const press = (triples: boolean): void => {
    asText.setAttribute("aria-pressed", String(!triples));
    asTriples.setAttribute("aria-pressed", String(triples));
  };
  const text = (): void => {
    press(false);
    below.replaceChildren(turtle);
  };
  const open = async (): Promise<void> => {
    press(true);
    status.textContent = gettext("Fetching the triples…");
    try {
      const rows = asRows(readTriples(await wishes.triples()));
      status.textContent = "";
      new ResultView(below, rows, wishes);
    } catch {
      status.textContent = gettext("The triples could not be fetched; try again.");
      text();
    }
  };
  asText.addEventListener("click", text);
  asTriples.addEventListener("click", () => void open());
  host.replaceChildren(
    h("div", { class: "rv-bar" }, h("div", { class: "rv-views", role: "group", "aria-label": gettext("Graph as") }, asText, asTriples)),
    status,
    below,
  );
  if (viewInAddress() === "table") text();
  else void open();
}
