/** Which request of a file `--line` means: the one that the editor's *Run* takes for a cursor in that line. */
import assert from 'node:assert/strict';
import { requestAtLine } from '#cli/choose';
import { readQueryFile, titleOf } from '#core/running/query-file';

const TEXT = `# About this file
@limit = 5

### First
GET user

$top = {{limit}}

###
# @name second
GET venue
###
`;

describe('the request at a line', () => {
  const file = readQueryFile('queries.apq', TEXT);
  for (const [line, title] of [
    [1, 'First'],
    [4, 'First'],
    [8, 'First'],
    [9, 'second'],
    [11, 'second'],
  ] as const)
    it(`is “${title}” at line ${line}`, () => assert.equal(titleOf(requestAtLine(file, line)), title));

  for (const [line, message] of [
    [12, /^No request is at line 12 of queries\.apq\. Name a line of a request/],
    [14, /^queries\.apq has 13 lines, so --line 14 is behind its end\. Is the file saved\?$/],
  ] as const)
    it(`does not exist at line ${line}`, () =>
      assert.throws(() => requestAtLine(file, line), { code: 2, message }));

  it('is found where lines end in CR LF', () =>
    assert.equal(
      titleOf(requestAtLine(readQueryFile('queries.apq', TEXT.replaceAll('\n', '\r\n')), 11)),
      'second',
    ));
});
