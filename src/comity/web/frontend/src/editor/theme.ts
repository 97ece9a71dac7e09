// How the editor looks: the colours of the page, which follow the scheme that people prefer.
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const BOX = { border: "1px solid var(--line-strong)", borderRadius: "0.3rem" };

const surface = EditorView.theme({
  "&": {
    color: "var(--ink)",
    backgroundColor: "var(--raised)",
    fontSize: "0.9rem",
    borderRadius: "0.3rem",
  },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": {
    fontFamily: "var(--mono)",
    lineHeight: "1.55",
    minHeight: "15rem",
    maxHeight: "62vh",
  },
  ".cm-content": { padding: "0.6rem 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 0.8rem 0 0.4rem" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  ".cm-gutters": { color: "var(--quiet)", backgroundColor: "transparent", border: "0" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 0.3rem 0 0.7rem", minWidth: "2.2rem" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine": { backgroundColor: "var(--ed-line)" },
  "&.cm-focused .cm-activeLineGutter": { color: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground, .cm-content ::selection":
    { backgroundColor: "var(--ed-selection)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--accent-ground)", outline: "1px solid var(--accent-line)" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent", color: "var(--fault)" },
  ".cm-tooltip": { ...BOX, color: "var(--ink)", backgroundColor: "var(--raised)", boxShadow: "0 0.3rem 1rem rgb(0 0 0 / 0.16)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxHeight: "17rem", minWidth: "min(18rem, 80vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.2rem 0.6rem", lineHeight: "1.4" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { color: "var(--ink)", backgroundColor: "var(--accent-ground)" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionDetail": { color: "var(--quiet)", fontStyle: "normal", fontFamily: "var(--sans)", fontSize: "0.85em" },
  ".cm-tooltip.cm-completionInfo": { padding: "0.5rem 0.7rem", maxWidth: "22rem", fontSize: "0.85rem", lineHeight: "1.4" },
  ".cm-diagnostic": { padding: "0.35rem 0.7rem", borderLeft: "0.25rem solid var(--fault)", fontFamily: "var(--sans)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--doubt-line)" },
  ".cm-diagnosticAction": { color: "var(--ground)", backgroundColor: "var(--accent)", borderRadius: "0.25rem", padding: "0.1rem 0.5rem", cursor: "pointer" },
  ".cm-lintRange": { backgroundImage: "none", paddingBottom: "0" },
  ".cm-lintRange-error": { textDecoration: "underline wavy var(--fault) 1px", textUnderlineOffset: "0.2em" },
  ".cm-lintRange-warning": { textDecoration: "underline wavy var(--doubt-line) 1px", textUnderlineOffset: "0.2em" },
  ".cm-lintPoint:after": { borderBottomColor: "var(--fault)" },
});

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--ed-keyword)", fontWeight: "600" },
  { tag: tags.variableName, color: "var(--ed-variable)" },
  { tag: [tags.string, tags.annotation], color: "var(--ed-string)" },
  { tag: [tags.integer, tags.float, tags.bool], color: "var(--ed-number)" },
  { tag: [tags.namespace, tags.url, tags.typeName], color: "var(--ed-name)" },
  { tag: tags.comment, color: "var(--quiet)", fontStyle: "italic" },
]);

/** The looks of the editor. */
export const theme = [surface, syntaxHighlighting(colours)];
