/** The check of a platform: it finds exactly what each quirk of the sample platform makes true. */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, it } from 'mocha';
import { examine, type ExamineOptions } from '#core/doctor/examine';
import { MOST_QUESTIONS } from '#core/doctor/inquiry';
import { fetchMetadata } from '#core/metadata/fetch';
import { ApiClient } from '#core/remote/api';
import { type HttpRequest, type HttpResponse, HttpTransport } from '#core/remote/http';
import { Session } from '#core/remote/session';
import { parseMetadata, type PlatformTraits, TRAIT_NAMES } from '#language';
import { startPlatform } from '#platform/platform';
import { type Quirk, QUIRK_NAMES } from '#platform/quirks';
import { clientOf } from '../../support/api-client';
import { QUIRK_TRAITS } from '../../support/quirk-traits';

/** What is true of the sample platform without quirks. */
const PLAIN: PlatformTraits = {
  parentheses: false,
  precedence: 'and-first',
  not: false,
  in: false,
  quotes: 'doubled',
  bareNumbers: true,
  bareBooleans: true,
  keywordCase: 'any',
  textCase: 'ignored',
  unknownSelect: 'ignored',
  largestTop: 1000,
  everyRecord: false,
  skip: 'pages',
  countNames: { pageIndex: 'pageIndex', pageTotal: 'pageTotal', total: 'total' },
  plus: 'space',
  longestAddress: 'none',
  rateLimit: {},
};

interface Seen {
  readonly requests: readonly { readonly method: string; readonly path: string }[];
  readonly total: number;
}

/** What happens to a request, by its address and its number from 1, instead of an answer of the platform. */
type Fault = (
  url: string,
  number: number,
) => { readonly status: number; readonly body?: unknown; readonly retryAfter?: string } | undefined;

class FaultyTransport extends HttpTransport {
  #number = 0;

  constructor(private readonly fault: Fault) {
    super();
  }

  override async send(request: HttpRequest): Promise<HttpResponse> {
    const fault = this.fault(decodeURIComponent(request.url), ++this.#number);
    if (fault === undefined) return super.send(request);
    const { status, body = { errors: ['A fault.'] }, retryAfter } = fault;
    const text = JSON.stringify(body);
    return {
      status,
      statusText: '',
      header: (name) => (name === 'retry-after' ? retryAfter : undefined),
      headers: [],
      text,
      bytes: text.length,
    };
  }
}

/** Runs a check on a platform of its own, without real pauses. */
async function check(
  quirks: readonly Quirk[],
  options: Partial<ExamineOptions> = {},
  fault: Fault = () => undefined,
) {
  const platform = await startPlatform({ quirks: new Set(quirks) });
  try {
    const { metadata } = await fetchMetadata(clientOf(platform), { modules: 'none' });
    const { connection } = clientOf(platform);
    const transport = new FaultyTransport(fault);
    const { apiKey } = platform;
    const session = new Session(connection, () => Promise.resolve({ kind: 'apiKey', apiKey }), transport);
    const sleep = async (ms: number) => pause(quirks.includes('rate-limit') ? ms : 0);
    const client = new ApiClient(connection, session, transport, { sleep });
    const result = await examine(client, { modules: metadata.modules, pauseMs: 0, ...options });
    const seen = (await (await fetch(new URL('/_control', platform.root))).json()) as Seen;
    return { ...result, seen };
  } finally {
    await platform.close();
  }
}

describe('check of a platform', () => {
  for (const quirk of [undefined, ...QUIRK_NAMES])
    it(`finds the truth about a platform with ${quirk ?? 'no quirks'}`, async () => {
      const { platform, sent, seen, endedBy } = await check(quirk === undefined ? [] : [quirk]);
      assert.equal(endedBy, undefined);
      assert.deepEqual(platform.traits, { ...PLAIN, ...(quirk === undefined ? {} : QUIRK_TRAITS[quirk]) });
      assert.ok(sent <= MOST_QUESTIONS, `${sent} requests`);
      assert.ok(seen.requests.every(({ method }) => method === 'GET'));
    });

  it('finds the truth about a platform with many quirks', async () => {
    const quirks = QUIRK_NAMES.filter((name) => name !== 'no-top-all' && name !== 'top-refused');
    const { platform } = await check(quirks);
    assert.deepEqual(platform.traits, Object.assign({}, PLAIN, ...quirks.map((name) => QUIRK_TRAITS[name])));
  });

  it('says for each question what was asked and answered, and a file keeps it', async () => {
    const { platform } = await check([]);
    assert.deepEqual(
      platform.evidence.map(({ trait }) => trait),
      TRAIT_NAMES,
    );
    const text = JSON.stringify({ version: 1, root: '', fetchedAt: '', modules: [], platform });
    const read = parseMetadata(text);
    assert.ok(read.ok);
    assert.deepEqual(read.metadata.platform, platform);
    const { asked } = platform.evidence[0] ?? {};
    assert.match(asked?.[0]?.address ?? '', /^\/api\/v2\/CourseDate\?\$select=ID&/);
    assert.equal(asked?.[0]?.status, 400);
    assert.match(asked?.[0]?.words ?? '', /parentheses/);
  });

  for (const [what, status, body, note] of [
    ['it may not read one', 403, undefined, 'CourseDate can’t be read, so another module was asked.'],
    ['one has no records', 200, { results: [] }, 'CourseDate has no records, so another module was asked.'],
    ['one fails', 500, undefined, 'CourseDate can’t be read, so another module was asked.'],
  ] as const)
    it(`asks another module where ${what}, and says so`, async () => {
      const { platform, notes } = await check([], {}, (url) =>
        url.includes('/api/v2/CourseDate?') ? { status, ...(body === undefined ? {} : { body }) } : undefined,
      );
      assert.deepEqual(notes, [note]);
      assert.equal(platform.traits.parentheses, false);
      assert.match(platform.evidence[0]?.asked[0]?.address ?? '', /api\/v2\/Course\?/);
    });

  it('knows nothing where nothing may be read, and asks no more than a few modules', async () => {
    const { platform, notes, sent, endedBy } = await check([], {}, (url) =>
      url.includes('/api/v2/') ? { status: 403 } : undefined,
    );
    assert.equal(endedBy, undefined);
    assert.deepEqual([Object.keys(platform.traits), notes.length], [['rateLimit'], 8]);
    assert.ok(sent <= 20);
    assert.match(platform.evidence[0]?.unknown ?? '', /not a module with enough records/);
  });

  // 400 is an answer; 403 may come from a guard before the platform, and 5xx says nothing.
  for (const status of [403, 404, 408, 500, 502, 503])
    it(`concludes nothing from ${status}`, async () => {
      const { platform } = await check(['parentheses'], {}, (url) =>
        /and \(ID|\$top=-1|''b|ID in/.test(url) ? { status } : undefined,
      );
      const { parentheses, everyRecord, quotes, in: list, ...others } = platform.traits;
      assert.deepEqual([parentheses, everyRecord, quotes, list], Array(4).fill(undefined));
      assert.equal(Object.keys(others).length, TRAIT_NAMES.length - 4);
      assert.equal(platform.evidence[0]?.asked[0]?.status, status);
      assert.ok((platform.evidence[0]?.unknown ?? '').length > 10);
    });

  it('keeps what was answered before the platform refused the key', async () => {
    const { platform, endedBy } = await check([], {}, (_url, number) =>
      number > 12 ? { status: 401 } : undefined,
    );
    assert.equal(endedBy?.kind, 'signed-out');
    const { countNames, parentheses, longestAddress } = platform.traits;
    assert.deepEqual([countNames, parentheses, longestAddress], [PLAIN.countNames, false, undefined]);
    const last = platform.evidence.find(({ asked }) => asked.some(({ status }) => status === 401));
    assert.equal(last?.unknown, 'The check ended before this was answered.');
  });

  it('waits where it is throttled, and ends where it is throttled for good', async () => {
    const once = await check([], {}, (_url, number) =>
      number % 3 === 0 ? { status: 429, retryAfter: '1' } : undefined,
    );
    assert.deepEqual(once.platform.traits, PLAIN);
    const forGood = await check([], {}, (_url, number) =>
      number > 12 ? { status: 429, retryAfter: '1' } : undefined,
    );
    assert.equal(forGood.endedBy?.kind, 'too-many');
    assert.equal(forGood.platform.traits.parentheses, false);
  });

  it('can be cancelled', async () => {
    const abort = new AbortController();
    const { endedBy, sent, seen } = await check([], {
      signal: abort.signal,
      onProgress: (number) => {
        if (number === 10) abort.abort();
      },
    });
    assert.deepEqual([endedBy?.kind, sent], ['cancelled', 10]);
    assert.equal(seen.total, 10);
  });

  it('ends where the platform fails again and again', async () => {
    const { endedBy } = await check([], {}, (_url, number) => (number > 12 ? { status: 500 } : undefined));
    assert.equal(endedBy?.kind, 'server');
  });
});
