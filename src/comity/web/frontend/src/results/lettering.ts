// How wide a text is on the page, so that labels are cut where they would be cut off.

const SIZE = 12.5; // pixels, as the style sheet sets labels

let brush: CanvasRenderingContext2D | null | undefined;

/** Return the width of a label in pixels. */
export function widthOf(text: string): number {
  if (brush === undefined) {
    brush = document.createElement("canvas").getContext("2d");
    if (brush) brush.font = `${SIZE}px ${getComputedStyle(document.documentElement).fontFamily}`;
  }
  return brush ? brush.measureText(text).width : text.length * 7;
}

/** Return a label cut to a width, with a sign of the cut. */
export function fitted(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let [least, most] = [0, text.length];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (widthOf(`${text.slice(0, middle)}…`) <= width) least = middle;
    else most = middle - 1;
  }
  return `${text.slice(0, least).trimEnd()}…`;
}

/** Return the width of the widest of some labels. */
export function widest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, widthOf(text)), 0);
}
