/** `apq format`: what it writes, shows and says. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { unifiedDiff } from '#cli/unified-diff';
import { applyEdits, type TextEdit } from '#language';
import { apq } from '../support/apq-process';

const TIDY = 'GET user\n$top = 3\n';
const FILES = { 'a.apq': 'get user\n$top=3\n', 'b.apq': TIDY, 'c.apq': '### x\nGET user\n$top   =   1' };
const DIFF_A = '--- a.apq\n+++ a.apq\n@@ -1,2 +1,2 @@\n-get user\n-$top=3\n+GET user\n+$top = 3\n';
const DIFF_C = `--- c.apq
+++ c.apq
@@ -1,3 +1,3 @@
 ### x
 GET user
-$top   =   1
\\ No newline at end of file
+$top = 1
\\ No newline at end of file
`;

describe('apq format', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'apq-format-'));
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  for (const [args, out, err, code, writes] of [
    [['.'], '', 'a.apq tidied.\nc.apq tidied.\n2 files tidied, 1 unchanged.\n', 0, true],
    [['.', '--quiet'], '', '', 0, true],
    [['.', '--check', '-q'], '', 'a.apq is not tidy.\nc.apq is not tidy.\n', 1, false],
    [['b.apq'], '', '0 files tidied, 1 unchanged.\n', 0, false],
    [['.', '--check'], '', 'a.apq is not tidy.\nc.apq is not tidy.\n2 of 3 files not tidy.\n', 1, false],
    [['b.apq', '--check'], '', '1 file, all tidy.\n', 0, false],
    [['.', '--diff'], DIFF_A + DIFF_C, '2 of 3 files not tidy.\n', 1, false],
    [['a.apq', '--diff', '--check'], DIFF_A, 'a.apq is not tidy.\n1 of 1 file not tidy.\n', 1, false],
    [['b.apq', '--diff'], '', '1 file, all tidy.\n', 0, false],
    [['-'], TIDY, '', 0, false],
    [['-', '--check'], '', '<stdin> is not tidy.\n1 of 1 file not tidy.\n', 1, false],
    [
      ['-', '--check', '--stdin-filepath', 'q/n.apq'],
      '',
      'q/n.apq is not tidy.\n1 of 1 file not tidy.\n',
      1,
      false,
    ],
    [['-', '--diff'], DIFF_A.replaceAll(' a.apq', ' <stdin>'), '1 of 1 file not tidy.\n', 1, false],
  ] as const)
    it(`apq format ${args.join(' ')} ends with ${code}`, async () => {
      const ended = await apq(['format', ...args], { cwd: folder, input: FILES['a.apq'] });
      assert.deepEqual(ended, { out, err, code });
      assert.equal(readFileSync(join(folder, 'a.apq'), 'utf8') !== FILES['a.apq'], writes);
    });

  it('prints the text of standard input as it is where it is tidy, or no query', async () => {
    for (const input of [TIDY, '', "GET user\n$filter = Surname eq 'x\n", '\ufeff### x\r\nGET user\r\n'])
      assert.deepEqual(await apq(['format', '-'], { cwd: folder, input }), { code: 0, out: input, err: '' });
  });

  it('tidies the others where one can’t be read, and ends with 2', async () => {
    const { code, err } = await apq(['format', 'none.apq', 'a.apq'], { cwd: folder });
    assert.match(err, /^none\.apq can’t be read: .*\na\.apq tidied\.\n1 file tidied, 0 unchanged\.\n$/);
    assert.equal(code, 2);
    assert.equal(readFileSync(join(folder, 'a.apq'), 'utf8'), TIDY);
  });
});

describe('unified diff', () => {
  const edit = (offset: number, length: number, text: string): TextEdit => ({ offset, length, text });
  const abc = 'a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n';

  for (const [title, text, edits, hunks] of [
    ['nothing', 'a\n', [], ''],
    ['an edit that changes nothing', 'a\n', [edit(0, 1, 'a')], ''],
    ['a first line', '', [edit(0, 0, 'a\n')], '@@ -0,0 +1,1 @@\n+a\n'],
    ['the last line removed', 'a\n', [edit(0, 2, '')], '@@ -1,1 +0,0 @@\n-a\n'],
    ['a line at the end', 'a\n', [edit(2, 0, 'b\n')], '@@ -1,1 +1,2 @@\n a\n+b\n'],
    ['lines joined', 'a\nb\nc\n', [edit(1, 1, '')], '@@ -1,3 +1,2 @@\n-a\n-b\n+ab\n c\n'],
    ['a line end added', 'a', [edit(1, 0, '\n')], '@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+a\n'],
    ['two edits in a line', 'abc\n', [edit(0, 1, 'x'), edit(2, 1, 'z')], '@@ -1,1 +1,1 @@\n-abc\n+xbz\n'],
    [
      'changes far apart',
      `${abc}${abc}`,
      [edit(0, 1, 'A\nA'), edit(38, 1, 'J')],
      '@@ -1,4 +1,5 @@\n-a\n+A\n+A\n b\n c\n d\n@@ -17,4 +18,4 @@\n g\n h\n i\n-j\n+J\n',
    ],
    [
      'changes whose context touches',
      abc,
      [edit(0, 1, 'A'), edit(14, 1, 'H')],
      '@@ -1,10 +1,10 @@\n-a\n+A\n b\n c\n d\n e\n f\n g\n-h\n+H\n i\n j\n',
    ],
  ] as const)
    it(`shows ${title}`, () => {
      const head = hunks === '' ? '' : '--- f\n+++ f\n';
      assert.equal(unifiedDiff('f', text, edits), head + hunks);
    });

  it('ends a name with a space at a tab, and quotes one with a control', () => {
    const nameIn = (name: string) => unifiedDiff(name, 'a\n', [edit(0, 1, 'b')]).split('\n')[0];
    assert.deepEqual([nameIn('a b'), nameIn('a\tb')], ['--- a b\t', '--- "a\\tb"']);
  });

  it('gives the new text when it is applied to the old one, whatever the edits', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', '', 'a\r', '\ud83d\ude00'), { maxLength: 40 });
    const spans = fc.array(
      fc.record({
        gap: fc.nat(12),
        length: fc.nat(5),
        text: fc.constantFrom('', 'x', '\n', 'a\n', '\nb', 'b\na\n'),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(lines, spans, (some, changes) => {
        const text = some.join('\n');
        let at = 0;
        const edits = changes.flatMap(({ gap, length, text: inserted }) => {
          const offset = at + gap;
          if (offset + length > text.length) return [];
          at = offset + length + 1;
          return [edit(offset, length, inserted)];
        });
        const diff = unifiedDiff('f', text, edits);
        assert.equal(patched(text, diff), applyEdits(text, edits), diff);
      }),
    );
  });
});

/** Applies a unified diff as `patch` does; fails where a line is not the one that the diff says. */
function patched(text: string, diff: string): string {
  const old = text.split(/(?<=\n)/).filter((line) => line !== '');
  const result: string[] = [];
  let at = 0;
  const shown = diff.split(/(?<=\n)/).slice(2);
  for (const [index, line] of shown.entries()) {
    const hunk = /^@@ -(\d+),(\d+) \+(\d+),(\d+) @@\n$/.exec(line);
    if (hunk !== null) {
      const [start = 0, length = 0, newStart = 0, newLength = 0] = hunk.slice(1).map(Number);
      const from = length === 0 ? start : start - 1;
      while (at < from) result.push(old[at++] ?? '');
      assert.equal(newLength === 0 ? newStart : newStart - 1, result.length, 'where the new lines start');
      continue;
    }
    if (line.startsWith('\\')) continue;
    const own = shown[index + 1]?.startsWith('\\') === true ? line.slice(1, -1) : line.slice(1);
    if (!line.startsWith('+')) assert.equal(old[at++], own);
    if (!line.startsWith('-')) result.push(own);
  }
  return [...result, ...old.slice(at)].join('');
}
