// Pictures as files: an SVG that carries its own colours, a PNG drawn from it, and code to embed.

// The properties that a picture is painted by, each with the value that needs no saying.
const SHAPE: Record<string, string> = {
  fill: "rgb(0, 0, 0)",
  "fill-opacity": "1",
  stroke: "none",
  opacity: "1",
};
const LINE: Record<string, string> = { "stroke-width": "1px" };
const TEXT: Record<string, string> = {
  "font-family": "",
  "font-size": "",
  "font-weight": "400",
  "paint-order": "normal",
  "stroke-linejoin": "miter",
};
const STOP: Record<string, string> = { "stop-color": "rgb(0, 0, 0)", "stop-opacity": "1" };

function painted(element: Element, style: CSSStyleDeclaration): Record<string, string> {
  if (element.localName === "stop") return STOP;
  if (/^(?:g|a|linearGradient|pattern|marker)$/.test(element.localName)) return { opacity: "1" };
  const line = style.stroke === "none" ? {} : LINE;
  return { ...SHAPE, ...line, ...(element.localName === "text" ? TEXT : {}) };
}

/** Return the text of a picture as a file of its own, with its ground behind it. */
export function asFile(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [...svg.querySelectorAll("*")];
  [...copy.querySelectorAll("*")].forEach((element, at) => {
    const original = originals[at];
    if (!original || /^(?:title|desc|defs)$/.test(element.localName)) return;
    const style = getComputedStyle(original);
    for (const [name, usual] of Object.entries(painted(original, style))) {
      const value = style.getPropertyValue(name);
      if (value && value !== usual && !value.startsWith("url(")) element.setAttribute(name, value);
    }
    element.removeAttribute("class");
    const href = element.getAttribute("href");
    if (href) element.setAttribute("href", new URL(href, location.href).href);
  });
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of Object.entries({ width: "100%", height: "100%", fill: groundOf(svg) }))
    ground.setAttribute(name, value);
  copy.insertBefore(ground, copy.querySelector("desc")?.nextSibling ?? copy.firstChild);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.removeAttribute("class");
  return new XMLSerializer().serializeToString(copy);
}

function groundOf(svg: SVGSVGElement): string {
  return getComputedStyle(svg).getPropertyValue("--ground").trim() || "#ffffff";
}

/** Return a picture as the content of a PNG file, with twice as many pixels as on the page. */
export async function asPng(svg: SVGSVGElement): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(asFile(svg))}`;
  await image.decode();
  const { width, height } = svg.viewBox.baseVal;
  const surface = document.createElement("canvas");
  surface.width = width * 2;
  surface.height = height * 2;
  surface.getContext("2d")?.drawImage(image, 0, 0, surface.width, surface.height);
  return new Promise((resolve, reject) =>
    surface.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The picture is too large."))), "image/png"),
  );
}

/** Offer a content as a file to keep. */
export function save(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Return the HTML that shows a downloaded picture in another page, with its words and its origin. */
export function embedCode(file: string, sentence: string, title: string, address: string): string {
  const text = (plain: string): string =>
    plain.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  return [
    "<figure>",
    `  <img src="${text(file)}" alt="${text(sentence)}">`,
    `  <figcaption>${text(title)} <a href="${text(address)}">Comity</a></figcaption>`,
    "</figure>",
  ].join("\n");
}
