// Which things of the graph are open, which are drawn, and what joins them. Nothing here touches
// the page but its language.
import { language, listed } from "../words";

export interface Thing {
  iri: string;
  label: string;
  kind: string;
  sort: string;
  when: string;
  href: string;
  graph: string;
}

export interface Tie {
  from: string;
  to: string;
  property: string;
  label: string;
}

/** What the server says of one thing: itself first, then its neighbours. */
export interface Answer {
  thing: string;
  nodes: Thing[];
  edges: Tie[];
}

export interface Group {
  label: string;
  outward: boolean;
  things: Thing[];
}

/** A thing, and the neighbours that were asked for, one after the other. */
export class Neighbourhood {
  readonly centre: string;
  private readonly things = new Map<string, Thing>();
  private readonly ties = new Map<string, Tie>();
  private readonly answers = new Map<string, Answer>();
  private opened: string[];

  constructor(answer: Answer) {
    this.centre = answer.thing;
    this.opened = [];
    this.open(answer);
  }

  /** The things that are open, the first one first. */
  get openOnes(): readonly string[] {
    return this.opened;
  }

  /** How many things there are to be drawn. */
  get size(): number {
    return this.all().size;
  }

  thing(iri: string): Thing | undefined {
    return this.things.get(iri);
  }

  isOpen(iri: string): boolean {
    return this.opened.includes(iri);
  }

  /** Return what was said of a thing before, if anything was. */
  known(iri: string): Answer | undefined {
    return this.answers.get(iri);
  }

  /** Open a thing; return how many others came with it. */
  open(answer: Answer): number {
    const before = this.opened.length ? this.size : 0;
    this.answers.set(answer.thing, answer);
    for (const node of answer.nodes) this.things.set(node.iri, node);
    for (const tie of answer.edges) this.ties.set(`${tie.from}\n${tie.property}\n${tie.to}`, tie);
    this.opened = [...this.opened.filter((iri) => iri !== answer.thing), answer.thing];
    return this.size - before;
  }

  /** Close a thing, and those that are joined with the first one only by it; return how many go. */
  close(iri: string): number {
    if (iri === this.centre) return 0;
    const before = this.size;
    const left = this.opened.filter((each) => each !== iri);
    const reached = new Set([this.centre]);
    for (const each of reached) {
      for (const near of this.near(each)) if (left.includes(near)) reached.add(near);
    }
    this.opened = left.filter((each) => reached.has(each));
    return before - this.size;
  }

  /** Return the things to draw, so many at most: those that are open, then their neighbours. */
  drawn(most: number): Thing[] {
    const kept = new Set(this.opened.slice(-most));
    const last = this.opened.at(-1) ?? this.centre;
    const share = this.opened.length > 1 ? Math.ceil(most / 2) : most;
    const take = (from: Iterable<string>, until: number): void => {
      for (const iri of from) {
        if (kept.size >= until) return;
        kept.add(iri);
      }
    };
    take(this.mixed(last), Math.min(most, kept.size + share));
    take(inTurns(this.opened.map((iri) => this.mixed(iri))), most);
    return [...kept].flatMap((iri) => this.things.get(iri) ?? []);
  }

  /** Return what joins some things, one entry a pair and direction. */
  between(iris: ReadonlySet<string>): Tie[] {
    const found = new Map<string, Tie>();
    for (const tie of this.ties.values()) {
      if (!iris.has(tie.from) || !iris.has(tie.to)) continue;
      const key = `${tie.from}\n${tie.to}`;
      const known = found.get(key);
      found.set(key, known ? { ...known, label: listed([known.label, tie.label]) } : tie);
    }
    return [...found.values()];
  }

  /** Return the neighbours of an open thing by property and direction. */
  groups(iri: string): Group[] {
    const found = new Map<string, Group>();
    const answer = this.answers.get(iri);
    const order = new Map(answer?.nodes.map((node, at) => [node.iri, at]));
    for (const { from, to, property, label } of answer?.edges ?? []) {
      if (from !== iri && to !== iri) continue;
      const other = this.things.get(from === iri ? to : from);
      const key = `${from === iri}\n${property}`;
      const group = found.get(key) ?? { label, outward: from === iri, things: [] };
      if (other) group.things.push(other);
      found.set(key, group);
    }
    const rank = (thing: Thing): number => order.get(thing.iri) ?? 0;
    for (const group of found.values()) group.things.sort((one, other) => rank(one) - rank(other));
    return [...found.values()].sort((one, other) => Number(other.outward) - Number(one.outward) || one.label.localeCompare(other.label, language));
  }

  private all(): Set<string> {
    return new Set(this.opened.flatMap((iri) => [iri, ...this.near(iri)]));
  }

  private near(iri: string): string[] {
    return this.answers.get(iri)?.nodes.slice(1).map((node) => node.iri) ?? [];
  }

  /** Return the neighbours of a thing, one of each sort in turn. */
  private mixed(iri: string): string[] {
    const sorts = new Map<string, string[]>();
    for (const each of this.near(iri)) {
      const sort = this.things.get(each)?.sort ?? "";
      sorts.set(sort, [...(sorts.get(sort) ?? []), each]);
    }
    return inTurns([...sorts.values()]);
  }
}

function inTurns(lists: readonly string[][]): string[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list[at] ?? [])).flat();
}

/** Return the place that lies next in a direction, null where there is none. */
export function nextTo<P extends { x: number; y: number }>(
  from: P,
  places: Iterable<P>,
  [right, down]: readonly [number, number],
): P | null {
  let best: P | null = null;
  let least = Infinity;
  for (const place of places) {
    const [dx, dy] = [place.x - from.x, place.y - from.y];
    const along = dx * right + dy * down;
    const across = Math.abs(dx * down) + Math.abs(dy * right);
    if (place === from || along <= 0 || across > along * 2.5) continue;
    const far = along + 2 * across;
    if (far < least) [best, least] = [place, far];
  }
  return best;
}
