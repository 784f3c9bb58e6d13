/** Colours, where the terminal has them. */
import { styleText } from 'node:util';
import { choice } from './frame/option';

const WHENS = ['auto', 'always', 'never'] as const;
type When = (typeof WHENS)[number];

/** The option of every command. */
export const COLOR = choice(WHENS, 'Colours: auto (default: on a terminal), always or never', {
  value: 'WHEN',
});

/** What a part of a text is. */
export type Look = 'error' | 'warning' | 'information' | 'hint' | 'good' | 'head' | 'aside';

/** A part of a text that looks like what it is. */
export interface Part {
  readonly look?: Look;
  readonly text: string;
}

/** A text, or its parts. */
export type Text = string | readonly Part[];

const partsOf = (text: Text): readonly Part[] => (typeof text === 'string' ? [{ text }] : text);

/** Returns the text without colours, for a file. */
export const plain = (text: Text): string =>
  partsOf(text)
    .map((part) => part.text)
    .join('');

/** Changes each part, such as by making it harmless. */
export const eachPart = (text: Text, change: (text: string) => string): Part[] =>
  partsOf(text).map((part) => ({ ...part, text: change(part.text) }));

const STYLES = {
  error: ['red', 'bold'],
  warning: ['yellow'],
  information: ['cyan'],
  hint: ['dim'],
  good: ['green'],
  head: ['bold'],
  aside: ['dim'],
} as const satisfies Readonly<Record<Look, Parameters<typeof styleText>[0]>>;

let when: When = 'auto';

/** Takes `--color`. */
export const setColor = (asked: When = 'auto'): void => void (when = asked);

/**
 * Whether a stream gets colours: `--color` decides, then FORCE_COLOR, NO_COLOR and whether it is a terminal. Where Emacs
 * compiles, it is one that shows controls as they are, and finds no mistake among them.
 */
export function hasColor(
  stream: { readonly isTTY?: boolean },
  { FORCE_COLOR: force, NO_COLOR: none, TERM: term, INSIDE_EMACS: emacs }: NodeJS.ProcessEnv = process.env,
): boolean {
  if (when !== 'auto') return when === 'always';
  if (force !== undefined) return force !== '0' && force !== 'false';
  const compiles = emacs?.includes('compile') === true;
  return stream.isTTY === true && (none ?? '') === '' && term !== 'dumb' && !compiles;
}

/** Returns the text as this stream gets it. What is foreign in it must be harmless already: colours are controls. */
export function painted(text: Text, stream: { readonly isTTY?: boolean }): string {
  if (!hasColor(stream)) return plain(text);
  return partsOf(text)
    .map((part) => (part.look === undefined || part.text === '' ? part.text : styled(part.look, part.text)))
    .join('');
}

// Newer versions of Node decide by standard output, whatever the text is for.
const styled = (look: Look, text: string): string =>
  styleText([...STYLES[look]], text, { validateStream: false });
