// What every page has: suggestions under the search fields.
import { suggest } from "./site/suggest";

for (const input of document.querySelectorAll<HTMLInputElement>("input[data-suggest]")) {
  suggest(input);
}
