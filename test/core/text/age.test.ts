/** How old a result is, in words, and when a reader is warned of it. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ageInWords, isOld } from '#core/text/age';

const local = (day: number, hour: number, minute = 0, second = 0): Date =>
  new Date(2026, 2, day, hour, minute, second);

describe('the age of a result', () => {
  const age = (title: string, then: Date | string, now: Date, words: string, old: boolean) =>
    it(`${title}: ${words}${old ? ', old' : ''}`, () => {
      const text = typeof then === 'string' ? then : then.toISOString();
      assert.deepEqual([ageInWords(text, now), isOld(text, now)], [words, old]);
    });
  age('now', local(29, 12), local(29, 12, 0, 59), 'just now', false);
  age('a clock that goes ahead', local(29, 12, 5), local(29, 12), 'just now', false);
  age('a minute', local(29, 12), local(29, 12, 1), '1 minute ago', false);
  age('an hour', local(29, 12), local(29, 13), '1 hour ago', false);
  age('more than an hour', local(29, 12), local(29, 13, 1), '1 hour ago', true);
  age('before midnight', local(28, 23, 50), local(29, 0, 10), '20 minutes ago', true);
  age('not yet a day', local(28, 12, 30), local(29, 12), '23 hours ago', true);
  age('a day', local(27, 12), local(28, 12), 'yesterday', true);
  age('late on the day before yesterday', local(26, 23), local(28, 1), '2 days ago', true);
  // Clocks change on 29 March where they do.
  age('over a change of clocks', local(28, 11), local(30, 12), '2 days ago', true);
  age('weeks', local(1, 9), local(22, 9), '21 days ago', true);
  age('a text that is no time', 'soon', local(29, 12), 'at an unknown time', true);
});
