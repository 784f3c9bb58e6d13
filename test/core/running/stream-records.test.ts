/** Streaming records into a file, as the command line and *Fetch All to File* do. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { OutputFile } from '#core/files/output-file';
import { type StreamOptions, streamRecords } from '#core/running/stream-records';
import { clientFor, get, useFakeApi } from '../support/fake-api';

describe('streaming records', () => {
  const api = useFakeApi();
  const page = (...results: readonly object[]) => ({ body: { results, total: 4 } });

  /** Returns the text that was written, and the notes. */
  async function stream(change: Partial<StreamOptions> = {}, intoFile = true): Promise<[string, number]> {
    const path = join(mkdtempSync(join(tmpdir(), 'apq-stream-')), 'out.csv');
    const file = await OutputFile.create(path);
    const result = await streamRecords(clientFor(api.root).client, get('course', { $top: '2' }), {
      format: 'csv',
      write: async (text) => file.write(text),
      fetch: { pages: 'all', concurrency: 1 },
      onProgress: () => undefined,
      keepsPart: () => Promise.resolve(false),
      fields: [],
      ...(intoFile ? { file } : {}),
      ...change,
    });
    await file.keep();
    return [readFileSync(path, 'utf8').replaceAll('\r\n', '|'), result.notes.length];
  }

  it('completes the header of a file when a later page has more fields', async () => {
    api.replies(page({ ID: '1' }, { ID: '2' }), page({ ID: '3', Town: 'York' }, { ID: '4' }));
    assert.deepEqual(await stream(), ['ID,Town|1,|2,|3,York|4,|', 0]);
  });

  it('keeps the byte order mark when it completes the header', async () => {
    api.replies(page({ ID: '1' }, { ID: '2' }), page({ ID: '3', Town: 'York' }, { ID: '4' }));
    const [text] = await stream({ csv: { bom: true } });
    assert.equal(text, '\ufeffID,Town|1,|2,|3,York|4,|');
  });

  it('writes no end where the result may not be whole, unless it is wanted', async () => {
    const replies = [page({ ID: '1' }, { ID: '2' }), { body: { results: [], total: 4 } }];
    api.replies(...replies);
    assert.deepEqual(await stream({ format: 'json' }), [
      '[\n  {\n    "ID": "1"\n  },\n  {\n    "ID": "2"\n  }',
      0,
    ]);
    api.replies(...replies);
    const [text] = await stream({ format: 'json', keepsPart: () => Promise.resolve(true) });
    assert.match(text, /\]\s*$/);
  });

  it('says which fields the header of a stream lacks', async () => {
    api.replies(page({ ID: '1' }, { ID: '2' }), page({ ID: '3', Town: 'York' }, { ID: '4' }));
    assert.deepEqual(await stream({}, false), ['ID|1|2|3,York|4,|', 1]);
  });
});
