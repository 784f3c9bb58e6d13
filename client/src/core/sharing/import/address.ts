/** Imports addresses, one per line, with or without a method in front. */
import { readAddress } from '#language';
import { Secrets } from '../../remote/secret-names';
import type { ForeignRequest, Imported } from './imported';
import { Variables } from './variables';
import { writeFile } from './write-file';

const LINE = /^(?:(GET|POST|PUT|DELETE)\s+)?((?:https?:\/\/|\/).*)$/i;

/** True when each line that is not empty is an address of the API. */
export const isAddress = (text: string): boolean => {
  const lines = linesOf(text);
  return lines.length > 0 && lines.every((line) => readAddress(LINE.exec(line)?.[2] ?? '').isApi);
};

/** Never throws. */
export function addressToApq(text: string): Imported {
  const variables = new Variables();
  const requests = linesOf(text).map((line): ForeignRequest => {
    const [, method = 'GET', address = line] = LINE.exec(line) ?? [];
    return {
      method,
      address: variables.mark(address),
      parameters: [],
      body: undefined,
      title: '',
      description: '',
      folders: [],
      notes: [],
    };
  });
  return writeFile(
    { requests, variables, secrets: new Secrets(), notes: [] },
    'This is not an address of the accessplanit API.',
  );
}

/** Returns the lines without what people put around an address: `<…>`, quotes. */
const linesOf = (text: string): string[] =>
  text
    .split(/[\r\n]+/)
    .map((line) =>
      line
        .trim()
        .replace(/^(\w+\s+)?<(.*)>$/, '$1$2')
        .replace(/^(\w+\s+)?(["'])(.*)\2$/, '$1$3'),
    )
    .filter((line) => line !== '');
