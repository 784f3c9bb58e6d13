/** Texts in the form that workbooks have for them. */
import { MAX_CHARACTERS } from './limits';

/** What XML can’t hold or would change, and what a reader could take for an escape. */
const SPECIAL =
  /_(?=x[0-9a-f]{4}_)|[\0-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufffd]|\p{Noncharacter_Code_Point}|\p{Surrogate}/giu;

const ESCAPES: ReadonlyMap<string, string> = new Map(
  Object.entries({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }),
);

/** The text that a cell shows: a line of it ends as in Excel, and what is longer than a cell ends with `…`. */
export function cellTextOf(text: string): { readonly text: string; readonly cut: boolean } {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  if (lines.length <= MAX_CHARACTERS) return { text: lines, cut: false };
  // Half of a character is none.
  return { text: `${lines.slice(0, MAX_CHARACTERS - 1).replace(/[\uD800-\uDBFF]$/, '')}…`, cut: true };
}

/** As the text of an element: `_x0041_` is the letter A there, and so its first `_` is escaped. */
const xmlText = (text: string): string =>
  escaped(text.replace(SPECIAL, (character) => character.replace(/[^]/g, escapedUnit)));

/** As the value of an attribute. The text has no characters that XML can’t hold. */
export const xmlAttribute = (text: string): string => escaped(text);

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => ESCAPES.get(character) ?? '');

const escapedUnit = (unit: string): string =>
  `_x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;

/** The texts of a workbook, each once: cells hold their numbers. Numbers and Preview of macOS show no other texts. */
export class SharedTexts {
  readonly #numbers = new Map<string, number>();
  #used = 0;

  numberOf(text: string): number {
    this.#used++;
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(text, number);
    }
    return number;
  }

  *xml(): Generator<string> {
    yield `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="${this.#used}" uniqueCount="${this.#numbers.size}">`;
    let part = '';
    for (const text of this.#numbers.keys()) {
      part += `<si><t xml:space="preserve">${xmlText(text)}</t></si>`;
      if (part.length < CHUNK) continue;
      yield part;
      part = '';
    }
    yield `${part}</sst>`;
  }
}

/** How many characters of a part are written at a time. */
export const CHUNK = 1 << 16;
