// What the grammar says is wrong with a query, in the language of the page.
import { gettext } from "../words";

type Values = Record<string, string>;

// Each form of its messages, with the same in our words; what has no form here is told as it comes.
const FORMS: readonly [RegExp, (values: Values) => string][] = [
  [/^Lexical error on line (?<line>\d+)\. Unrecognized text/, (values) => gettext("Lexical error on line %(line)s. Unrecognized text.", values)],
  [/^Projection of ungrouped variable \(\?(?<name>.+)\)/, (values) => gettext("Projection of ungrouped variable (?%(name)s).", values)],
  [/^Use of ungrouped variable in projection of operation \(\?(?<name>.+)\)/, (values) => gettext("Use of ungrouped variable in projection of operation (?%(name)s).", values)],
  [/^Target id of 'AS' \(\?(?<name>.+)\) already used in subquery/, (values) => gettext("Target id of 'AS' (?%(name)s) already used in subquery.", values)],
  [/^Two or more of the resulting columns have the same name \(\?(?<name>.+)\)/, (values) => gettext("Two or more of the resulting columns have the same name (?%(name)s).", values)],
  [/^Inconsistent VALUES length/, () => gettext("Inconsistent VALUES length.")],
  [/^Variable used to bind is already bound \(\?(?<name>.+)\)/, (values) => gettext("Variable used to bind is already bound (?%(name)s).", values)],
];

/** Return a message of the grammar as a sentence. */
export function told(message: string): string {
  for (const [form, sentence] of FORMS) {
    const found = form.exec(message);
    if (found) return sentence({ ...found.groups });
  }
  return `${message.split("\n")[0]?.replace(/\.$/, "")}.`;
}
