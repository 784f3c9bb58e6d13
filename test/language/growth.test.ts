/**
 * Work that grows with the text, and not with its square: inputs of a size for which the square would take minutes, and
 * mocha's time run out. How long each takes is measured by `npm run bench`.
 */
import assert from 'node:assert/strict';
import { applyEdits, type ApqDocument } from '#language';
import { serviceWith } from './support/language';

const service = serviceWith();

/** Reads, checks, mends, formats and colours the text, and types into its middle. */
function everything(text: string): ApqDocument {
  const document = service.parse(text);
  service.diagnose(document);
  service.fixAll(document);
  applyEdits(text, service.format(document));
  service.semanticTokens(document);
  service.outline(document);
  service.folds(document);
  service.diagnose(service.edit(document, { offset: text.length >> 1, length: 0, text: 'x' }));
  return document;
}

const repeat = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('');

describe('nothing takes the square of the text’s length', () => {
  for (const [what, text] of [
    ['blank lines', `GET coursedate\n${'\n'.repeat(80_000)}`],
    ['lone CRs', `GET coursedate\n$filter = ${'\r'.repeat(60_000)}}`],
    ['spaces in a body', `POST coursedate\n{ "Label": ${' '.repeat(150_000)}}`],
    ['fields without commas', `GET coursedate\n$select = ${'ID '.repeat(10_000)}`],
    ['lines that belong to nothing', `GET coursedate\n${'what is this\n'.repeat(8000)}`],
    ['brackets that are never closed', `POST coursedate\n${'{"a":'.repeat(60_000)}`],
    ['deep JSON', `POST coursedate\n${'{"a":'.repeat(60_000)}1${'}'.repeat(60_000)}`],
    ['parentheses', `GET coursedate\n$filter = ${'('.repeat(3000)}Label eq 'a'${')'.repeat(3000)}`],
    ['quotes in an address', `GET coursedate?$filter=${'‘'.repeat(60_000)}`],
    [
      'requests that need each other in a chain',
      repeat(4000, (i) => `### ${i}\n# @name r${i}\nGET coursedate/{{r${i - 1}.results[0].ID}}\n`),
    ],
    [
      'requests that need each other in a ring',
      repeat(4000, (i) => `### ${i}\n# @name r${i}\nGET coursedate/{{r${(i + 1) % 4000}.results[0].ID}}\n`),
    ],
    [
      'variables in a chain',
      `${repeat(8000, (i) => `@v${i} = {{v${i + 1}}}\n`)}GET coursedate\n$filter = Label eq '{{v0}}'\n`,
    ],
    [
      'a chain of variables that each request uses',
      `${repeat(2000, (i) => `@v${i} = {{v${i + 1}}}\n`)}${repeat(2000, (i) => `### ${i}\n# @name r${i}\nGET coursedate/{{v0}}\n`)}`,
    ],
    [
      'undefined names beside known ones',
      `${repeat(8000, (i) => `@name${i}x = ${i}\n`)}GET coursedate\n$filter = ${repeat(8000, (i) => `{{nome${i}y}} `)}`,
    ],
    [
      'undefined requests beside known ones in a chain',
      repeat(
        2000,
        (i) =>
          `### ${i}\n# @name r${i}\nGET coursedate/{{r${i - 1}.results[0].ID}}-{{q${i}.results[0].ID}}\n`,
      ),
    ],
    [
      'variables that use one without a value',
      `${repeat(5000, (i) => `@v${i} = {{w}}\n`)}@w = ${'{{$today}}'.repeat(5000)}{{w}}\nGET coursedate\n`,
    ],
    [
      'negations joined by and',
      `GET coursedate\n$filter = ${repeat(1000, (i) => `${i === 0 ? '' : ' and '}not (Label eq 'a${i}' and Status in ('Full','x'))`)}`,
    ],
  ] as const)
    it(what, () => void everything(text));

  it('a ring of thousands names a request’s neighbour only', () => {
    const text = repeat(
      30,
      (i) => `### ${i}\n# @name r${i}\nGET coursedate/{{r${(i + 1) % 30}.results[0].ID}}\n`,
    );
    const [first] = service.diagnose(service.parse(text)).filter(({ code }) => code === 'request-cycle');
    assert.match(first?.message ?? '', /r0 → r1 → … → r0/);
  });
});
