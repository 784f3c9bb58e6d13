/** The command line's writers: records page by page, rows evened out, the line of progress. */
import assert from 'node:assert/strict';
import { ProgressLine } from '#cli/progress-line';
import { describeWait } from '#core/remote/allowance';
import { columnsOf } from '#core/results/columns';
import { toCsv } from '#core/results/csv';
import { evenRows } from '#core/results/even-rows';
import type { StreamFormat } from '#core/results/formats';
import { toJson, toNdjson } from '#core/results/json';
import type { ApiRecord } from '#core/results/read-page';
import { recordWriter, type WriterOptions } from '#core/results/record-writer';

const PAGES: readonly (readonly ApiRecord[])[] = [
  [
    { ID: '1', Label: 'a,b', Tags: ['x', 'y'] },
    { ID: '2', Label: '=1+1', Tags: [] },
  ],
  [{ ID: '3', Label: 'two\r\nlines, "quoted"', Tags: null }],
  [],
];

async function written(format: StreamFormat, pages: typeof PAGES, select: readonly string[] = []) {
  let text = '';
  const writer = recordWriter(
    format,
    (part) => {
      text += part;
      return Promise.resolve();
    },
    { select },
  );
  for (const page of pages) await writer.write(page);
  await writer.end();
  return { text, writer };
}

describe('command line: records page by page', () => {
  const all = PAGES.flat();
  for (const [format, expected] of [
    ['csv', toCsv(all, ['ID', 'Label', 'Tags'])],
    ['json', toJson(all)],
    ['ndjson', toNdjson(all)],
  ] as const)
    it(`are the same ${format} as all at once`, async () => {
      assert.equal((await written(format, PAGES)).text, expected);
    });

  it('have the fields of $select as header, in its order and the platform’s spelling, even absent ones', async () => {
    const { text } = await written('csv', [[{ ID: '1', Label: 'a' }]], ['label', 'Missing', 'id']);
    assert.equal(text, 'Label,Missing,ID\r\na,,1\r\n');
  });

  it('have the same columns in one page and in many', async () => {
    const both = [
      { ID: '1', Id: '2' },
      { ID: '2', id: '3' },
    ];
    const { text } = await written('csv', [both]);
    assert.equal(text, toCsv(both, columnsOf(both)));
    assert.equal(text, 'ID,Id,id\r\n1,2,\r\n2,,3\r\n');
    // A field of $select that only a later page has keeps its place.
    const late = await written('csv', [[{ ID: '1' }], [{ ID: '2', Label: 'x' }]], ['label', 'ID']);
    assert.equal(late.text, 'label,ID\r\n,1\r\nx,2\r\n');
    assert.deepEqual(late.writer.late, []);
  });

  it('begin with one byte order mark, even when rows are evened out', async () => {
    let text = '';
    const out = (part: string) => {
      text += part;
      return Promise.resolve();
    };
    const writer = recordWriter('csv', out, { csv: { bom: true } });
    await writer.write([{ ID: '1' }]);
    await writer.write([{ ID: '2', New: 'x' }]);
    await writer.end();
    assert.equal(text, '\uFEFFID\r\n1\r\n2,x\r\n');
    // eslint-disable-next-line @typescript-eslint/require-await
    const whole = async function* () {
      yield text;
    };
    let even = '';
    for await (const part of evenRows(whole(), writer.columns, { bom: true })) even += part;
    assert.equal(even, '\uFEFFID,New\r\n1,\r\n2,x\r\n');
  });

  it('have the fields that the metadata know as header when there are no records, else none', async () => {
    const header = async (options: WriterOptions, ...pages: ApiRecord[][]) => {
      let text = '';
      const writer = recordWriter('csv', (part) => Promise.resolve(void (text += part)), options);
      for (const page of pages) await writer.write(page);
      await writer.end();
      return text;
    };
    const fields = ['ID', 'Label'];
    assert.equal(await header({ fields }), 'ID,Label\r\n');
    assert.equal(await header({ fields, select: ['Label'] }), 'Label\r\n');
    assert.equal(await header({ csv: { bom: true } }), '');
    assert.equal(await header({ fields }, [], [{ Town: 'York' }]), 'Town\r\nYork\r\n');
  });

  it('fill up rows with what stands for null', async () => {
    const csv = { nullText: 'NULL' };
    let text = '';
    const writer = recordWriter('csv', (part) => Promise.resolve(void (text += part)), { csv });
    await writer.write([{ ID: '1' }]);
    await writer.write([{ ID: '2', New: 'x' }]);
    // eslint-disable-next-line @typescript-eslint/require-await
    const whole = async function* () {
      yield text;
    };
    let even = '';
    for await (const part of evenRows(whole(), writer.columns, csv)) even += part;
    assert.equal(even, 'ID,New\r\n1,NULL\r\n2,x\r\n');
  });

  it('report late columns, and are evened out', async () => {
    const pages = [...PAGES, [{ ID: '4', New: 'n,\r\n"' }], [{ ID: '5', Newer: 5 }]];
    const { text, writer } = await written('csv', pages);
    assert.deepEqual(writer.late, ['New', 'Newer']);
    const expected = toCsv(pages.flat(), ['ID', 'Label', 'Tags', 'New', 'Newer']);
    for (const size of [1, 2, 3, 7, 1000]) {
      // eslint-disable-next-line @typescript-eslint/require-await
      async function* chunks() {
        for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
      }
      let even = '';
      for await (const part of evenRows(chunks(), writer.columns)) even += part;
      assert.equal(even, expected, `in chunks of ${size}`);
    }
  });
});

describe('command line: progress', () => {
  const progress = (records: number) => ({
    pages: 1,
    records,
    total: 1000,
    position: { pages: 1, records, size: 50, skip: 1, offset: 0 },
    elapsedMs: 1000,
    recordsPerSecond: 100,
    secondsLeft: (1000 - records) / 100,
    retries: 0,
  });
  const lineOn = (live: boolean, columns = 80, sparseMs?: number) => {
    const clock = { now: 1_000_000 };
    let text = '';
    const line = new ProgressLine(
      { write: (part: string) => (text += part), columns },
      live,
      () => clock.now,
      sparseMs,
    );
    return { line, clock, shown: () => text.replaceAll('\r\u001b[K', '|') };
  };

  it('rewrites one line on a terminal, not too often, below other messages', () => {
    const { line, clock, shown } = lineOn(true);
    line.update(progress(100));
    line.update(progress(110));
    clock.now += 200;
    line.update(progress(200));
    line.say('Wait.');
    line.clear();
    const second = '200 of 1,000 records (20%) · 100 a second · 8 s left';
    assert.equal(
      shown(),
      `|100 of 1,000 records (10%) · 100 a second · 9 s left|${second}|Wait.\n|${second}|`,
    );
  });

  it('comes every few seconds where there is no terminal', () => {
    const { line, clock, shown } = lineOn(false, 80, 5000);
    for (let second = 0; second < 11; second++) {
      line.show(() => `${second} s`);
      clock.now += 1000;
    }
    assert.equal(shown(), '5 s\n10 s\n');
  });

  it('is cut to one line on a narrow terminal', () => {
    const { line, shown } = lineOn(true, 11);
    line.update(progress(100));
    assert.equal(shown(), '|100 of 1,0');
  });

  it('says why it waits: in its line for a moment, in a line that stays for longer', () => {
    const { line, shown } = lineOn(true);
    line.wait(1500, describeWait(1500));
    line.wait(12_345, describeWait(12_345));
    const [short, long] = ['1.5', '13'].map(
      (time) => `No request is left for now: waiting ${time} s, as the platform asks.`,
    );
    assert.equal(shown(), `|${short}|${long}\n|${short}`);
    const piped = lineOn(false);
    piped.line.wait(1500, describeWait(1500));
    piped.line.wait(12_345, describeWait(12_345));
    assert.equal(piped.shown(), `${long}\n`);
  });

  it('is an occasional line elsewhere, and none for a quick fetch', () => {
    const { line, clock, shown } = lineOn(false);
    line.update(progress(100));
    clock.now += 31_000;
    line.update(progress(200));
    line.update(progress(300));
    line.clear();
    assert.equal(shown(), '200 of 1,000 records (20%) · 100 a second · 8 s left\n');
  });
});
