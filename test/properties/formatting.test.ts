/** Formatting keeps what is sent, is done when it is done once, keeps the file's kind of line ends, and brings no error. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits, type Span } from '#language';
import { serviceWith } from '../language/support/language';
import { anyFile, anyLineEnds, FIXTURES } from './support/files';
import { property } from './support/property';
import { sent } from './support/sent';

const service = serviceWith();
const format = (text: string, range?: Span) => applyEdits(text, service.format(service.parse(text), range));

/** The text without white space, in lower case: what formatting keeps. A directive may have begun with `//`, a title with more than `###`. */
const words = (text: string) =>
  text
    .replace(/^\s*(?:#+|\/\/)/gm, '#')
    .replace(/\s+/g, '')
    .toLowerCase();

const codes = (text: string) => service.diagnose(service.parse(text)).map(({ code }) => code);

/** The first list without the elements of the second. */
function without<T>(all: readonly T[], some: readonly T[]): T[] {
  const left = [...some];
  return all.filter((each) => {
    const at = left.indexOf(each);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

function checkFormat(text: string, range?: Span): void {
  const once = format(text, range);
  const shown = `\n${JSON.stringify(text)}\n${JSON.stringify(once)}`;
  assert.equal(words(once), words(text), `other words: ${shown}`);
  assert.deepEqual(sent(once), sent(text), `sends something else: ${shown}`);
  assert.deepEqual(without(codes(once), codes(text)), [], `new diagnostics: ${shown}`);
  // Only one kind of line end is written: the one that the file has.
  for (const [name, end, others] of [
    ['CR LF', /\r\n/g, /\r(?!\n)|(?<!\r)\n/g],
    ['LF', /(?<!\r)\n/g, /\r/g],
    ['CR', /\r(?!\n)/g, /\n/g],
  ] as const)
    if (count(text, end) > 0 && count(text, others) === 0)
      assert.equal(count(once, others), 0, `line ends other than ${name}: ${shown}`);
  if (range === undefined) assert.equal(format(once), once, `a second time: ${shown}`);
}

describe('formatting', () => {
  const texts = fc.oneof({ weight: 5, arbitrary: anyFile }, anyLineEnds(fc.constantFrom(...FIXTURES)));

  property('formatting: keeps what is sent, and is done once', 1000, texts, (text) => checkFormat(text));

  property(
    'formatting: of a range keeps what is sent',
    400,
    fc.tuple(texts, fc.nat(), fc.nat()),
    ([text, from, to]) => {
      const ends = [from % (text.length + 1), to % (text.length + 1)];
      const offset = Math.min(...ends);
      checkFormat(text, { offset, length: Math.max(...ends) - offset });
    },
  );
});
