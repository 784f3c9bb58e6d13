/** Names of sheets that Excel allows. */
import { nameKey } from '../../text/names';
import { MAX_SHEET_NAME } from './limits';

/** Gives each sheet a name of its own, as near to the wanted one as Excel allows. */
export class SheetNames {
  readonly #taken = new Set<string>();

  nameFor(wanted: string): string {
    const allowed = trimmed(wanted.replace(FORBIDDEN, ' '));
    // Excel keeps this name for itself.
    const base = allowed === '' || nameKey(allowed) === 'history' ? `Records ${allowed}`.trim() : allowed;
    for (let number = 1; ; number++) {
      const end = number === 1 ? '' : ` ${number}`;
      // Half of a character is none.
      const start = base.slice(0, MAX_SHEET_NAME - end.length).replace(/[\uD800-\uDBFF]$/, '');
      const name = `${trimmed(start)}${end}`;
      if (this.#taken.has(nameKey(name))) continue;
      this.#taken.add(nameKey(name));
      return name;
    }
  }
}

const FORBIDDEN = /[[\]:*?/\\\p{Cc}\p{Noncharacter_Code_Point}\p{Surrogate}\ufffd\s]+/gu;

/** An apostrophe may be neither first nor last. */
function trimmed(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isEdge(text[start])) start++;
  while (end > start && isEdge(text[end - 1])) end--;
  return text.slice(start, end);
}

const isEdge = (character: string | undefined): boolean => character === "'" || character === ' ';
