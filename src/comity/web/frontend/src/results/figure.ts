// A picture in its frame: the words for it, the key, and the ways to take it along.
import { gettext } from "../words";
import { asFile, asPng, embedCode, save } from "./download";
import { h } from "./dom";
import type { Picture } from "./picture";

interface About {
  title: string;
  /** The stem of the names of files. */
  name: string;
  /** The address of this view. */
  address: () => string;
  /** Tell people, those who hear the page too. */
  say: (sentence: string) => void;
}

/** Return the frame of a picture. */
export function frame({ svg, sentence, key, controls, beside }: Picture, about: About): HTMLElement {
  const code = h("textarea", { class: "rv-embed", rows: 4, readonly: true, "aria-label": gettext("HTML of the picture"), spellcheck: "false" });
  const embed = h(
    "details",
    { class: "rv-share" },
    h("summary", {}, gettext("Embed")),
    h("p", { class: "note" }, gettext("Download the SVG, put it beside your page, and paste this:")),
    code,
    h("button", { type: "button", class: "rv-button", onclick: () => void copy(code, about.say) }, gettext("Copy")),
  );
  embed.addEventListener("toggle", () => {
    code.value = embedCode(`${about.name}.svg`, sentence, about.title, about.address());
  });
  const keep = (label: string, act: () => void): HTMLElement =>
    h("button", { type: "button", class: "rv-button", onclick: act }, label);
  return h(
    "div",
    { class: beside ? "rv-picture rv-has-list" : "rv-picture" },
    controls?.length ? h("div", { class: "rv-controls" }, ...controls) : null,
    h(
      "figure",
      { class: "rv-figure" },
      h("div", { class: "rv-canvas" }, svg),
      h("figcaption", {}, h("p", { class: "rv-sentence" }, sentence), key ?? null),
    ),
    beside ?? null,
    h(
      "div",
      { class: "rv-take" },
      keep("SVG", () => save(new Blob([asFile(svg)], { type: "image/svg+xml" }), `${about.name}.svg`)),
      keep("PNG", () => {
        asPng(svg).then(
          (content) => save(content, `${about.name}.png`),
          () => about.say(gettext("The browser could not draw this picture as PNG; take the SVG.")),
        );
      }),
      embed,
    ),
  );
}

/** Copy what a field holds, or select it where the browser does not allow that. */
export async function copy(
  field: HTMLInputElement | HTMLTextAreaElement,
  say: (sentence: string) => void,
): Promise<void> {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    say(gettext("Copied."));
  } catch {
    say(gettext("Selected; press Ctrl-C to copy."));
  }
}
