/** Generated programs: run with the sample platform, and what they send. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { LAST_PAGE } from '#core/running/page-plan';
import { sendRequest } from '#core/running/send';
import { CODE_LANGUAGES, languagesFor } from '#core/sharing/code/languages';
import { readJson } from '#core/values/read-json';
import { writeJson } from '#core/values/write-json';
import { pathOf, type PlatformTraits, type WireRequest } from '#language';
import { startPlatform } from '#platform/platform';
import type { Quirk } from '#platform/quirks';
import { clientOf } from '../../../support/api-client';
import { type RunningPlatform, startPlatformProcess } from '../../../support/platform-process';
import { QUIRK_TRAITS } from '../../../support/quirk-traits';
import { offsetOf, type PagingServer, pagingServer } from '../../support/paging-server';

interface Ended {
  readonly status: number;
  readonly output: string;
  readonly errors: string;
}

const RUNNERS: Readonly<Record<string, { readonly command: string; readonly file: string }>> = {
  curl: { command: 'sh', file: 'query.sh' },
  python: { command: 'python3', file: 'query.py' },
  javascript: { command: process.execPath, file: 'query.mjs' },
};
/** Page sizes below, at and above; caps counted both ways; ends of each kind. */
const SERVERS: readonly PagingServer[] = [
  ...[0, 1, 19, 20, 21, 40].map((count): PagingServer => ({
    count,
    pages: { kind: 'cap', size: 20 },
    counts: count % 2 === 0 ? 'asked' : 'given',
    total: 'none',
  })),
  ...[49, 50, 51, 100].map((count): PagingServer => ({ count, pages: 'asked', total: 'none' })),
  { count: 70, pages: { kind: 'fixed', size: 20 }, counts: 'asked', total: 'none' },
  { count: 70, pages: { kind: 'usual', size: 100 }, total: 'none' },
  { count: 60, pages: 'asked', total: 'none', beyond: 'last' },
  { count: 60, pages: 'asked', total: 'none', beyond: 'first' },
  { count: 60, pages: 'asked', total: 'none', beyond: 'refused' },
  { count: 60, pages: 'asked', total: 'none', beyond: 'not found' },
  { count: 90, pages: 'asked', total: 'none', gap: { page: 0, kind: 'empty' } },
  { count: 210, pages: 'asked', total: 'none', gap: { page: 2, kind: 'empty' } },
  { count: 60, pages: 'asked', total: 'none', counts: 'records' },
  { count: 60, pages: 'asked', total: 'none', order: 'turning' },
];
/** Servers of which something was found out, which the programs follow. */
const CHECKED: readonly (readonly [PagingServer, PlatformTraits])[] = [
  ...[0, 60, 61].map(
    (count) =>
      [{ count, pages: 'asked', total: 'none', counts: 'records' }, { skip: 'records' }] as const satisfies [
        PagingServer,
        PlatformTraits,
      ],
  ),
  [{ count: 70, pages: { kind: 'cap', size: 20 }, total: 'none', counts: 'records' }, { skip: 'records' }],
  [
    { count: 70, pages: { kind: 'cap', size: 20 }, total: 'right', counts: 'records' },
    { skip: 'records', largestTop: 20, countNames: { total: 'total' } },
  ],
  [{ count: 70, pages: { kind: 'cap', size: 20 }, total: 'none', counts: 'given' }, { largestTop: 20 }],
  [{ count: 70, pages: { kind: 'cap', size: 20 }, total: 'none', counts: 'asked' }, { largestTop: 20 }],
  ...(['none', 'right', 'right with records', 'less', 'more'] as const).map(
    (total) =>
      [{ count: 60, pages: 'asked', total }, { countNames: { total: 'total' } }] as const satisfies [
        PagingServer,
        PlatformTraits,
      ],
  ),
];
const unchecked = (server: PagingServer): readonly [PagingServer, PlatformTraits] => [server, {}];
/** Quirks of the sample platform, and the query of a request for all. */
const QUIRKS: readonly (readonly [Quirk, Readonly<Record<string, string>>])[] = [
  ['skip-records', { $top: '100' }],
  ['top-20', {}],
  ['top-refused', { $top: '500' }],
  ['top-all', { $top: '-1' }],
  ['no-top-all', {}],
  ['count-names', { $top: '100', $count: 'true' }],
  ['count-names', { $top: '100' }],
  [
    'short-address',
    { $filter: Array.from({ length: 36 }, (_, index) => `ID ne 'x${index}'`).join(' and '), $top: '100' },
  ],
];
const HOSTILE = `O'Brien & "Söhne" $HOME $(id) \`id\` 100%41 + a=b?#/\\ \${x} {{y}} 🎓 !`;
const get = (module: string, query: Readonly<Record<string, string>> = {}): WireRequest => ({
  method: 'GET',
  module,
  query: Object.entries(query).map(([name, value]) => ({ name, value })),
});

describe('generated programs', () => {
  let platform: RunningPlatform;
  let folder: string;
  let echo: Server;
  let echoRoot: string;
  /** How the other server replies. */
  let reply = pagingServer({ count: 0, pages: 'asked', total: 'none' });
  const seen: { method: string; url: string; authorization: string | undefined; body: string }[] = [];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'apq-code-'));
    platform = await startPlatformProcess();
    echo = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        seen.push({ method, url, authorization: headers.authorization, body });
        const { status, body: page } = reply(new Map(new URL(url, 'http://x').searchParams));
        response.writeHead(status, { 'content-type': 'application/json' }).end(writeJson(page));
      });
    });
    await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
    const address = echo.address();
    echoRoot = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/accessplan`;
  });
  after(async () => {
    await platform.stop();
    echo.close();
    rmSync(folder, { recursive: true });
  });

  const sandbox = () => platform.root.replace(/accessplan$/, 'accessplansandbox');
  /** Generates a program, writes it to a file, and runs it as a user would. */
  const run = async (
    id: string,
    request: WireRequest,
    {
      root = platform.root,
      key = platform.apiKey,
      pages = 1,
      traits,
    }: {
      readonly root?: string;
      readonly key?: string;
      readonly pages?: number | 'all';
      readonly traits?: PlatformTraits;
    } = {},
  ): Promise<Ended> => {
    const { command, file } = RUNNERS[id] ?? { command: '', file: '' };
    const code =
      CODE_LANGUAGES.find((each) => each.id === id)?.generate(request, root, { pages, traits }) ?? '';
    assert.ok(!code.includes(platform.apiKey));
    const path = join(folder, file);
    writeFileSync(path, code);
    const ended = await new Promise<Ended>((resolve, reject) =>
      execFile(
        command,
        [path],
        { env: { ...process.env, APQ_API_KEY: key, NO_PROXY: '127.0.0.1' }, maxBuffer: 1e8 },
        (error, output, errors) => {
          if (error !== null && typeof error.code !== 'number')
            reject(new Error(`${command} is needed for this test: ${error.message}`));
          else resolve({ status: typeof error?.code === 'number' ? error.code : 0, output, errors });
        },
      ),
    );
    if (/: (?:not found|command not found)/.test(ended.errors))
      throw new Error(`A program is missing that this test needs (curl, jq): ${ended.errors}`);
    return ended;
  };
  /** Returns the output of a program that must succeed. */
  const output = async (...args: Parameters<typeof run>): Promise<string> => {
    const ended = await run(...args);
    assert.equal(ended.status, 0, ended.errors + ended.output);
    return ended.output;
  };
  const results = (text: string): unknown[] => (JSON.parse(text) as { results: unknown[] }).results;
  /** The program for cURL prints pages, the others print one list. */
  const records = (id: string, text: string): unknown[] =>
    id === 'curl' ? text.split('\n').filter(Boolean).flatMap(results) : (JSON.parse(text) as unknown[]);

  for (const id of Object.keys(RUNNERS)) {
    describe(id, () => {
      it('sends the address that we would send', async () => {
        seen.length = 0;
        reply = pagingServer({ count: 0, pages: 'asked', total: 'none' });
        const request = get('CourseDate', {
          $select: 'ID,Label',
          $filter: `Label eq '${HOSTILE.replaceAll("'", "''")}' and StartDate ge '2025-01-01T00:00:00'`,
          $top: '3',
        });
        const written: WireRequest = {
          method: 'POST',
          module: 'user',
          query: [{ name: '$upsert', value: `Email eq '${HOSTILE.replaceAll("'", "''")}'` }],
          body: JSON.stringify({ Surname: HOSTILE, Notes: 'a\nb"""\\\u2028', Number: 1.5 }),
        };
        const remove: WireRequest = { method: 'DELETE', module: 'user', id: "a/b~c'd e", query: [] };
        for (const each of [request, written, remove]) await output(id, each, { root: echoRoot, key: 'k-1' });
        assert.equal(seen.length, 3);
        [request, written, remove].forEach((each, index) => {
          const { method, url, authorization, body } = seen[index] ?? seen[0] ?? assert.fail();
          assert.deepEqual([method, authorization], [each.method, 'Bearer k-1']);
          const [path, query = ''] = url.split('?');
          const [ownPath, ownQuery = ''] = `/accessplan${pathOf(each)}`.split('?');
          assert.equal(path, ownPath);
          // JavaScript's URL encodes quotes in a query.
          assert.equal(query, id === 'javascript' ? ownQuery.replaceAll("'", '%27') : ownQuery);
          assert.deepEqual(body === '' ? undefined : JSON.parse(body), each.body && JSON.parse(each.body));
        });
      });

      it('reads', async () => {
        const request = get('coursedate', {
          $select: 'ID,Label',
          $filter: "Status ne 'Full' and contains(Label,'a')",
          $orderby: 'StartDate desc,ID',
          $top: '7',
        });
        const expected = await sendRequest(clientOf(platform), request);
        assert.equal(expected.records.length, 7);
        assert.deepEqual(results(await output(id, request)), expected.records);
      });

      it('reads page after page to the last', async () => {
        const request = get('coursedate', { $select: 'ID', $orderby: 'ID', $top: '40' });
        const expected = await sendRequest(clientOf(platform), request, { pages: 'all' });
        assert.equal(expected.records.length, 300);
        assert.deepEqual(records(id, await output(id, request, { pages: 'all' })), expected.records);
        const from = get('coursedate', { $select: 'ID', $orderby: 'ID', $top: '40', $skip: '1' });
        assert.deepEqual(records(id, await output(id, from, { pages: 2 })), expected.records.slice(40, 120));
        // Without any parameter, too.
        const plain = records(id, await output(id, get('coursedate'), { pages: 'all' }));
        assert.equal(plain.length, 300);
      });

      for (const [server, traits] of [...SERVERS.map(unchecked), ...CHECKED])
        it(`fetches all, or fails: ${JSON.stringify(server)} ${JSON.stringify(traits)}`, async () => {
          for (const query of [{}, { $top: '10' }, { $top: '30', $skip: '1' }]) {
            reply = pagingServer(server);
            const ended = await run(id, get('a', query), { root: echoRoot, pages: 'all', traits });
            const what = `${JSON.stringify(query)}: ${ended.errors}`;
            if (ended.status !== 0) {
              assert.match(
                ended.errors,
                /Records came that had come before|not as long as asked for|no such page|A page was empty although|counts more records than came/,
              );
              // Without $skip, what a server of this kind returns can always be told.
              const isOdd =
                server.order === 'turning' ||
                (server.counts === 'records' && traits.skip === undefined) ||
                server.gap !== undefined ||
                server.total === 'more';
              assert.ok('$skip' in query || server.beyond !== undefined || isOdd, what);
            } else {
              assert.notEqual(server.total, 'more', what);
              const ids = records(id, ended.output).map((record) => (record as { ID: string }).ID);
              const from = offsetOf(server, new Map(Object.entries(query)));
              assert.deepEqual(
                ids,
                Array.from({ length: Math.max(0, server.count - from) }, (_, index) => `r${from + index}`),
                what,
              );
            }
          }
        });

      for (const [quirk, query] of QUIRKS)
        it(`fetches all from a platform of which ${quirk} is known: ${Object.keys(query).join()}`, async () => {
          const quirky = await startPlatform({ quirks: new Set([quirk]), records: 300 });
          try {
            const { root, apiKey } = quirky;
            const traits = QUIRK_TRAITS[quirk];
            const request = get('coursedate', { $select: 'ID', ...query });
            const all = await output(id, request, { root, key: apiKey, pages: 'all', traits });
            assert.equal((quirk === 'top-all' ? results(all) : records(id, all)).length, 300);
          } finally {
            await quirky.close();
          }
        });

      it('keeps the digits of numbers that a double can’t hold', async () => {
        const numbers = ['9223372036854775806', '9223372036854775807', '0.1234567890123456789', '1.50'];
        reply = (query) => {
          const records = numbers.map((text) => ({ ID: readJson(text), Note: `a "quoted" : ${text}\\` }));
          const at = Number(query.get('$skip') ?? 0) * 2;
          return { status: 200, body: { results: query.has('$top') ? records.slice(at, at + 2) : records } };
        };
        for (const options of [{}, { pages: 'all' }] as const) {
          const query = 'pages' in options ? { $top: '2' } : {};
          const text = await output(id, get('a', query), { root: echoRoot, ...options });
          // What the language can't hold as a number is a text.
          const ids = [...text.matchAll(/"ID":\s*"?([-+.\de]+)"?/gi)].map(([, digits]) => digits);
          assert.deepEqual(ids, [...numbers.slice(0, 3), '1.5']);
        }
      });

      it('fails where the API reports errors and no records, though with status 200', async () => {
        const errors = ['The field “Wombat” is unknown.'];
        for (const pages of [1, 'all'] as const)
          for (const body of [{ results: [], errors }, { errors }]) {
            reply = () => ({ status: 200, body });
            const ended = await run(id, get('a'), { root: echoRoot, pages });
            assert.notEqual(ended.status, 0);
            assert.match(ended.errors + ended.output, /Wombat/);
          }
        for (const body of [
          { results: [{ ID: '1', Notes: '"errors":["x"]' }], errors },
          { results: [{ Notes: '"errors":["x"]' }], errors: [] },
          { results: [], errors: null },
        ]) {
          reply = () => ({ status: 200, body });
          assert.deepEqual(JSON.parse(await output(id, get('a'), { root: echoRoot })), body);
        }
      });

      it('creates, changes and removes', async () => {
        const root = sandbox();
        const client = clientOf({ root, apiKey: platform.apiKey });
        const write = (method: 'POST' | 'PUT' | 'DELETE', rest: Partial<WireRequest>) =>
          output(id, { method, module: 'venue', query: [], ...rest }, { root });
        const created = await write('POST', { body: JSON.stringify({ Label: HOSTILE }) });
        const recordId = (JSON.parse(created) as { ID: string }).ID;
        const label = async () =>
          (await sendRequest(client, get('venue', { $filter: `ID eq '${recordId}'` }))).records[0]?.['Label'];
        assert.equal(await label(), HOSTILE);
        await write('PUT', { id: recordId, body: '{"Label":"Hall ‘B’"}' });
        assert.equal(await label(), 'Hall ‘B’');
        const query = [{ name: '$upsert', value: `ID eq '${recordId}'` }];
        await write('POST', { query, body: '{"Label":"Hall C"}' });
        assert.equal(await label(), 'Hall C');
        await write('DELETE', { id: recordId });
        assert.equal(await label(), undefined);
      });

      it('ends with the API’s words when it refuses', async () => {
        const ended = await run(id, get('course', { $filter: "Wombat eq '1'" }));
        assert.notEqual(ended.status, 0);
        assert.match(ended.output + ended.errors, /Wombat/);
        const paged = await run(id, get('course', { $filter: "Wombat eq '1'" }), { pages: 'all' });
        assert.notEqual(paged.status, 0);
        assert.match(paged.output + paged.errors, /Wombat/);
        const signedOut = await run(id, get('course'), { key: 'wrong' });
        assert.notEqual(signedOut.status, 0);
        assert.match(signedOut.output + signedOut.errors, /401/);
      });

      it('asks for the key', async () => {
        const ended = await run(id, get('course'), { key: '' });
        assert.notEqual(ended.status, 0);
        assert.match(ended.errors, /Set (?:the environment variable )?APQ_API_KEY to your API key first/);
      });

      it('reads the help feeds', async () => {
        const request: WireRequest = { method: 'GET', endpoint: 'fields', module: 'course', query: [] };
        assert.match(await output(id, request, { pages: 'all' }), /CategoryIDs/);
      });
    });
  }

  it('are offered in Power Query for reads only, and never for signing in', () => {
    const languages = (request: WireRequest) => languagesFor(request).map(({ id }) => id);
    assert.ok(languages(get('course')).includes('m'));
    assert.ok(!languages({ ...get('course'), method: 'DELETE', id: '1' }).includes('m'));
    assert.deepEqual(languages({ ...get('token'), endpoint: 'token' }), []);
  });

  /** What keeps a program from being wrong in silence, in the languages that are not run here. */
  const GUARDS: readonly (readonly [id: string, guard: string, line: string, skip?: string])[] = [
    ['powershell', 'no key', 'if (-not $env:APQ_API_KEY) { throw'],
    ['powershell', 'errors with status 200', 'if ($result.errors -and -not $result.results) { throw'],
    ['powershell', 'a page after an empty one', 'if (@(Get-Page ($page + 1)).Count -gt 0) { throw'],
    ['powershell', 'records that came', 'Where-Object { $seen.Contains($_) }).Count -gt 0) { throw'],
    ['powershell', 'records without ID', 'if ($keys.Count -ne $results.Count) { $keys = @(ConvertTo-Json'],
    ['powershell', 'a short first page', 'if ($page -eq 0 -and $results.Count -ne 20) { $query', '0'],
    ['powershell', 'a short page behind $skip', 'if ($results.Count -gt 20 -or $others -gt 0) { throw'],
    ['csharp', 'no key', '?? throw new InvalidOperationException("Set the environment variable APQ_API_KEY'],
    ['csharp', 'a refusal', 'if (!response.IsSuccessStatusCode)'],
    [
      'csharp',
      'errors with status 200',
      'LengthOf(result, "errors") > 0 && LengthOf(result, "results") == 0)',
    ],
    ['csharp', 'a page after an empty one', 'if ((await FetchAsync(page + 1)).Count > 0) throw'],
    ['csharp', 'records that came', 'if (keys.Any(seen.Contains)) throw'],
    ['csharp', 'records without ID', 'results.All(each => each.TryGetProperty("ID", out _))'],
    ['csharp', 'a short first page', 'if (page == 0 && results.Count != 20) query["$top"]', '0'],
    ['csharp', 'a short page behind $skip', 'if (results.Count > 20 || others > 0) throw'],
    ['m', 'a refusal', 'if Status >= 400 then error'],
    ['m', 'errors with status 200', 'otherwise true)\n            then error Error.Record("errors", Words)'],
    ['m', 'a page after an empty one', 'not List.IsEmpty(Next(page + 1)) then error'],
    ['m', 'the same page', '(Found = First or Found = last[Records]) then error'],
    ['m', 'records that came', 'if List.IsDistinct('],
    ['m', 'a short first page', 'if Size = 20 or Size = 0 then [] else [#"$top" = Text.From(Size)]', '0'],
    ['m', 'a short page behind $skip', 'if Size < 20 and List.IsEmpty(PageOf(page, []))'],
  ];
  for (const [id, guard, line, $skip = '2'] of GUARDS)
    it(`heed ${guard} in ${id}`, () => {
      const request = get('CourseDate', { $skip, $top: '20' });
      const language = CODE_LANGUAGES.find((each) => each.id === id);
      const code =
        language?.generate(request, 'https://a.accessplanit.com/accessplan', { pages: 'all' }) ?? '';
      assert.ok(code.includes(line), code);
    });

  /** The same for what was found out about a platform. */
  const FOLLOWED: readonly (readonly [id: string, traits: PlatformTraits, ...lines: string[]])[] = [
    ['powershell', { skip: 'records' }, 'for ($skip = 2; ; ) {', '$skip += $results.Count', '($skip + 500)'],
    ['powershell', { skip: 'records', largestTop: 100 }, "'$top' = '100'", '($skip + 100)'],
    ['powershell', { countNames: { total: 'a b' } }, "[long] $counted.'a b' -gt 1000 + $records.Count"],
    ['powershell', {}, '# PowerShell 7 rounds decimals'],
    ['csharp', { skip: 'records' }, 'for (var skip = 2; ; )', 'skip += results.Count;', '(skip + 500)'],
    ['csharp', { skip: 'records', largestTop: 100 }, '["$top"] = "100"', '(skip + 100)'],
    ['csharp', { countNames: { total: 'a b' } }, 'TryGetProperty("a b", out', '> 1000 + records.Count)'],
    ['m', { skip: 'records' }, 'Skip = last[Skip] + List.Count(last[Records])', 'Next(skip + 500)'],
    ['m', { skip: 'records', largestTop: 100 }, '#"$top" = "100"', 'Next(skip + 100)'],
    ['m', { countNames: { total: 'a b' } }, '"a b")) otherwise 0', '> 1000 + List.Count(Found)'],
    ['m', {}, '// Power Query rounds numbers of more than 15 digits.'],
  ];
  for (const [id, traits, ...lines] of FOLLOWED)
    it(`follow ${JSON.stringify(traits)} in ${id}`, () => {
      const request = get('CourseDate', { $skip: '2', $top: '500' });
      const language = CODE_LANGUAGES.find((each) => each.id === id);
      const code =
        language?.generate(request, 'https://a.accessplanit.com/accessplan', { pages: 'all', traits }) ?? '';
      for (const line of lines) assert.ok(code.includes(line), code);
    });

  it('have the expected parts in languages that are not run here', () => {
    const root = 'https://acme.accessplanit.com/accessplan';
    const request = get('CourseDate', { $select: 'ID', $filter: "Status eq 'Full'", $skip: '2', $top: '20' });
    const code = (id: string, pages: number | 'all' = 'all') =>
      CODE_LANGUAGES.find((each) => each.id === id)?.generate(request, root, { pages }) ?? '';
    for (const [id, filter, loop] of [
      ['powershell', `'$filter' = "Status eq 'Full'"`, 'for ($page = 2; ; $page++)'],
      ['csharp', `["$filter"] = "Status eq 'Full'"`, 'for (var page = 2; ; page++)'],
      ['m', `#"$filter" = "Status eq 'Full'"`, 'First = PageOf(2, [])'],
    ] as const) {
      assert.ok(code(id).includes(filter), code(id));
      assert.ok(code(id).includes(loop), code(id));
      assert.doesNotMatch(code(id), /undefined|\bfalse,/);
      assert.ok(code(id).includes(LAST_PAGE));
      assert.match(code(id, 'all'), /seen|IsDistinct/);
    }
    assert.match(code('csharp', 3), /page < 5/);
    assert.match(code('powershell', 3), /\$page -lt 5/);
    assert.match(code('m', 3), /\[Page\] < 5 and/);
    assert.match(code('m'), /RelativePath = "api\/v2\/CourseDate"/);
  });
});
