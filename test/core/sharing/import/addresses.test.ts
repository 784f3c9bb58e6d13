/** An address means the same in a file and in every kind of import. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { importText } from '#core/sharing/import/import-text';
import { LanguageService, pathOf } from '#language';

const ROOT = 'https://platformname.accessplanit.com/accessplan';

/** Returns what the request of a file without errors sends, except for the body. */
function sent(text: string) {
  const language = new LanguageService();
  const document = language.parse(text);
  const errors = language
    .diagnose(document)
    .filter(({ severity, code }) => severity === 'error' && code !== 'body-required');
  assert.deepEqual(
    errors.map(({ code, message }) => `${code}: ${message}`),
    [],
    text,
  );
  const [request] = language.requests(document);
  assert.ok(request, text);
  const built = language.build(document, request);
  assert.ok(built.ok, text);
  const { method, endpoint, module, id, query } = built.request;
  return { method, endpoint, module, id, query: query.map(({ name, value }) => `${name}=${value}`) };
}

const imported = (text: string) => {
  const found = importText(text);
  assert.ok(found.ok, found.ok ? '' : `${text}: ${found.message}`);
  return sent(found.text);
};

/** Returns a cURL command for sh. */
const curlOf = (method: string, address: string) => `curl -X ${method} '${address.replaceAll("'", "'\\''")}'`;

const postmanOf = (method: string, url: unknown) =>
  JSON.stringify({
    info: { name: 'x', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    item: [{ name: 'x', request: { method, url } }],
  });

/** Returns an address as an object, with its query as a list. A separator in quotes is text. */
function urlObject(address: string) {
  const [path = '', query = ''] = address.split(/\?(.*)/s);
  const pairs = query.match(/(?:'[^']*'|%27(?:[^'%]|%(?!27))*(?:%27|')|[^&])+/g) ?? [];
  return {
    raw: address,
    path,
    query: pairs.map((pair) => {
      const [key = '', value = ''] = pair.split(/=(.*)/s);
      return { key, value };
    }),
  };
}

/** Reads an address in every way: as a request line and by each kind of import. */
function everyReading(method: string, address: string) {
  return {
    file: sent(`${method} ${address}\n`),
    lines: imported(`${method} ${address}`),
    curl: imported(curlOf(method, address)),
    postman: imported(postmanOf(method, address)),
    // Postman's list holds neither a fragment nor a version of HTTP.
    ...(/#|HTTP\//.test(address)
      ? {}
      : { 'postman, object': imported(postmanOf(method, urlObject(address))) }),
  };
}

interface Row {
  /** A whole address, or its part below the root or `/api/v2/`. */
  readonly address: string;
  readonly module: string;
  readonly query?: readonly string[];
  readonly id?: string;
  readonly method?: string;
  readonly endpoint?: string;
}

const filter = (address: string, ...query: string[]): Row => ({ address, module: 'coursedate', query });

const ROWS: readonly Row[] = [
  // A plus is a space outside quoted values, and inside them where the query was form-encoded.
  filter('coursedate?$orderby=StartDate+asc', '$orderby=StartDate asc'),
  filter('coursedate?$filter=CourseID+eq+%27FirAid%27', "$filter=CourseID eq 'FirAid'"),
  filter('coursedate?$filter=Label+eq+%27First+Aid%27&$top=5', "$filter=Label eq 'First Aid'", '$top=5'),
  filter(
    "coursedate?$filter=Label+eq+'First+Aid'+and+ID+ne+'O''Neill+%2B'",
    "$filter=Label eq 'First Aid' and ID ne 'O''Neill +'",
  ),
  filter("coursedate?$filter=Label eq 'Peas + Rice'", "$filter=Label eq 'Peas + Rice'"),
  filter("coursedate?$filter=Label%20eq%20'Peas+Rice'", "$filter=Label eq 'Peas+Rice'"),
  filter(
    "coursedate?$filter=Label eq 'a+b'&$orderby=StartDate+desc",
    "$filter=Label eq 'a+b'",
    '$orderby=StartDate desc',
  ),
  filter("coursedate?$filter=contains(Label,'a%2Bb')", "$filter=contains(Label,'a+b')"),
  filter("coursedate?$filter=Label eq 'a%2Bb'", "$filter=Label eq 'a+b'"),
  filter('coursedate?$select=ID,+Label', '$select=ID,Label'),
  // A number sign in a quoted value is text; elsewhere a fragment begins, which is not sent.
  filter("coursedate?$filter=Name eq 'C# 7.0'&$top=5", "$filter=Name eq 'C# 7.0'", '$top=5'),
  filter("coursedate?$filter=Name eq %27C# 7.0'&$top=5#top", "$filter=Name eq 'C# 7.0'", '$top=5'),
  filter('coursedate?$top=5#results', '$top=5'),
  filter(`${ROOT}/api/v2/coursedate#results`),
  filter(`${ROOT}/api/v2/coursedate#results?$top=5`),
  filter("coursedate?$filter=Label eq 'a%23b'#x", "$filter=Label eq 'a#b'"),
  // Bytes that are not UTF-8.
  filter("coursedate?$filter=Label%20eq%20'Caf%E9%27&$top=5", "$filter=Label eq 'Caf%E9'", '$top=5'),
  filter('coursedate?$filter=Label%20eq%20%27Caf%C3%A9%27', "$filter=Label eq 'Café'"),
  filter("coursedate?$filter=Label eq '50%'", "$filter=Label eq '50%'"),
  // A separator in a quoted value is text.
  filter("coursedate?$filter=Label eq 'Fish & Chips'&$top=5", "$filter=Label eq 'Fish & Chips'", '$top=5'),
  filter('coursedate?%24filter=Label%20eq%20%27a%26b%27&%24top=5', "$filter=Label eq 'a&b'", '$top=5'),
  filter("coursedate?$filter=Label eq 'a=b'", "$filter=Label eq 'a=b'"),
  // What is around a query.
  filter('coursedate?'),
  filter('coursedate?&'),
  filter('coursedate/'),
  filter('coursedate?$top=5&', '$top=5'),
  filter('coursedate HTTP/1.1'),
  filter('coursedate?$top=5 HTTP/1.1', '$top=5'),
  filter("coursedate?$filter=Label eq 'x' HTTP/2", "$filter=Label eq 'x'"),
  filter("coursedate?$filter=Label eq 'HTTP/1.1'", "$filter=Label eq 'HTTP/1.1'"),
  filter('coursedate/2024/?$top=5', "$filter=ID eq '2024'", '$top=5'),
  // IDs.
  { method: 'PUT', address: 'coursedate/2024/', module: 'coursedate', id: '2024' },
  { method: 'DELETE', address: 'coursedate/2024//', module: 'coursedate', id: '2024' },
  { method: 'DELETE', address: 'coursedate/2024 HTTP/1.1', module: 'coursedate', id: '2024' },
  { method: 'DELETE', address: 'user/a%20b+c', module: 'user', id: 'a b+c' },
  { method: 'DELETE', address: 'user/a%23b', module: 'user', id: 'a#b' },
  { method: 'DELETE', address: 'usercoursedate/12~34', module: 'usercoursedate', id: '12~34' },
  // The guide's addresses, and another site.
  filter(`${ROOT}/api/v2/coursedate`),
  filter(`${ROOT}/api/v2/coursedate?$count=true`, '$count=true'),
  filter(
    `${ROOT}/api/v2/coursedate?$select=label,startdate,status,spacesleft`,
    '$select=label,startdate,status,spacesleft',
  ),
  filter("/api/v2/coursedate?$filter= fieldname eq 'value'", "$filter=fieldname eq 'value'"),
  filter(`${ROOT}/api/v2/coursedate?$filter=CourseID eq 'FirAid'`, "$filter=CourseID eq 'FirAid'"),
  filter(
    `${ROOT}/api/v2/coursedate?$filter=StartDate lt '2025-01-01T10:00:00'`,
    "$filter=StartDate lt '2025-01-01T10:00:00'",
  ),
  filter(`${ROOT}/api/v2/coursedate?$filter=endswith(CourseID,'aid')`, "$filter=endswith(CourseID,'aid')"),
  filter(
    "/api/v2/coursedate?$filter=StartDate gt '2025-01-01T10:00:00' and status eq 'Available'",
    "$filter=StartDate gt '2025-01-01T10:00:00' and status eq 'Available'",
  ),
  filter(`${ROOT}/api/v2/coursedate?$orderby=startdate desc,label asc`, '$orderby=startdate desc,label asc'),
  filter(`${ROOT}/api/v2/coursedate?$skip=1`, '$skip=1'),
  filter('https://platformname.accessplanit.com/sandbox/api/v2/coursedate?$top=20', '$top=20'),
  filter('HTTPS://platformname.accessplanit.com:8443/Sandbox/API/V2/coursedate?$TOP=20', '$top=20'),
  { address: `${ROOT}/apihelp/v2/modules`, module: '', endpoint: 'modules' },
  { address: `${ROOT}/apihelp/v2/modules/`, module: '', endpoint: 'modules' },
  { address: `${ROOT}/apihelp/v2/modules/coursedate/`, module: 'coursedate', endpoint: 'fields' },
  { address: '/accessplan/modulesapihelp/v2/modules/coursedate', module: 'coursedate', endpoint: 'fields' },
];

describe('an address', () => {
  for (const { address, module, method = 'GET', endpoint = 'data', query = [], id } of ROWS)
    it(`${method} ${address}`, () => {
      const right = { method, endpoint, module, id, query };
      const bare = !/^(?:https?:|\/)/i.test(address);
      const whole = bare ? `${ROOT}/api/v2/${address}` : address;
      const read = everyReading(method, whole);
      for (const [reader, request] of Object.entries(read)) assert.deepEqual(request, right, reader);
      if (bare) assert.deepEqual(sent(`${method} ${address}\n`), right, 'module in a file');
    });

  it('keeps the meaning of plus signs when a form-encoded query is fixed', () => {
    const language = new LanguageService();
    const text = "GET coursedate?$filter=Label+eq+'a+b'+and+ID='1'\n";
    const document = language.parse(text);
    const edits = language.fixAll(document);
    const fixes = language.fixes(document, { offset: 0, length: text.length }).flatMap((fix) => fix.edits);
    for (const edit of [...edits, ...fixes]) assert.doesNotMatch(edit.text, / /);
  });

  it('may begin with a variable, which ends in any place', () => {
    for (const address of [
      '{{baseUrl}}/coursedate/2024/?$top=5',
      '{{baseUrl}}/v2/coursedate/2024?$top=5',
      '{{baseUrl}}/api/v2/coursedate/2024?$top=5#x',
      '{{site}}/accessplan/api/v2/coursedate/2024?$top=5',
      'https://{{host}}/accessplan/api/v2/coursedate/2024?$top=5',
    ])
      assert.deepEqual(imported(postmanOf('GET', address)), sent('GET coursedate/2024?$top=5'), address);
    for (const address of ['{{baseUrl}}/api/v2/coursedate/2024#x', '{{baseUrl}}/coursedate/2024#x'])
      assert.deepEqual(imported(postmanOf('GET', address)), sent('GET coursedate/2024'), address);
    assert.ok(!importText(postmanOf('GET', '{{other}}/a/b/c')).ok);
  });

  it('may have a space in its path, which is part of the ID', () => {
    const right = sent('DELETE user/12%2034');
    assert.deepEqual(imported(postmanOf('DELETE', `${ROOT}/api/v2/user/12 34`)), right);
    assert.deepEqual(imported(curlOf('DELETE', `${ROOT}/api/v2/user/12 34`)), right);
  });
});

describe('an address that the language writes', () => {
  const name = fc.constantFrom('ID', 'Label', 'StartDate', 'CF_Über');
  const character = fc.constantFrom(...'aé🎓 +&#%?=/;:,\'"$()<>|\\~@!*27F');
  const text = fc
    .oneof(
      fc.array(character, { maxLength: 12 }).map((all) => all.join('')),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    )
    // On one line, and without variables.
    .filter((each) => !/[\p{Cc}\u2028\u2029{}]/u.test(each));
  const quoted = text.map((each) => `'${each.replaceAll("'", "''")}'`);
  const term = fc.oneof(
    fc.tuple(name, fc.constantFrom('eq', 'ne', 'gt'), quoted).map((parts) => parts.join(' ')),
    fc
      .tuple(fc.constantFrom('contains', 'startswith'), name, quoted)
      .map(([call, field, value]) => `${call}(${field},${value})`),
  );
  const clauses = fc.record(
    {
      $filter: fc.array(term, { minLength: 1, maxLength: 3 }).map((terms) => terms.join(' and ')),
      $select: fc.uniqueArray(name, { minLength: 1 }).map((names) => names.join(',')),
      $orderby: name.map((field) => `${field} desc`),
      $top: fc.integer({ min: 1, max: 500 }).map(String),
      $count: fc.constant('true'),
    },
    { requiredKeys: [] },
  );

  it('is read back the same, as sent and as rewritten', () => {
    fc.assert(
      fc.property(clauses, (parameters) => {
        const lines = Object.entries(parameters).map(([key, value]) => `${key} = ${value}\n`);
        const file = `GET coursedate\n${lines.join('')}`;
        const right = sent(file);
        const language = new LanguageService();
        const document = language.parse(file);
        const [request] = language.requests(document);
        assert.ok(request);
        const built = language.build(document, request);
        assert.ok(built.ok);
        for (const [reader, read] of Object.entries(everyReading('GET', ROOT + pathOf(built.request))))
          assert.deepEqual(read, right, reader);
        const [rewriting] = language.rewritings(document, 0);
        if (rewriting === undefined) return;
        const [insertion] = rewriting.edits;
        const rewritten = `coursedate${insertion?.text ?? ''}`;
        assert.deepEqual(sent(`GET ${rewritten}`), right);
        for (const [reader, read] of Object.entries(everyReading('GET', `${ROOT}/api/v2/${rewritten}`)))
          assert.deepEqual(read, right, reader);
      }),
      { numRuns: 400 },
    );
  });

  it('has the same ID when it is read back', () => {
    fc.assert(
      fc.property(
        // None that the language refuses, as a server could read it as another path.
        text.filter(
          (each) => each.trim() !== '' && !/\.\.|^\.$|[/\\]|%(?:[01][\da-f]|7f|2[5ef]|5c)/i.test(each),
        ),
        (id) => {
          const path = ROOT + pathOf({ method: 'DELETE', module: 'user', id, query: [] });
          for (const [reader, read] of Object.entries(everyReading('DELETE', path)))
            assert.equal(read.id, id, reader);
        },
      ),
      { numRuns: 400 },
    );
  });
});
