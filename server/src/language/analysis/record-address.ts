/** Addresses of one record or of a part of it, as other OData services have them: `coursedate(Label='x')`, `coursedate/2024/Label`. */
import { pathView } from '../syntax/address';
import type { Target } from '../syntax/nodes';
import { between, endOf, type Span } from '../text/span';
import { quote } from './print-filter';

/** What an address names that the API has none for. */
export interface RecordAddress extends Span {
  readonly module: string;
  /** The fields and values that find the record. */
  readonly keys: readonly { readonly field: string; readonly value: string }[];
  /** True where the keys are in parentheses after the module. */
  readonly hasParentheses: boolean;
  /** What follows: `Label`, `$value`. */
  readonly part: string | undefined;
}

const PARENTHESES = /^([^('"{}]+)\((.*)\)$/s;
const KEY = /^\s*(?:([\p{L}_][\p{L}\p{N}_]*)\s*=\s*)?(?:'((?:[^']|'')*)'|([^'"(),=\s]+))\s*(?:,|$)/u;

/** Returns undefined for an address that the API has: a module, perhaps with an ID. `text` is the block. */
export function recordAddress(target: Target, text: string): RecordAddress | undefined {
  const { module, id, key, pathEnd } = target;
  const [, name, inside] = key === undefined ? (PARENTHESES.exec(module.text) ?? []) : [];
  if (name !== undefined && inside !== undefined) {
    const keys = keysIn(inside);
    return keys === undefined
      ? undefined
      : {
          module: name,
          keys,
          hasParentheses: true,
          part: id?.text,
          ...between(module.offset + Math.min(name.length, module.length), pathEnd),
        };
  }
  if (id === undefined || key !== undefined) return undefined;
  const slash = slashIn(text, id);
  if (slash === undefined) return undefined;
  return {
    module: module.text,
    keys: [{ field: 'ID', value: pathView(text, id.offset, slash).text }],
    hasParentheses: false,
    part: pathView(text, slash + 1, endOf(id)).text,
    ...between(slash, pathEnd),
  };
}

/** The conditions of `ID='1',Label='x'`; undefined where it is something else. */
function keysIn(inside: string): RecordAddress['keys'] | undefined {
  const keys: { field: string; value: string }[] = [];
  let rest = inside;
  while (rest !== '') {
    const [all, field = 'ID', quoted, bare = ''] = KEY.exec(rest) ?? [];
    if (all === undefined) return undefined;
    keys.push({ field, value: quoted?.replaceAll("''", "'") ?? bare });
    rest = rest.slice(all.length);
  }
  return keys.length === 0 ? undefined : keys;
}

/** The first slash as written, outside `{{…}}`: one that is escaped belongs to the ID. */
function slashIn(text: string, id: Span): number | undefined {
  const written = text
    .slice(id.offset, endOf(id))
    .replace(/\{\{[^{}\r\n]*\}\}/g, (reference) => ' '.repeat(reference.length));
  const at = written.indexOf('/');
  return at < 0 ? undefined : id.offset + at;
}

/** The condition that finds the record. */
export const filterOf = ({ keys }: RecordAddress): string =>
  keys.map(({ field, value }) => `${field} eq ${quote(value)}`).join(' and ');
