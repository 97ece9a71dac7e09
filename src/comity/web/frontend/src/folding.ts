// What people type, compared with what there is.

/**
 * Return a text without case, accents, full width and the dots of İ and i, so that a search finds
 * it however it is typed. The marks of kana stay: they make other words.
 */
export function folded(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
    .toLowerCase()
    .replaceAll("ı", "i");
}
