/** For any text, the tree covers it, spans nest, nothing throws, and reusing unchanged blocks changes nothing. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { editFile, parseFile, replaceText, type SourceFile } from '#language/syntax/source-file';
import { piece, pieces } from '../properties/support/alphabet';
import { serviceWith, withoutAnnotations } from './support/language';

const folder = join(import.meta.dirname, 'diagnostics');
const fixtures = readdirSync(folder).flatMap((name) =>
  withoutAnnotations(readFileSync(join(folder, name), 'utf8'))
    .split(/^=== .*\n/m)
    .flatMap((each) => each.split('\n--- fixed\n')),
);

/** Fails when a character is in no item, or a child is outside its parent. */
function checkCover(file: SourceFile): void {
  assert.equal(file.blocks.map((block) => block.tree.text).join(''), file.text);
  let line = 0;
  for (const { tree, line: startsAt } of file.blocks) {
    assert.equal(startsAt, line);
    line += tree.lineBreaks;
    let end = 0;
    for (const item of tree.items) {
      assert.equal(item.offset, end, 'a gap or an overlap between items');
      end = item.offset + item.length;
      checkNesting(item, item.offset, end);
    }
    assert.equal(end, tree.text.length);
    for (const problem of tree.problems)
      assert.ok(
        problem.offset >= 0 && problem.offset + problem.length <= tree.text.length,
        JSON.stringify(problem),
      );
  }
  assert.equal(line, (file.text.match(/\r\n|\n|\r/g) ?? []).length);
}

function checkNesting(node: unknown, from: number, to: number): void {
  if (Array.isArray(node)) {
    for (const each of node) checkNesting(each, from, to);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const { offset, length } = node as { offset?: unknown; length?: unknown };
  let [low, high] = [from, to];
  if (typeof offset === 'number' && typeof length === 'number') {
    if (length < 0 || offset < from || offset + length > to)
      assert.fail(`${JSON.stringify(node).slice(0, 200)} is outside ${from}–${to}`);
    [low, high] = [offset, offset + length];
  }
  for (const [key, child] of Object.entries(node)) if (key !== 'view') checkNesting(child, low, high);
}

/** Calls everything that an editor asks for on a keystroke, at its place. */
function useAll(text: string, offset: number): void {
  const service = serviceWith();
  const document = service.parse(text);
  checkCover(document.file);
  for (const each of service.diagnose(document))
    assert.ok(
      each.offset >= 0 && each.length >= 0 && each.offset + each.length <= text.length,
      JSON.stringify(each),
    );
  for (const fix of service.fixes(document, { offset: 0, length: text.length })) {
    for (const edit of fix.edits)
      assert.ok(edit.offset >= 0 && edit.offset + edit.length <= text.length, JSON.stringify(fix));
  }
  for (const item of service.complete(document, offset))
    assert.ok(
      item.replace.offset <= offset && item.replace.offset + item.replace.length >= offset,
      JSON.stringify(item),
    );
  service.hover(document, offset);
  for (const request of service.requests(document)) service.build(document, request);
}

/** Over 100,000 in all on CI, few on a developer's machine. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? (process.env['CI'] === undefined ? 400 : 55_000));

describe('tree', () => {
  it('covers every prefix of every fixture, and all features work on it', () => {
    for (const text of fixtures) {
      for (let end = 0; end <= text.length; end += text.length > 400 ? 3 : 1) useAll(text.slice(0, end), end);
    }
  }).timeout(1_200_000);

  it('covers random texts', () => {
    fc.assert(
      fc.property(pieces(40), fc.nat(), (text, at) => {
        useAll(text, text.length === 0 ? 0 : at % (text.length + 1));
      }),
      {
        numRuns: RUNS,
        examples: [
          ['$today{{\t# @expect ', 0],
          ['# @connection Demo', 15],
          ['# @pages all\t', 13],
          ['# @pages  all', 9],
        ],
      },
    );
  }).timeout(1_200_000);

  it('covers good files after random changes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...fixtures),
        fc.array(fc.tuple(fc.nat(), fc.nat(12), fc.array(piece, { maxLength: 3 })), {
          minLength: 1,
          maxLength: 4,
        }),
        (start, changes) => {
          let text = start;
          let file = parseFile(text);
          for (const [where, length, parts] of changes) {
            const offset = text.length === 0 ? 0 : where % (text.length + 1);
            text = text.slice(0, offset) + parts.join('') + text.slice(offset + length);
            file = editFile(file, {
              offset,
              length: Math.min(length, file.length - offset),
              text: parts.join(''),
            });
            assert.equal(file.text, text);
            checkCover(file);
            const fresh = parseFile(text);
            assert.deepEqual(
              file.blocks.map(({ offset: at, line, tree }) => [at, line, tree.items.length, tree.problems]),
              fresh.blocks.map(({ offset: at, line, tree }) => [at, line, tree.items.length, tree.problems]),
            );
          }
        },
      ),
      { numRuns: RUNS },
    );
  }).timeout(1_200_000);

  describe('texts on which a careless parser hangs or overflows', function () {
    // Others may have the machine; what hangs takes longer still.
    this.timeout(60_000);
    const many = (text: string) => text.repeat(Math.ceil(60_000 / text.length));
    for (const [what, text] of [
      ['parentheses', `GET user\n$filter = ${many('(')}`],
      ['closed parentheses', `GET user\n$filter = ${many('(')}a eq 'x'${many(')')}`],
      ['not', `GET user\n$filter = ${many('not ')}`],
      ['nested functions', `GET user\n$filter = ${many('contains(')}`],
      ['quotes', `GET user\n$filter = a eq ${many("'")}`],
      ['quotes and letters', `GET user\n$filter = a eq ${many("'x")}`],
      ['typographic quotes', `GET user\n$filter = a eq ${many('‘x’')}`],
      ['commas', `GET user\n$select = ${many(',')}`],
      ['and', `GET user\n$filter = ${many('and ')}`],
      ['words', `GET user\n$filter = ${many('x ')}`],
      ['conditions', `GET user\n$filter = ${many("Surname eq 'x' and ")}ID eq '1'`],
      ['open braces', `GET user\n$filter = a eq '${many('{{')}`],
      ['references', `GET user\n$filter = a eq '${many('{{x}}')}'`],
      ['percent signs', `GET user?$filter=${many('%27')}`],
      ['brackets of an expectation', `# @expect results${many('[0]')} == 1\nGET user`],
      ['open brackets of an expectation', `# @expect results${many('[')}\nGET user`],
      ['quotes of an expectation', `# @expect results[0].ID == ${many("'")}\nGET user`],
      ['braces of an expectation', `# @expect results[0].ID == '${many('{{')}\nGET user`],
      [
        'a chain of requests',
        Array.from(
          { length: 2000 },
          (_, i) => `###\n# @name r${i}\nGET user?$filter=ID eq '{{r${i + 1}.results[0].ID}}'\n`,
        ).join(''),
      ],
      ['ampersands', `GET user?${many('&')}`],
      ['parameters', `GET user?${many('&$top=1')}`],
      ['slashes', many('/')],
      ['brackets in a body', `PUT user/1\n${many('{"a":')}`],
      ['lists in a body', `PUT user/1\n{"a":${many('[')}`],
      ['references in a body', `PUT user/1\n{"a":"${many('{{x}}')}"}`],
      ['separators', many('###\n')],
      ['lines', `GET user\n${many('\n')}`],
      ['indented lines', `GET user\n$filter = a\n${many(' x\n')}`],
      ['variables', Array.from({ length: 3000 }, (_, i) => `@v${i} = {{v${i + 1}}}{{v${i + 1}}}`).join('\n')],
    ] as const) {
      it(what, () => useAll(text, text.length));
    }
  });

  it('keeps the trees of unchanged blocks', () => {
    const text = Array.from({ length: 100 }, (_, i) => `### ${i}\nGET coursedate\n$top = ${i + 1}\n`).join(
      '',
    );
    const before = parseFile(text);
    const after = replaceText(before, text.replace('$top = 50\n', '$top = 51\n\n'));
    const kept = after.blocks.filter((block, index) => block.tree === before.blocks[index]?.tree).length;
    assert.equal(kept, 99);
    assert.equal(after.blocks.at(-1)?.line, (before.blocks.at(-1)?.line ?? 0) + 1);
  });
});
