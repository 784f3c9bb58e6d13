/**
 * A nightly fetch with a platform that restarts, throttles, hangs and lies, run as cron runs it: the file is right or
 * absent, and the exit status says which. `NIGHT_RECORDS=200000` does it with a night's worth of records.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/lsp';
import { type RunningPlatform, startPlatformProcess } from '../support/platform-process';

const RECORDS = Number(process.env['NIGHT_RECORDS'] ?? 2000);
/** For as long a platform that restarts is away. */
const RESTART_MS = process.env['NIGHT_RECORDS'] === undefined ? 1500 : 30_000;

const QUERY = `### Users
GET user
$select = ID, Surname
$orderby = ID
$top = 200
`;

/** What the proxy does with the answer to the page that is asked for as the nth, from 1. */
interface Trouble {
  /** Returns a status to answer with instead, or `hang`. */
  readonly instead?: (page: number) => number | 'hang' | undefined;
  /** Changes the text of an answer. */
  readonly change?: (body: string) => string;
  /** The page at which the server goes away for a while. */
  readonly restartAt?: number;
}

/** A server between the command line and the platform, on a port of its own. */
class Proxy {
  #page = 0;
  #server: http.Server | undefined;
  #port = 0;

  constructor(
    private readonly target: URL,
    private readonly trouble: Trouble,
  ) {}

  async listen(): Promise<void> {
    const server = http.createServer((request, response) => this.#answer(request, response));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve) ?? resolve(undefined));
  }

  get root(): string {
    return `http://127.0.0.1:${this.#port}${this.target.pathname}`;
  }

  #answer(request: http.IncomingMessage, response: http.ServerResponse): void {
    const isPage = request.url?.includes('/user?') === true;
    if (isPage) this.#page++;
    const { instead, change = (body: string) => body, restartAt } = this.trouble;
    if (isPage && this.#page === restartAt) {
      void this.close().then(() => setTimeout(() => void this.listen(), RESTART_MS));
      return;
    }
    const other = isPage ? instead?.(this.#page) : undefined;
    if (other === 'hang') return;
    if (other !== undefined) {
      response.writeHead(other, { 'content-type': 'application/json', 'retry-after': '0' });
      response.end('{"errors":["Busy"]}');
      return;
    }
    const { headers, method } = request;
    const forward = http.request(
      new URL(request.url ?? '/', this.target),
      { method, headers: { ...headers, host: this.target.host } },
      (answer) => {
        let body = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk: string) => (body += chunk));
        answer.on('end', () => {
          const sent = isPage ? change(body) : body;
          const { 'content-type': type = '' } = answer.headers;
          response.writeHead(answer.statusCode ?? 500, { 'content-type': type }).end(sent);
        });
      },
    );
    request.pipe(forward);
  }
}

/** Changes the total of an answer; undefined leaves it out. */
const total = (change: (total: number) => number | undefined) => (body: string) => {
  const answer = JSON.parse(body) as Record<string, unknown>;
  for (const [name, value] of Object.entries(answer))
    if (typeof value === 'number') answer[name] = change(value);
  return JSON.stringify(answer);
};

describe('a night in a script', function () {
  let platform: RunningPlatform;
  let folder: string;
  let right: string;

  const hashOf = (name: string): string | undefined =>
    existsSync(join(folder, name))
      ? createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex')
      : undefined;

  /** Runs `apq` with nothing in its environment but what is given, as cron does. */
  const night = async (
    root: string,
    more: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
  ): Promise<{ code: number | null; err: string; left: string[] }> => {
    const words = ['run', 'users.apq', '--pages', 'all', '-o', 'users.csv', '--root', root, ...more];
    const child = spawn(process.execPath, [join(ROOT, 'dist/apq.js'), ...words], {
      cwd: folder,
      env: { APQ_API_KEY: platform.apiKey, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
    return {
      code,
      err,
      left: readdirSync(folder)
        .filter((name) => name !== 'users.apq')
        .sort(),
    };
  };

  before(async () => {
    platform = await startPlatformProcess('--records', String(RECORDS / 4));
    folder = mkdtempSync(join(tmpdir(), 'apq-night-'));
    writeFileSync(join(folder, 'users.apq'), QUERY);
    const { code, err } = await night(platform.root);
    assert.equal(code, 0, err);
    right = hashOf('users.csv') ?? '';
    assert.equal(readFileSync(join(folder, 'users.csv'), 'utf8').split('\r\n').length, RECORDS + 2);
  });
  beforeEach(() => rmSync(join(folder, 'users.csv'), { force: true }));
  after(async () => {
    await platform.stop();
    rmSync(folder, { recursive: true });
  });

  const PATIENT_ENOUGH: readonly (readonly [name: string, trouble: Trouble, ...options: string[]])[] = [
    ['throttles', { instead: (page) => (page % 5 === 0 ? 429 : undefined) }],
    ['fails now and then', { instead: (page) => (page % 4 === 0 ? 503 : undefined) }],
    ['restarts', { restartAt: 5 }],
    ['hangs once', { instead: (page) => (page === 3 ? 'hang' : undefined) }, '--timeout', '2'],
    ['counts one too few', { change: total((count) => count - 1) }],
    ['counts nothing', { change: total(() => undefined) }],
  ];
  for (const [name, trouble, ...options] of PATIENT_ENOUGH)
    it(`fetches all from a platform that ${name}`, async () => {
      const proxy = new Proxy(new URL(platform.root), trouble);
      await proxy.listen();
      try {
        const { code, err } = await night(proxy.root, options);
        assert.equal(code, 0, err);
        assert.equal(hashOf('users.csv'), right);
      } finally {
        await proxy.close();
      }
    });

  const REFUSED: readonly (readonly [
    name: string,
    trouble: Trouble,
    code: number,
    said: RegExp,
    ...options: string[],
  ])[] = [
    ['counts one too many', { change: total((count) => count + 1) }, 1, /^Up to 1 record did not come/m],
    [
      'never answers again',
      { instead: (page) => (page > 3 ? 'hang' : undefined) },
      4,
      /did not respond/,
      '--timeout',
      '1',
      '--retries',
      '1',
    ],
    [
      'fails for good',
      { instead: (page) => (page > 3 ? 500 : undefined) },
      4,
      /internal error/,
      '--retries',
      '2',
    ],
    [
      'throttles for good',
      { instead: (page) => (page > 3 ? 429 : undefined) },
      4,
      /asks for a pause/,
      '--retries',
      '2',
    ],
    ['forbids the rest', { instead: (page) => (page > 3 ? 403 : undefined) }, 1, /Permission denied/],
  ];
  for (const [name, trouble, status, said, ...options] of REFUSED)
    it(`leaves no file, and ends with ${status}, when a platform ${name}`, async () => {
      const proxy = new Proxy(new URL(platform.root), trouble);
      await proxy.listen();
      try {
        const { code, err, left } = await night(proxy.root, options);
        assert.equal(code, status, err);
        assert.match(err, said);
        assert.deepEqual(left, []);
      } finally {
        await proxy.close();
      }
    });

  for (const locale of ['C', 'tr_TR.UTF-8'])
    it(`writes the same under LC_ALL=${locale}`, async () => {
      const { code, err } = await night(platform.root, [], { LC_ALL: locale, LANG: locale });
      assert.equal(code, 0, err);
      assert.equal(hashOf('users.csv'), right);
    });
});
