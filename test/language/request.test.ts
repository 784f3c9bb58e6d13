/** What a request sends: a file's text, and `METHOD address body` of its last request. */
import assert from 'node:assert/strict';
import { type EvaluationContext, pathOf } from '#language';
import { visibleOnOneLine } from '#language/text/unseen';
import type { DateBuiltin } from '#language/vocabulary/builtins';
import { serviceWith } from './support/language';
import { NOW } from './support/metadata';

function sent(text: string, more: Partial<EvaluationContext> = {}): string {
  const service = serviceWith();
  const document = service.parse(text);
  const request = service.requests(document).at(-1);
  assert.ok(request, 'no request');
  const built = service.build(document, request, { now: NOW, ...more });
  if (!built.ok) return built.problems.map(({ reason, message }) => `${reason}: ${message}`).join('\n');
  return [built.request.method, decodeURI(pathOf(built.request)), built.request.body]
    .filter((part) => part !== undefined)
    .join(' ');
}

const sends = (text: string, expected: string, more?: Partial<EvaluationContext>) =>
  it(JSON.stringify(text), () => assert.equal(sent(text, more), expected));

describe('request', () => {
  describe('targets', () => {
    sends('coursedate', 'GET /api/v2/CourseDate');
    sends('get COURSEDATE', 'GET /api/v2/CourseDate');
    sends('GET /coursedate', 'GET /api/v2/CourseDate');
    sends('GET somethingelse', 'GET /api/v2/somethingelse');
    sends('GET coursedate HTTP/1.1', 'GET /api/v2/CourseDate');
    sends('accessplan/api/v2/coursedate?$top=5', 'GET /api/v2/CourseDate?$top=5');
    sends('…/api/v2/coursedate?$top=5', 'GET /api/v2/CourseDate?$top=5');
    sends('https://platformname.accessplanit.com/accessplan/api/v2/coursedate', 'GET /api/v2/CourseDate');
    sends(
      "POST: https://platformname.accessplanit.com/accessplan/api/v2/user?$upsert=Email eq 'a@b.c'\n{}",
      "POST /api/v2/User?$upsert=Email eq 'a%40b.c' {}",
    );
    sends('https://platformname.accessplanit.com/accessplan/apihelp/v2/modules', 'GET /apihelp/v2/modules');
    sends(
      'https://platformname.accessplanit.com/accessplan/apihelp/v2/modules/coursedate',
      'GET /apihelp/v2/modules/CourseDate',
    );
    sends('accessplan/modulesapihelp/v2/modules/coursedate', 'GET /apihelp/v2/modules/CourseDate');
    sends('https://platformname.accessplanit.com/accessplan/api/v2/token', 'GET /api/v2/token');
    sends('DELETE coursedate/2024', 'DELETE /api/v2/CourseDate/2024');
    sends('DELETE usercoursedate/12~34', 'DELETE /api/v2/usercoursedate/12~34');
    sends('DELETE user/a%20b', 'DELETE /api/v2/User/a b');
    sends("GET coursedate('2024')", "GET /api/v2/CourseDate?$filter=ID eq '2024'");
    sends("@id = 7\nGET coursedate(ID='{{id}}')?$top=5", "GET /api/v2/CourseDate?$filter=ID eq '7'&$top=5");
    sends('PUT coursedate/2024/\n{}', 'PUT /api/v2/CourseDate/2024 {}');
    sends('GET coursedate?$top=5 HTTP/1.1', 'GET /api/v2/CourseDate?$top=5');
    sends('GET coursedate?$orderby=StartDate+asc', 'GET /api/v2/CourseDate?$orderby=StartDate asc');
    sends(
      'GET coursedate?$filter=CourseID+eq+%27FirAid%27',
      "GET /api/v2/CourseDate?$filter=CourseID eq 'FirAid'",
    );
    sends(
      "GET coursedate?$filter=Label eq 'C# 7.0'&$top=5",
      "GET /api/v2/CourseDate?$filter=Label eq 'C%23 7.0'&$top=5",
    );
    sends("GET coursedate?$filter=Label eq 'Caf%E9%27", "GET /api/v2/CourseDate?$filter=Label eq 'Caf%E9'");
    sends(
      "GET coursedate\n?$filter=Label+eq+'a+b'\n&$orderby=StartDate+desc",
      "GET /api/v2/CourseDate?$filter=Label eq 'a b'&$orderby=StartDate desc",
    );
    sends(
      "GET coursedate\n?$filter=Label eq 'a+b'\n&$orderby=StartDate+desc",
      "GET /api/v2/CourseDate?$filter=Label eq 'a%2Bb'&$orderby=StartDate desc",
    );
    sends(
      "@x = 1\nGET coursedate?$filter=Label eq '%7B%7Bx%7D%7D {{x}}'",
      "GET /api/v2/CourseDate?$filter=Label eq '{{x}} 1'",
    );
    sends('GET coursedate/2024', "GET /api/v2/CourseDate?$filter=ID eq '2024'");
    sends('GET coursedate/2024?$top=5', "GET /api/v2/CourseDate?$filter=ID eq '2024'&$top=5");
  });

  describe('clauses', () => {
    sends(
      '@v = 1\nGET coursedate\n$filter = SpacesLeft gt {{v}}',
      "syntax: “1 or 1 eq 1” is text. Write {{v}} in single quotes: '{{v}}'.",
      { given: new Map([['v', '1 or 1 eq 1']]) },
    );
    sends(
      '# @name a\nGET user\n###\nPUT coursedate/1\n{ "SpacesLeft": {{a.results[0].ID}} }',
      'PUT /api/v2/CourseDate/1 {"SpacesLeft":"{{a.results[0].ID}}"}',
      { response: () => '{{a.results[0].ID}}', withPlaces: true },
    );
    sends('GET coursedate\n$TOP = 5\n$count = true', 'GET /api/v2/CourseDate?$top=5&$count=true');
    sends(
      "GET coursedate\n  ?$filter=id eq '1'\n  &$top=5",
      "GET /api/v2/CourseDate?$filter=ID eq '1'&$top=5",
    );
    sends('GET coursedate?$top=5\n$skip = 1', 'GET /api/v2/CourseDate?$top=5&$skip=1');
    sends(
      'GET coursedate\n$select = id,  label ,startdate',
      'GET /api/v2/CourseDate?$select=ID,Label,StartDate',
    );
    sends(
      'GET coursedate\n$orderby = startdate DESC , label',
      'GET /api/v2/CourseDate?$orderby=StartDate desc,Label',
    );
    sends(
      "GET coursedate\n$filter = id EQ '1'\n     AND  label ne 'x'",
      "GET /api/v2/CourseDate?$filter=ID eq '1' and Label ne 'x'",
    );
    sends(
      "GET coursedate\n$filter = id eq '1'\n# and label eq 'x'\n  or label eq 'y'",
      "GET /api/v2/CourseDate?$filter=ID eq '1' or Label eq 'y'",
    );
    sends(
      "GET coursedate\n$filter = Contains( label , 'x''y' )",
      "GET /api/v2/CourseDate?$filter=contains(Label,'x''y')",
    );
    sends(
      'GET coursedate\n$filter = Cost gt 5 and Online eq true',
      "GET /api/v2/CourseDate?$filter=Cost gt '5' and Online eq 'true'",
    );
    sends(
      "GET coursedate?$filter=Label eq 'Fish & Chips'&$top=5",
      "GET /api/v2/CourseDate?$filter=Label eq 'Fish %26 Chips'&$top=5",
    );
    sends(
      'GET coursedate?%24filter=Label%20eq%20%27Caf%C3%A9%20%26%20Co%27&%24top=5',
      "GET /api/v2/CourseDate?$filter=Label eq 'Café %26 Co'&$top=5",
    );
    sends(
      "GET coursedate?$filter=Label eq '50%' and Cost gt '1'",
      "GET /api/v2/CourseDate?$filter=Label eq '50%' and Cost gt '1'",
    );
    sends("GET coursedate?$filter=Label eq 'a+b#c'", "GET /api/v2/CourseDate?$filter=Label eq 'a%2Bb%23c'");
  });

  it('refuse half a character, which an address can’t hold', () => {
    const half = 'syntax: The request holds half a character, which can’t be sent. Write the text again.';
    assert.equal(sent("GET coursedate\n$filter = Label eq '\ud800'"), half);
    assert.equal(sent('PUT coursedate/\udc00\n{}'), half);
    assert.equal(sent('PUT coursedate/1\n{ "Label": "\ud800" }'), half);
    assert.equal(pathOf({ method: 'GET', module: 'a\ud800', query: [] }), '/api/v2/a%EF%BF%BD');
  });

  it('are built of any number of variables that use each other', () => {
    const chain = Array.from({ length: 8000 }, (_, i) => `@v${i} = {{v${i + 1}}}`).join('\n');
    assert.match(
      sent(`${chain}\n@v8000 = ?What\nGET coursedate\n$filter = Label eq '{{v0}}'`),
      /^prompt: What$/,
    );
    assert.match(sent(`${chain}\n@v8000 = x\nGET coursedate\n$filter = Label eq '{{v0}}'`), /too deeply/);
  });

  describe('bodies', () => {
    sends(
      'PUT coursedate/5\n{\n  // why\n  "startdate": "2025-01-01", /* x */ "Cost": 1.50\n}',
      'PUT /api/v2/CourseDate/5 {"StartDate":"2025-01-01","Cost":1.50}',
    );
    sends(
      'PUT coursedate/5\n{ "Label": "a // b", "x": { "label": 12345678901234567890 } }',
      'PUT /api/v2/CourseDate/5 {"Label":"a // b","x":{"label":12345678901234567890}}',
    );
  });

  describe('variables', () => {
    sends("@q = it's\nGET user\n$filter = Surname eq '{{q}}'", "GET /api/v2/User?$filter=Surname eq 'it''s'");
    sends(
      "@q = x' or ID ne '\nGET user\n$filter = Surname eq '{{q}}'",
      "GET /api/v2/User?$filter=Surname eq 'x'' or ID ne '''",
    );
    sends('@q = a"b\\\nPUT user/1\n{ "Surname": "{{q}}" }', 'PUT /api/v2/User/1 {"Surname":"a\\"b\\\\"}');
    sends('@n = 5\nPUT coursedate/1\n{ "SpacesLeft": {{n}} }', 'PUT /api/v2/CourseDate/1 {"SpacesLeft":5}');
    sends(
      '@n = 12, "Town": "x"\nPUT coursedate/1\n{ "SpacesLeft": {{n}} }',
      'syntax: “12, "Town": "x"” is not a JSON value. Put quotes around {{n}}, or give it a number, true, false or null.',
    );
    sends(
      '@n = }\nPUT coursedate/1\n{ "SpacesLeft": {{n}} }',
      'syntax: “}” is not a JSON value. Put quotes around {{n}}, or give it a number, true, false or null.',
    );
    sends(
      'PUT coursedate/1\n{ // {{nobody}}\n"SpacesLeft": 5 }',
      'PUT /api/v2/CourseDate/1 {"SpacesLeft":5}',
    );
    sends('@id =\nDELETE user/{{id}}', 'syntax: The ID is empty: its variable has no value.');
    sends('@id = a?b#c\nDELETE user/{{id}}', 'DELETE /api/v2/User/a%3Fb%23c');
    sends('@m = coursedate\nGET {{m}}\n$select = id', 'GET /api/v2/CourseDate?$select=ID');
    sends(
      "@open = Status eq 'Available'\nGET coursedate\n$filter = {{open}} and Cost gt '5'",
      "GET /api/v2/CourseDate?$filter=Status eq 'Available' and Cost gt '5'",
    );
    sends('@a = {{b}}x\n@b = 1\nGET user\n$top = {{a}}', 'GET /api/v2/User?$top=1x');
    sends(
      '@a = {{a}}\nGET user\n$top = {{a}}',
      'variable: The variable “a” uses itself: a → a. Give one of them a value of its own.',
    );
    sends(
      'GET user\n$top = {{nobody}}',
      'variable: There is no variable “nobody”. Add a line such as @nobody = value.',
    );
    sends("@who = ?Whose surname?\nGET user\n$filter = Surname eq '{{who}}'", 'prompt: Whose surname?');
    sends(
      "@who = ?Whose surname?\nGET user\n$filter = Surname eq '{{who}}'",
      "GET /api/v2/User?$filter=Surname eq 'O''Neill'",
      { given: new Map([['who', "O'Neill"]]) },
    );
    sends('@unused = ?Not asked\nGET user', 'GET /api/v2/User');
    sends("GET user\n$filter = Email eq '{{$env MAIL}}'", "GET /api/v2/User?$filter=Email eq 'a%40b'", {
      env: (name) => (name === 'MAIL' ? 'a@b' : undefined),
    });
    sends("GET user\n$filter = Email eq '{{$env MAIL}}'", 'env: The environment variable MAIL is not set.');
    sends('PUT user/{{people.results[0].ID}}\n{}', 'PUT /api/v2/User/77 {}', {
      response: (name, path) => (`${name}.${path.join('.')}` === 'people.results.0.ID' ? '77' : undefined),
    });
    sends("GET user\n$filter = ID eq '{{$guid}}'", "GET /api/v2/User?$filter=ID eq 'g'", { guid: () => 'g' });
  });

  describe('parts of the path', () => {
    const refused = (id: string, part = 'an ID', source = 'it') =>
      `syntax: “${visibleOnOneLine(id)}” can’t be ${part}: a slash, a backslash, “..” or a control character in it could lead to another address. Correct ${source}.`;
    sends('DELETE user/..', refused('..'));
    sends('DELETE user/%2e%2E', refused('..'));
    sends('DELETE user/.', refused('.'));
    sends('PUT user/1/courses\n{}', refused('1/courses'));
    sends('PUT user/1%2Fcourses\n{}', refused('1/courses'));
    sends('DELETE user/1%252F2', refused('1%2F2'));
    sends('DELETE user/1%00', refused('1\u0000'));
    sends('GET user/1/courses', refused('1/courses'));
    for (const id of [
      '../token',
      'a\\b',
      'a\u0007b',
      'a\nb',
      'a\u0085b',
      'a\u2028b',
      '%2e%2e',
      'a%252fb',
      'a%255Cb',
      '%25252525252525253',
    ])
      sends(
        'DELETE user/{{people.results[0].ID}}',
        refused(id, 'an ID', 'the value of {{people.results[0].ID}}'),
        {
          response: () => id,
        },
      );
    for (const id of ['42', 'a-b_c', '7f1c3a0e-0000-4000-8000-000000000000', '50%', 'a b', 'x.y'])
      sends(
        'DELETE user/{{people.results[0].ID}}',
        `DELETE /api/v2/User/${encodeURI(id)}`.replaceAll('%25', '%').replaceAll('%20', ' '),
        {
          response: () => id,
        },
      );
    sends('@m = ../token\nGET {{m}}', refused('../token', 'the name of a module', 'the value of {{m}}'));
    // The place of a value that has not arrived, and an answer that looks like one.
    const place = { response: () => '{{a.results[0].ID}}' };
    sends('DELETE user/{{a.results[0].ID}}', 'DELETE /api/v2/User/{{a.results[0].ID}}', {
      ...place,
      withPlaces: true,
    });
    sends(
      'PUT user/1\n{ "Town": {{a.results[0].ID}} }',
      'PUT /api/v2/User/1 {"Town":"{{a.results[0].ID}}"}',
      {
        ...place,
        withPlaces: true,
      },
    );
    sends(
      'PUT user/1\n{ "Town": {{a.results[0].ID}} }',
      'syntax: “{{a.results[0].ID}}” is not a JSON value. Put quotes around {{a.results[0].ID}}, or give it a number, true, false or null.',
      place,
    );
  });

  describe('dates', () => {
    const date = (expression: string, expected: string) =>
      sends(
        `GET coursedate\n$filter = StartDate ge '{{${expression}}}'`,
        `GET /api/v2/CourseDate?$filter=StartDate ge '${expected}'`,
      );
    const plain: Readonly<Record<DateBuiltin, string>> = {
      now: '2026-01-31T14:30:00',
      today: '2026-01-31T00:00:00',
      yesterday: '2026-01-30T00:00:00',
      tomorrow: '2026-02-01T00:00:00',
      weekstart: '2026-01-26T00:00:00',
      monthstart: '2026-01-01T00:00:00',
      yearstart: '2026-01-01T00:00:00',
    };
    for (const [name, expected] of Object.entries(plain)) date(`$${name}`, expected);
    date('$today + 30d', '2026-03-02T00:00:00');
    date('$today+1m', '2026-02-28T00:00:00');
    date('$today - 1y', '2025-01-31T00:00:00');
    date('$now + 10h', '2026-02-01T00:30:00');
    date('$today - 2w', '2026-01-17T00:00:00');
    date('$monthstart + 1m', '2026-02-01T00:00:00');
    date('$today + 9h', '2026-01-31T09:00:00');
    date('$now - 1m', '2025-12-31T14:30:00');
    date('$now + 1m', '2026-02-28T14:30:00');
  });
});
