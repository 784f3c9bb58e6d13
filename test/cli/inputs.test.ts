/** What may stand behind `check` and `format`: files, folders, globs, standard input, and what can't be read of them. */
import assert from 'node:assert/strict';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { apq } from '../support/apq-process';
import { skipUnless } from '../support/skip';

const TREE = [
  'a.apq',
  'b.txt',
  'UPPER.APQ',
  'x[1].apq',
  'x1.apq',
  'q/c.apq',
  'q/.draft.apq',
  'q/deep/d.apq',
  'q/node_modules/p/e.apq',
  'q/.hidden/f.apq',
  '.own/g.apq',
  'empty/readme.md',
  'Ü & ä/h.apq',
  '-dash.apq',
];
/** Each file has this one finding, so that the names in the output are those of the files that were read. */
const WRONG = 'GET user\n$frob = 1\n';

describe('inputs of the command line', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'apq-inputs-'));
    for (const name of TREE) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), WRONG);
    }
    symlinkSync('.', join(folder, 'q/loop'));
    symlinkSync('../a.apq', join(folder, 'q/link.apq'));
    writeFileSync(join(folder, 'utf16.apq'), Buffer.from('\ufeffGET user\n', 'utf16le'));
    writeFileSync(join(folder, 'latin1.apq'), Buffer.from([0x47, 0x45, 0x54, 0x20, 0xfc]));
  });
  after(() => rmSync(folder, { recursive: true }));

  const checked = async (args: readonly string[], input = WRONG) => {
    const { code, out, err } = await apq(['check', ...args], { cwd: folder, input });
    const lines = out.split('\n').filter((line) => line !== '');
    return {
      code,
      err,
      files: lines.map((line) => line.replace(/:2:1: error .*$/, '').replaceAll(sep, '/')),
    };
  };

  const q = ['q/.draft.apq', 'q/c.apq', 'q/deep/d.apq'];
  for (const [title, args, files, code] of [
    ['a file', ['a.apq'], ['a.apq'], 1],
    ['a file of another ending', ['b.txt'], ['b.txt'], 1],
    ['several, in their order', ['x1.apq', 'a.apq'], ['x1.apq', 'a.apq'], 1],
    ['a file twice', ['a.apq', './a.apq', 'a.apq'], ['a.apq'], 1],
    ['a file and a link to it', ['a.apq', 'q/link.apq'], ['a.apq'], 1],
    ['a folder, without packages, hidden folders and links', ['q'], q, 1],
    ['a folder with a slash', ['q/'], q, 1],
    ['a folder and a file of it', ['q/deep', 'q'], ['q/deep/d.apq', 'q/.draft.apq', 'q/c.apq'], 1],
    ['a hidden folder that is named', ['.own'], ['.own/g.apq'], 1],
    ['a folder of packages that is named', ['q/node_modules'], ['q/node_modules/p/e.apq'], 1],
    ['a folder with blanks', ['Ü & ä'], ['Ü & ä/h.apq'], 1],
    ['a glob', ['q/**/*.apq'], ['q/c.apq', 'q/deep/d.apq'], 1],
    ['a glob, only our ending', ['q/*', 'b.*', 'a.*'], ['q/c.apq', 'a.apq'], 2],
    ['a glob with braces', ['{a,x1}.apq'], ['a.apq', 'x1.apq'], 1],
    ['a glob of a hidden folder', ['.own/*.apq'], ['.own/g.apq'], 1],
    ['a glob of the folder of packages', ['q/node_modules/**/*.apq'], ['q/node_modules/p/e.apq'], 1],
    ['capitals', ['*.APQ'], ['UPPER.APQ'], 1],
    ['a name that looks like a glob', ['x[1].apq'], ['x[1].apq'], 1],
    ['a name that begins with a hyphen', ['--', '-dash.apq'], ['-dash.apq'], 1],
    ['standard input', ['-'], ['<stdin>'], 1],
    ['standard input twice, and a file', ['-', 'a.apq', '-'], ['<stdin>', 'a.apq'], 1],
    ['standard input by a name', ['-', '--stdin-filepath', 'q/new.apq'], ['q/new.apq'], 1],
    ['a folder without any', ['empty'], [], 2],
    ['a glob without any', ['empty/*.apq'], [], 2],
    ['one that is missing, and another', ['none.apq', 'a.apq'], ['a.apq'], 2],
    ['one of UTF-16, one of Latin-1, and another', ['utf16.apq', 'latin1.apq', 'a.apq'], ['a.apq'], 2],
    ['a path that goes through a file', ['a.apq/x.apq', 'a.apq'], ['a.apq'], 2],
    ['an empty folder, and a file', ['empty', 'a.apq'], ['a.apq'], 2],
  ] as const)
    it(`takes ${title}`, async () => {
      const found = await checked(args);
      assert.deepEqual([found.files, found.code], [files, code], found.err);
    });

  for (const [title, args, message] of [
    ['a missing file', ['none.apq'], /^none\.apq can’t be read: there is no such file or folder\.$/m],
    ['a folder without any', ['empty'], /^The folder empty holds no \.apq file\. Name another/m],
    ['a glob without any', ['e*/*.apq'], /^No \.apq file matches “e\*\/\*\.apq”\. Name/m],
    [
      'UTF-16',
      ['utf16.apq'],
      /^utf16\.apq is saved as UTF-16, so it was not read\. Save it as UTF-8 first\.$/m,
    ],
    [
      'a name without a use',
      ['a.apq', '--stdin-filepath', 'b.apq'],
      /^--stdin-filepath .* name - as a file\.$/m,
    ],
    ['an empty name', ['a.apq', ''], /^One of the paths is empty\. Name a file or a folder\.$/m],
    ['a pattern without end', ['*'.repeat(70_000)], /can’t be read: the name is too long\.$/m],
    ['no file', [], /^Name at least one path: apq check PATHS…\.$/m],
  ] as const)
    it(`says what is wrong with ${title}`, async () => {
      const { code, err } = await checked(args);
      assert.equal(code, 2);
      assert.match(err, message);
    });

  it('says that standard input is not UTF-8', async () => {
    const { code, err } = await checked(['-'], 'GET user\0');
    assert.equal(code, 2);
    assert.match(err, /^Standard input holds NUL characters, so it was not read\./m);
  });

  it('tells of what it has no right to read, and goes on', async function () {
    skipUnless(this, process.geteuid?.() === 0, 'only root can become a user whom rights hold');
    const own = join(folder, 'own');
    mkdirSync(join(own, 'closed'), { recursive: true });
    for (const name of ['a.apq', 'b.apq', 'closed/c.apq']) writeFileSync(join(own, name), WRONG);
    chmodSync(folder, 0o755);
    chmodSync(join(own, 'a.apq'), 0);
    chmodSync(join(own, 'closed'), 0);
    for (const name of ['', 'a.apq', 'b.apq', 'closed']) chownSync(join(own, name), 65534, 65534);
    for (const [operand, named] of [
      ['closed', 'closed'],
      ['clo*/**/*.apq', 'closed'],
      [join(own, 'clo*/*.apq'), join(own, 'closed')],
    ] as const) {
      const alone = await apq(['check', operand], { cwd: own, user: 65534 });
      assert.deepEqual(
        [alone.code, alone.err],
        [2, `The folder ${named} can’t be read: permission denied.\n`],
      );
    }
    const globbed = await apq(['check', '**/b.apq'], { cwd: own, user: 65534 });
    assert.match(globbed.err, /^The folder closed can’t be read: permission denied\.\n1 error in 1 file/);
    assert.equal(globbed.code, 2);
    const { code, out, err } = await apq(['check', '.'], { cwd: own, user: 65534 });
    assert.match(out, /^b\.apq:2:1: error [^\n]*\n$/);
    assert.match(err, /^The folder closed can’t be read: permission denied\.$/m);
    assert.match(err, /^a\.apq can’t be read: permission denied\.$/m);
    assert.equal(code, 2);
  });

  it('reads the apq.json of the file that standard input stands for', async () => {
    const metadata = {
      version: 1,
      root: 'https://acme.accessplanit.com/accessplan',
      fetchedAt: '2026-01-31T12:00:00Z',
      modules: [{ name: 'Venue', fetchedAt: '2026-01-31T12:00:00Z', fields: [] }],
    };
    mkdirSync(join(folder, 'project'));
    writeFileSync(join(folder, 'project/metadata.json'), JSON.stringify(metadata));
    writeFileSync(join(folder, 'project/apq.json'), '{"metadata":"metadata.json"}');
    const args = ['check', '-', '--stdin-filepath', 'project/new.apq'];
    const { out } = await apq(args, { cwd: folder, input: 'GET Nowhere\n' });
    assert.match(out, /^project\/new\.apq:1:5: error unknown-module: /m);
  });
});
