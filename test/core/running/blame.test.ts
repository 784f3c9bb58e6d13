/** The words of a request that the API's refusal names. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { blamedIn } from '#core/running/blame';
import { readQueryFile, structure } from '#core/running/query-file';

/** Returns the words marked, each with its line from 1. */
function marked(text: string, sentence: string): string[] {
  const [request] = readQueryFile('a.apq', text).requests;
  return blamedIn(text, [sentence], request === undefined ? [] : structure.fieldWords(request)).map(
    ({ offset, length }) =>
      `${text.slice(0, offset).split('\n').length}:${text.slice(offset, offset + length)}`,
  );
}

const READ = `GET coursedate
# Status here
$select = ID, StartDate
$filter = Status eq 'No such Status' and contains(Label,'x') and Cost gt '5'
$orderby = Status desc
$top = 500`;
const WRITE = `PUT coursedate/1
{ "Status": "Full", "Title": "Status" }`;

describe('words that the API’s refusal names', () => {
  for (const [text, sentence, expected] of [
    [READ, "The field 'Status' can't be filtered.", ['4:Status', '5:Status']],
    [READ, 'The field Status can not be filtered by.', ['4:Status', '5:Status']],
    [READ, 'the field status can not be filtered by', ['4:Status', '5:Status']],
    [READ, 'Status can not be filtered by.', ['4:Status', '5:Status']],
    [READ, 'You may not sort by Label here.', ['4:Label']],
    [READ, 'Could not find StartDate.', ['3:StartDate']],
    [READ, '$top must be at most 50.', ['6:$top']],
    [READ, 'The value "No such Status" is not known.', ['4:No such Status']],
    [READ, 'Something is wrong and this and that.', []],
    [READ, 'The status of the cost is unknown. Label', []],
    [READ, 'The module is not known.', []],
    [WRITE, 'The field Status cannot be written.', ['2:"Status"']],
    [WRITE, 'Title is too long.', ['2:"Title"']],
    ["GET user?$filter=Town eq 'x'", 'The field Town is not allowed.', ['1:Town']],
  ] as const)
    it(`${sentence} → ${expected.join(' ') || 'nothing'}`, () =>
      assert.deepEqual(marked(text, sentence), expected));

  it('never throws, and stays within the text', () =>
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (one, words) => {
        for (const { offset, length } of blamedIn(one, words, []))
          assert.ok(offset >= 0 && offset + length <= one.length);
      }),
    ));
});
