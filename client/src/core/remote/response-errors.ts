/** The API's own words in a refusal: its `errors` member in any form (D names the member, but not its form). */
import { harmless, singleSpaced } from '../text/foreign-text';
import { isNumber, isRecord } from '../values/kind-of';
import { readJson } from '../values/read-json';

/** How many characters of a text are read: far more than are shown, as it may contain a long token. */
const MAX_READ = 20_000;

/**
 * Returns at most five sentences from the body of a refusal, each cut at 300 characters. Short plain text is taken
 * unchanged; a web page holds no words of the API. Each sentence is on one line and harmless: `secrets` are masked
 * before anything is cut. Never throws.
 */
export function errorWords(text: string, secrets: readonly string[] = []): string[] {
  const printable = (plain: string) => singleSpaced(harmless(plain.slice(0, MAX_READ), secrets));
  let value: unknown;
  try {
    value = readJson(text);
  } catch {
    const plain = text.length > MAX_READ ? '' : printable(text);
    return plain === '' || plain.length > 300 || /^[<[{]/.test(plain) ? [] : [plain];
  }
  const found: string[] = [];
  if (isRecord(value)) {
    const names = [
      'errors',
      'error_description',
      'modelstate',
      'message',
      'title',
      'detail',
      'error',
      'exceptionmessage',
    ];
    const members = new Map(Object.entries(value).map(([key, member]) => [key.toLowerCase(), member]));
    for (const name of names) {
      if (members.has(name)) collect(members.get(name), found, printable);
      if (found.length > 0) break;
    }
  } else collect(value, found, printable);
  return [...new Set(found)].slice(0, 5).map((each) => (each.length > 300 ? `${each.slice(0, 299)}…` : each));
}

function collect(value: unknown, into: string[], printable: (text: string) => string, depth = 0): void {
  if (depth > 5 || into.length > 20) return;
  if (typeof value === 'string' || isNumber(value)) {
    const text = printable(String(value));
    if (text !== '') into.push(/[.!?]$/.test(text) ? text : `${text}.`);
  } else if (Array.isArray(value)) {
    for (const each of value as readonly unknown[]) collect(each, into, printable, depth + 1);
  } else if (isRecord(value)) {
    // OData 2 and 3: `{ "lang": "en", "value": "The words." }`.
    if ('lang' in value && typeof value['value'] === 'string') {
      collect(value['value'], into, printable, depth + 1);
      return;
    }
    const entries = Object.entries(value);
    const worded = entries.filter(([key]) =>
      /^(message|description|error|errormessage|detail|title)$/i.test(key),
    );
    for (const [key, member] of worded.length > 0 ? worded : entries) {
      const before = into.length;
      collect(member, into, printable, depth + 1);
      const only = into[before];
      // Nested by field: `{ "StartDate": ["is no date"] }`.
      if (worded.length === 0 && only !== undefined && !/^\d+$/.test(key))
        into[before] = `${printable(key)}: ${only}`;
    }
  }
}
