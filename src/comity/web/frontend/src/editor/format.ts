// A query with its lines and indents put in order. Only blanks are changed: where the tokens that
// come out are not the very ones that went in, comments among them, the text stays as it was.
import { type Token, isSpoken, tokenize } from "./tokens";

const STARTS = new Set(
  ("PREFIX BASE SELECT CONSTRUCT ASK DESCRIBE FROM OPTIONAL MINUS GRAPH SERVICE BIND VALUES FILTER " +
    "GROUP ORDER HAVING LIMIT OFFSET INSERT DELETE WITH USING LOAD CLEAR DROP CREATE").split(" "),
);
const OPENING = new Set(["{", "(", "[", "<<(", "{|"]);
const CLOSING = new Set(["}", ")", "]", ")>>", "|}"]);
const FORMS = /^(?:SELECT|CONSTRUCT|ASK|DESCRIBE|INSERT|DELETE|WITH|LOAD|CLEAR|DROP|CREATE)$/i;
const LONGEST = 100; // a group within one line ends before this column
const STEP = "  ";

interface Frame {
  sign: string;
  inline: boolean;
  data: boolean;
}

/** Return a query in order; the text itself if anything but blanks would change. */
export function format(text: string): string {
  const formatted = new Writer(tokenize(text)).write();
  return same(text, formatted) ? formatted : text;
}

function same(one: string, other: string): boolean {
  const told = (text: string): string =>
    tokenize(text)
      .filter((token) => isSpoken(token) || token.kind === "comment")
      .map(({ kind, text: words }) => (kind === "comment" ? words.trimEnd() : words))
      .join("\n");
  return told(one) === told(other);
}

class Writer {
  private readonly tokens: readonly Token[];
  private readonly lines: string[] = [];
  private readonly frames: Frame[] = [];
  private line = "";
  private depth = 0;
  private inside = false; // within a statement that has begun
  private pending = false; // the next token begins a line
  private last = "";
  private prologue = false;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  write(): string {
    let [breaks, blank] = [0, false];
    this.tokens.forEach((token, at) => {
      if (token.kind === "newline") breaks += 1;
      else if (token.kind === "space") blank = true;
      else {
        if (token.kind === "comment") this.comment(token, breaks);
        else this.spoken(token, at, breaks, blank || breaks > 0);
        [breaks, blank] = [0, false];
      }
    });
    this.flush();
    return `${this.lines.join("\n").trim()}\n`;
  }

  private comment({ text }: Token, breaks: number): void {
    if (breaks || (!this.line && !this.lines.length)) {
      this.flush();
      this.blankLine(breaks);
      this.line = STEP.repeat(this.frames.length ? this.indent() : 0);
    } else if (this.line) {
      this.line += " ";
    }
    this.line += text.trimEnd();
    this.flush();
  }

  private spoken(token: Token, at: number, breaks: number, blank: boolean): void {
    const { text } = token;
    const word = token.kind === "word" ? text.toUpperCase() : "";
    const frame = this.frames.at(-1);
    const inGroup = !frame || frame.sign === "{";
    if (text === "}" && frame?.sign === "{") return this.close(frame);
    const starts = inGroup && !frame?.inline && STARTS.has(word) && !this.follows(word, breaks);
    const between = breaks > 0 && !frame?.inline && (frame?.data || (frame && !inGroup) || this.last === ",");
    if (this.prologue && FORMS.test(word) && !frame) {
      this.flush();
      if (this.lines.at(-1) && !this.lines.at(-1)?.trimStart().startsWith("#")) this.lines.push("");
      this.prologue = false;
    }
    if (word === "PREFIX" || word === "BASE") this.prologue = true;
    const ended = breaks > 0 && frame?.sign === "{" && this.last === ")" && !/^[{.;,]$/.test(text);
    if (this.last === "}" && (word === "UNION" || text === ".")) this.pending = false;
    if (this.pending || starts || between || ended) {
      if (starts || ended || (between && frame?.data)) this.inside = false;
      this.flush();
      this.blankLine(breaks);
    }
    if (!this.line) this.line = STEP.repeat(this.indent()) + text;
    else this.line += this.gap(token, blank) + text;
    this.inside = true;
    if (OPENING.has(text)) this.open(text, at);
    else if (CLOSING.has(text)) this.frames.pop();
    else if (inGroup && !frame?.inline && (text === "." || text === ";")) {
      this.pending = true;
      if (text === ".") this.inside = false;
    }
    this.last = text;
  }

  /** Tell whether a word that may start a line goes on with what stands before it. */
  private follows(word: string, breaks: number): boolean {
    if (word === "FILTER") return !breaks && this.last !== "}";
    if (/^(?:INSERT|DELETE)$/.test(word)) return false;
    return word === "GRAPH" && /^(?:INTO|TO|CLEAR|DROP|CREATE|SILENT|COPY|MOVE|ADD)$/.test(this.last.toUpperCase());
  }

  private open(sign: string, at: number): void {
    const outer = this.frames.at(-1);
    const data = sign === "{" && /^VALUES$/.test(this.lastClause(at));
    const inline = outer?.inline === true || (sign === "{" && this.fits(at));
    this.frames.push({ sign, inline, data });
    if (sign !== "{" || inline) return;
    this.depth += 1;
    this.inside = false;
    this.pending = true;
  }

  private close(frame: Frame): void {
    this.frames.pop();
    if (frame.inline) {
      this.line += " }";
    } else {
      this.depth -= 1;
      this.flush();
      this.inside = false;
      if (this.lines.at(-1) === "") this.lines.pop();
      this.line = `${STEP.repeat(this.indent())}}`;
    }
    const outer = this.frames.at(-1);
    this.pending = !outer?.inline && (!outer || outer.sign === "{");
    this.inside = false;
    this.last = "}";
  }

  private gap(token: Token, blank: boolean): string {
    const { text } = token;
    if (text === "," || (text === ";" && this.frames.at(-1)?.sign === "(")) return "";
    if (text === "{" || text === "." || text === ";" || this.last === "{" || this.last === "," || this.last === "}") {
      return text === ")" ? "" : " ";
    }
    if (this.last === "(" || this.last === "[" || text === ")" || text === "]") {
      const isEmpty = OPENING.has(this.last) && CLOSING.has(text);
      return !isEmpty && (text === "]" || this.last === "[") ? " " : "";
    }
    return blank ? " " : "";
  }

  /** Return the keyword that an opening brace belongs to, looking back over variables. */
  private lastClause(at: number): string {
    for (let place = at - 1; place >= 0; place -= 1) {
      const token = this.tokens[place];
      if (!token || !isSpoken(token) || token.kind === "variable") continue;
      if (token.text === "(" || token.text === ")") continue;
      return token.text.toUpperCase();
    }
    return "";
  }

  /** Tell whether a group stands in one line already, is simple, and leaves the line short. */
  private fits(at: number): boolean {
    let [depth, length, statements] = [0, this.line.length, 0];
    for (const token of this.tokens.slice(at)) {
      const { kind, text } = token;
      if (kind === "newline" || kind === "comment" || text === ";") return false;
      if (statements && isSpoken(token) && text !== "}") return false;
      if (text === "{") depth += 1;
      if (text === ".") statements += 1;
      if (text === "}") depth -= 1;
      length += text.length;
      if (length > LONGEST) return false;
      if (!depth) return true;
    }
    return false;
  }

  private indent(): number {
    const brackets = this.frames.filter(({ sign }) => sign !== "{").length;
    return this.depth + (this.inside || brackets ? 1 : 0);
  }

  private blankLine(breaks: number): void {
    const before = this.lines.at(-1);
    if (breaks > 1 && before && !before.endsWith("{")) this.lines.push("");
  }

  private flush(): void {
    if (this.line.trim()) this.lines.push(this.line.trimEnd());
    this.line = "";
    this.pending = false;
  }
}
