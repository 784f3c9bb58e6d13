/** `{{…}}`: where a variable, a built-in or a value of an earlier answer stands in the text. */
import type { Span } from '../text/span';

export const DATE_BUILTINS = ['now', 'today', 'yesterday', 'tomorrow', 'monthstart', 'yearstart'] as const;
export const BUILTINS: readonly string[] = [...DATE_BUILTINS, 'guid', 'env'].map((name) => `$${name}`);
export type DateBuiltin = (typeof DATE_BUILTINS)[number];
export const UNITS = { h: 'hours', d: 'days', w: 'weeks', m: 'months', y: 'years' } as const;
export type Unit = keyof typeof UNITS;

export type ReferenceTarget =
  | { readonly kind: 'date'; readonly name: DateBuiltin; readonly amount: number; readonly unit: Unit }
  | { readonly kind: 'guid' }
  | { readonly kind: 'env'; readonly name: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'response'; readonly request: string; readonly path: readonly (string | number)[] }
  /** `builtin`: a name that no built-in has, with its `$`. */
  | { readonly kind: 'invalid'; readonly message: string; readonly builtin?: string };

export interface Reference extends Span {
  /** What stands between the braces, without the white space around it. */
  readonly inner: Span;
  readonly text: string;
  /** False when `}}` is missing on the line. */
  readonly closed: boolean;
  readonly target: ReferenceTarget;
}

const OPEN = /\{\{/g;

/** All references in `text` from `start` to `end`, with offsets of `text`. */
export function findReferences(text: string, start: number, end: number): Reference[] {
  const found: Reference[] = [];
  OPEN.lastIndex = start;
  for (let match = OPEN.exec(text); match !== null && match.index < end; match = OPEN.exec(text)) {
    const reference = referenceAt(text, match.index, end);
    found.push(reference);
    OPEN.lastIndex = reference.offset + reference.length;
  }
  return found;
}

/** The reference whose `{{` stands at `offset`: to its `}}`, else as far as it looks like one. */
export function referenceAt(text: string, offset: number, end: number): Reference {
  let close = offset + 2;
  while (
    close < end &&
    !/[\r\n'"]/.test(text[close] ?? '') &&
    !text.startsWith('}}', close) &&
    !text.startsWith('{{', close)
  ) {
    close++;
  }
  const closed = text.startsWith('}}', close) && close + 2 <= end;
  // Without `}}` the words that could still belong to it do, so that completion knows where it is.
  if (!closed)
    close = offset + 2 + (/^\s*\$?[\w.[\]-]*/.exec(text.slice(offset + 2, close))?.[0].length ?? 0);
  const raw = text.slice(offset + 2, close);
  const inner = raw.trim();
  const innerOffset = offset + 2 + (raw.length - raw.trimStart().length);
  return {
    offset,
    length: close + (closed ? 2 : 0) - offset,
    inner: { offset: innerOffset, length: inner.length },
    text: inner,
    closed,
    target: parseTarget(inner),
  };
}

function parseTarget(text: string): ReferenceTarget {
  if (text === '')
    return {
      kind: 'invalid',
      message: 'Write a variable’s name between the braces, for example {{$today}}.',
    };
  if (text.startsWith('$')) return parseBuiltin(text);
  if (/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(text)) return { kind: 'variable', name: text };
  const response = /^([\p{L}_][\p{L}\p{N}_-]*)((?:\.[\p{L}_][\p{L}\p{N}_-]*|\[\d+\]|\['[^']*'\])+)$/u.exec(
    text,
  );
  if (response !== null) {
    const path = [...(response[2] ?? '').matchAll(/\.([^.[\]]+)|\[(\d+)\]|\['([^']*)'\]/g)].map(
      ([, member, index, quoted]) => member ?? (index === undefined ? (quoted ?? '') : Number(index)),
    );
    return { kind: 'response', request: response[1] ?? '', path };
  }
  return {
    kind: 'invalid',
    message: `“${text}” is no name. Write a variable’s name, a built-in such as $today + 7d, or a value of an earlier answer such as name.results[0].ID.`,
  };
}

function parseBuiltin(text: string): ReferenceTarget {
  const env = /^\$env(?:\s+(\S+))?$/i.exec(text);
  if (env !== null) {
    return env[1] === undefined
      ? { kind: 'invalid', message: 'Name the environment variable: {{$env NAME}}.' }
      : { kind: 'env', name: env[1] };
  }
  if (/^\$guid$/i.test(text)) return { kind: 'guid' };
  const date = /^\$(\w+)\s*(?:([+-])\s*(\d+)\s*([a-z]+)?)?$/i.exec(text);
  const name = DATE_BUILTINS.find((builtin) => builtin === date?.[1]?.toLowerCase());
  if (date === null || name === undefined) {
    const builtin = /^\$\w+/.exec(text)?.[0];
    return {
      kind: 'invalid',
      ...(builtin === undefined || BUILTINS.includes(builtin.toLowerCase()) ? {} : { builtin }),
      message: `There is no built-in “${text}”. The built-ins are $now, $today, $yesterday, $tomorrow, $monthstart and $yearstart (with + or - a number and h, d, w, m or y), $guid and $env NAME.`,
    };
  }
  if (date[3] === undefined) return { kind: 'date', name, amount: 0, unit: 'd' };
  const unit = isUnit(date[4]) ? date[4] : undefined;
  const amount = Number(date[3]);
  if (unit === undefined || amount > 100_000) {
    return {
      kind: 'invalid',
      message:
        unit === undefined
          ? 'Give the unit after the number: h (hours), d (days), w (weeks), m (months) or y (years), for example {{$today + 30d}}.'
          : 'That is further than a date can be. Use a smaller number.',
    };
  }
  return { kind: 'date', name, amount: date[2] === '-' ? -amount : amount, unit };
}

const isUnit = (text: string | undefined): text is Unit => text !== undefined && Object.hasOwn(UNITS, text);
