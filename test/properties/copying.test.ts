/** Programs that *Copy as* writes send exactly the request, whatever its values hold: the programs run, without a network. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { curl } from '#core/sharing/code/curl';
import { javascript } from '#core/sharing/code/javascript';
import { CODE_LANGUAGES } from '#core/sharing/code/languages';
import type { Generator } from '#core/sharing/code/plan';
import { python } from '#core/sharing/code/python';
import { pathOf, type PlatformTraits, type WireRequest } from '#language';
import { pieces } from './support/alphabet';
import { property } from './support/property';
import { wireRequest } from './support/wire-requests';

const ROOT = 'https://acme.accessplanit.com/accessplan';
const KEY = 'the-key';

/** What a program did: method, address, authorization, body. */
type Sent = readonly [string, string, string, string | null];

function run(program: string, args: readonly string[], input: string): string {
  return execFileSync(program, args, {
    input,
    encoding: 'utf8',
    maxBuffer: 1e9,
    env: { ...process.env, APQ_API_KEY: KEY },
  });
}

/** With a function in place of cURL that prints its arguments. */
function inShell(shell: string, programs: readonly string[]): Sent[] {
  const fake = `curl() { printf '%s\\0' "$@"; printf '\\0'; }; awk() { cat; }\n`;
  return run(shell, ['-s'], fake + programs.join('\n'))
    .split('\0\0')
    .slice(0, -1)
    .map((call): Sent => {
      const words = call.split('\0').filter((word) => !/^--(?:silent|show-error|fail-with-body)$/.test(word));
      const value = (option: string) => {
        const at = words.indexOf(option);
        return at < 0 ? undefined : words.splice(at, 2)[1];
      };
      const method = value('--request') ?? 'GET';
      assert.equal(value('--write-out'), '\\n%{http_code}');
      const authorization = value('--header')?.replace('Authorization: ', '') ?? '';
      const body = value('--data-raw') ?? null;
      assert.equal(value('--header'), body === null ? undefined : 'Content-Type: application/json');
      const [address = '', ...rest] = words;
      assert.deepEqual(rest, []);
      return [method, address, authorization, body];
    });
}

const parse = (output: string): Sent[] => JSON.parse(output) as Sent[];

const inNode = (programs: readonly string[]): Sent[] =>
  parse(
    run(
      process.execPath,
      ['--input-type=module', '-'],
      `const sent = [];
globalThis.fetch = async (url, { method, headers, body }) => {
  sent.push([method, new URL(url).href, headers.Authorization, body ?? null]);
  return new Response('{"results":[]}');
};
const { log } = console;
console.log = () => {};
// A module is read once, so each has its number.
for (const [index, program] of ${JSON.stringify(programs)}.entries()) await import('data:text/javascript;base64,' + Buffer.from(program + '//' + index).toString('base64'));
log(JSON.stringify(sent));`,
    ),
  );

const inPython = (programs: readonly string[]): Sent[] =>
  parse(
    run(
      'python3',
      ['-'],
      `import base64, contextlib, io, json, urllib.request
sent = []
def urlopen(request, timeout=None):
    data = request.data
    sent.append([request.get_method(), request.full_url, request.unredirected_hdrs["Authorization"], None if data is None else data.decode()])
    return io.BytesIO(b"{}")
urllib.request.urlopen = urlopen
for program in json.loads(base64.b64decode("${Buffer.from(JSON.stringify(programs)).toString('base64')}")):
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(program, "query.py", "exec"), {"__name__": "__main__"})
print(json.dumps(sent))`,
    ),
  );

const PROGRAMS: readonly (readonly [string, Generator, (programs: readonly string[]) => Sent[]])[] = [
  ['cURL in sh', curl, (programs) => inShell('sh', programs)],
  ['cURL in bash', curl, (programs) => inShell('bash', programs)],
  ['JavaScript', javascript, inNode],
  ['Python', python, inPython],
];

/** Languages that nothing here runs: their programs are parsed. */
const PARSED = ['csharp', 'powershell', 'm'] as const;

/** Returns the first fault of each program, or null. */
function faultsOf(programs: readonly (readonly [language: string, text: string])[]): unknown {
  const script = join(import.meta.dirname, 'support/syntax.mjs');
  // The grammars are large, and not worth optimizing for a moment.
  return JSON.parse(run(process.execPath, ['--liftoff-only', script], JSON.stringify(programs)));
}

/** What may have been found out about a platform. */
const found: fc.Arbitrary<PlatformTraits> = fc.record(
  {
    skip: fc.constantFrom('pages', 'records'),
    largestTop: fc.constantFrom<number | 'none'>(7, 100, 'none'),
    longestAddress: fc.constantFrom<number | 'none'>(60, 'none'),
    countNames: fc.record({ total: pieces(3).filter((each) => !/\p{Cs}/u.test(each)) }),
  },
  { requiredKeys: [] },
);

const generate = (id: string, request: WireRequest, pages: number | 'all', traits: PlatformTraits): string =>
  CODE_LANGUAGES.find((each) => each.id === id)?.generate(request, ROOT, { pages, traits }) ?? '';

const parsed = (json: string | null | undefined): unknown =>
  json === null || json === undefined ? undefined : JSON.parse(json);

/** The parser of PowerShell takes a “#” behind an escape or a `$(…)` in a text for the beginning of a comment. */
const withoutSigns = (program: string): string => program.replace(/(?<=`.|\))#+/gu, '');

describe('copying', () => {
  for (const [title, generate, send] of PROGRAMS)
    property(
      `copying: ${title} sends the request`,
      2,
      fc.tuple(fc.array(wireRequest, { minLength: 50, maxLength: 50 }), found),
      ([requests, traits]: readonly [readonly WireRequest[], PlatformTraits]) => {
        const sent = send(requests.map((each) => generate(each, ROOT, { pages: 1, traits })));
        assert.equal(sent.length, requests.length);
        sent.forEach(([method, address, authorization, body], index) => {
          const right = requests[index];
          assert.ok(right);
          const [there, expected] = [new URL(address), new URL(ROOT + pathOf(right))];
          // Programs may encode more than is needed, as JavaScript’s URL does with quotes.
          assert.equal(decodeURIComponent(there.pathname), decodeURIComponent(expected.pathname));
          assert.deepEqual([...there.searchParams], [...expected.searchParams]);
          assert.deepEqual(
            [method, there.origin, authorization, parsed(body)],
            [right.method, expected.origin, `Bearer ${KEY}`, parsed(right.body)],
          );
        });
      },
    );

  it('copying: the parsers see what is no program', () => {
    const broken = [
      ['csharp', 'var x = "a" b";'],
      ['powershell', "$x = 'a' b'"],
      ['m', 'let a = "x" y" in a'],
    ] as const;
    const faults = faultsOf(broken);
    assert.ok(Array.isArray(faults) && faults.length === 3 && !faults.includes(null), JSON.stringify(faults));
  });

  for (const id of PARSED)
    property(
      `copying: ${id} is a program, whatever the request holds`,
      2,
      fc.array(fc.tuple(wireRequest, found), { minLength: 50, maxLength: 50 }),
      (requests: readonly (readonly [WireRequest, PlatformTraits])[]) => {
        const programs = requests.map(([each, traits], index) =>
          generate(id, each, index % 2 === 0 ? 1 : 'all', traits),
        );
        assert.deepEqual(
          faultsOf(programs.map((program) => [id, id === 'powershell' ? withoutSigns(program) : program])),
          programs.map(() => null),
        );
      },
    );
});
