/**
 * Imports that are killed, lose their answers, or outlive their tokens: each row is written once, as the platform counts.
 * APQ_IMPORT_ROWS sets the rows of the long one, APQ_IMPORT_KILLS how often it is killed.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { apq } from '../support/apq-process';
import { ROOT } from '../support/lsp';
import { type RunningPlatform, startPlatformProcess } from '../support/platform-process';

const ROWS = Number(process.env['APQ_IMPORT_ROWS'] ?? 10_000);
const KILLS = Number(process.env['APQ_IMPORT_KILLS'] ?? 20);
/** Of the shorter ones. */
const FEW = 1000;

/** Of a row, the journal has about so many bytes: of its plan, and of the lines before and after it is sent. */
const PLANNED = 550;
const SENT = 95;

/** Of the rows, so many change a record that was there, and so many equal one. */
const CHANGED = 150;
const SAME = 50;

type User = Readonly<Record<'ID' | 'Email' | 'Surname' | 'Town', string>>;

/** A number for random choices of this file, the same for all tests of a day. */
const [seed = 1] = [fc.readConfigureGlobal()?.seed];

describe('an import that is disturbed', function () {
  this.timeout(900_000);
  let platform: RunningPlatform;
  let folder: string;
  before(async () => {
    platform = await startPlatformProcess('--records', '300');
    folder = mkdtempSync(join(tmpdir(), 'apq-killed-'));
  });
  after(async () => {
    await platform.stop();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => platform.control({ reset: true }));

  const key = () => ({ APQ_API_KEY: platform.apiKey });
  const state = () => ({ XDG_STATE_HOME: join(folder, 'state'), LOCALAPPDATA: join(folder, 'state') });
  const argsFor = (name: string, ...more: readonly string[]) => [
    'import',
    name,
    '--module',
    'user',
    '--upsert',
    'Email',
    '--yes',
    '--root',
    platform.root,
    ...more,
  ];

  async function pages(filter: string): Promise<User[]> {
    const users: User[] = [];
    for (let page = 0; ; page++) {
      const query = `$select=ID,Email,Surname,Town&$top=1000&$skip=${page}&$filter=${encodeURIComponent(filter)}`;
      const answer = await fetch(`${platform.root}/api/v2/user?${query}`, {
        headers: { authorization: `Bearer ${platform.apiKey}` },
      });
      const { results } = (await answer.json()) as { results: User[] };
      users.push(...results);
      if (results.length < 1000) return users;
    }
  }

  const control = async () => {
    const answer = await fetch(`${new URL(platform.root).origin}/_control`);
    return (await answer.json()) as { writes: Record<string, number>; total: number };
  };

  /** Writes a file of new, changed and equal users; returns what each user has to be in the end. */
  async function people(
    name: string,
    count: number,
  ): Promise<ReadonlyMap<string, readonly [surname: string, town: string]>> {
    const all = await pages("Email ne ''");
    const there = all.filter(({ Email }) => all.filter((user) => user.Email === Email).length === 1);
    const wanted = new Map<string, readonly [string, string]>();
    for (const { Email } of there.slice(0, CHANGED)) wanted.set(Email, [`Changed by ${name}`, 'Elsewhere']);
    for (const { Email, Surname, Town } of there.slice(CHANGED, CHANGED + SAME))
      wanted.set(Email, [Surname, Town]);
    for (let index = wanted.size; index < count; index++)
      wanted.set(`${index}@${name}.example`, [`Surname ${index}`, `Town ${index % 9}`]);
    const lines = [...wanted].map(([email, cells]) => [email, ...cells].map((cell) => `"${cell}"`).join(','));
    writeFileSync(join(folder, `${name}.csv`), `Email,Surname,Town\n${lines.join('\n')}\n`);
    return wanted;
  }

  /** Compares the users with what they have to be, and how often each was written. */
  async function verify(
    name: string,
    wanted: ReadonlyMap<string, readonly [string, string]>,
    before: Readonly<Record<string, number>>,
  ): Promise<void> {
    const { writes } = await control();
    const found = new Map<string, User[]>();
    for (const user of await pages("Email ne ''"))
      found.set(user.Email, [...(found.get(user.Email) ?? []), user]);
    const wrong: string[] = [];
    for (const [index, [email, [surname, town]]] of [...wanted].entries()) {
      const [user, another] = found.get(email) ?? [];
      const record = `accessplan/User/${user?.ID ?? '?'}`;
      const times = (writes[record] ?? 0) - (before[record] ?? 0);
      const right = index >= CHANGED && index < CHANGED + SAME ? 0 : 1;
      if (user?.Surname !== surname || user.Town !== town || another !== undefined || times !== right)
        wrong.push(
          `${email}: ${JSON.stringify(user)}, ${another === undefined ? '' : 'twice, '}written ${times} times`,
        );
    }
    assert.deepEqual(wrong.slice(0, 5), [], `${name}: ${wrong.length} wrong, seed ${seed}`);
  }

  /** Runs until `isTime`, then kills. Returns true where it ended before. */
  async function killedWhen(args: readonly string[], isTime: () => boolean): Promise<boolean> {
    const child = spawn(process.execPath, [join(ROOT, 'dist/apq.js'), ...args], {
      cwd: folder,
      env: { ...process.env, ...key(), ...state() },
      stdio: 'ignore',
    });
    const ended = new Promise<boolean>((resolve) => child.once('exit', (code) => resolve(code !== null)));
    const looking = setInterval(() => isTime() && child.kill('SIGKILL'), 2);
    try {
      return await ended;
    } finally {
      clearInterval(looking);
    }
  }

  const sizeOf = (name: string): number =>
    statSync(join(folder, `.${name}.csv.apq-journal.ndjson`), { throwIfNoEntry: false })?.size ?? 0;

  it(`writes each of ${ROWS} rows once, killed ${KILLS} times and resumed`, async () => {
    const wanted = await people('killed', ROWS);
    const before = (await control()).writes;
    // A fifth of the kills comes while it plans.
    const early = fc.sample(fc.integer({ min: 1, max: ROWS * PLANNED }), {
      numRuns: Math.ceil(KILLS / 5),
      seed,
    });
    const sending = { min: ROWS * PLANNED, max: ROWS * (PLANNED + SENT) };
    const late = fc.sample(fc.integer(sending), { numRuns: KILLS - early.length, seed });
    let kills = 0;
    for (const bytes of [...early, ...late].sort((a, b) => a - b)) {
      // Killed while it planned, it begins anew.
      const least = Math.max(bytes, sizeOf('killed') + 200);
      const args = argsFor('killed.csv', ...(kills === 0 ? [] : ['--resume']));
      if (await killedWhen(args, () => sizeOf('killed') >= least)) break;
      kills++;
    }
    const last = await apq(argsFor('killed.csv', '--resume'), { env: { ...key(), ...state() }, cwd: folder });
    assert.equal(last.code, 0, last.err);
    assert.ok(kills >= KILLS / 2, `killed ${kills} times only`);
    const created = ROWS - CHANGED - SAME;
    assert.match(
      last.out,
      new RegExp(`${created.toLocaleString('en-GB')} created, ${CHANGED} changed, ${SAME} unchanged\\.`),
    );
    await verify('killed', wanted, before);
    const { total } = await control();
    await apq(argsFor('killed.csv', '--resume'), { env: { ...key(), ...state() }, cwd: folder });
    assert.ok((await control()).total - total <= 2, 'rows that are done cost no request');
  });

  it('writes each row once where answers are lost after they were carried out', async () => {
    const wanted = await people('lost', FEW);
    const before = (await control()).writes;
    await platform.control({
      random: { rate: 0.05, seed: seed >>> 0, writes: true, faults: [{ lose: true }] },
    });
    const { code, err } = await apq(argsFor('lost.csv'), { env: { ...key(), ...state() }, cwd: folder });
    assert.equal(code, 0, err);
    await verify('lost', wanted, before);
  });

  it('writes each row once where answers are lost, it is killed, and tokens expire', async () => {
    const wanted = await people('all', FEW);
    const before = (await control()).writes;
    const { username: APQ_USERNAME, password: APQ_PASSWORD } = platform;
    await platform.control({
      random: {
        rate: 0.1,
        seed: seed >>> 0,
        writes: true,
        faults: [{ lose: true }, { drop: true }, { status: 503 }],
      },
    });
    await killedWhen(argsFor('all.csv'), () => sizeOf('all') > FEW * (PLANNED + SENT / 2));
    const expiring = setInterval(() => void platform.control({ expireTokens: true }), 200);
    const { code, err } = await apq(argsFor('all.csv', '--resume'), {
      env: { APQ_USERNAME, APQ_PASSWORD, ...state() },
      cwd: folder,
    }).finally(() => clearInterval(expiring));
    assert.equal(code, 0, err);
    await verify('all', wanted, before);
  });

  it('costs no more than what is left when it is resumed near its end', async () => {
    await people('late', FEW);
    const sum = (counts: Record<string, number>) =>
      Object.values(counts).reduce((total, count) => total + count, 0);
    const start = sum((await control()).writes);
    let done = 0;
    const counting = setInterval(() => void control().then(({ writes }) => (done = sum(writes) - start)), 20);
    await killedWhen(argsFor('late.csv'), () => done > FEW * 0.8);
    clearInterval(counting);
    const before = await control();
    const { code, out } = await apq(argsFor('late.csv', '--resume'), {
      env: { ...key(), ...state() },
      cwd: folder,
    });
    assert.equal(code, 0);
    const after = await control();
    const left = sum(after.writes) - sum(before.writes);
    // Besides the rows that were left: their look-ups, one for those of unknown outcome, and the metadata.
    assert.ok(
      after.total - before.total <= left + Math.ceil(left / 25) + 6,
      `${after.total - before.total} for ${left} rows\n${out}`,
    );
    assert.ok(left < FEW / 5, `${left} were left`);
  });
});
