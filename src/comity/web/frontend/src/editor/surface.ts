// The field in which a query is written, with all that helps while writing.
import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { type Diagnostic, forEachDiagnostic, linter, nextDiagnostic, setDiagnostics } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers, tooltips } from "@codemirror/view";
import { sparql } from "codemirror-lang-sparql";
import { gettext } from "../words";
import { asDiagnostics, faultsOf } from "./checking";
import { completing } from "./completing";
import { format } from "./format";
import { declaration, prefixOf } from "./prefixes";
import { isSpoken, tokenAt, tokenize } from "./tokens";
import { theme } from "./theme";
import type { Lists } from "./vocabulary";

/** One thing that is wrong, in words. */
export interface Fact {
  line: number;
  message: string;
  stops: boolean;
}

interface Wishes {
  host: HTMLElement;
  text: string;
  label: string;
  lists: Lists;
  onRun: () => void;
  /** Told each time the query was checked: the first thing that is wrong, with its line. */
  onChecked: (fault: Fact | null) => void;
}

/**
 * Put what is typed over a selection in its place. Left to itself the browser would keep the looks of
 * what stood there in a style attribute, which the pages do not allow.
 */
function typeOver(event: InputEvent, view: EditorView): boolean {
  const { main, ranges } = view.state.selection;
  const { data, inputType } = event;
  if (inputType !== "insertText" || !data || main.empty || ranges.length > 1 || view.composing) return false;
  const insert = () => view.state.update(view.state.replaceSelection(data), { userEvent: "input.type", scrollIntoView: true });
  event.preventDefault();
  const handlers = view.state.facet(EditorView.inputHandler);
  if (!handlers.some((handle) => handle(view, main.from, main.to, data, insert))) view.dispatch(insert());
  return true;
}

interface Marked {
  diagnostic: Diagnostic;
  from: number;
  to: number;
}

function diagnosticAt(view: EditorView): Marked | null {
  const { head, from: start } = view.state.selection.main;
  const found: Marked[] = [];
  forEachDiagnostic(view.state, (diagnostic, from, to) => {
    if ((from <= head && head <= to) || from === start) found.push({ diagnostic, from, to });
  });
  return found[0] ?? null;
}

function factOf(view: EditorView, from: number, { message, severity }: Diagnostic): Fact {
  const { doc } = view.state;
  const { number: line } = doc.lineAt(Math.min(from, doc.length));
  return { line, message, stops: severity === "error" };
}

/** The field of the query. */
export class Surface {
  private readonly view: EditorView;

  constructor(private readonly wishes: Wishes) {
    // Its style sheets are adopted by a shadow root: the pages allow no style element.
    const root = wishes.host.attachShadow({ mode: "open" });
    this.view = new EditorView({
      parent: root,
      root,
      state: EditorState.create({ doc: wishes.text, extensions: this.extensions() }),
    });
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  /** Put another query in place of this one; Ctrl-Z brings the old one back. */
  replace(text: string): void {
    const { length } = this.view.state.doc;
    this.view.dispatch({ changes: { from: 0, to: length, insert: text }, selection: { anchor: 0 }, scrollIntoView: true });
  }

  /** Put lines and indents in order; tell whether that changed anything. */
  format(): boolean {
    const formatted = format(this.text);
    if (formatted === this.text) return false;
    const { head } = this.view.state.selection.main;
    const { length } = this.view.state.doc;
    this.view.dispatch({
      changes: { from: 0, to: length, insert: formatted },
      selection: { anchor: Math.min(head, formatted.length) },
    });
    return true;
  }

  focus(): void {
    this.view.focus();
  }

  /** Mark a place that the server found fault with; lines and columns count from 1. */
  mark(line: number, column: number, message: string): void {
    const { doc } = this.view.state;
    const { from: start, to: end } = doc.line(Math.min(Math.max(line, 1), doc.lines));
    const from = Math.min(start + column - 1, end);
    const token = tokenize(this.text).find((each) => each.from >= from && isSpoken(each));
    const to = token && token.from === from ? token.to : Math.min(from + 1, doc.length);
    const found: Diagnostic = { from, to, severity: "error", message, source: "server" };
    this.view.dispatch(setDiagnostics(this.view.state, [found]));
    this.view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
  }

  private extensions() {
    const { lists, label, onRun } = this.wishes;
    const run = (): boolean => {
      onRun();
      return true;
    };
    const order = (): boolean => this.format() || true;
    return [
      Prec.highest(keymap.of([{ key: "Mod-Enter", run }, { key: "Shift-Alt-f", run: order }])),
      // What the editor itself says to those who hear the page.
      EditorState.phrases.of({
        Completions: gettext("Completions"),
        "Control character": gettext("Control character"),
        "Selection deleted": gettext("Selection deleted"),
      }),
      lineNumbers(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      highlightSpecialChars(),
      history(),
      drawSelection(),
      indentUnit.of("  "),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      autocompletion({ override: [completing(lists)], activateOnTypingDelay: 80, icons: false }),
      tooltips({ position: "fixed" }),
      linter(async (view) => this.check(view), { delay: 450 }),
      keymap.of([
        ...closeBracketsKeymap,
        ...completionKeymap,
        { key: "Ctrl-y", mac: "", run: acceptCompletion },
        ...defaultKeymap,
        ...historyKeymap,
        { key: "F8", run: (view) => nextDiagnostic(view) && this.tell(view) },
        { key: "Alt-Enter", run: (view) => this.mend(view) },
      ]),
      EditorView.lineWrapping,
      EditorView.domEventHandlers({ beforeinput: typeOver }),
      EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", autocapitalize: "off" }),
      EditorView.updateListener.of((update) => {
        if (!update.transactions.some((each) => each.isUserEvent("input.type"))) return;
        const { head } = update.state.selection.main;
        if (update.state.sliceDoc(head - 1, head) === ":") void this.declare(head);
      }),
      sparql(),
      theme,
    ];
  }

  private async check(view: EditorView): Promise<Diagnostic[]> {
    const { lists, onChecked } = this.wishes;
    const { doc } = view.state;
    const found = asDiagnostics(await faultsOf(doc.toString(), await lists.terms()));
    const [first] = found;
    let kept: Diagnostic[] = [];
    if (!first) {
      // What the server found stays until the query is changed.
      forEachDiagnostic(view.state, (each) => {
        if (each.source === "server") kept = [...kept, each];
      });
    }
    onChecked(first ? factOf(view, first.from, first) : null);
    return [...found, ...kept];
  }

  /** Tell the fault that the cursor stands at; F8 leads from one to the next. */
  private tell(view: EditorView): boolean {
    const found = diagnosticAt(view);
    if (found) this.wishes.onChecked(factOf(view, found.from, found.diagnostic));
    return true;
  }

  /** Do what mends the fault that the cursor stands at. */
  private mend(view: EditorView): boolean {
    const found = diagnosticAt(view);
    const action = found?.diagnostic.actions?.[0];
    if (!found || !action) return false;
    action.apply(view, found.from, found.to);
    return true;
  }

  /** Declare a known prefix that was just written for the first time. */
  private async declare(place: number): Promise<void> {
    const { prefixes } = await this.wishes.lists.terms();
    const { text } = this;
    const tokens = tokenize(text);
    const token = tokenAt(tokens, place);
    if (token?.kind !== "name" || token.to !== place) return;
    const before = tokens.filter((each) => isSpoken(each) && each.to <= token.from).at(-1);
    const namespace = prefixes[prefixOf(token.text)];
    if (!namespace || /^prefix$/i.test(before?.text ?? "")) return;
    const line = declaration(text, prefixOf(token.text), namespace);
    if (!line || line.from > token.from) return;
    this.view.dispatch({ changes: line, userEvent: "input.declare" });
  }
}
