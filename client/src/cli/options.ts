/** The options that several commands share. */
import { extname } from 'node:path';
import { usage } from './exit';
import { flag, parsed, text } from './frame/option';

export const ROOT = text(
  'URL',
  'The platform’s root: https://NAME.accessplanit.com/accessplan (default: APQ_ROOT)',
);
export const API_KEY_STDIN = flag('Read the API key from standard input');
export const METADATA = text(
  'FILE',
  'The metadata to check names against (default: APQ_METADATA, else the nearest apq.json)',
);

/** Those of each command that asks a platform: how long it tries, and how much it tells. */
export const ASKING_OPTIONS = {
  timeout: parsed('S', 'Seconds that each request may take (default: 60)', {
    parse: (written) =>
      /^\d{1,4}(\.\d+)?$/.test(written) && Number(written) > 0 && Number(written) <= 3600
        ? Number(written)
        : undefined,
    must: 'a number of seconds above 0, at most 3600',
  }),
  retries: parsed(
    'N',
    'How often a read that failed is sent again, 0 for never (default: 2; for many pages 8)',
    {
      parse: (written) => (/^\d{1,2}$/.test(written) ? Number(written) : undefined),
      must: 'a number from 0 to 99',
    },
  ),
  verbose: flag('Show on standard error what is sent and answered, secrets masked'),
  quiet: flag('Only tell errors and warnings', { letter: 'q' }),
};

/** A file to write; `-` is standard output. */
export const output = (meaning: string) => text('FILE', meaning, { letter: 'o' });

/** Returns the path of `--output`; undefined for standard output. */
export const pathOf = (output: string | undefined): string | undefined =>
  output === '-' ? undefined : output;

/**
 * Returns the format of `--format`, else the one that the name of the file stands for (`named`), else `usual`. Throws an
 * `Exit` where both say something and don't agree, and where nothing is known of the name's ending. `-` has none.
 */
export function formatFor<F extends string>(
  given: F | undefined,
  output: string,
  { named, usual, endings }: { readonly named: F | undefined; readonly usual: F; readonly endings: string },
): F {
  if (named === undefined) {
    if (given === undefined && !['', '.txt'].includes(extname(output).toLowerCase()))
      throw usage(
        `No format belongs to the name ${output}. Name one with --format, or let the name end in ${endings}.`,
      );
    return given ?? usual;
  }
  if (given !== undefined && given !== named)
    throw usage(
      `--format ${given} and --output ${output} contradict each other: leave out --format, or change the name.`,
    );
  return named;
}
