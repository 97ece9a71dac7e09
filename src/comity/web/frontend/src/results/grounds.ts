// Where each row is explained: by the links that the server drew behind it, else by what it names.
import { gettext } from "../words";
import type { Row } from "./data";
import { h } from "./dom";
import { ID, hrefOf } from "./links";

interface Ground {
  href: string | null;
  /** The ordinals of its sentences, each leading to its passage. */
  cited: Element[];
}

const FIRST: readonly string[] = ["fact", "thing", "about", "claim", "occasion"];

/** Knows what the rows of one result rest on. */
export class Grounds {
  private readonly known = new Map<Row, Ground>();

  constructor(
    private readonly names: readonly string[],
    private readonly root: string,
    private readonly otherwise: string | null,
  ) {}

  /** Learn the links of the table that the server drew of the first rows. */
  learn(rows: readonly Row[], host: Element): void {
    const drawn = [...host.querySelectorAll("tbody tr")];
    rows.forEach((row, place) => {
      const line = drawn[place];
      if (!line) return;
      const href = line.querySelector("td.whence a")?.getAttribute("href") ?? null;
      this.known.set(row, { href, cited: [...line.querySelectorAll("td.cited a")] });
    });
  }

  /** Return the address that explains a row, or null. */
  href(row: Row): string | null {
    const learnt = this.known.get(row)?.href;
    if (learnt) return learnt;
    const iri = this.thing(row);
    const address = iri === null ? this.otherwise : hrefOf(iri, this.root);
    return iri !== null && address && iri.startsWith(ID) && !address.includes("#") ? `${address}#why` : address;
  }

  /** Return the mark that leads to what explains a row, called after it. */
  mark(row: Row, of: string): Node | null {
    const href = this.href(row);
    return href ? h("a", { class: "why", href }, gettext("why?"), h("span", { class: "hidden" }, ` ${of}`)) : null;
  }

  /** Return the ordinals of a row's sentences as links, as far as they are known. */
  cited(row: Row): Node[] {
    const links = this.known.get(row)?.cited ?? [];
    return links.flatMap((link, place) => [...(place ? [document.createTextNode(" ")] : []), link.cloneNode(true)]);
  }

  private thing(row: Row): string | null {
    const things = this.names.map((_, at) => (row[at]?.type === "uri" ? (row[at]?.value ?? "") : ""));
    for (const name of FIRST) {
      const iri = things[this.names.indexOf(name)];
      if (iri?.startsWith(ID)) return iri;
    }
    return things.find((iri) => iri.startsWith(ID)) ?? null;
  }
}
