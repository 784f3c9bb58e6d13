/** What all commands that ask a platform share: how much they tell, how long they try, and how they end. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failed } from '#cli/exit';
import { ApiError } from '#core/remote/api-error';
import { ERROR_KINDS, type ErrorKind } from '#core/remote/error-kinds';
import { PATIENT, retrying } from '#core/remote/retry';
import { version } from '#package.json';
import { apq, type Ended } from '../support/apq-process';
import { type RunningPlatform, startPlatformProcess } from '../support/platform-process';

const QUERIES = `### People
GET user
$select = ID
$top = 2
### New
POST user
{ "Surname": "Ng", "Password": "s3cret-word" }
### Expects
# @expect count == 2
GET user
$select = ID
$top = 2
`;

describe('apq, asking a platform', () => {
  let platform: RunningPlatform;
  let folder: string;
  before(async () => {
    platform = await startPlatformProcess();
    folder = mkdtempSync(join(tmpdir(), 'apq-asking-'));
    writeFileSync(join(folder, 'a.apq'), QUERIES);
  });
  beforeEach(() => platform.control({ reset: true }));
  after(async () => {
    await platform.stop();
    rmSync(folder, { recursive: true });
  });

  const start = async (
    line: string,
    env: Record<string, string> = {},
    watch?: (err: string) => NodeJS.Signals | undefined,
  ): Promise<Ended> =>
    apq(line.match(/"[^"]*"|\S+/g)?.map((word) => word.replaceAll('"', '')) ?? [], {
      env: { APQ_API_KEY: platform.apiKey, APQ_ROOT: platform.root, ...env },
      cwd: folder,
      ...(watch && { watch }),
    });

  describe('--verbose and --quiet', () => {
    it('show what is sent and answered, without the key', async () => {
      const { code, err } = await start('run a.apq --verbose');
      assert.equal(code, 0);
      const shown = err.split('\n');
      assert.deepEqual(shown.slice(0, 5), [
        '* Request 1',
        `> GET ${platform.root}/api/v2/user?$select=ID&$top=2`,
        '> Authorization: Bearer ***',
        '> Accept: application/json',
        `> User-Agent: apq/${version}`,
      ]);
      assert.match(shown[5] ?? '', /^< 200 OK, \d+ bytes in \d+ ms \(request 1\)$/);
      assert.ok(shown.includes('< content-type: application/json; charset=utf-8'));
      assert.ok(!err.includes(platform.apiKey));
    });

    it('show each attempt, its time and the pause', async () => {
      await platform.control({ next: [{ status: 503 }] });
      const { err } = await start('run a.apq --verbose');
      assert.match(err, /^< 503 Service Unavailable, \d+ bytes in \d+ ms \(request 1\)$/m);
      assert.match(err, /Trying again in \d\.\d s \(attempt 2 of 3\)\.\n\* Request 2$/m);
    });

    it('mask secrets in what is written', async () => {
      const { err } = await start('run a.apq --request New --yes --verbose');
      assert.match(
        err,
        /^> Content-Type: application\/json\n(> .*\n)*>\n> \{"Surname":"Ng","Password":\*\*\*\}$/m,
      );
      assert.ok(!err.includes('s3cret'));
    });

    it('show signing in without the password and the token', async () => {
      const { err } = await start('run a.apq --verbose', {
        APQ_API_KEY: '',
        APQ_USERNAME: platform.username,
        APQ_PASSWORD: platform.password,
      });
      assert.match(err, /^> grant_type=password&username=api\.integration&password=\*\*\*$/m);
      assert.ok(!err.includes(platform.password) && !err.includes('access_token'));
    });

    for (const line of [
      'run a.apq -q',
      'run a.apq --quiet --request Expects',
      'metadata -q --modules user -o metadata.json',
    ])
      it(`apq ${line} tells nothing where nothing is wrong`, async () => {
        const { code, err } = await start(line);
        assert.deepEqual([code, err], [0, '']);
        rmSync(join(folder, 'metadata.json'), { force: true });
      });

    it('tell warnings and errors, even when quiet', async () => {
      await platform.control({ next: [{ status: 400 }] });
      const { code, err } = await start('run a.apq -q');
      assert.equal(code, 1);
      assert.match(err, /The API refused the request \(400\)/);
    });

    for (const line of ['metadata', 'doctor --yes'])
      it(`apply to apq ${line}`, async () => {
        await platform.control({ next: [{ status: 403 }] });
        assert.match((await start(`${line} --verbose`)).err, /^> GET .*\/apihelp\/v2\/modules$/m);
      });

    for (const command of ['run a.apq', 'metadata', 'doctor --yes'])
      it(`contradict each other: ${command}`, async () => {
        const { code, err } = await start(`${command} --verbose --quiet`);
        assert.deepEqual(
          [code, err],
          [2, '--quiet and --verbose contradict each other: give one of them.\n'],
        );
      });
  });

  describe('--timeout and --retries', () => {
    for (const [line, faults, code, sent] of [
      ['run a.apq --retries 0', [{ status: 503 }], 4, 1],
      ['run a.apq --retries 1', [{ status: 503 }, { status: 503 }], 4, 2],
      ['run a.apq --retries 4', [503, 503, 503, 503].map((status) => ({ status })), 0, 5],
      ['run a.apq --retries 0 --pages all', [{ drop: true }], 3, 1],
      ['run a.apq --timeout 0.3', [{ hang: true }], 4, 1],
      ['run a.apq --timeout 0.3 --pages all --retries 1', [{ hang: true }, { hang: true }], 4, 2],
      ['run a.apq --timeout 0.5 --retries 1', [{ hang: true }], 0, 2],
      ['run a.apq --retries 0', [{ status: 429, retryAfter: 1 }], 4, 1],
      ['metadata --retries 0', [{ status: 500 }], 4, 1],
      ['doctor --yes --timeout 0.3 --retries 0', [{ hang: true }], 4, 1],
    ] as const)
      it(`apq ${line}: ${sent} sent after ${JSON.stringify(faults)}`, async () => {
        await platform.control({ next: faults });
        const ended = await start(line);
        assert.deepEqual([ended.code, (await platform.requests()).length], [code, sent], ended.err);
      });

    for (const [line, message] of [
      ['--timeout 0', '--timeout must be a number of seconds above 0, at most 3600.\n'],
      ['--timeout x', '--timeout must be a number of seconds above 0, at most 3600.\n'],
      ['--retries=-1', '--retries must be a number from 0 to 99.\n'],
    ])
      it(`refuse ${line}`, async () => {
        const { code, err } = await start(`run a.apq ${line}`);
        assert.deepEqual([code, err], [2, message]);
      });

    /** Returns how often a read is sent that always fails so, and how long it waits in all, at least. */
    const effort = async (kind: ErrorKind, answered: boolean): Promise<readonly [number, number]> => {
      let [sent, waited] = [0, 0];
      const work = async () => {
        sent++;
        return Promise.reject(new ApiError(kind));
      };
      const sleep = async (ms: number) => Promise.resolve(void (waited += ms));
      await retrying(work, { policy: PATIENT, answered: () => answered }, { sleep, random: () => 0 }).catch(
        () => undefined,
      );
      return [sent, waited];
    };
    it('by default outlive a restart of 30 seconds within a long fetch, and end soon before it', async () => {
      const [sent, waited] = await effort('unreachable', true);
      assert.equal(sent, 9);
      assert.ok(waited > 30_000, String(waited));
      assert.deepEqual(await effort('unreachable', false), [3, 750]);
      assert.deepEqual(await effort('dns', false), [3, 750]);
      assert.equal((await effort('timeout', true))[0], 3);
    });
  });

  describe('exit statuses', () => {
    const CODES: Readonly<Record<ErrorKind, 1 | 3 | 4 | 130>> = {
      unreachable: 3,
      proxy: 3,
      dns: 3,
      tls: 3,
      'no-tls': 3,
      timeout: 4,
      cancelled: 130,
      interrupted: 3,
      'signed-out': 3,
      'wrong-password': 3,
      'bad-key': 3,
      forbidden: 1,
      'not-found': 1,
      refused: 1,
      'too-many': 4,
      server: 4,
      'unexpected-status': 1,
      'not-json': 3,
      'not-understood': 1,
      'no-modules': 1,
      truncated: 3,
      malformed: 1,
      reported: 1,
      redirected: 3,
      'too-large': 1,
      nested: 1,
      'no-credentials': 3,
      rebound: 3,
      'other-host': 3,
      'read-only': 1,
      'connection-changed': 3,
    };
    it('follow from the kind of the failure', () => {
      for (const kind of Object.keys(ERROR_KINDS) as ErrorKind[])
        assert.equal(failed(new ApiError(kind, { host: 'h', method: 'GET' })).code, CODES[kind], kind);
    });

    for (const [signal, code] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const)
      for (const line of [
        'run a.apq -o out.csv',
        'run a.apq --pages all -o out.ndjson',
        'run a.apq --request Expects --report junit=out.xml',
        'metadata -o out.json',
        'doctor --yes -o out.json',
      ])
        it(`${signal} ends apq ${line} with ${code}, and leaves no file`, async () => {
          // All of them: a request of the last test may still be on its way, and would use up a single fault.
          await platform.control({ random: { rate: 1, seed: 1, faults: [{ hang: true }] } });
          let sent = false;
          const ended = await start(`${line} --verbose`, {}, (err) => {
            if (sent || !err.includes('> GET')) return undefined;
            sent = true;
            return signal;
          });
          await platform.control({ random: null });
          assert.equal(ended.code, code, ended.err);
          const left = readdirSync(folder).filter((name) => name !== 'a.apq' && name !== 'out.xml');
          assert.deepEqual(left, []);
          rmSync(join(folder, 'out.xml'), { force: true });
        });
  });

  it('leaves the report of what was not reached, and nothing half-written, when the platform fails', async () => {
    await platform.control({ next: [{ status: 500 }] });
    const { code } = await start('run a.apq --retries 0 -o out.csv');
    assert.deepEqual([code, existsSync(join(folder, 'out.csv'))], [4, false]);
  });
});
