// First and last day of a date as stated: the forms of EDTF that the server reads, and xsd dates.

export interface Span {
  /** First possible day, as milliseconds; null where there is no bound. */
  start: number | null;
  /** The moment after the last possible day; null where there is no bound. */
  end: number | null;
  /** Whether the date is an interval, which lasts from its start to its end. */
  lasting: boolean;
  /** Whether an end without a bound is known to be open, and not merely unknown. */
  open: boolean;
  /** Whether it is stated to the day, so that nothing of it is vague. */
  exact: boolean;
}

const DATE = /^([0-9X]{4})(?:-([0-9X]{2})(?:-([0-9X]{2})(?:T[0-9:.Z+-]+)?)?)?$/;
const ZONE = /(?:Z|[+-]\d\d:\d\d)$/;

/** Return the span of a date as stated, or null for text that is none. */
export function readSpan(text: string): Span | null {
  const [first = "", second, more] = text.trim().split("/");
  if (more !== undefined || (first === "" && !second)) return null;
  if (second === undefined) {
    const range = readDate(first);
    return range && { ...range, lasting: false, open: false, exact: isDay(text) };
  }
  const start = isOpen(first) ? { start: null } : readDate(first);
  const end = isOpen(second) ? { end: null } : readDate(second);
  if (!start || !end) return null;
  return {
    start: start.start,
    end: end.end,
    lasting: true,
    open: first === ".." || second === "..",
    exact: isDay(first) && isDay(second),
  };
}

/** Return the span between two days that a query gives beside the date, either of them absent. */
export function betweenDays(earliest: string, latest: string): Span | null {
  const from = earliest ? readDate(earliest) : null;
  const to = latest ? readDate(latest) : null;
  if (!from && !to) return null;
  const exact = earliest !== "" && earliest === latest;
  return { start: from?.start ?? null, end: to?.end ?? null, lasting: false, open: false, exact };
}

function isOpen(text: string): boolean {
  return text === "" || text === "..";
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d(T.*|Z|[+-]\d\d:\d\d)?$/.test(text);
}

function readDate(text: string): { start: number; end: number } | null {
  let plain = text.replace(/[?~%]/g, "");
  if (/^\d{4}(-\d\d){0,2}(Z|[+-]\d\d:\d\d)$/.test(plain)) plain = plain.replace(ZONE, "");
  const found = DATE.exec(plain);
  if (!found) return null;
  const [, year = "", month, day] = found;
  if (year === "XXXX") return null;
  const part = month !== undefined && day === undefined ? partOfYear(Number(month)) : null;
  if (part) {
    if (year.includes("X")) return null;
    return {
      start: moment(Number(year), part.first, 1),
      end: moment(Number(year), part.first + part.length, 1),
    };
  }
  const first = fittingDay(year, month ?? "XX", day ?? "XX", 1);
  const last = fittingDay(year, month ?? "XX", day ?? "XX", -1);
  if (!first || !last) return null;
  return { start: moment(...first), end: moment(last[0], last[1], last[2] + 1) };
}

/** Return the first month, counted on beyond 12, and the months of a season, quarter, third, half. */
function partOfYear(code: number): { first: number; length: number } | null {
  if (code >= 21 && code <= 28) return { first: 3 + 3 * ((code - 21) % 4), length: 3 };
  if (code === 29 || code === 30) return { first: 9 + 3 * (code - 29), length: 3 };
  if (code === 31 || code === 32) return { first: 3 + 3 * (code - 31), length: 3 };
  if (code >= 33 && code <= 36) return { first: 1 + 3 * (code - 33), length: 3 };
  if (code >= 37 && code <= 39) return { first: 1 + 4 * (code - 37), length: 4 };
  if (code === 40 || code === 41) return { first: 1 + 6 * (code - 40), length: 6 };
  return null;
}

function moment(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime();
}

type Day = [number, number, number];

function fittingDay(year: string, month: string, day: string, step: 1 | -1): Day | null {
  for (const y of fitting(year, 1, 9999, step)) {
    for (const m of fitting(month, 1, 12, step)) {
      const last = new Date(moment(y, m + 1, 1) - 86_400_000).getUTCDate();
      for (const d of fitting(day, 1, last, step)) return [y, m, d];
    }
  }
  return null;
}

function* fitting(pattern: string, least: number, most: number, step: 1 | -1): Generator<number> {
  if (!pattern.includes("X")) {
    const number = Number(pattern);
    if (number >= least && number <= most) yield number;
    return;
  }
  const fits = new RegExp(`^${pattern.replaceAll("X", "[0-9]")}$`);
  for (let n = step === 1 ? least : most; n >= least && n <= most; n += step) {
    if (fits.test(String(n).padStart(pattern.length, "0"))) yield n;
  }
}
