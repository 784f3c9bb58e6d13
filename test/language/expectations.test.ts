/** `# @expect`: what a line means. Dependencies: which requests need which. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseExpectation } from '#language/syntax/expectation-parser';
import type { SyntaxProblem } from '#language/syntax/problems';
import { serviceWith } from './support/language';

const service = serviceWith();

/** The first expectation in a few words: subject, path, operator, value. */
function meaning(line: string, above = ''): string {
  const document = service.parse(`${above}# @expect ${line}\nGET coursedate\n`);
  const request = service.requests(document)[0];
  assert.ok(request);
  const [found] = service.expectations(document, request);
  assert.ok(found);
  assert.equal(document.text.slice(found.span.offset, found.span.offset + found.span.length), found.text);
  if (!found.ok) return found.message;
  const path = found.path.map((part) => (typeof part === 'object' ? '*' : String(part)));
  return [
    found.subject,
    ...path,
    found.negated ? 'not' : [],
    found.operator,
    JSON.stringify(found.value) ?? [],
  ]
    .flat()
    .join(' ');
}

describe('expectations', () => {
  const means = (line: string, expected: string, above?: string) =>
    it(`${line} means ${expected}`, () => assert.equal(meaning(line, above), expected));
  means('status 200', 'status == {"kind":"number","digits":"200"}');
  means('Status EQ 200', 'status == {"kind":"number","digits":"200"}');
  means('count>=1', 'count >= {"kind":"number","digits":"1"}');
  means("results[0].Status == 'it''s'", 'results 0 Status == {"kind":"text","text":"it\'s"}');
  means('results[*].A startswith "say ""x"""', 'results * A startswith {"kind":"text","text":"say \\"x\\""}');
  means('results[0].A !exists', 'results 0 A not exists');
  means('results[0].A NOT exists', 'results 0 A not exists');
  means("body['odd name'][2].x != null", 'body odd name 2 x != {"kind":"null"}');
  means('results[0].Online true', 'results 0 Online == {"kind":"boolean","boolean":true}');
  means("results[0].A == '{{low}}'", 'results 0 A == {"kind":"text","text":"5"}', '@low = 5\n');
  means('count > {{low}}', 'count > {"kind":"number","digits":"5"}', '@low = 5\n');
  means('count > {{no}}', 'There is no variable “no”. Add a line such as @no = value.');
  means('count >', 'This expectation is not finished: correct what is underlined in it.');
  means('Label == 1', 'This expectation is not finished: correct what is underlined in it.');

  it('show the values of variables', () => {
    const document = service.parse("@a = it's\n# @expect results[0].Label == '{{a}}'\nGET coursedate\n");
    const request = service.requests(document)[0];
    assert.ok(request);
    const [found] = service.expectations(document, request);
    assert.equal(found?.ok === true ? found.shown : '', "results[0].Label == 'it''s'");
  });

  it('are parsed from any text without throwing, within the text and nested', () => {
    const piece = fc.constantFrom(
      ...['status', 'results', '[0]', '[*]', "['a']", '.ID', ' ', '==', '!', 'not ', 'exists', "'", '"'],
      ...['{{', '}}', 'x', '200', 'true', '[', ']', 'contains', '<', '='],
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 3 })), { minLength: 1 }), (parts) => {
        const line = parts
          .join('')
          .replace(/[\r\n]/g, ' ')
          .trim();
        for (let end = 1; end <= line.length; end++) {
          const text = `# ${line}`;
          const stop = 2 + line.slice(0, end).trimEnd().length;
          const problems: SyntaxProblem[] = [];
          const found = parseExpectation(text, 2, stop, problems);
          const parsed = [found.subject, found.negation, found.operator, found.value].flatMap(
            (each) => each ?? [],
          );
          let last = 2;
          for (const { offset, length } of parsed) {
            assert.ok(offset >= last && offset + length <= stop, text);
            last = offset + length;
          }
          for (const each of [...problems, ...(found.subject?.steps ?? [])])
            assert.ok(each.offset >= 2 && each.offset + each.length <= stop, text);
        }
      }),
    );
  });
});

describe('dependencies', () => {
  const file = `@id = {{a.results[0].ID}}
### A
# @name a
GET user
### B
# @name b
GET user
$filter = ID eq '{{id}}'
### C
# @name c
# @expect results[0].ID == '{{b.results[0].ID}}'
GET user/{{none.results[0].ID}}
### D
GET user
$filter = ID eq '{{c.results[0].ID}}' or ID eq '{{a.results[0].ID}}'
### X
# @name x
GET user/{{y.results[0].ID}}
### Y
# @name y
GET user/{{x.results[0].ID}}
`;
  const document = service.parse(file);
  const needs = (title: string, expected: string) =>
    it(`${title} needs ${expected || 'nothing'}`, () => {
      const request = service.requests(document).find((each) => each.title === title);
      assert.ok(request);
      assert.equal(
        service
          .dependencies(document, request)
          .map((each) => each.title)
          .join(' '),
        expected,
      );
    });
  needs('A', '');
  needs('B', 'A');
  needs('C', 'A B');
  needs('D', 'A B C');
  needs('X', 'Y');
});
