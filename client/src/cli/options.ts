/** The options that several commands share. */
import { flag, text } from './frame/option';

export const ROOT = text(
  'URL',
  'The platform’s root: https://NAME.accessplanit.com/accessplan (default: APQ_ROOT)',
);
export const API_KEY_STDIN = flag('Read the API key from standard input');
export const METADATA = text(
  'FILE',
  'The metadata to check names against (default: APQ_METADATA, else the nearest apq.json)',
);

/** A file to write; `-` is standard output. */
export const output = (meaning: string) => text('FILE', meaning, { letter: 'o' });

/** Returns the path of `--output`; undefined for standard output. */
export const pathOf = (output: string | undefined): string | undefined =>
  output === '-' ? undefined : output;
