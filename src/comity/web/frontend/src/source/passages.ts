// Passages of a text by position and hash, as the data have them: code points from 0 of the text in
// NFC with LF as line break, and the SHA-256 of the slice in UTF-8.

export interface Place {
  start: number;
  end: number;
  sha256: string;
}

export interface Compared {
  text: string;
  same: boolean;
}

export function normalize(text: string): string {
  return text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n").normalize("NFC");
}

export async function compare(text: string, places: Place[]): Promise<Compared[]> {
  const points = Array.from(normalize(text));
  return Promise.all(
    places.map(async ({ start, end, sha256 }) => {
      const slice = points.slice(start, end).join("");
      return { text: slice, same: slice !== "" && (await hash(slice)) === sha256 };
    }),
  );
}

async function hash(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
