// Moving about in a picture: by dragging and pinching, and by buttons for the keyboard.
import { select } from "d3-selection";
import { zoom, zoomIdentity } from "d3-zoom";
import { gettext } from "../words";
import { h } from "./dom";

const STEPS: Record<string, [number, number]> = {
  ArrowLeft: [40, 0],
  ArrowRight: [-40, 0],
  ArrowUp: [0, 40],
  ArrowDown: [0, -40],
};

/** Let a group of an SVG be moved and enlarged; return the buttons that do the same. */
export function movable(
  svg: SVGSVGElement,
  inner: SVGGElement,
  [width, height]: readonly [number, number],
  onScale: (scale: number) => void = () => undefined,
): Node {
  const behaviour = zoom<SVGSVGElement, unknown>()
    .scaleExtent([1, 40])
    .extent([[0, 0], [width, height]])
    .translateExtent([[0, 0], [width, height]])
    .filter((event: Event) => {
      const { ctrlKey, button } = event as MouseEvent;
      return event.type === "wheel" ? ctrlKey : !button; // a plain wheel scrolls the page
    })
    .on("zoom", ({ transform }: { transform: { toString(): string; k: number } }) => {
      inner.setAttribute("transform", transform.toString());
      onScale(transform.k);
    });
  const chosen = select(svg);
  chosen.call(behaviour).on("dblclick.zoom", null);
  const acts: Record<string, () => void> = {
    "+": () => behaviour.scaleBy(chosen, 1.6),
    "-": () => behaviour.scaleBy(chosen, 1 / 1.6),
    "0": () => behaviour.transform(chosen, zoomIdentity),
  };
  // The picture takes the focus too: arrows move what has been enlarged.
  svg.setAttribute("tabindex", "0");
  svg.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.target === svg || event.shiftKey ? STEPS[event.key] : undefined;
    if (!step && !acts[event.key]) return;
    event.preventDefault();
    if (step) behaviour.translateBy(chosen, ...step);
    else acts[event.key]?.();
  });
  const button = (label: string, sign: string, act: () => void): HTMLElement =>
    h("button", { type: "button", class: "rv-button", "aria-label": label, title: label, onclick: act }, sign);
  return h(
    "div",
    { class: "rv-zoom", role: "group", "aria-label": gettext("Size of the picture") },
    button(gettext("Enlarge"), "+", () => acts["+"]?.()),
    button(gettext("Reduce"), "−", () => acts["-"]?.()),
    button(gettext("Whole picture"), "⤢", () => acts["0"]?.()),
  );
}
