/** A fetch that goes on later, in this process: what is written, what is kept, and what is neither. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type Identity, PartialFile } from '#cli/partial-file';
import { ProgressLine } from '#cli/progress-line';
import { resumeRequest } from '#cli/stream';
import type { ApiClient } from '#core/remote/api';
import { ApiError } from '#core/remote/api-error';
import type { FetchOptions } from '#core/running/fetch-pages';
import { pathOf } from '#language';
import { get } from '../core/support/fake-api';
import { CONNECTION } from '../core/support/runs';

const WIRE = get('a', { $top: '2' });
const records = (...ids: readonly string[]) => ids.map((ID) => ({ ID }));

describe('a fetch that goes on later', () => {
  let folder: string;
  let told = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'apq-stream-'));
    told = '';
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const output = () => join(folder, 'out.ndjson');
  const isKept = () => existsSync(join(folder, '.out.ndjson.apq-partial.ndjson'));
  const fresh = () => {
    const path = join(folder, 'fresh');
    writeFileSync(path, '', { mode: 0o600 });
    return statSync(path);
  };
  /** Leaves what an earlier fetch would: these pages. */
  const leave = async (...pages: readonly (readonly { readonly ID: string }[])[]) => leaveOf({}, ...pages);
  const leaveOf = async (
    other: Partial<Identity>,
    ...pages: readonly (readonly { readonly ID: string }[])[]
  ) => {
    const identity = { root: CONNECTION.root, address: pathOf(WIRE), ...other };
    const partial = await PartialFile.create(output(), fresh(), identity);
    let count = 0;
    for (const [index, page] of pages.entries()) {
      count += page.length;
      await partial.append(page, { pages: index + 1, records: count, size: 2, skip: index + 1, offset: 0 });
    }
    await partial.leave();
  };
  /** Fetches from a platform with these pages. */
  const fetch = async (
    pages: readonly (readonly object[])[],
    options: FetchOptions,
    write?: () => void,
    within = 60_000,
  ) => {
    const asked: number[] = [];
    const client = {
      connection: CONNECTION,
      traits: {},
      send: ({ query }: typeof WIRE) => {
        const skip = Number(query.find(({ name }) => name === '$skip')?.value ?? 0);
        asked.push(skip);
        const json = { results: pages[skip] ?? [] };
        const response = { status: 200, statusText: 'OK', url: 'x', milliseconds: 1, bytes: 1 };
        return Promise.resolve({ ...response, headers: [], text: '', json });
      },
      learning: () => undefined,
    } as unknown as ApiClient;
    let text = '';
    const result = await resumeRequest(
      client,
      WIRE,
      {
        format: 'ndjson',
        csv: {},
        fields: [],
        write: (part) => {
          text += part;
          write?.();
          return Promise.resolve();
        },
        progress: new ProgressLine({ write: (line: string) => (told += line) }, false),
        fetch: { concurrency: 1, ...options },
        alone: true,
      },
      { output: output(), within, fresh: fresh() },
    );
    return { result, asked, ids: [...text.matchAll(/"ID":"(\w+)"/g)].map(([, id]) => id).join('') };
  };
  const PAGES = [records('a', 'b'), records('c', 'd'), records('e')];

  it('writes all, once, and asks only for what is missing', async () => {
    await leave(records('a', 'b'), records('c', 'd'));
    const { result, asked, ids } = await fetch(PAGES, { pages: 'all' });
    assert.deepEqual([ids, asked[0], result.extent.kind], ['abcde', 2, 'whole']);
    assert.match(told, /^Continuing after 4 records, which arrived/);
  });

  it('asks for nothing where all pages had come', async () => {
    await leave(records('a', 'b'), records('c', 'd'));
    const { result, asked, ids } = await fetch(PAGES, { pages: 2 });
    assert.deepEqual([ids, asked, result.extent.kind, result.count], ['abcd', [], 'part', 4]);
  });

  it('writes nothing, and keeps nothing, where records came twice', async () => {
    await leave(records('a', 'b'), records('b', 'c'));
    const before = await fetch(PAGES, { pages: 2 });
    assert.deepEqual([before.ids, before.result.extent.kind, isKept()], ['', 'doubtful', false]);
    // As well where only the later part repeats the earlier one.
    await leave(records('a', 'b'));
    const later = await fetch([[], records('b', 'c')], { pages: 'all' });
    assert.deepEqual([later.ids, later.result.extent.kind, isKept()], ['', 'doubtful', false]);
  });

  it('keeps what came where it is cancelled while the file is written', async () => {
    await leave(PAGES[0] ?? []);
    const many = Array.from({ length: 1200 }, (_, index) => ({ ID: `m${index}` }));
    const abort = new AbortController();
    await assert.rejects(
      fetch([[], many], { pages: 2, signal: abort.signal }, () => abort.abort()),
      (error) => error instanceof ApiError && error.kind === 'cancelled',
    );
    assert.ok(isKept());
    assert.match(told, /1,202 records are kept next to .*out\.ndjson/);
  });

  it('keeps no file where not even one page came', async () => {
    const abort = new AbortController();
    abort.abort();
    await assert.rejects(fetch(PAGES, { pages: 'all', signal: abort.signal }));
    assert.ok(!isKept());
  });

  for (const [title, other, pages, within, why] of [
    [
      'went to another platform',
      { root: 'https://b.example' },
      'all',
      60_000,
      /went to https:\/\/b\.example, this/,
    ],
    ['asked for something else', { address: '/api/v2/b' }, 'all', 60_000, /asked for \/api\/v2\/b, this one/],
    ['is too old', {}, 'all', -1, /\(--resume-within says how old it may be\)/],
    ['has more pages than are asked for', {}, 1, 60_000, /has 2 pages, this one asks for 1/],
  ] as const)
    it(`starts over, and says why, where what is kept ${title}`, async () => {
      await leaveOf(other, records('x', 'y'), records('z', 'w'));
      const { asked, ids } = await fetch(PAGES, { pages }, undefined, within);
      assert.match(told, /^Starting over: /);
      assert.match(told, why);
      assert.deepEqual([asked[0], ids], [0, pages === 1 ? 'ab' : 'abcde']);
    });

  it('starts over, and says why, where what is kept is damaged', async () => {
    await leave(records('a', 'b'));
    const path = join(folder, '.out.ndjson.apq-partial.ndjson');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"a"', '"x"'));
    assert.equal((await fetch(PAGES, { pages: 'all' })).ids, 'abcde');
    assert.match(told, /^Starting over: .* has no whole page: it is damaged/);
  });
});
