/** Files and requests that are longer than what is read: a sentence, and nothing fails. */
import assert from 'node:assert/strict';
import { MAX_BLOCK, MAX_BLOCKS, MAX_FILE, MAX_REQUEST } from '#language/text/limits';
import { serviceWith } from './support/language';

const service = serviceWith();
const messages = (text: string) => service.diagnose(service.parse(text)).map(({ message }) => message);
const SENTENCES = { file: /^This file is not checked/, request: /^From here on this request is not read/ };

describe('long files', () => {
  const longest = `### a\nGET coursedate\n$top = x\n${`### b\n# ${'x'.repeat(99_991)}\n`.repeat(MAX_FILE / 100_000)}`;

  it('are left unchecked beyond the limit, and checked again once they are shorter', () => {
    const document = service.parse(longest);
    assert.equal(service.diagnose(document).length, 1);
    assert.match(service.diagnose(document)[0]?.message ?? '', SENTENCES.file);
    assert.deepEqual(service.requests(document), []);
    const shorter = service.edit(document, { offset: 40, length: 1000, text: '' });
    assert.deepEqual(
      service.diagnose(shorter).map(({ code }) => code),
      ['type-mismatch'],
    );
    const again = service.edit(shorter, { offset: 40, length: 0, text: 'y'.repeat(1000) });
    assert.match(service.diagnose(again)[0]?.message ?? '', SENTENCES.file);
    assert.equal(again.text.length, longest.length);
  });

  it('have no more requests than are read', () => {
    const most = '###\n'.repeat(MAX_BLOCKS);
    assert.deepEqual(messages(most), []);
    const document = service.edit(service.parse(most), { offset: 0, length: 0, text: '###\n' });
    assert.match(service.diagnose(document)[0]?.message ?? '', SENTENCES.file);
  });
});

describe('long requests', () => {
  const filter = "Label eq 'a' or ".repeat(MAX_REQUEST / 16);

  for (const [what, text] of [
    [
      'a line of 5 million characters',
      `GET coursedate\n$filter = ${"Label eq 'a' or ".repeat(312_500)}Label eq 'b'\n`,
    ],
    [
      'a clause on many lines',
      `GET coursedate\n$filter = ${filter.replaceAll(' or ', '\n or ')}\n  and Label eq 'b'`,
    ],
    ['an address', `GET coursedate?$filter=${filter}Label eq 'b'`],
    ['many clauses', `GET coursedate\n${'$top = 5\n'.repeat(40_000)}`],
    ['blank lines', `GET coursedate\n${'\n'.repeat(MAX_BLOCK)}`],
  ] as const)
    it(`${what}: one sentence, and the next request is read`, () => {
      const found = messages(`${text}\n###\nGET coursedate\n$top = x\n`);
      assert.equal(found.filter((each) => SENTENCES.request.test(each)).length, 1);
      assert.equal(found.filter((each) => /is the number of records/.test(each)).length, 1);
    });

  it('may have a long body', () => {
    const body = JSON.stringify({ Label: 'x'.repeat(MAX_BLOCK - 100) });
    assert.deepEqual(
      messages(`PUT coursedate/1\n${body}\n`).filter((each) => SENTENCES.request.test(each)),
      [],
    );
  });
});
