/** Files that real processes write: killed at random, two at once, with planted links, in the wrong encoding. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { apq, type ApqOptions, type Ended } from '../support/apq-process';
import { ROOT } from '../support/lsp';
import { type RunningPlatform, startPlatformProcess } from '../support/platform-process';
import { skipUnless } from '../support/skip';

const QUERIES = `### Users, all of them
GET user
$select = ID, Surname
$top = 20
### Courses
GET course
$select = ID, Label
$top = 3
`;
const PARTIAL = '.out.csv.apq-partial.ndjson';
const LOCK = '.out.csv.apq-lock';

describe('command line: files', () => {
  let platform: RunningPlatform;
  let folder: string;
  let whole: string;
  const path = (name: string) => join(folder, name);
  const text = (name: string) => readFileSync(path(name), 'utf8');
  const files = () =>
    readdirSync(folder)
      .filter((name) => name !== 'queries.apq')
      .sort();

  const run = async (args: readonly string[], watch?: ApqOptions['watch']): Promise<Ended> =>
    apq(['run', 'queries.apq', '--root', platform.root, ...args], {
      env: { APQ_API_KEY: platform.apiKey },
      cwd: folder,
      ...(watch && { watch }),
    });
  const ALL = ['--pages', 'all', '--output', 'out.csv'];
  const RESUMED = [...ALL, '--resume', '--concurrency', '2'];
  /** Sends the signal once, some milliseconds after `begun` holds. */
  const signalled = (
    signal: NodeJS.Signals,
    begun: () => boolean,
    after = 0,
  ): NonNullable<ApqOptions['watch']> => {
    let from: number | undefined;
    let sent = false;
    return () => {
      if (from === undefined && begun()) from = Date.now();
      if (sent || from === undefined || Date.now() - from < after) return undefined;
      sent = true;
      return signal;
    };
  };
  const hasTemporary = () => files().some((name) => name.endsWith('.tmp'));
  const hasPage = () => existsSync(path(PARTIAL)) && text(PARTIAL).includes('\n["page",');

  before(async () => {
    platform = await startPlatformProcess();
    folder = mkdtempSync(join(tmpdir(), 'apq-files-'));
    writeFileSync(path('queries.apq'), QUERIES);
    const ended = await run(ALL);
    assert.equal(ended.code, 0, ended.err);
    whole = text('out.csv');
    assert.equal(whole.split('\r\n').length, 1202);
  });
  beforeEach(async () => {
    await platform.control({ reset: true });
    for (const name of files()) rmSync(path(name), { recursive: true });
  });
  after(async () => {
    await platform.stop();
    rmSync(folder, { recursive: true });
  });

  describe('of several requests', () => {
    it('are one for each request, with a header each', async () => {
      for (const extension of ['csv', 'ndjson']) {
        const { code, out, err } = await run(['--request', 'all', '--output', `out.${extension}`]);
        assert.deepEqual([code, out], [0, ''], err);
        assert.match(err, /^Written: out-users-all-of-them\.\w+, out-courses\.\w+\.$/m);
      }
      assert.deepEqual(files(), [
        'out-courses.csv',
        'out-courses.ndjson',
        'out-users-all-of-them.csv',
        'out-users-all-of-them.ndjson',
      ]);
      assert.match(text('out-courses.csv'), /^ID,Label\r\n(?:\w+,.*\r\n){3}$/);
      assert.match(text('out-users-all-of-them.csv'), /^ID,Surname\r\n(?:\d+,.*\r\n){20}$/);
    });
    it('are not kept, any of them, when one fails', async () => {
      writeFileSync(path('no.apq'), `${QUERIES}### No\nGET user\n$filter = Wombat eq '1'\n`);
      const args = ['run', 'no.apq', '--root', platform.root, '--request', 'all', '--output', 'out.csv'];
      const { code, err } = await apq(args, { env: { APQ_API_KEY: platform.apiKey }, cwd: folder });
      assert.equal(code, 1, err);
      rmSync(path('no.apq'));
      assert.deepEqual(files(), []);
    });
    it('would be one table after the other on standard output, which is refused', async () => {
      const { code, out, err } = await run(['--request', 'all', '--format', 'csv']);
      assert.deepEqual([code, out], [2, '']);
      assert.match(
        err,
        /^A CSV holds the records of one request, and there are 2\. Write a file for each with --output/,
      );
      assert.equal((await run(['--request', 'all', '--format', 'ndjson'])).code, 0);
    });
  });

  describe('in CSV', () => {
    const written = async (query: string, ...args: string[]) => {
      writeFileSync(path('one.apq'), query);
      const command = ['run', 'one.apq', '--root', platform.root, '--format', 'csv', ...args];
      const ended = await apq(command, { env: { APQ_API_KEY: platform.apiKey }, cwd: folder });
      assert.equal(ended.code, 0, ended.err);
      return ended;
    };

    it('have the header that the metadata know when there are no records, else nothing', async () => {
      const none = "GET venue\n$filter = ID eq 'nothing'\n";
      const args = ['metadata', '--root', platform.root, '--modules', 'Venue', '--output', 'metadata.json'];
      const fetched = await apq(args, { env: { APQ_API_KEY: platform.apiKey }, cwd: folder });
      assert.equal(fetched.code, 0, fetched.err);
      const metadata = ['--metadata', 'metadata.json'];
      for (const pages of [[], ['--pages', 'all']]) {
        assert.match((await written(none, ...pages, ...metadata)).out, /^ID,[A-Za-z,]+\r\n$/);
        assert.equal((await written(none, ...pages)).out, '');
        assert.equal((await written(`${none}$select = Label\n`, ...pages, ...metadata)).out, 'Label\r\n');
      }
    });

    it('say how many cells the formula guard changed, which can be switched off', async () => {
      await written('PUT course/FirAid\n{ "Label": "=1+1" }\n', '--yes');
      const query = "GET course\n$select = Label\n$filter = ID eq 'FirAid'\n";
      for (const pages of [[], ['--pages', 'all'], ['--pages', 'all', '--output', 'x.csv', '--resume']]) {
        const { out, err } = await written(query, ...pages);
        assert.match(
          err,
          /^1 cell begins like a formula, and got an apostrophe in front, so that no spreadsheet runs it\. --no-formula-guard leaves such cells unchanged\.$/m,
        );
        assert.equal(pages.includes('--resume') ? text('x.csv') : out, "Label\r\n'=1+1\r\n");
        const unguarded = await written(query, ...pages, '--no-formula-guard');
        assert.doesNotMatch(unguarded.err, /formula/);
        assert.equal(pages.includes('--resume') ? text('x.csv') : unguarded.out, 'Label\r\n=1+1\r\n');
      }
    });
  });

  describe('that are no files', () => {
    it('--output - is standard output', async () => {
      const { code, out } = await run(['--output', '-', '--format', 'csv']);
      assert.equal(code, 0);
      assert.match(out, /^ID,Surname\r\n/);
      assert.deepEqual(files(), []);
    });
    // In a folder of the test's own: without the guard, a device of the system would be replaced with a file.
    it('a pipe is refused, before anything is sent', async () => {
      assert.equal(spawnSync('mkfifo', [path('pipe')]).status, 0);
      const { code, err } = await run(['--output', 'pipe', '--format', 'csv']);
      assert.equal(code, 2);
      assert.match(err, /^pipe is a device or a pipe, not a file\. Name a file, or use standard output\.$/m);
      assert.deepEqual([files(), lstatSync(path('pipe')).isFIFO()], [['pipe'], true]);
    });
    it('standard input keeps its text when it is to be formatted', async function () {
      skipUnless(this, process.platform === 'linux', 'needs Linux');
      // As /dev/stdin is.
      symlinkSync('/proc/self/fd/0', path('stdin'));
      const { code, err } = await shell(`echo 'GET   course' | "$NODE" "$APQ" format stdin`);
      assert.equal(code, 2);
      assert.match(
        err,
        /^stdin is not a file, so the new text can’t be written back to it\. Write - to read standard input\.$/m,
      );
      assert.ok(lstatSync(path('stdin')).isSymbolicLink());
    });
  });

  describe('that the run reads or writes already', () => {
    for (const [args, message] of [
      [['--output', 'queries.apq', '--format', 'csv'], /--output would write over queries\.apq/],
      [['--output', './link.csv'], /--output would write over queries\.apq/],
      [['--report', 'junit=queries.apq'], /--report would write over queries\.apq/],
      [['--output', 'x.csv', '--report', 'junit=./x.csv'], /--output and --report both name x\.csv/],
    ] as const)
      it(`are refused: ${args.join(' ')}`, async () => {
        symlinkSync('queries.apq', path('link.csv'));
        const { code, err } = await run(args);
        rmSync(path('link.csv'));
        assert.equal(code, 2);
        assert.match(err, message);
        assert.equal(text('queries.apq'), QUERIES);
        assert.deepEqual(files(), []);
      });
  });

  describe('in another encoding', () => {
    const query = "GET   course\n$filter = Label eq 'Café'\n";
    for (const [title, bytes, why] of [
      ['Latin-1', Buffer.from(query, 'latin1'), 'is not UTF-8'],
      ['UTF-16 with a mark', Buffer.from(`\ufeff${query}`, 'utf16le'), 'is saved as UTF-16'],
      ['UTF-16, little end first', Buffer.from(query, 'utf16le'), 'is saved as UTF-16'],
      ['UTF-16, big end first', Buffer.from(query, 'utf16le').swap16(), 'is saved as UTF-16'],
      ['a NUL in it', Buffer.from(`${query}\0`), 'holds NUL characters'],
      ['a surrogate', Buffer.from([0x23, 0xed, 0xa0, 0x80]), 'is not UTF-8'],
    ] as const)
      it(`${title}: neither read nor overwritten`, async () => {
        writeFileSync(path('other.apq'), bytes);
        for (const command of [
          ['format', path('other.apq')],
          ['check', path('other.apq')],
          ['run', path('other.apq'), '--root', platform.root],
        ]) {
          const { code, out, err } = await apq(command, { env: { APQ_API_KEY: platform.apiKey } });
          assert.deepEqual([code, out], [2, ''], err);
          assert.ok(err.includes(`other.apq ${why}, so it was not read. Save it as UTF-8 first.`), err);
        }
        assert.deepEqual(readFileSync(path('other.apq')), bytes);
      });
    it('UTF-8 with a mark is read', async () => {
      writeFileSync(path('other.apq'), '\ufeffGET   course\n');
      assert.equal((await apq(['format', path('other.apq')])).code, 0);
      assert.match(text('other.apq'), /^\ufeff?GET course\n$/);
    });
  });

  describe('of a run that is interrupted', () => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      it(`${signal} leaves nothing behind`, async () => {
        await platform.control({ latency: 30 });
        const { code } = await run([...ALL, '--concurrency', '1'], signalled(signal, hasTemporary, 100));
        assert.notEqual(code, 0);
        assert.deepEqual(files(), []);
      });

    for (const signal of ['INT', 'TERM', 'HUP'])
      it(`timeout -s ${signal}, which sends it twice, leaves nothing behind, at whatever moment`, async function () {
        skipUnless(this, process.platform === 'linux', 'needs Linux');
        // So slow that no run has ended by then: its file would rightly be there.
        await platform.control({ latency: 200 });
        const endings = [0.15, 0.2, 0.25, 0.3, 0.5, 0.8].map(async (seconds, index) =>
          shell(
            `timeout -s ${signal} ${seconds} "$NODE" "$APQ" run queries.apq --root "$ROOT" --pages all --output out${index}.csv`,
          ),
        );
        for (const { code } of await Promise.all(endings)) assert.notEqual(code, 0);
        assert.deepEqual(files(), []);
      });

    it('a command that looks at no signal ends at the first', async function () {
      skipUnless(this, process.platform === 'linux', 'needs Linux');
      assert.equal(spawnSync('mkfifo', [path('slow.apq')]).status, 0);
      let writer: FileHandle | undefined;
      // Opens when the command begins to read, which then waits for a text.
      const opened = open(path('slow.apq'), 'w').then((handle) => (writer = handle));
      const { code } = await apq(['check', path('slow.apq')], {
        watch: signalled('SIGINT', () => writer !== undefined),
      });
      await (await opened).close();
      assert.equal(code, null);
    });

    it('a terminal that is closed leaves nothing behind, and no crash', async function () {
      skipUnless(this, process.platform === 'linux', 'needs Linux');
      await platform.control({ latency: 30 });
      // The terminal goes away when the program is at work, and waits for how it ends.
      const close = `import glob, os, pty, sys, time
child, terminal = pty.fork()
if child == 0: os.execv(sys.argv[1], sys.argv[1:])
while not glob.glob('.out.csv.*.tmp'): time.sleep(0.02)
time.sleep(0.1)
os.close(terminal)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), file=sys.stderr)`;
      writeFileSync(path('close.py'), close);
      const { err } = await shell(
        `python3 close.py "$NODE" "$APQ" run queries.apq --root "$ROOT" ${RESUMED.join(' ')}`,
      );
      rmSync(path('close.py'));
      // As if the signal had not been caught.
      assert.match(err, /^-1$/m);
      assert.deepEqual(files(), [PARTIAL]);
    });

    it('has only files that nobody else can read', async () => {
      await platform.control({ latency: 30 });
      const modes = new Map<string, number>();
      await run(RESUMED, () => {
        for (const name of files()) {
          const found = statSync(path(name), { throwIfNoEntry: false });
          if (found !== undefined) modes.set(name.replace(/[\da-f-]{36}/, 'ID'), found.mode & 0o777);
        }
        return hasPage() ? 'SIGINT' : undefined;
      });
      assert.deepEqual([...modes].sort(), [
        ['.out.csv.ID.tmp', 0o600],
        [LOCK, 0o600],
        [PARTIAL, 0o600],
      ]);
    });

    it('killed, is swept by the next, even one that is refused by the platform', async () => {
      await platform.control({ latency: 30 });
      const { code } = await run(ALL, signalled('SIGKILL', hasTemporary, 60));
      assert.equal(code, null);
      assert.ok(files().includes(LOCK) && hasTemporary(), files().join());
      // What is not of a run is left alone, and so is what is of another output.
      const others = ['.out.csv.notes.tmp', '.other.csv.0f8fad5b-d9cb-469f-a165-70867728950e.tmp'];
      for (const name of others) writeFileSync(path(name), '');
      await platform.control({ reset: true, random: { rate: 1, faults: [{ status: 403 }] } });
      assert.equal((await run(ALL)).code, 1);
      assert.deepEqual(files(), [...others].sort());
      await platform.control({ reset: true });
      assert.equal((await run(ALL)).code, 0);
      assert.equal(text('out.csv'), whole);
    });

    it('killed again and again at random, and resumed, is byte for byte that of an undisturbed run', async () => {
      await platform.control({ latency: 8 });
      for (let round = 0; round < 2; round++) {
        // A run may be killed when its file is there and what it kept beside it is not yet gone.
        for (let kill = 0; !existsSync(path('out.csv')); kill++) {
          assert.ok(kill < 60);
          const after = 120 + Math.random() * 400;
          const signal =
            (['SIGKILL', 'SIGKILL', 'SIGINT', 'SIGTERM', 'SIGHUP'] as const)[kill % 5] ?? 'SIGKILL';
          const { err } = await run(RESUMED, kill > 8 ? undefined : signalled(signal, () => true, after));
          assert.doesNotMatch(err, /went wrong|Starting over|\n +at /);
        }
        assert.equal(text('out.csv'), whole);
        const { code, err } = await run(RESUMED);
        assert.equal(code, 0, err);
        assert.equal(text('out.csv'), whole);
        assert.deepEqual(files(), ['out.csv']);
        rmSync(path('out.csv'));
      }
    });
  });

  describe('of two runs at once', () => {
    it('are written by the first; the second is refused in a sentence', async () => {
      await platform.control({ latency: 30 });
      let second: Promise<Ended> | undefined;
      const first = await run(RESUMED, () => {
        if (hasPage()) second ??= run(RESUMED);
        return undefined;
      });
      assert.equal(first.code, 0, first.err);
      const refused = await second;
      assert.equal(refused?.code, 2);
      assert.match(
        refused.err,
        /^Another run \(process \d+\) is writing .*out\.csv\. Wait until it has ended, or write/,
      );
      assert.equal(text('out.csv'), whole);
      assert.deepEqual(files(), ['out.csv']);
    });

    const lock = (more: object) =>
      writeFileSync(path(LOCK), JSON.stringify({ pid: 1, host: hostname(), token: 'x', ...more }));
    const aged = (content: string | Buffer, ms: number) => {
      writeFileSync(path(LOCK), content);
      utimesSync(path(LOCK), new Date(), new Date(Date.now() - ms));
    };
    const dead = () => spawnSync(process.execPath, ['-e', '']).pid;
    for (const [title, plant] of [
      ['a dead process', () => lock({ pid: dead() })],
      ['a process that was killed while it wrote the lock', () => aged('', 6_000)],
      ['a process that gave no sign of life for long', () => aged(readFileSync(path(LOCK)), 11 * 60_000)],
    ] as const)
      it(`take over the lock of ${title}`, async () => {
        lock({});
        plant();
        const { code, err } = await run(ALL);
        assert.equal(code, 0, err);
        assert.deepEqual(files(), ['out.csv']);
      });
    it('respect a lock that is being written', async () => {
      writeFileSync(path(LOCK), '');
      const { code, err } = await run(ALL);
      assert.equal(code, 2);
      assert.match(err, /^Another run is writing/);
    });
    it('respect the lock of a process of another user', async () => {
      lock({});
      assert.match((await run(ALL)).err, /^Another run \(process 1\) is writing/);
    });
    it('respect the lock of a process on another computer', async () => {
      // Its number says nothing about a process here.
      lock({ host: 'elsewhere', pid: dead() });
      const { code, err } = await run(ALL);
      assert.equal(code, 2);
      assert.match(err, /^Another run \(process \d+ on elsewhere\) is writing/);
      assert.deepEqual(files(), [LOCK]);
    });
    it('refuse a lock that is a link or a folder', async () => {
      writeFileSync(path('precious'), 'text');
      symlinkSync(path('precious'), path(LOCK));
      const linked = await run(ALL);
      rmSync(path(LOCK));
      mkdirSync(path(LOCK));
      for (const { code, err } of [linked, await run(ALL)]) {
        assert.equal(code, 2);
        assert.match(err, /apq-lock is no lock of APQ\. Remove it, or write to another file\.$/m);
      }
      assert.equal(text('precious'), 'text');
    });
  });

  describe('of a user with few rights', () => {
    const NOBODY = 65_534;
    /** Runs as a user who is not root, to whom the system refuses what it never refuses root. */
    const runAsOther = async function (this: Mocha.Context) {
      const isRoot = process.getuid?.() === 0;
      skipUnless(
        this,
        process.platform === 'linux' && (!isRoot || canRun(NOBODY)),
        'needs Linux, and as root a command that runs another as nobody',
      );
      if (isRoot) spawnSync('chown', ['-R', String(NOBODY), folder]);
      const env = { APQ_API_KEY: platform.apiKey };
      const args = ['run', 'queries.apq', '--root', platform.root, ...ALL];
      return apq(args, { env, cwd: folder, ...(isRoot && { user: NOBODY }) });
    };
    /** The program may lie where others can't read it. */
    const canRun = (user: number) =>
      spawnSync(process.execPath, [join(ROOT, 'dist/apq.js'), '--version'], { uid: user, cwd: '/' })
        .status === 0;
    after(() => spawnSync('chown', ['-R', String(process.getuid?.()), folder]));

    it('are refused where the user protected the file', async function () {
      writeFileSync(path('out.csv'), 'precious');
      chmodSync(path('out.csv'), 0o444);
      const { code, err } = await runAsOther.call(this);
      assert.deepEqual([code, text('out.csv'), files()], [2, 'precious', ['out.csv']], err);
      assert.match(err, /^out\.csv can’t be written: permission denied\.$/m);
    });
    it('are refused where another user, who can’t be sent a signal, writes them', async function () {
      writeFileSync(path(LOCK), JSON.stringify({ pid: 1, host: hostname(), token: 'x' }));
      const { code, err } = await runAsOther.call(this);
      assert.equal(code, 2);
      assert.match(err, /^Another run \(process 1\) is writing/);
    });
  });

  describe('that somebody planted', () => {
    const refuses = async (why: RegExp) => {
      const { code, err } = await run(RESUMED);
      assert.equal(code, 2, err);
      assert.match(err, why);
      assert.ok(!existsSync(path('out.csv')));
      assert.ok(!hasTemporary() && !existsSync(path(LOCK)));
    };
    it('a link in the place of the partial file is not followed, read or removed', async () => {
      writeFileSync(path('precious'), 'text');
      symlinkSync(path('precious'), path(PARTIAL));
      await refuses(
        /apq-partial\.ndjson is a link, so it is not used\. Remove it, or write to another folder\.$/m,
      );
      // Without --resume it is no obstacle.
      assert.equal((await run(ALL)).code, 0);
      rmSync(path('out.csv'));
      rmSync(path(PARTIAL));
      linkSync(path('precious'), path(PARTIAL));
      await refuses(/is a link, so/);
      assert.equal(text('precious'), 'text');
    });
    it('a pipe is not waited for', async () => {
      assert.equal(spawnSync('mkfifo', [path(PARTIAL)]).status, 0);
      await refuses(/is not a file, so/);
    });
    it('a file that others can change is not used', async () => {
      writeFileSync(path(PARTIAL), '');
      chmodSync(path(PARTIAL), 0o666);
      await refuses(/can be changed by other users, so/);
    });
    it('a file or a link of another user is not used', async function () {
      skipUnless(this, process.getuid?.() === 0, 'needs root, to make files of another user');
      writeFileSync(path(PARTIAL), '');
      chownSync(path(PARTIAL), 12_345, 12_345);
      await refuses(/belongs to another user, so/);
      writeFileSync(path('precious'), 'text');
      symlinkSync(path('precious'), path('out.csv'));
      spawnSync('chown', ['-h', '12345', path('out.csv')]);
      const { code, err } = await run(ALL);
      assert.equal(code, 2);
      assert.match(err, /^out\.csv is a link that another user made\./);
      assert.equal(text('precious'), 'text');
      // Whoever owns the folder could put the file there anyway.
      chownSync(folder, 12_345, 12_345);
      const theirs = await run(ALL);
      chownSync(folder, 0, 0);
      assert.deepEqual([theirs.code, text('precious')], [0, whole], theirs.err);
    });
    it('a state of an earlier version, or anything else, is not believed', async () => {
      const state = {
        version: 1,
        root: platform.root,
        address: '/api/v2/user',
        savedAt: new Date(),
        bytes: 3,
      };
      for (const forged of [
        '',
        '\n',
        '{"ID":"1"}\n',
        '["page",{}]\n',
        `${JSON.stringify(state)}\n`,
        '\0'.repeat(99),
      ]) {
        writeFileSync(path(PARTIAL), forged, { mode: 0o600 });
        writeFileSync(path('.out.csv.apq-partial.json'), JSON.stringify(state));
        const { code, err } = await run(RESUMED);
        assert.equal(code, 0, err);
        assert.doesNotMatch(err, /Continuing/);
        assert.equal(
          /^Starting over: .* next to out\.csv has no whole page: it is/m.test(err),
          forged !== '',
        );
        assert.equal(text('out.csv'), whole);
      }
    });
  });

  describe('that a crash spoiled', () => {
    let kept: string;
    before(async () => {
      await platform.control({ latency: 8 });
      const pages = () => (hasPage() ? text(PARTIAL).split('["page",').length : 0);
      const { code } = await run(
        RESUMED,
        signalled('SIGKILL', () => pages() > 5),
      );
      assert.equal(code, null);
      kept = text(PARTIAL).slice(0, text(PARTIAL).lastIndexOf('\n') + 1);
    });
    const at = (share: number) => Math.floor(kept.length * share);
    for (const [title, spoil] of [
      ['NULs at the end', () => kept + '\0'.repeat(5000)],
      ['NULs and a line at the end', () => `${kept}\0\0\0\n{"ID":"1"}\n`],
      ['half a line at the end', () => `${kept}{"ID":"10`],
      ['whole records without their mark', () => `${kept}{"ID":"1"}\n{"ID":"2"}\n`],
      ['half of the last mark', () => kept.slice(0, -20)],
      ['NULs in the middle', () => kept.slice(0, at(0.5)) + '\0'.repeat(200) + kept.slice(at(0.5) + 200)],
      ['a record that was changed', () => kept.replace(/"Surname":"./, '"Surname":"_')],
      ['a record that was left out', () => kept.replace(/\{"ID".*\n/, '')],
      ['a page that is there twice', () => kept + kept.slice(kept.indexOf('\n') + 1)],
    ] as const)
      it(`by ${title} goes on after the last whole page, or starts over`, async () => {
        writeFileSync(path(PARTIAL), spoil(), { mode: 0o600 });
        const { code, err } = await run(RESUMED);
        assert.equal(code, 0, err);
        assert.doesNotMatch(err, /went wrong|\n +at /);
        assert.equal(text('out.csv'), whole);
        assert.deepEqual(files(), ['out.csv']);
      });
    it('says that it starts over where the first page is damaged', async () => {
      writeFileSync(path(PARTIAL), kept.replace(/"Surname":"./, '"Surname":"_'), { mode: 0o600 });
      assert.match(
        (await run(RESUMED)).err,
        /^Starting over: the unfinished fetch next to out\.csv has no whole page: it is damaged, or another/m,
      );
      // A run that ended before its first page left nothing to lose.
      writeFileSync(path(PARTIAL), kept.slice(0, kept.indexOf('\n') + 1), { mode: 0o600 });
      assert.doesNotMatch((await run(RESUMED)).err, /Starting over/);
    });
    it('goes on after what is whole', async () => {
      writeFileSync(path(PARTIAL), `${kept}\0\0\0`, { mode: 0o600 });
      const records = kept.split('\n').filter((line) => line.startsWith('{')).length;
      const { err } = await run(RESUMED);
      assert.match(err, new RegExp(`^Continuing after ${records} of 1,200 records, which arrived`, 'm'));
    });
    it('goes on when all pages had arrived, and asks for none twice', async () => {
      const limited = ['--pages', '4', '--output', 'out.csv', '--resume'];
      const first = await run(
        [...limited.slice(0, 1), '3', ...limited.slice(2)],
        signalled('SIGKILL', () => false),
      );
      assert.equal(first.code, 0);
      const three = text('out.csv');
      writeFileSync(
        path(PARTIAL),
        kept
          .split(/(?<=\["page",.*\n)/)
          .slice(0, 4)
          .join(''),
        { mode: 0o600 },
      );
      truncateSync(path('out.csv'));
      const pages = text(PARTIAL).split('["page",').length - 1;
      const { code, err } = await run(['--pages', String(pages), ...limited.slice(2)]);
      assert.equal(code, 0, err);
      assert.equal(text('out.csv').slice(0, three.length), three);
      // Fewer than there are: from the start.
      writeFileSync(path(PARTIAL), kept, { mode: 0o600 });
      const fewer = await run(['--pages', '3', ...limited.slice(2)]);
      assert.match(fewer.err, /^Starting over: .* has \d+ pages, this one asks for 3\.$/m);
      assert.equal(text('out.csv'), three);
    });
  });

  describe('on a full disk', () => {
    it('are not there; what arrived is kept, and the next run goes on', async function () {
      skipUnless(this, process.platform === 'linux', 'needs Linux');
      const limited = `ulimit -f 16; "$NODE" "$APQ" run queries.apq --root "$ROOT" ${RESUMED.join(' ')}`;
      const { code, err } = await shell(limited);
      assert.equal(code, 1, err);
      assert.match(err, /can’t be written: the file would be larger than is allowed\.$/m);
      assert.doesNotMatch(err, /\n +at /);
      assert.deepEqual(files(), [PARTIAL]);
      const next = await run(RESUMED);
      assert.match(next.err, /^Continuing after/m);
      assert.equal(text('out.csv'), whole);
    });
    it('are not there, nor is their lock, where not even that can be written', async function () {
      skipUnless(this, process.platform === 'linux', 'needs Linux');
      const { code, err } = await shell(
        `ulimit -f 0; "$NODE" "$APQ" run queries.apq --root "$ROOT" ${ALL.join(' ')}`,
      );
      assert.deepEqual([code, files()], [2, []], err);
      assert.match(err, /^out\.csv can’t be written: the file would be larger than is allowed\.$/m);
    });
  });

  it('keep the rights of the file that they replace; a new one has the usual', async () => {
    const usual = () => {
      writeFileSync(path('usual'), '');
      return statSync(path('usual')).mode & 0o777;
    };
    assert.equal((await run(ALL)).code, 0);
    assert.equal(statSync(path('out.csv')).mode & 0o777, usual());
    chmodSync(path('out.csv'), 0o640);
    assert.equal((await run(ALL)).code, 0);
    assert.equal(statSync(path('out.csv')).mode & 0o777, 0o640);
  });

  async function shell(command: string): Promise<{ code: number | null; err: string }> {
    const env = {
      ...process.env,
      NODE: process.execPath,
      APQ: join(ROOT, 'dist/apq.js'),
      ROOT: platform.root,
      APQ_API_KEY: platform.apiKey,
    };
    const child = spawn('bash', ['-c', command], { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] });
    let err = '';
    child.stderr.on('data', (data: Buffer) => (err += data.toString()));
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, err })));
  }
});
