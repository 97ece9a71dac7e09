// What can be completed: fetched once from the server, when somebody begins to write.

export interface Entry {
  name: string;
  label: string;
  definition: string;
  uses?: number;
  domain?: string[];
  range?: string[];
  scheme?: string;
}

export interface Vocabulary {
  prefixes: Record<string, string>;
  classes: Entry[];
  properties: Entry[];
  codes: Entry[];
}

export interface Found {
  iri: string;
  curie: string;
  label: string;
  kind?: string;
  matched?: string;
}

export interface Example {
  slug: string;
  title: string;
  subject: string;
  text: string;
}

const EMPTY: Vocabulary = { prefixes: {}, classes: [], properties: [], codes: [] };

/** The server's lists, each asked for at most once. */
export class Lists {
  private vocabulary: Promise<Vocabulary> | null = null;
  private texts: Promise<Example[]> | null = null;

  constructor(private readonly root: string) {}

  /** Return prefixes, terms and codes; nothing where the server does not answer. */
  terms(): Promise<Vocabulary> {
    this.vocabulary ??= this.fetch<Vocabulary>("/completion.json").catch(() => EMPTY);
    return this.vocabulary;
  }

  /** Return the canned queries as texts; fails where the server does not answer. */
  examples(): Promise<Example[]> {
    this.texts ??= this.fetch<{ examples: Example[] }>("/examples.json").then(
      ({ examples }) => examples,
    );
    this.texts.catch(() => (this.texts = null));
    return this.texts;
  }

  /** Return the things that go by a text; none where there is no search. */
  async things(text: string, signal: AbortSignal): Promise<Found[]> {
    try {
      const found = await this.fetch<{ results?: Found[] }>(
        `/search.json?q=${encodeURIComponent(text)}`,
        signal,
      );
      return found.results ?? [];
    } catch {
      return [];
    }
  }

  private async fetch<T>(path: string, signal?: AbortSignal): Promise<T> {
    const headers = { Accept: "application/json" };
    const answer = await fetch(this.root + path, signal ? { headers, signal } : { headers });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return (await answer.json()) as T;
  }
}
