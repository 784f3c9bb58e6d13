/** Fixes in text that is broken in more than one way: each is right, or is not offered. */
import assert from 'node:assert/strict';
import { applyEdits, type DiagnosticCode } from '#language';
import { serviceWith } from './support/language';

const service = serviceWith();

/** The texts after each fix of the problems with that code. */
function after(text: string, code: DiagnosticCode): string[] {
  const found = service.fixes(service.parse(text), { offset: 0, length: text.length });
  return found.flatMap(({ diagnostic, edits }) =>
    diagnostic.code === code ? [applyEdits(text, edits)] : [],
  );
}

const get = (filter: string) => `GET coursedate\n$filter = ${filter}`;

/** A text, the code of a problem in it, and the text after each fix for it. */
const ROWS: readonly (readonly [text: string, code: DiagnosticCode, ...after: string[]])[] = [
  // Without its ID, it would be a method, or something else than was written.
  ['PUT/2024', 'unexpected-id'],
  ['GET coursedate/$count 12.50', 'unexpected-id'],
  ['GET coursedate/2024 HTTP/1.1', 'unexpected-id', "GET coursedate HTTP/1.1\n$filter = ID eq '2024'"],
  // Without a value, with a method that does not take it, or twice, the parameter would be wrong in another way.
  ['GET coursedate\n$filte', 'unsupported-parameter'],
  ['PUT user/1\n$selct = ID\n{ "Surname": "x" }', 'unsupported-parameter'],
  ['GET user\n$top = 5\n$tpo = 5', 'unsupported-parameter'],
  ['GET coursedate\n$tpo = 5', 'unsupported-parameter', 'GET coursedate\n$top = 5'],
  ["GET coursedate\n$filter'' = 5", 'missing-operator', "GET coursedate\n$filter = '' = 5"],
  ['GET coursedate?$top(5', 'missing-operator', 'GET coursedate?$top=(5'],
  ["GET coursedate\n$filter\n   = ID eq '5'", 'missing-operator'],
  ['GET coursedate?$filter, ID', 'unexpected-text', 'GET coursedate?$filter ID'],
  // A figure beside another function is reported at once, and asked when it stands by itself.
  [
    'GET coursedate\n$select = sum(Cost), upper(Label)',
    'unexpected-text',
    'GET coursedate\n$select = sum(Cost), Label',
  ],
  // Directives.
  ['# @page\nGET coursedate', 'unknown-directive'],
  ['# @pages 2\n# @page 3\nGET coursedate', 'unknown-directive'],
  ['# @page 3\nGET coursedate', 'unknown-directive', '# @pages 3\nGET coursedate'],
  // Fields that the platform can't filter by, sort by or search in.
  [get("TagLabel eq 'x'"), 'unknown-field', get("Label eq 'x'")],
  [get("startswith(SpacesLeft1,'5')"), 'unknown-field'],
  [get("contains(Lable,'x')"), 'unknown-field', get("contains(Label,'x')")],
  // An argument is missing, too.
  [get('contains(Label'), 'bad-arguments'],
  [get("contains(Label,'a' and Cost gt '5'"), 'bad-arguments', get("contains(Label,'a') and Cost gt '5'")],
  // One mistake: the list was cut off inside a text.
  [get("Status in ('Full','Open"), 'bad-arguments'],
  [get("Status in ('Full','Open"), 'unterminated-value', get("Status in ('Full','Open')")],
  // Spoken operators in a turned condition.
  [get('2025-05-01 less than StartDate'), 'unsupported-filter', get("StartDate gt '2025-05-01'")],
  [get('5 lt SpacesLeft is empty'), 'unsupported-filter'],
  // No digit of a value in a body gets lost.
  [
    'PUT coursedate/1\n{ "SpacesLeft": "9223372036854775807" }',
    'body-type-mismatch',
    'PUT coursedate/1\n{ "SpacesLeft": 9223372036854775807 }',
  ],
  [
    'PUT coursedate/1\n{ "SpacesLeft": "+007", "Label": 9223372036854775807 }',
    'body-type-mismatch',
    'PUT coursedate/1\n{ "SpacesLeft": 7, "Label": 9223372036854775807 }',
    'PUT coursedate/1\n{ "SpacesLeft": "+007", "Label": "9223372036854775807" }',
  ],
  // What stands behind punctuation is a comment as well.
  [get("Status eq 'Full'// why"), 'misplaced-comment', `GET coursedate\n# why\n$filter = Status eq 'Full'`],
  // Names whose value would need itself, or that the rest can't follow.
  [
    "@a = {{b}}\nGET user\n$filter = Surname eq '{{a}}'",
    'undefined-variable',
    "@b = ?b\n@a = {{b}}\nGET user\n$filter = Surname eq '{{a}}'",
  ],
  [get("StartDate ge '{{$todayx(+ 3}}'"), 'undefined-variable'],
  // A variable that is not there is asked for: an empty one would be wrong here.
  [
    '# @expect count >= {{low}}\nGET user',
    'undefined-variable',
    '@low = ?low\n# @expect count >= {{low}}\nGET user',
  ],
  // Bodies.
  ['PUT user/1\n{ "Surname": 5x( }', 'invalid-json'],
  ['PUT user/1\n{ "MarketingOptIn": true&& }', 'invalid-json'],
  ['GET user\n{ "a": 1 }\n{ "b": 2 }', 'body-not-allowed', 'GET user\n'],
  ['PATCH user/1', 'body-required'],
  // All of them go, or the problem stays.
  [
    '# @pages all\n# @pages all\nGET user\n$top = 5',
    'small-page',
    '# @pages all\n# @pages all\nGET user\n$top = 50',
    'GET user\n$top = 5',
  ],
  ['GET coursedate\n$top === 5', 'missing-operator', 'GET coursedate\n$top = 5'],
  // The item that is there twice goes, whatever stands before it.
  [
    'GET coursedate\n$select = ID, == , id, Label',
    'duplicate-field',
    'GET coursedate\n$select = ID, ==, Label',
  ],
  // A clause that is there already is not written once more.
  [`${get("ID eq '5' order by Label")}\n$orderby ID`, 'unexpected-text'],
  ['GET coursedate\n$filter = order by ID\n$orderby  ID', 'unexpected-text'],
  // After an open variable, only its braces are sure.
  [get("Label{{ 'a'"), 'missing-operator'],
  [get('Label eq {{x'), 'unterminated-value', get('Label eq {{x}}')],
  // A function is no value; without its end it may be anything.
  [get("Status eq ins(Label,'x')"), 'unsupported-filter'],
  [get("Status in 'a',concat(Label,'x')"), 'missing-and-or', get("Status in 'a' and concat(Label,'x')")],
  // Escapes of an address stay as they are.
  [
    'GET coursedate?$filter=ID eq %275%27 $orderby=-Label%20desc',
    'unexpected-text',
    'GET coursedate?$filter=ID eq %275%27&$orderby=-Label%20desc',
  ],
  [
    'GET coursedate?$filter=Label eq a%7B%7Bx%7D%7D',
    'missing-quotes',
    "GET coursedate?$filter=Label eq 'a%7B%7Bx%7D%7D'",
  ],
  ['PUT user/1\n$filter = ID eq \'1\' order by Surname\n{ "Surname": "x" }', 'unexpected-text'],
  [get("Status in ('Full')%20"), 'unexpected-text', get("Status eq 'Full'"), get("Status in ('Full')")],
  [get("%20 Status eq 'Full'"), 'unexpected-text', get("Status eq 'Full'")],
  [get("Label%20 eq 'a  b'"), 'unexpected-text', get("Label eq 'a  b'")],
  [get('%20'), 'missing-value'],
  // A comment between a sign and its field stays.
  [
    'GET coursedate\n$orderby = -\n  # why\n  Label',
    'unknown-operator',
    'GET coursedate\n$orderby = \n  # why\n  Label desc',
  ],
  ['GET coursedate\n$orderby = ID, - Label', 'unknown-operator', 'GET coursedate\n$orderby = ID, Label desc'],
  // Nobody knows which of two operators is meant, and which of two conditions a value alone belongs to.
  [get("Label =~= 'x'"), 'unknown-operator'],
  [get("'Full','Open' eq Status"), 'missing-and-or'],
  [get("not (StartDate & between '2026-11-26' and '2026-11-27')"), 'missing-operator'],
  [get("contains(x{Label,'y'"), 'bad-arguments'],
  [get("StartDate ge '2025'contains( and St is empty&.2026-01-01"), 'missing-operator'],
  // A name with something else in it.
  ["GET coursedate\n$filteß = ID eq '5'", 'unsupported-parameter'],
  ["GET coursedate\n$filtre ID eq '5'", 'unsupported-parameter', "GET coursedate\n$filter ID eq '5'"],
  // What the API can't do is removed only on request.
  [get("Status eq 'Full' group by Label"), 'unexpected-text', get("Status eq 'Full'")],
  // A field of a body that the platform sets.
  ['PUT coursedate/1\n{ "DateCreate": "x" }', 'unknown-body-field'],
  // The name that is wrong in one clause is wrong in the other, too.
  [
    "GET user\n$orderby = ID\n$filter = Status eq 'x'\n$orderby = Status",
    'duplicate-clause',
    "GET user\n$orderby = ID, Status\n$filter = Status eq 'x'\n",
    "GET user\n$orderby = ID\n$filter = Status eq 'x'\n",
  ],
  // A comment is no condition.
  [
    "GET coursedate\n$filter = # why\n$filter = ID eq '5'",
    'duplicate-clause',
    'GET coursedate\n$filter = # why\n',
  ],
  // A variable that stands without its braces is used.
  ['@site = a\nGET user\n$filter = Surname eq @site', 'unused-variable'],
  // Expectations.
  ['# @expect Status\nGET user', 'invalid-expectation'],
  ["# @expect body.a~'x'\nGET user", 'invalid-expectation', "# @expect body.a matches 'x'\nGET user"],
];

describe('fixes in broken text', () => {
  for (const [text, code, ...expected] of ROWS)
    it(`${code} in ${JSON.stringify(text)}`, () => assert.deepEqual(after(text, code), expected));

  it('leaves no blank at the end of a line when fix all mends a condition and moves the comment behind it', () => {
    const text = "GET coursedate\n$filter = Label =~ '^First'// why\n";
    assert.equal(
      applyEdits(text, service.fixAll(service.parse(text))),
      "GET coursedate\n# why\n$filter = startswith(Label,'First')\n",
    );
  });

  it('ends its lines as those of the request do', () => {
    const text =
      'GET coursedate\r\n$filter = Status in (Available, Full), VenueTown = Tyne and Wear\r\n$top = 5\r\n';
    const [first] = service.fixes(service.parse(text), { offset: 0, length: text.length });
    assert.match(first?.title ?? '', /^Correct to/);
    const fixed = applyEdits(text, first?.edits ?? []);
    assert.match(fixed, /'Tyne and Wear'\r\n +or Status/);
    assert.doesNotMatch(fixed, /[^\r]\n/);
  });

  it('offers, and takes in fix all, one of two that add the same parameter', () => {
    const text = "GET coursedate/2024\n$filtr = ID eq '5'";
    assert.equal(
      applyEdits(text, service.fixAll(service.parse(text))),
      "GET coursedate\n$filter = ID eq '2024'\n$filtr = ID eq '5'",
    );
  });
});

describe('a fix in another request', () => {
  for (const [what, use, fixed] of [
    ['of an answer', "GET User\n$filter = ID eq '{{courses.results[0].Cost}}'\n", '$select = ID, Cost\n'],
    ['of a table', 'SQL\nselect Cost from courses\n', '$select = ID, Cost\n'],
  ] as const)
    it(`is right after an edit of that request that changes no answer: ${what}`, () => {
      const text = `# @name courses\nGET CourseDate\n$select = ID\n\n###\n${use}`;
      const document = service.parse(text);
      service.diagnose(document);
      const edited = service.edit(document, { offset: 0, length: 0, text: '# All of them.\n' });
      service.diagnose(edited);
      const fixes = service.fixes(edited, { offset: edited.text.indexOf('Cost'), length: 0 });
      const texts = fixes.map(({ edits }) => applyEdits(edited.text, edits));
      assert.ok(texts.some((each) => each.includes(fixed) && each.startsWith('# All of them.\n# @name')));
    });
});
