// One result in all its views: table, chart, timeline, map and graph, as its columns allow.
import { gettext, ngettext } from "../words";
import { Cells, filtered, sorted } from "./cells";
import type { Row, Rows } from "./data";
import { h, unique } from "./dom";
import { frame } from "./figure";
import { Grounds } from "./grounds";
import type { Picture, Scene } from "./picture";
import { findPlaces } from "./places";
import { type Column, type Coordinates, type View, columnsOf, viewsOf } from "./shape";
import { type Order, drawTable } from "./table";
import { Telling } from "./telling";

export interface Options {
  title: string;
  /** The stem of the names of files. */
  name: string;
  /** The path of the site behind a proxy, empty at the root. */
  root: string;
  /** The address that asks the same again, without its fragment. */
  address: () => string;
  /** What the page calls the columns, by their names. */
  titles?: ReadonlyMap<string, string>;
  /** Where a row is explained that names nothing: the text of the query on the same page. */
  text?: string;
  /** Get the rows behind these, if there are more. */
  more?: (() => Promise<{ rows: Rows; more: boolean }>) | undefined;
}

const NAMES: Record<View, string> = {
  table: gettext("Table"),
  chart: gettext("Chart"),
  timeline: gettext("Timeline"),
  map: gettext("Map"),
  graph: gettext("Graph"),
};

type Draw = (scene: Scene) => Picture;

const DRAWERS: Record<Exclude<View, "table">, () => Promise<{ draw: Draw }>> = {
  chart: () => import("./chart"),
  timeline: () => import("./timeline"),
  map: () => import("./map"),
  graph: () => import("./network"),
};

/** Return the view that the address names. */
export function viewInAddress(): string {
  return new URLSearchParams(location.hash.slice(1)).get("view") ?? "table";
}

/** Shows a result inside an element, and lets people choose how. */
export class ResultView {
  private rows: Row[];
  private readonly names: string[];
  private readonly columns: Column[];
  private readonly cells: Cells;
  private readonly telling: Telling;
  private readonly places = new Map<string, Coordinates>();
  /** Whether the server has drawn the result already, without a map of its things. */
  private readonly isDrawn: boolean;
  private readonly views: View[];
  private readonly memory = new Map<string, string>();
  private readonly stop = new AbortController();
  private readonly body = h("div", { class: "rv-body" });
  private readonly status = h("p", { class: "rv-status", role: "status", id: unique("rv-status") });
  private readonly buttons = new Map<View, HTMLButtonElement>();
  private readonly filter = h("input", { type: "search", autocomplete: "off", maxlength: 200 });
  private order: Order | null = null;
  private view: View = "table";
  private drawing = 0;
  private width = 0;

  constructor(
    private readonly host: HTMLElement,
    { columns, rows }: Rows,
    private readonly options: Options,
  ) {
    this.rows = rows;
    this.names = columns;
    this.columns = columnsOf({ columns, rows }, options.titles);
    const { root } = options;
    this.telling = new Telling(root);
    this.isDrawn = this.telling.learn({ columns, rows }, host);
    this.cells = new Cells(root, this.telling, new Grounds(columns, root, options.text ?? null));
    this.cells.grounds.learn(rows, host);
    this.views = viewsOf(this.columns, rows);
    const asked = this.views.find((view) => view === viewInAddress());
    host.replaceChildren(this.bar(), this.status, this.body);
    void this.show(asked ?? "table");
    void this.findOut();
    new ResizeObserver(() => {
      const { clientWidth } = this.body;
      if (this.view === "table" || clientWidth === this.width) return;
      void this.draw();
    }).observe(this.body);
  }

  /** Show the view that the address names now. */
  follow(): void {
    const asked = this.views.find((view) => view === viewInAddress()) ?? "table";
    if (asked !== this.view) void this.show(asked);
  }

  /** Stop whatever is still being asked for. */
  close(): void {
    this.stop.abort();
  }

  private bar(): Node {
    const buttons = this.views.map((view) => {
      const button = h("button", { type: "button", class: "rv-view", "aria-pressed": "false" }, NAMES[view]);
      button.addEventListener("click", () => {
        history.replaceState(history.state, "", view === "table" ? location.pathname + location.search : `#view=${view}`);
        void this.show(view);
      });
      this.buttons.set(view, button);
      return button;
    });
    let waiting = 0;
    this.filter.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = window.setTimeout(() => void this.draw(), 120);
    });
    const few = this.rows.length < 2;
    return h(
      "div",
      { class: "rv-bar" },
      this.views.length > 1
        ? h("div", { class: "rv-views", role: "group", "aria-label": gettext("Show as") }, ...buttons)
        : null,
      few ? null : h("label", { class: "rv-filter" }, h("span", {}, gettext("Filter")), this.filter),
    );
  }

  private async show(view: View): Promise<void> {
    this.view = view;
    for (const [name, button] of this.buttons) button.setAttribute("aria-pressed", String(name === view));
    await this.draw();
  }

  private async draw(): Promise<void> {
    this.drawing += 1;
    const drawing = this.drawing;
    const kept = filtered(this.rows, this.columns, this.cells, this.filter.value);
    const rows = this.order
      ? sorted(kept, this.order.column, this.cells, this.order.descending)
      : kept;
    this.say(this.rows.length ? this.count(rows.length) : "");
    if (!rows.length) {
      this.body.replaceChildren(h("p", {}, this.rows.length ? gettext("No row holds these words.") : gettext("No rows: nothing in the graph matches.")));
      return;
    }
    if (this.view === "table") {
      this.body.replaceChildren(this.table(rows), ...this.rest());
      return;
    }
    const { draw } = await DRAWERS[this.view]();
    if (drawing !== this.drawing) return;
    this.width = this.body.clientWidth;
    const beside = this.view === "graph" && this.width > 900 ? 300 : 0;
    const picture = draw({
      title: gettext("%(view)s: %(title)s", { view: NAMES[this.view], title: this.options.title }),
      columns: this.columns,
      rows,
      cells: this.cells,
      width: Math.max(280, this.width - beside),
      redraw: () => void this.draw(),
      memory: this.memory,
      places: this.places,
    });
    const about = {
      title: this.options.title,
      name: `${this.options.name}-${this.view}`,
      address: () => `${this.options.address()}#view=${this.view}`,
      say: (sentence: string) => this.say(sentence),
    };
    this.body.replaceChildren(frame(picture, about), ...this.rest());
  }

  private table(rows: readonly Row[]): HTMLElement {
    return drawTable({
      columns: this.columns,
      rows,
      cells: this.cells,
      labelledBy: this.status.id,
      order: this.order,
      onSort: (order) => {
        const at = order?.column.at ?? this.order?.column.at;
        this.order = order;
        void this.draw();
        const place = this.columns.findIndex((column) => column.at === at);
        this.body.querySelectorAll<HTMLElement>(".rv-sort")[place]?.focus();
      },
    });
  }

  private rest(): Node[] {
    const { more } = this.options;
    if (!more) return [];
    const button = h("button", { type: "button", class: "rv-button" }, gettext("Fetch the rows that follow"));
    button.addEventListener("click", () => {
      button.disabled = true;
      this.say(gettext("Fetching more rows…"));
      more().then(
        (found) => {
          this.rows = [...this.rows, ...found.rows.rows];
          if (!found.more) this.options.more = undefined;
          void this.draw();
          void this.findOut();
        },
        () => {
          button.disabled = false;
          this.say(gettext("The rows that follow could not be fetched; try again."));
        },
      );
    });
    return [h("p", { class: "rv-more" }, h("span", { class: "note" }, gettext("More rows follow."), " "), button)];
  }

  private count(shown: number): string {
    const [all, { more }] = [this.rows.length, this.options];
    if (shown === all)
      return more
        ? ngettext("%(num)s row, more follow.", "%(num)s rows, more follow.", all)
        : ngettext("%(num)s row.", "%(num)s rows.", all);
    return more
      ? ngettext("%(shown)s of %(num)s row, more follow.", "%(shown)s of %(num)s rows, more follow.", all, { shown })
      : ngettext("%(shown)s of %(num)s row.", "%(shown)s of %(num)s rows.", all, { shown });
  }

  private say(sentence: string): void {
    if (this.status.textContent !== sentence) this.status.textContent = sentence;
  }

  /** Ask for what the result leaves out: what its terms are called, and where its things are. */
  private async findOut(): Promise<void> {
    const { root } = this.options;
    const { signal } = this.stop;
    const telling = this.telling.ask(this.columns, this.rows, () => void this.draw(), signal);
    if (!this.isDrawn)
      await findPlaces({ columns: this.names, rows: this.rows }, root, this.places, () => this.offerMap(), signal);
    await telling;
  }

  /** Offer the map of things whose coordinates are known beside the result. */
  private offerMap(): void {
    if (!this.views.includes("map")) {
      this.views.push("map");
      this.host.firstElementChild?.replaceWith(this.bar());
    }
    void this.show(this.views.find((view) => view === viewInAddress()) ?? this.view);
  }
}
