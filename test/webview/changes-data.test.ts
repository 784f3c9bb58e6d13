/** The data of the changes view, without a page. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { ChangePages } from '#webview/changes/data/change-pages';
import { listDifference, type Part, textDifference } from '#webview/changes/data/difference';
import { countsOf, sumsOf } from '#webview/changes/data/states';
import type { ShownChange } from '#webview/changes/messages';
import { Unfolded } from '#webview/data/unfolded';

/** Marks what differs with brackets. */
const shown = (parts: readonly Part[]) =>
  parts.map(({ text, differs }) => (differs ? `[${text}]` : text)).join('');

describe('what differs', () => {
  for (const [before, after, was, becomes] of [
    ['the old town', 'the new town', 'the [old] town', 'the [new] town'],
    ['a b c d e f', 'a x y d e f', 'a [b c] d e f', 'a [x y] d e f'],
    ['Line one', 'Line one ', 'Line one', 'Line one[ ]'],
    ['one\ntwo', 'one\r\ntwo', 'one[\n]two', 'one[\r\n]two'],
    ['Zoë', 'Zoe', '[Zoë]', '[Zoe]'],
    ['', 'new', '', '[new]'],
    ['', '', '', ''],
    // Other texts are no confetti of common letters.
    ['Ring the office first', 'a b, the c', '[Ring the office first]', '[a b, the c]'],
    ['01569', '1569', '[01569]', '[1569]'],
  ] as const)
    it(`of ${JSON.stringify(before)} and ${JSON.stringify(after)}`, () => {
      const difference = textDifference(before, after);
      assert.deepEqual([shown(difference.before), shown(difference.after)], [was, becomes]);
    });

  it('of lists, item by item', () => {
    const difference = listDifference(['a', 'b', 'c'], ['b', 'c', 'd']);
    assert.deepEqual([shown(difference.before), shown(difference.after)], ['[a]bc', 'bc[d]']);
  });

  it('keeps both texts whole, and takes no long time for long ones', () => {
    const word = fc.constantFrom('a', 'b', ' ', '\n', 'Müller', '👍', 'e\u0301');
    const text = fc.array(word, { maxLength: 3000, size: 'max' }).map((words) => words.join(''));
    const whole = (parts: readonly Part[]) => parts.map((part) => part.text).join('');
    fc.assert(
      fc.property(text, text, (before, after) => {
        const difference = textDifference(before, after);
        assert.deepEqual([whole(difference.before), whole(difference.after)], [before, after]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the states of changes', () => {
  it('are listed where they occur, and sum up to all rows', () => {
    assert.deepEqual(countsOf({ refused: 2, create: 1, done: 0 }), [
      ['create', 1],
      ['refused', 2],
    ]);
    assert.deepEqual(sumsOf({ done: 5, failed: 2, unchanged: 3, unknown: 1, create: 4 }, 15), {
      done: 5,
      failed: 2,
      unknown: 1,
      unsent: 7,
    });
  });
});

describe('pages of changes', () => {
  const asked: [id: number, from: number][] = [];
  const pages = new ChangePages((id, _, from) => asked.push([id, from]));
  const page = (from: number): ShownChange[] =>
    Array.from({ length: 100 }, (_, at) => ({ row: from + at + 1 }) as ShownChange);
  const answer = () => {
    for (const [id, from] of asked.splice(0)) pages.take(id, 5000, page(from));
  };

  it('are asked for once, when one of their changes is looked at', () => {
    pages.find({ states: 'all', text: '' });
    answer();
    assert.equal(pages.total, 5000);
    assert.equal(pages.at(99)?.row, 100);
    assert.equal(pages.at(250), undefined);
    assert.equal(pages.at(251), undefined);
    assert.deepEqual(asked, [[2, 200]]);
    answer();
    assert.equal(pages.at(250)?.row, 251);
  });

  it('stay until newer ones come, and few are kept', () => {
    pages.renew(7);
    answer();
    assert.equal(pages.at(5)?.row, 6);
    assert.deepEqual(
      asked.map(([, from]) => from),
      [0],
    );
    answer();
    for (let from = 0; from < 5000; from += 100) {
      pages.at(from);
      answer();
    }
    assert.equal(pages.at(5), undefined);
    answer();
  });

  it('ignore answers to an earlier question', () => {
    pages.find({ states: ['done'], text: '' });
    const [[id = 0] = []] = asked.splice(0);
    pages.find({ states: ['failed'], text: '' });
    assert.equal(pages.take(id, 1, page(0)), undefined);
    assert.equal(pages.total, undefined);
    answer();
    assert.equal(pages.total, 5000);
  });
});

describe('unfolded rows', () => {
  it('say the row of each line, whatever is unfolded', () => {
    const rows = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 30 });
    fc.assert(
      fc.property(rows, (counts) => {
        // 0: the row is folded.
        const unfolded = new Unfolded();
        unfolded.set(new Map(counts.flatMap((count, row) => (count === 0 ? [] : [[row, count] as const]))));
        const plain = counts.flatMap((count, row) =>
          Array.from({ length: Math.max(1, count) }, (_, within) => ({ row, within })),
        );
        assert.equal(unfolded.count(counts.length), plain.length);
        assert.deepEqual(
          plain.map((_, line) => unfolded.at(line)),
          plain,
        );
        for (const row of counts.keys())
          assert.deepEqual(unfolded.at(unfolded.lineOf(row)), { row, within: 0 });
      }),
    );
  });
});
