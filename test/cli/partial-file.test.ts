/** What a fetch with `--resume` keeps beside its output, within one process; `output-files.test.ts` has real processes. */
import assert from 'node:assert/strict';
import { linkSync, lstatSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { PartialFile } from '#cli/partial-file';

describe('a partial file', () => {
  let folder: string;
  const path = (name: string) => join(folder, name);
  const PARTIAL = '.out.csv.apq-partial.ndjson';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'apq-partial-'));
    writeFileSync(path('precious'), 'text', { mode: 0o600 });
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const create = async () =>
    PartialFile.create(path('out.csv'), lstatSync(path('precious')), { root: '', address: '' });

  for (const [title, plant] of [
    ['a link', symlinkSync],
    ['a second name of another file', linkSync],
  ] as const)
    it(`is not begun in ${title}, which is left alone`, async () => {
      plant(path('precious'), path(PARTIAL));
      await assert.rejects(create(), /ndjson can’t be written: something else has this name\.$/);
      assert.equal(readFileSync(path('precious'), 'utf8'), 'text');
    });

  it('is begun anew in place of an old one, for its user only', async () => {
    writeFileSync(path(PARTIAL), 'old', { mode: 0o600 });
    await (await create()).close();
    assert.match(readFileSync(path(PARTIAL), 'utf8'), /^\["apq-partial",.*\n$/);
    assert.equal(lstatSync(path(PARTIAL)).mode & 0o777, 0o600);
  });

  /** Two pages as they are kept, spoiled by a crash or by another hand; returns what can be used of them. */
  const opened = async (spoil: (text: string) => string) => {
    const partial = await create();
    const position = { size: 2, offset: 0 };
    await partial.append([{ ID: 'a' }, { ID: 'b' }], { ...position, pages: 1, records: 2, skip: 1 });
    await partial.append([{ ID: 'c' }], { ...position, pages: 2, records: 3, skip: 2 });
    await partial.leave();
    writeFileSync(path(PARTIAL), spoil(readFileSync(path(PARTIAL), 'utf8')), { mode: 0o600 });
    const found = await PartialFile.open(path('out.csv'), lstatSync(path('precious')));
    if (typeof found !== 'object') return found ?? 'nothing';
    const ids: unknown[] = [];
    for await (const records of found.partial.records()) ids.push(...records.map(({ ID }) => ID));
    await found.partial.close();
    return `${found.reached.position.pages} pages: ${ids.join('')}`;
  };
  const linesOf = (text: string, from: number, to: number) =>
    text
      .split(/(?<=\n)/)
      .slice(from, to)
      .join('');
  for (const [title, spoil, expected] of [
    ['as it was left', (text) => text, '2 pages: abc'],
    ['with half of another page', (text) => `${text}{"ID":"d"}\n{"ID`, '2 pages: abc'],
    ['with NULs at the end', (text) => `${text}\0\0\0`, '2 pages: abc'],
    ['without its last mark', (text) => linesOf(text, 0, -1), '1 pages: ab'],
    ['with half of its last mark', (text) => text.slice(0, -9), '1 pages: ab'],
    ['with a changed record in its second page', (text) => text.replace('"c"', '"x"'), '1 pages: ab'],
    [
      'with one more record in its second page',
      (text) => text.replace('{"ID":"c"}', '{"ID":"c"}\n{"ID":"x"}'),
      '1 pages: ab',
    ],
    ['without a record of its second page', (text) => text.replace('{"ID":"c"}\n', ''), '1 pages: ab'],
    ['with a page that is there twice', (text) => text + linesOf(text, 4, 6), '2 pages: abc'],
    ['with a position that can’t be', (text) => text.replace('"pages":2', '"pages":-2'), '1 pages: ab'],
    ['with a changed record in its first page', (text) => text.replace('"a"', '"x"'), 'useless'],
    ['of another request than its hash says', (text) => text.replace('"root":""', '"root":"x"'), 'useless'],
    ['of another version', (text) => text.replace('"version":3', '"version":2'), 'useless'],
    ['without its first line', (text) => linesOf(text, 1, 6), 'useless'],
    ['with its first line only', (text) => linesOf(text, 0, 1), 'nothing'],
    ['empty', () => '', 'nothing'],
  ] as const satisfies readonly (readonly [string, (text: string) => string, string])[])
    it(`${title} has ${expected}`, async () => assert.equal(await opened(spoil), expected));
});
