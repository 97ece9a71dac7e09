// The neighbours as a list: it says all that the drawing shows, and what there was no room for.
import { type Child, h, s } from "../results/dom";
import { signOf } from "../results/knots";
import { gettext, listed, ngettext, number } from "../words";
import type { Neighbourhood, Thing } from "./model";

const FEW = 12; // a group of more things is folded at first

/**
 * Return the list of what is open, each with its neighbours; `turn` opens and closes a thing, and
 * `unfolded` keeps from one list to the next what people unfolded or folded.
 */
export function listing(
  model: Neighbourhood,
  drawn: ReadonlySet<string>,
  unfolded: Set<string>,
  turn: (iri: string) => void,
): HTMLElement {
  const line = (thing: Thing): HTMLElement => {
    const isOpen = model.isOpen(thing.iri);
    const notes = listed([thing.kind, thing.when, drawn.has(thing.iri) ? "" : gettext("not drawn")]);
    const button = h(
      "button",
      { type: "button", class: "gv-turn", "data-iri": thing.iri, "aria-expanded": String(isOpen), onclick: () => turn(thing.iri) },
      swatch(thing.sort),
      h("span", {}, h("span", { class: "gv-name" }, thing.label), " ", h("span", { class: "quiet" }, notes)),
    );
    button.disabled = thing.iri === model.centre;
    return h("li", {}, button, h("a", { class: "gv-page", href: thing.href, "aria-label": gettext("page of %(thing)s", { thing: thing.label }) }, gettext("page")));
  };
  const part = (iri: string): Child => {
    const thing = model.thing(iri);
    if (!thing) return null;
    const groups = model.groups(iri);
    const count = new Set(groups.flatMap(({ things }) => things.map((each) => each.iri))).size;
    const whole = h(
      "details",
      { class: "gv-part", open: unfolded.has(iri) },
      h("summary", {}, h("strong", {}, thing.label), " ", ngettext("%(num)s neighbour", "%(num)s neighbours", count)),
      ...groups.map(({ label, outward, things }) => {
        const name = `${iri}\n${outward}\n${label}`;
        const group = h(
          "details",
          { class: "gv-group", open: unfolded.has(name) !== things.length <= FEW },
          h("summary", {}, h("span", { "aria-hidden": "true" }, outward ? "→ " : "← "), outward ? label : gettext("as %(property)s", { property: label }), h("span", { class: "rv-degree" }, ` ${number(things.length)}`)),
          h("ul", { class: "plain" }, ...things.map(line)),
        );
        group.addEventListener("toggle", () => (group.open === things.length <= FEW ? unfolded.delete(name) : unfolded.add(name)));
        return group;
      }),
    );
    whole.addEventListener("toggle", () => (whole.open ? unfolded.add(iri) : unfolded.delete(iri)));
    return whole;
  };
  return h(
    "section",
    { class: "rv-list gv-list", "aria-label": gettext("The same as a list") },
    h("h2", {}, gettext("As a list")),
    h("div", { class: "gv-parts" }, ...[...model.openOnes].reverse().map(part)),
  );
}

/** Return the sign of a sort of thing, as large as a letter. */
export function swatch(sort: string): SVGElement {
  return s("svg", { class: "gv-swatch", viewBox: "-8 -8 16 16", width: 15, height: 15, "aria-hidden": "true" }, signOf(sort, 5.5));
}
