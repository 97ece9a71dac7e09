// The words of the interface in the language of the page. English is what the code says; the page
// brings the messages of another language with it as a block of data. Outside a page all is English.

type Forms = string | string[];
type Values = Record<string, string | number>;

const page = typeof document === "undefined" ? null : document;
const block = page?.getElementById("words")?.textContent;
const known = new Map<string, Forms>(block ? Object.entries(JSON.parse(block) as Record<string, Forms>) : []);
const PLACE = /%\((\w+)\)s/;

export const language = page?.documentElement.lang || "en";

/** The language whose figures those are; Chromium has none of az, which writes them as tr does. */
export const figures = language === "az" ? "tr" : language;

/** A message in the language of the page, with `%(name)s` filled in. */
export function gettext(message: string, values: Values = {}): string {
  return filled(formOf(message, 0) || message, values);
}

/** The message that goes with a number, which it may hold as `%(num)s`. */
export function ngettext(one: string, many: string, num: number, values: Values = {}): string {
  const form = num === 1 ? 0 : 1;
  return filled(formOf(one, form) || [one, many][form] || many, { num, ...values });
}

/** A number as the language of the page writes it, with so many digits behind the point. */
export function number(value: number, digits?: number): string {
  return value.toLocaleString(figures, digits === undefined ? {} : { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** The parts of a message whose places hold elements: its texts, and what goes between them. */
export function woven<T>(message: string, values: Record<string, T>): (string | T)[] {
  return message.split(PLACE).map((part, at) => (at % 2 ? values[part] ?? part : part));
}

/** Whole sentences one after the other; empty ones are left out. */
export function sentences(...texts: string[]): string {
  return texts.filter(Boolean).join(" ").replaceAll("。 ", "。"); // which has its blank in itself
}

/** The members of a list in a row; empty ones are left out. */
export function listed(texts: readonly (string | undefined)[]): string {
  return texts.filter(Boolean).join(language === "ja" ? "、" : ", ");
}

/** One form of a translation, the last one where there are fewer; nothing if there is none. */
function formOf(message: string, form: number): string | undefined {
  const forms = [known.get(message) ?? []].flat();
  return forms[Math.min(form, forms.length - 1)];
}

function filled(text: string, values: Values): string {
  return text.replace(new RegExp(PLACE, "g"), (whole, name: string) => {
    const value = values[name];
    return typeof value === "number" ? number(value) : (value ?? whole);
  });
}
