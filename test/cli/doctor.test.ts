/** `apq doctor` as a program: consent, both formats, the file, and how it ends. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'mocha';
import { parseMetadata, TRAIT_NAMES } from '#language';
import { apq, type ApqOptions } from '../support/apq-process';
import { type RunningPlatform, startPlatformProcess } from '../support/platform-process';

/** Does something once, so many milliseconds after the start. */
function once(ms: number, work: () => NodeJS.Signals | undefined | void): () => NodeJS.Signals | undefined {
  const from = Date.now();
  let done = false;
  return () => {
    if (done || Date.now() - from < ms) return undefined;
    done = true;
    return work() ?? undefined;
  };
}

describe('check of a platform from the command line', () => {
  let platform: RunningPlatform;
  let folder: string;
  before(async () => {
    platform = await startPlatformProcess('--records', '2000', '--quirks', 'parentheses,count-names,top-20');
    folder = mkdtempSync(join(tmpdir(), 'apq-doctor-'));
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await platform.stop();
  });
  beforeEach(async () => platform.control({ reset: true }));

  const doctor = async (args: readonly string[], options: ApqOptions = {}) =>
    apq(['doctor', '--root', platform.root, ...args], {
      ...options,
      env: { APQ_API_KEY: platform.apiKey, ...options.env },
    });

  it('asks nothing without --yes where nobody can answer, and says what it would ask', async () => {
    const { code, out, err } = await doctor([]);
    assert.deepEqual([code, out], [2, '']);
    assert.match(
      err,
      /^Agree with --yes\. This sends 127\.0\.0\.1:\d+ at most 60 small requests.*only read/m,
    );
    assert.deepEqual(await platform.requests(), []);
  });

  it('prints a table with what was found beside what is assumed', async () => {
    const { code, out, err } = await doctor(['--yes']);
    assert.equal(code, 0, err);
    const lines = out.split('\n');
    assert.match(lines[0] ?? '', /^trait +found +assumed +used how$/);
    assert.match(out, /^parentheses +yes +no +Filters with parentheses are sent as they stand\.$/m);
    assert.match(out, /^largestTop +20 +none /m);
    assert.match(err, /^17 of 17 answers were found with \d+ requests\. They are not kept/m);
    assert.ok((await platform.requests()).every((request) => request.startsWith('GET ')));
  });

  it('prints JSON, and keeps the answers in a metadata file, beside its modules', async () => {
    const path = join(folder, 'own.json');
    const modules = [{ name: 'Course' }, { name: 'CourseDate' }];
    writeFileSync(path, JSON.stringify({ version: 1, root: platform.root, fetchedAt: '2026', modules }));
    const { code, out, err } = await doctor(['--yes', '--format', 'json', '--output', path]);
    assert.equal(code, 0, err);
    const findings = JSON.parse(out) as {
      trait: string;
      found: unknown;
      assumed: unknown;
      asked: unknown[];
    }[];
    assert.deepEqual(
      findings.map(({ trait }) => trait),
      TRAIT_NAMES,
    );
    assert.deepEqual([findings[0]?.found, findings[0]?.assumed], [true, false]);
    const read = parseMetadata(readFileSync(path, 'utf8'));
    assert.ok(read.ok);
    assert.deepEqual(read.metadata.modules, modules);
    assert.equal(read.metadata.platform?.traits.countNames?.total, 'recordsFound');
    assert.equal(out.includes(platform.apiKey) || err.includes(platform.apiKey), false);
  });

  it('finds what other commands use with the metadata', async () => {
    const [file, query] = [join(folder, 'known.json'), join(folder, 'all.apq')];
    const known = { checkedAt: '2026', traits: { largestTop: 20, countNames: { total: 'recordsFound' } } };
    for (const root of [platform.root, 'https://a.example/accessplan']) {
      writeFileSync(
        file,
        JSON.stringify({ version: 1, root, fetchedAt: '', modules: [{ name: 'Course' }], platform: known }),
      );
      writeFileSync(query, 'GET Course\n$select = ID\n');
      await platform.control({ reset: true });
      const args = ['--root', platform.root, '--metadata', file, '--pages', 'all', '--format', 'json'];
      const { code, err } = await apq(['run', query, ...args], { env: { APQ_API_KEY: platform.apiKey } });
      assert.equal(code, 0, err);
      const asked = (await platform.requests()).some((request) => request.includes('$top=20'));
      assert.equal(asked, root === platform.root);
    }
  });

  it('fetches in pages that the platform brings, whatever $top a request has, unless it is one page', async () => {
    const [file, query] = [join(folder, 'known.json'), join(folder, 'large.apq')];
    const platformFile = {
      version: 1,
      root: platform.root,
      fetchedAt: '',
      modules: [{ name: 'Course' }],
      platform: { checkedAt: '2026', traits: { largestTop: 20 } },
    };
    writeFileSync(file, JSON.stringify(platformFile));
    const more = `### One\n# @name one\nGET Course\n$select = ID\n$top = 500\n`;
    writeFileSync(
      query,
      `${more}\n### Two\nGET Course\n$filter = ID ne '{{one.results[0].ID}}'\n$top = 500\n`,
    );
    const run = async (...args: readonly string[]) =>
      apq(['run', query, '--root', platform.root, '--metadata', file, '--format', 'json', ...args], {
        env: { APQ_API_KEY: platform.apiKey },
      });
    const one = await run();
    assert.equal(one.code, 1);
    assert.match(one.err, /brings at most 20 records at a time\. Write \$top = 20, and # @pages all/);
    for (const pages of ['all', '2']) {
      const several = await run('--pages', pages);
      assert.equal(several.code, 0, several.err);
      assert.match(several.err, /brings at most 20 records at a time, so \$top is 20 and not 500\./);
      const shown = await run('--pages', pages, '--dry-run');
      assert.equal(shown.code, 0, shown.err);
    }
    // A request that is only needed by the chosen one is fetched as its own lines say.
    const needed = await run('--request', 'Two', '--pages', 'all');
    assert.equal(needed.code, 1);
    assert.match(needed.err, /large\.apq:5:8/);
    const both = await run('--request', 'all', '--pages', '2');
    assert.equal(both.code, 0, both.err);
  });

  it('refuses a file of another platform', async () => {
    const path = join(folder, 'other.json');
    const before = JSON.stringify({ version: 1, root: 'https://a.example/accessplan', modules: [] });
    writeFileSync(path, before);
    const { code, err } = await doctor(['--yes', '--output', path]);
    assert.equal(code, 2);
    assert.match(err, /holds the metadata of https:\/\/a\.example\/accessplan, not of/);
    assert.equal(readFileSync(path, 'utf8'), before);
  });

  it('ends with 3 where it is not signed in, or no longer, and writes no file', async () => {
    const wrong = await doctor(['--yes'], { env: { APQ_API_KEY: 'wrong-key' } });
    assert.equal(wrong.code, 3);
    const path = join(folder, 'half.json');
    const refuse = async () => platform.control({ next: [{ status: 401 }] });
    const { code, out, err } = await doctor(['--yes', '--output', path], {
      watch: once(3000, () => void refuse()),
    });
    assert.equal(code, 3, err);
    assert.match(out, /^parentheses +yes/m);
    assert.match(out, /^longestAddress is not known: The check ended before this was answered\.$/m);
    assert.equal(existsSync(path), false);
  });

  it('ends with 4 where it is throttled to the end, and with 1 after another error', async () => {
    for (const [fault, status] of [
      [{ status: 429, retryAfter: 600 }, 4],
      [{ status: 403 }, 1],
    ] as const) {
      await platform.control({ reset: true, only: 'apihelp', next: [fault] });
      const { code, err } = await doctor(['--yes']);
      assert.equal(code, status, err);
    }
  });

  it('ends with 130 when it is interrupted, and writes no file', async () => {
    const path = join(folder, 'interrupted.json');
    const { code, out, err } = await doctor(['--yes', '--output', path], {
      watch: once(1500, () => 'SIGINT'),
    });
    assert.deepEqual([code, out, existsSync(path)], [130, '', false], err);
    assert.match(err, /^Interrupted\.$/m);
  });
});
