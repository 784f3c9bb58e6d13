/** A file of many blocks is kept in chunks: after any edit it equals the same text read afresh, and an edit costs its own request. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { symbolsAfter, symbolsOf } from '#language/analysis/symbols';
import { Catalog, type CatalogModule } from '#language/catalog/catalog';
import { Platforms } from '#language/catalog/platforms';
import { FileDiagnoser } from '#language/diagnostics/diagnose';
import { CHUNK_SIZE, editFile, parseFile, type SourceFile } from '#language/syntax/source-file';
import { finish } from '#language/text/steps';
import { serviceWith } from './support/language';
import { metadata, NOW } from './support/metadata';

const RUNS = process.env['CI'] === undefined ? 60 : 1500;

/** Some are correct, some wrong, some use or define names; a few have other line ends. */
const request = (i: number) =>
  [
    `### ${i}\nGET coursedate\n$top = ${i + 1}\n\n`,
    `### ${i}\nGET nonsense${i}\n`,
    `###\n@v${i} = ${i}\nGET coursedate\n$filter = ID eq '{{v${i}}}'\n`,
    `### ${i}\r\n# @name r${i}\r\nGET user\r\n$select = Nothing, ID\r\n`,
    `###\nGET user\n$filter = ID eq '{{v${i - 2}}}' and ID eq '{{r${i - 1}.results[0].ID}}'\n\n`,
  ][i % 5] ?? '';
const requests = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => request(from + i)).join('');

/** Places of blocks, positions and diagnostics: all that an editor sees. */
function view(service: ReturnType<typeof serviceWith>, document: ReturnType<typeof service.parse>) {
  const { file, positions } = document;
  return {
    text: file.text,
    length: file.length,
    blocks: file.blocks.map(({ offset, line, tree }) => [offset, line, tree.text, tree.problems]),
    positions: file.blocks.map(({ offset, line }) => [
      positions.positionAt(offset),
      positions.positionAt(offset - 1),
      positions.offsetAt({ line, character: 0 }),
      positions.offsetAt({ line: line + 1, character: 3 }),
      file.blockAt(offset).offset,
      file.blockAtLine(line).line,
    ]),
    end: positions.positionAt(file.length + 1),
    diagnostics: service.diagnose(document),
    names: [
      [...document.symbols.variables.keys()],
      [...document.symbols.requests.keys()],
      document.symbols.used,
    ],
  };
}

describe('chunks', () => {
  it('equal a fresh parse after random edits of files of many blocks', () => {
    const inserted = fc.oneof(
      fc.constantFrom(
        '',
        ' ',
        '\n',
        '\r',
        '#',
        '##',
        '###',
        '\n###',
        '### x\n',
        '@v2 = {{v7}}\n',
        'GET user\n',
      ),
      fc.nat(2 * CHUNK_SIZE + 20).map((count) => requests(count, 500)),
    );
    const removed = fc.oneof(fc.nat(12), fc.nat(400), fc.nat(20_000));
    // Near the border of a chunk, or anywhere.
    const where = fc.oneof(
      fc.nat().map((at) => (file: SourceFile) => at % (file.length + 1)),
      fc.tuple(fc.nat(), fc.integer({ min: -6, max: 6 })).map(([chunk, by]) => (file: SourceFile) => {
        const border = file.offsetOf(chunk % (file.chunks.length + 1));
        return Math.max(0, Math.min(file.length, border + by));
      }),
    );
    fc.assert(
      fc.property(
        fc.nat(5 * CHUNK_SIZE),
        fc.array(fc.tuple(where, removed, inserted, fc.boolean()), { minLength: 1, maxLength: 6 }),
        (count, edits) => {
          const service = serviceWith();
          let document = service.parse(requests(count));
          service.diagnose(document);
          for (const [place, most, text, whole] of edits) {
            const { file } = document;
            const offset = place(file);
            const length = Math.min(most, file.length - offset);
            const after = file.text.slice(0, offset) + text + file.text.slice(offset + length);
            document = whole
              ? service.parse(after, document)
              : service.edit(document, { offset, length, text });
            assert.equal(document.text, after);
            const fresh = serviceWith();
            assert.deepEqual(view(service, document), view(fresh, fresh.parse(after)));
            for (const { blocks } of document.file.chunks)
              assert.ok(blocks.length >= 1 && blocks.length <= 2 * CHUNK_SIZE, `${blocks.length} blocks`);
          }
        },
      ),
      { numRuns: RUNS },
    );
  }).timeout(600_000);

  it('don’t crumble when requests are removed one by one', () => {
    let file = parseFile(requests(10 * CHUNK_SIZE));
    for (let round = 0; round < 9 * CHUNK_SIZE; round++) {
      const block = file.blockAt((round * 7919) % file.length);
      file = editFile(file, { offset: block.offset, length: block.tree.text.length, text: '' });
    }
    assert.ok(file.chunks.length <= 4, `${file.chunks.length} chunks of ${file.blocks.length} blocks`);
  });

  describe('in a file of 10,000 requests', () => {
    /** Records the modules looked up: each block that is checked looks up its own. */
    class CountingCatalog extends Catalog {
      checked: string[] = [];
      override module(name: string): CatalogModule | undefined {
        this.checked.push(name);
        return super.module(name);
      }
    }
    const text = Array.from({ length: 10_000 }, (_, i) => `### ${i}\nGET module${i}\n$top = {{a}}\n\n`).join(
      '',
    );
    const start = parseFile(`@a = 5\n${text}`);
    const catalog = new CountingCatalog(metadata);
    const platforms = new Platforms(catalog);
    const diagnoser = new FileDiagnoser();

    for (const [what, edit] of [
      ['adding a letter', { length: 0, text: 'x' }],
      ['removing a letter', { length: 1, text: '' }],
      ['adding a line', { length: 0, text: '\n' }],
    ] as const) {
      it(`${what} checks only its own request and makes one chunk anew`, () => {
        const symbols = symbolsOf(start);
        finish(diagnoser.diagnose(start, symbols, platforms, { now: NOW }));
        catalog.checked = [];
        const offset = start.text.indexOf('module5000') + 'module5000'.length - 1;
        const file = editFile(start, { offset, ...edit });
        const after = symbolsAfter(start, symbols, file);
        assert.equal(after, symbols, 'symbols are unchanged');
        const kept = new Set(start.chunks);
        assert.equal(file.chunks.filter((chunk) => !kept.has(chunk)).length, 1);
        const trees = new Set(start.blocks.map(({ tree }) => tree));
        assert.equal(file.blocks.filter(({ tree }) => !trees.has(tree)).length, 1);
        const found = finish(diagnoser.diagnose(file, after, platforms, { now: NOW }));
        assert.equal(new Set(catalog.checked).size, 1, catalog.checked.join());
        assert.equal(found.length, 10_000, 'every request names an unknown module');
      });
    }

    it('adding a request at a border of chunks checks only that request', () => {
      const symbols = symbolsOf(start);
      finish(diagnoser.diagnose(start, symbols, platforms, { now: NOW }));
      catalog.checked = [];
      const file = editFile(start, { offset: start.offsetOf(70), length: 0, text: '### new\nGET new\n' });
      const kept = new Set(start.chunks);
      assert.ok(file.chunks.filter((chunk) => !kept.has(chunk)).length <= 3);
      finish(diagnoser.diagnose(file, symbolsAfter(start, symbols, file), platforms, { now: NOW }));
      assert.deepEqual([...new Set(catalog.checked)], ['new']);
    });
  });
});
