// The neighbourhood of a thing, drawn: a click or Enter opens a thing's own neighbours, and closes
// them again. The list beside the drawing does the same.
import { listing, swatch } from "./neighbours/listing";
import { type Answer, Neighbourhood, type Thing, nextTo } from "./neighbours/model";
import { h, s } from "./results/dom";
import { frame } from "./results/figure";
import { type Edge, type Knot, arrange, drawKnots } from "./results/knots";
import { gettext, listed, ngettext, sentences } from "./words";

const MOST = 40;
const MOST_NARROW = 18;
const NARROW = 620;
const SORTS: Record<string, string> = {
  state: gettext("state"),
  person: gettext("person"),
  organization: gettext("organization"),
  place: gettext("place"),
  fact: gettext("fact"),
  source: gettext("source"),
  other: gettext("other"),
};
const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const HELP = gettext("Click a thing, or press Enter on it, to open its neighbours; again to close them. Arrows go from thing to thing, + and − change the size, Shift with an arrow moves the picture.");

async function ask(address: string): Promise<Answer> {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return (await answer.json()) as Answer;
}

class View {
  private readonly knots = new Map<string, Knot>();
  private readonly unfolded = new Set<string>();
  private readonly status = h("p", { class: "rv-status", role: "status" });
  private readonly chosen = h("p", { class: "gv-chosen" });
  private readonly body = h("div", { class: "rv-body" });
  private here: string;
  private width = 0;
  private drawn: Thing[] = [];
  private marks = new Map<string, SVGGElement>();

  constructor(
    host: HTMLElement,
    private readonly model: Neighbourhood,
    private readonly name: string,
  ) {
    this.here = model.centre;
    this.unfolded.add(model.centre);
    host.replaceChildren(h("p", { class: "note" }, HELP), this.status, this.body);
    this.draw();
    this.choose(model.centre);
    this.status.textContent = this.shown("status");
    new ResizeObserver(() => {
      if (this.body.clientWidth !== this.width) this.draw();
    }).observe(this.body);
  }

  private draw(): void {
    this.width = this.body.clientWidth;
    const beside = this.width > 900 ? 21 * 16 + 24 : 0;
    const width = Math.max(280, this.width - beside);
    const height = Math.round(Math.min(640, Math.max(420, width * 0.74)));
    this.drawn = this.model.drawn(width < NARROW ? MOST_NARROW : MOST);
    const [knots, edges] = this.join();
    arrange(knots, edges, width, height);
    const title = gettext("Neighbours of %(thing)s", { thing: this.labelOf(this.model.centre) });
    const sentence = this.told(edges.length);
    this.marks = new Map();
    const { svg, mark, buttons } = drawKnots(knots, edges, { title, sentence, size: [width, height], dress: (knot, group) => this.dress(knot, group) });
    for (const [iri, group] of this.marks) {
      group.addEventListener("focus", () => {
        mark(this.knots.get(iri) ?? null);
        this.choose(iri);
      });
      group.addEventListener("blur", () => mark(null));
    }
    if (!this.marks.has(this.here)) this.choose(this.model.centre);
    const list = listing(this.model, new Set(this.drawn.map(({ iri }) => iri)), this.unfolded, (iri) => void this.turn(iri, "list"));
    const sorts = Object.keys(SORTS).filter((sort) => this.drawn.some((thing) => thing.sort === sort));
    const key = h("ul", { class: "rv-key" }, ...sorts.map((sort) => h("li", {}, swatch(sort), SORTS[sort])));
    const picture = { svg, sentence, key, controls: [buttons, this.chosen], beside: list };
    this.body.replaceChildren(
      frame(picture, {
        title,
        name: `${this.name}-graph`,
        address: () => location.href.replace(/#.*$/, ""),
        say: (text) => (this.status.textContent = text),
      }),
    );
  }

  /** Return the nodes and lines to draw; a new node begins beside an open one that it belongs to. */
  private join(): [Knot[], Edge[]] {
    const knots = this.drawn.map((thing) => {
      const knot = this.knots.get(thing.iri) ?? { id: thing.iri, label: thing.label, href: thing.href, sort: thing.sort, x: 0, y: 0, edges: [] };
      knot.edges = [];
      this.knots.set(thing.iri, knot);
      return knot;
    });
    const drawn = new Set(this.drawn.map(({ iri }) => iri));
    const edges = this.model.between(drawn).flatMap(({ from, to, label }) => {
      const [one, other] = [this.knots.get(from), this.knots.get(to)];
      if (!one || !other) return [];
      const edge = { from: one, to: other, label };
      one.edges.push(edge);
      other.edges.push(edge);
      return [edge];
    });
    const fresh = knots.filter(({ x, y }) => !x && !y);
    const opener = this.knots.get(this.here);
    fresh.forEach((knot, at) => {
      const angle = (2 * Math.PI * at) / fresh.length;
      const [x, y] = opener && (opener.x || opener.y) ? [opener.x, opener.y] : [400, 300];
      const far = knot.id === this.model.centre ? 0 : 90 + 20 * (at % 3);
      [knot.x, knot.y] = [x + far * Math.cos(angle), y + far * Math.sin(angle)];
    });
    for (const iri of this.knots.keys()) if (!drawn.has(iri)) this.knots.delete(iri);
    return [knots, edges];
  }

  private dress(knot: Knot, group: SVGGElement): SVGElement {
    const thing = this.model.thing(knot.id);
    const isOpen = this.model.isOpen(knot.id);
    const notes = listed([knot.label, thing?.kind, thing?.when, ngettext("%(num)s line", "%(num)s lines", knot.edges.length)]);
    group.classList.add("gv-knot");
    if (isOpen) group.classList.add("gv-open");
    for (const [name, value] of Object.entries({
      role: "button",
      tabindex: knot.id === this.here ? "0" : "-1",
      "aria-expanded": String(isOpen),
      "data-iri": knot.id,
    }))
      group.setAttribute(name, value);
    group.querySelector("title")?.remove();
    group.prepend(s("title", {}, notes));
    group.addEventListener("click", () => void this.turn(knot.id, "picture"));
    group.addEventListener("keydown", (event) => this.pressed(event, knot));
    this.marks.set(knot.id, group);
    return group;
  }

  private pressed(event: KeyboardEvent, knot: Knot): void {
    if (event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    const way = ARROWS[event.key];
    const next = way ? nextTo(knot, this.knots.values(), way) : null;
    if (event.key === "Enter" || event.key === " ") void this.turn(knot.id, "picture");
    else if (event.key === "Home") this.marks.get(this.model.centre)?.focus();
    else if (next) this.marks.get(next.id)?.focus();
    else if (!way) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Make a thing the one that the keyboard comes back to, and say what can be done with it. */
  private choose(iri: string): void {
    this.marks.get(this.here)?.setAttribute("tabindex", "-1");
    this.here = iri;
    this.marks.get(iri)?.setAttribute("tabindex", "0");
    const thing = this.model.thing(iri);
    if (!thing) return;
    const notes = listed([thing.kind, thing.when]);
    const isCentre = iri === this.model.centre;
    this.chosen.replaceChildren(
      swatch(thing.sort),
      h("a", { href: thing.href }, thing.label),
      h("span", { class: "quiet" }, notes),
      isCentre ? "" : h("a", { class: "gv-own", href: thing.graph }, gettext("its own graph")),
    );
  }

  private async turn(iri: string, from: "list" | "picture"): Promise<void> {
    const thing = this.model.thing(iri);
    if (!thing) return;
    this.choose(iri);
    if (iri === this.model.centre) {
      this.status.textContent = gettext("%(thing)s stays open: all the others hang on it.", { thing: thing.label });
      return;
    }
    let sentence: string;
    if (this.model.isOpen(iri)) {
      const gone = this.model.close(iri);
      sentence = ngettext("%(thing)s is closed; %(num)s thing taken away.", "%(thing)s is closed; %(num)s things taken away.", gone, { thing: thing.label });
    } else {
      this.status.textContent = gettext("Fetching the neighbours of %(thing)s…", { thing: thing.label });
      try {
        const answer = this.model.known(iri) ?? (await ask(`${thing.graph}.json`));
        const added = this.model.open(answer);
        this.unfolded.add(iri);
        sentence = ngettext(
          "%(thing)s is open: %(num)s neighbour, %(added)s of them new.",
          "%(thing)s is open: %(num)s neighbours, %(added)s of them new.",
          answer.nodes.length - 1,
          { thing: thing.label, added },
        );
      } catch {
        this.status.textContent = gettext("The neighbours of %(thing)s could not be fetched; try again.", { thing: thing.label });
        return;
      }
    }
    this.draw();
    this.choose(iri);
    if (from === "picture") this.marks.get(this.here)?.focus();
    else this.body.querySelector<HTMLElement>(`.gv-turn[data-iri="${CSS.escape(iri)}"]`)?.focus();
    this.status.textContent = sentences(sentence, this.shown("status"));
  }

  private shown(place: "status" | "picture"): string {
    const [drawn, all] = [this.drawn.length, this.model.size];
    if (drawn === all) return ngettext("%(num)s thing is drawn.", "All %(num)s things are drawn.", all);
    return place === "status"
      ? ngettext("%(drawn)s of %(num)s thing is drawn; the list has the others.", "%(drawn)s of %(num)s things are drawn; the list has the others.", all, { drawn })
      : ngettext("%(drawn)s of %(num)s thing is drawn; the others stand in the list.", "%(drawn)s of %(num)s things are drawn; the others stand in the list.", all, { drawn });
  }

  private told(lines: number): string {
    const things = listed(this.model.openOnes.map((iri) => this.labelOf(iri)));
    return sentences(
      gettext("Open: %(things)s.", { things }),
      this.shown("picture"),
      ngettext("%(num)s line between them.", "%(num)s lines between them.", lines),
    );
  }

  private labelOf(iri: string): string {
    return this.model.thing(iri)?.label ?? "";
  }
}

const host = document.querySelector<HTMLElement>("[data-graph]");
if (host?.querySelector("li")) {
  const { graph = "", name = "" } = host.dataset;
  ask(graph).then(
    (answer) => new View(host, new Neighbourhood(answer), name),
    () => undefined, // the list that the server made stays as it is
  );
}
