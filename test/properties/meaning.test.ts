/** Fix all, and each fix that is offered as sure, keeps the meaning of a filter: records meet it before and after, or neither. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits } from '#language';
import { serviceWith } from '../language/support/language';
import { meets, RECORDS } from './support/filter-meaning';
import { readFilter } from './support/filter-reader';
import { type Condition, Undecided } from './support/filter-tree';
import { anyFilter, byTheLetter, condition, loosely, looseness, written } from './support/filters';
import { property } from './support/property';

const service = serviceWith();
const HEAD = 'GET coursedate\n$filter = ';

/** What the filter's tree says of each record; undefined where that can't be decided. */
function answers(tree: Condition): readonly boolean[] | undefined {
  try {
    return RECORDS.map((record) => meets(tree, record));
  } catch (error) {
    if (error instanceof Undecided) return undefined;
    throw error;
  }
}

function answersOf(filter: string): readonly boolean[] | undefined {
  try {
    return answers(readFilter(filter));
  } catch (error) {
    if (error instanceof Undecided) return undefined;
    throw error;
  }
}

/** How many rewritten filters could be decided, and how many not. */
const seen = { decided: 0, undecided: 0 };

/** Fails when a sure fix of the filter changes what it means. */
function checkMeaning(filter: string, before: readonly boolean[] | undefined): void {
  const text = HEAD + filter;
  const document = service.parse(text);
  const sure = [
    { title: 'Fix all', edits: service.fixAll(document) },
    ...service.fixes(document, { offset: 0, length: text.length }).filter(({ preferred }) => preferred),
  ];
  for (const { title, edits } of sure) {
    if (edits.length === 0) continue;
    const fixed = applyEdits(text, edits);
    const after = fixed.startsWith(HEAD) ? answersOf(fixed.slice(HEAD.length)) : undefined;
    if (before === undefined || after === undefined) {
      seen.undecided++;
      continue;
    }
    seen.decided++;
    const at = before.findIndex((each, index) => each !== after[index]);
    if (at >= 0)
      assert.fail(
        `${title}: ${filter} → ${fixed.slice(HEAD.length)}; the answer was ${before[at]} for ${JSON.stringify(RECORDS[at])}`,
      );
  }
}

describe('meaning', () => {
  property('meaning: our reader of OData reads what it writes', 300, condition, (tree) => {
    assert.deepEqual(answers(readFilter(written(tree, byTheLetter))), answers(tree));
  });

  property('meaning: kept for filters of OData', 1000, condition, (tree) =>
    checkMeaning(written(tree, byTheLetter), answers(tree)),
  );

  property(
    'meaning: kept however people write the filter',
    1000,
    fc.tuple(condition, looseness),
    ([tree, numbers]) => checkMeaning(written(tree, loosely(numbers)), answers(tree)),
  );

  property('meaning: kept for any text that is a filter of OData', 600, anyFilter, (filter) =>
    checkMeaning(filter, answersOf(filter)),
  );

  after(() => {
    assert.ok(
      seen.decided >= seen.undecided,
      `only ${seen.decided} of ${seen.decided + seen.undecided} decided`,
    );
  });
});
