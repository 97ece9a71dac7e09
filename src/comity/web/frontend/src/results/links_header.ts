// The `Link` header of RFC 8288, as far as it names the next rows.

/** Return the path of the rows that follow, on this host; null where these are the last. */
export function nextOf(header: string | null, base: string): string | null {
  for (const [, target = "", parameters = ""] of (header ?? "").matchAll(/<([^>]*)>((?:\s*;[^,<]*)*)/g)) {
    if (!/;\s*rel\s*=\s*"?next"?/.test(parameters)) continue;
    const { pathname, search } = new URL(target, base);
    return pathname + search;
  }
  return null;
}
