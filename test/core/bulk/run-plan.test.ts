import assert from 'node:assert/strict';
import type { Deed } from '#core/bulk/mapping';
import { tallyOf } from '#core/bulk/planned-row';
import { PlanInMemory } from '#core/bulk/run-store';
import { ApiError } from '#core/remote/api-error';
import { Pause } from '#core/running/pause';
import type { NewWrite, WriteLog, WriteOutcome } from '#core/writing/write-log';
import { useImports } from './support/imports';
import { tableOf } from './support/tables';

const BY_ID: Deed = { kind: 'update', column: 'ID' };
const BY_EMAIL: Deed = { kind: 'upsert', field: 'Email' };
const CREATE: Deed = { kind: 'create' };

/** Each test has keys of its own, so that all can use one platform. */
let used = 0;

describe('sending the rows of a plan', () => {
  const importing = useImports({ records: 60 });
  beforeEach(() => importing().platform.controlWith({ reset: true }));

  /** Rows of an upsert that nobody has yet. */
  const fresh = (count: number) => {
    used++;
    return tableOf(
      ['Email', 'Surname'],
      Array.from({ length: count }, (_, index) => [`n${used}.${index}@new.example`, `New ${index}`]),
    );
  };
  const made = async () => importing().records(`contains(Email,'n${used}.')`, 'ID,Email,Surname');
  /** How often each record was written that the test made. */
  const counts = async () => {
    const { counts: all } = await importing().writes();
    return (await made()).map(({ ID }) => all[`accessplan/User/${String(ID)}`]);
  };
  /** Time that passes only where somebody waits for it. */
  const clock = () => {
    let now = Date.now();
    return { now: () => now, sleep: (milliseconds: number) => Promise.resolve(void (now += milliseconds)) };
  };
  const once = (count: number) => Array.from({ length: count }, () => 1);

  it('creates, changes, leaves and refuses, and the sum is that of the rows', async () => {
    const [one, two] = await importing().records("Email ne ''", 'ID,Email,Surname');
    const table = tableOf(
      ['Email', 'Surname'],
      [
        [`n${++used}.0@new.example`, 'New'],
        [String(one?.['Email']), 'Changed'],
        [String(two?.['Email']), String(two?.['Surname'])],
        ['', 'Nobody'],
      ],
    );
    const { store, stoppedBy } = await importing().run({ table, deed: BY_EMAIL });
    assert.equal(stoppedBy, undefined);
    assert.deepEqual(tallyOf(store.counts), {
      created: 1,
      changed: 1,
      unchanged: 1,
      refused: 1,
      failed: 0,
      unknown: 0,
      unsent: 0,
    });
    assert.equal((await importing().records(`ID eq '${String(one?.['ID'])}'`))[0]?.['Surname'], 'Changed');
  });

  it('tells each row to the log of writes, with the old record', async () => {
    const [user] = await importing().records("Email ne ''", 'ID,Surname,Town');
    const told: [NewWrite, WriteOutcome?][] = [];
    const log: WriteLog = {
      begin: (write) => {
        const entry: [NewWrite, WriteOutcome?] = [write];
        told.push(entry);
        return Promise.resolve({ id: 'x', end: (outcome) => Promise.resolve(void (entry[1] = outcome)) });
      },
    };
    const table = tableOf(['ID', 'Surname'], [[String(user?.['ID']), 'Logged']]);
    await importing().run({ table, deed: BY_ID }, { log, run: 'r1', title: 'people.csv' });
    const [[write, outcome]] = told as [[NewWrite, WriteOutcome]];
    assert.deepEqual([write.source, write.run, write.title], ['import', 'r1', 'people.csv']);
    assert.ok(write.change.outcome === 'update');
    assert.equal(write.change.record['Surname'], user?.['Surname']);
    assert.ok(Object.keys(write.change.record).length > 40, 'the whole record is kept');
    assert.deepEqual([outcome.kind, outcome.kind === 'done' && outcome.id], ['done', user?.['ID']]);
  });

  it('looks up what may have been done, and sends again what was not', async () => {
    const table = fresh(60);
    await importing().platform.controlWith({
      random: { rate: 0.3, seed: 5, writes: true, faults: [{ lose: true }, { drop: true }, { status: 503 }] },
    });
    const { store, stoppedBy } = await importing().run({ table, deed: BY_EMAIL }, clock());
    assert.equal(stoppedBy, undefined);
    assert.equal(tallyOf(store.counts).created, 60);
    assert.deepEqual(await counts(), once(60));
  });

  it('does not send a change again that was made although its answer was lost', async () => {
    const users = (await importing().records("Email ne ''", 'ID')).slice(0, 20);
    const table = tableOf(
      ['ID', 'CostCentre'],
      users.map(({ ID }) => [String(ID), `c${++used}`]),
    );
    const before = (await importing().writes()).counts;
    await importing().platform.controlWith({ random: { rate: 0.5, writes: true, faults: [{ lose: true }] } });
    const { store, stoppedBy } = await importing().run({ table, deed: BY_ID }, clock());
    assert.equal(stoppedBy, undefined);
    assert.equal(tallyOf(store.counts).changed, 20);
    const after = (await importing().writes()).counts;
    const more = users
      .map(({ ID }) => `accessplan/User/${String(ID)}`)
      .map((key) => (after[key] ?? 0) - (before[key] ?? 0));
    assert.deepEqual(more, once(20));
  });

  it('shows a creation whose answer was lost, instead of guessing', async () => {
    const table = fresh(3);
    await importing().platform.controlWith({ next: [{ lose: true }] });
    const { store } = await importing().run({ table, deed: CREATE }, { concurrency: 1 });
    assert.deepEqual([tallyOf(store.counts).created, tallyOf(store.counts).unknown], [2, 1]);
    assert.deepEqual(await counts(), once(3));
  });

  it('heeds one pause for all, and sends nothing in it', async () => {
    const table = fresh(100);
    const { rows } = await importing().plan({ table, deed: CREATE });
    let pausing = false;
    const sentInPause: string[] = [];
    const store = new PlanInMemory(rows);
    const [sending, waits] = [store.sending.bind(store), [] as number[]];
    let sent = 0;
    store.sending = async (row) => {
      if (pausing) sentInPause.push(String(row));
      // At row 50, all that are under way but this one have been answered.
      if (++sent === 50) await importing().platform.controlWith({ next: [{ status: 429, retryAfter: 2 }] });
      await sending(row);
    };
    const sleep = async (milliseconds: number) => {
      waits.push(milliseconds);
      pausing = true;
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      pausing = false;
    };
    const { stoppedBy } = await importing().send(store, { module: await importing().module(), sleep });
    assert.equal(stoppedBy, undefined);
    assert.equal(tallyOf(store.counts).created, 100);
    assert.ok(Math.max(...waits) > 1500, String(waits));
    assert.deepEqual(sentInPause, []);
    assert.deepEqual(await counts(), once(100));
  });

  it('reads a pause that is given as a date', async () => {
    const until = new Date(Date.now() + 3000).toUTCString();
    const waits: number[] = [];
    let now = Date.now();
    await importing().platform.controlWith({ next: [{ status: 429, retryAfter: until }] });
    const { store } = await importing().run(
      { table: fresh(2), deed: CREATE },
      {
        now: () => now,
        sleep: (milliseconds) => Promise.resolve(void waits.push(((now += milliseconds), milliseconds))),
      },
    );
    assert.equal(tallyOf(store.counts).created, 2);
    assert.ok(Math.max(...waits) >= 1000 && Math.max(...waits) <= 3000, String(waits));
  });

  it('heeds a pause that is asked for while it reads', async () => {
    const { rows } = await importing().plan({ table: fresh(60), deed: BY_EMAIL });
    await importing().platform.controlWith({ next: [{ status: 429, retryAfter: 100 }] });
    const time = clock();
    const waits: number[] = [];
    const sleep = async (milliseconds: number) => {
      waits.push(milliseconds);
      await time.sleep(milliseconds);
    };
    const store = new PlanInMemory(rows);
    const { stoppedBy } = await importing().send(store, {
      module: await importing().module(),
      now: time.now,
      sleep,
    });
    assert.equal(stoppedBy, undefined);
    assert.deepEqual([tallyOf(store.counts).created, Math.max(...waits)], [60, 100_000]);
  });

  it('stops where the platform asks for a pause again and again', async () => {
    await importing().platform.controlWith({ random: { rate: 1, writes: true, faults: [{ status: 429 }] } });
    const { store, stoppedBy } = await importing().run({ table: fresh(5), deed: CREATE }, clock());
    assert.equal(stoppedBy?.kind, 'too-many');
    assert.equal(tallyOf(store.counts).unsent, 5);
    const { sent } = await importing().writes();
    const once = await importing().run(
      { table: fresh(5), deed: CREATE },
      { ...clock(), pauses: 0, concurrency: 1 },
    );
    assert.deepEqual(
      [once.stoppedBy?.kind, (await importing().writes()).sent.length - sent.length],
      ['too-many', 1],
    );
  });

  it('ends, with all of its workers, when its journal can’t be written', async () => {
    const { rows } = await importing().plan({ table: fresh(20), deed: CREATE });
    const store = new PlanInMemory(rows);
    const sending = store.sending.bind(store);
    let sent = 0;
    store.sending = async (row) => {
      if (++sent === 8) await importing().platform.controlWith({ next: [{ status: 429 }, { status: 429 }] });
      if (sent > 12) throw new Error('the disk is full');
      await sending(row);
    };
    const module = await importing().module();
    await assert.rejects(importing().send(store, { module, ...clock() }), /the disk is full/);
    assert.ok(tallyOf(store.counts).created <= 12);
  });

  it('gives a reason for each row where all are refused', async () => {
    await importing().platform.controlWith({ random: { rate: 1, writes: true, faults: [{ status: 403 }] } });
    const reasons: string[] = [];
    const { rows } = await importing().plan({ table: fresh(3), deed: CREATE });
    const store = new PlanInMemory(rows, (_, outcome) =>
      reasons.push(outcome.kind === 'failed' ? outcome.message : ''),
    );
    await importing().send(store, { module: await importing().module() });
    assert.equal(tallyOf(store.counts).failed, 3);
    assert.ok(
      reasons.length === 3 && reasons.every((reason) => /Permission denied/.test(reason)),
      reasons.join(),
    );
  });

  it('stops where the platform can’t be reached, with the rest unsent', async () => {
    const { rows } = await importing().plan({ table: fresh(10), deed: CREATE });
    const store = new PlanInMemory(rows);
    const gone = { ...importing().platform.platform, root: 'http://127.0.0.1:9/accessplan' };
    const { clientOf } = await import('../../support/api-client');
    const { stoppedBy } = await importing().send(store, {
      client: clientOf(gone),
      module: await importing().module(),
      ...clock(),
    });
    assert.equal(stoppedBy?.kind, 'unreachable');
    assert.deepEqual(tallyOf(store.counts).unsent, 10);
  });

  it('refuses a row whose record was changed meanwhile, and not for fields that it leaves alone', async () => {
    const [one, two, three] = await importing().records("Email ne ''", 'ID,Surname,Town');
    const table = tableOf(
      ['ID', 'Surname'],
      [one, two, three].map((user) => [String(user?.['ID']), `Mine ${++used}`]),
    );
    const { rows } = await importing().plan({ table, deed: BY_ID });
    const put = (user: typeof one, body: unknown) =>
      importing().platform.data(`user/${String(user?.['ID'])}`, { method: 'PUT', body });
    await put(one, { Surname: 'Theirs' });
    await put(two, { Town: 'Elsewhere' });
    await put(three, { Surname: `Mine ${used}` });
    const reasons = new Map<number, string>();
    const store = new PlanInMemory(rows, (row, outcome) =>
      reasons.set(row, outcome.kind === 'failed' ? outcome.message : outcome.kind),
    );
    const before = (await importing().writes()).sent.length;
    await importing().send(store, { module: await importing().module() });
    assert.match(
      reasons.get(2) ?? '',
      /^Surname was changed meanwhile by someone else: it was “.*”, and is “Theirs”\. It was not sent\./,
    );
    assert.deepEqual([reasons.get(3), reasons.get(4)], ['done', 'done']);
    assert.equal((await importing().writes()).sent.length, before + 1);
    assert.deepEqual(
      [tallyOf(store.counts).changed, tallyOf(store.counts).unchanged, tallyOf(store.counts).failed],
      [1, 1, 1],
    );
  });

  const WAITS: readonly (readonly [what: string, begin: (pause: Pause) => Promise<unknown>])[] = [
    ['a pause of the user', async (pause) => Promise.resolve(pause.begin())],
    [
      'a pause that the platform asks for',
      async () => importing().platform.controlWith({ next: [{ status: 429, retryAfter: 6 }] }),
    ],
  ];
  for (const [what, begin] of WAITS)
    it(`reads the records again after ${what}, and keeps newer work`, async () => {
      used++;
      const users = (await importing().records("Email ne ''", 'ID,Town')).slice(10, 16);
      const table = tableOf(
        ['ID', 'Town'],
        users.map(({ ID }) => [String(ID), `File ${used}`]),
      );
      const { rows } = await importing().plan({ table, deed: BY_ID });
      const pause = new Pause();
      const log: string[] = [];
      const store = new PlanInMemory(rows, (_, outcome) => log.push(outcome.kind));
      const newer = async () => {
        for (const [at, body] of [
          [4, { Town: `Newer ${used}` }],
          [5, { CostCentre: `Newer ${used}` }],
        ] as const)
          await importing().platform.data(`user/${String(users[at]?.['ID'])}`, { method: 'PUT', body });
      };
      const time = clock();
      const kept: unknown[] = [];
      let begun = false;
      await importing().send(store, {
        module: await importing().module(),
        concurrency: 1,
        pause,
        now: time.now,
        sleep: async (milliseconds) => {
          await newer();
          await time.sleep(milliseconds);
        },
        log: {
          begin: async ({ change }) => {
            if (!begun && log.length === 1) {
              begun = true;
              await begin(pause);
              if (pause.on) void newer().then(() => pause.end());
            }
            kept.push('record' in change && change.record['CostCentre']);
            return { id: 'x', end: async () => Promise.resolve() };
          },
        },
      });
      const now = await importing().records(`ID eq '${String(users[4]?.['ID'])}'`);
      assert.equal(now[0]?.['Town'], `Newer ${used}`);
      assert.deepEqual([tallyOf(store.counts).changed, tallyOf(store.counts).failed], [5, 1]);
      assert.equal(kept.at(-1), `Newer ${used}`, 'what is kept was read after the wait');
    });

  it('sends a creation again only when the first can’t arrive any more', async () => {
    const table = fresh(3);
    const time = clock();
    const client = importing().api;
    const send = client.send.bind(client);
    let late: (() => Promise<unknown>) | undefined;
    let calls = 0;
    client.send = async (request, options) => {
      if (request.method !== 'POST' || calls++ > 0) return send(request, options);
      late = async () => send(request);
      throw new ApiError('interrupted', { method: 'POST' });
    };
    const { rows } = await importing().plan({ table, deed: BY_EMAIL });
    const store = new PlanInMemory(rows);
    let waited = 0;
    await importing().send(store, {
      client,
      module: await importing().module(),
      lateMs: 30_000,
      now: time.now,
      sleep: async (milliseconds) => {
        await time.sleep(milliseconds);
        waited += milliseconds;
        if (waited < 20_000) return;
        await late?.();
        late = undefined;
      },
    });
    assert.equal(tallyOf(store.counts).created, 3);
    assert.deepEqual(await counts(), once(3));
  });

  it('settles a creation that was under way when its program was killed', async () => {
    const { rows } = await importing().plan({ table: fresh(2), deed: CREATE });
    const reasons: string[] = [];
    const store = new PlanInMemory(rows, (_, outcome) =>
      reasons.push(outcome.kind === 'unknown' ? outcome.message : outcome.kind),
    );
    await store.sending(2);
    await importing().send(store, { module: await importing().module() });
    assert.deepEqual([tallyOf(store.counts).created, tallyOf(store.counts).unknown], [1, 1]);
    assert.equal(store.counts.sending, 0);
    assert.match(reasons[0] ?? '', /^It was being sent when the import was interrupted/);
  });

  it('refuses a creation by upsert where the record exists by now', async () => {
    const table = fresh(1);
    const { rows } = await importing().plan({ table, deed: BY_EMAIL });
    await importing().platform.data('user', {
      method: 'POST',
      body: { Email: `N${used}.0@new.example`, Surname: 'First' },
    });
    const store = new PlanInMemory(rows);
    await importing().send(store, { module: await importing().module() });
    assert.equal(tallyOf(store.counts).failed, 1);
    assert.deepEqual(await counts(), [1]);
  });

  it('never has keys under way together that a platform may take for the same', async () => {
    used++;
    const emails = ['José', 'Jose', 'JOSÉ\u200a2', 'Ana', 'Aña'].map(
      (name) => `${name}.n${used}.@new.example`,
    );
    const table = tableOf(
      ['Email', 'Surname'],
      emails.map((email) => [email, 'X']),
    );
    const { rows } = await importing().plan({ table, deed: BY_EMAIL });
    const events: string[] = [];
    const store = new PlanInMemory(rows, (row) => events.push(`${row} ends`));
    const sending = store.sending.bind(store);
    store.sending = async (row) => {
      events.push(`${row} begins`);
      await sending(row);
    };
    await importing().send(store, { module: await importing().module() });
    assert.equal(tallyOf(store.counts).created, 5);
    for (const [first, second] of [
      [2, 3],
      [5, 6],
    ])
      assert.ok(events.indexOf(`${first} ends`) < events.indexOf(`${second} begins`), events.join());
  });

  it('waits until a platform that did not answer in time has carried out what it was asked', async () => {
    const table = fresh(2);
    const waits: number[] = [];
    const time = clock();
    const { rows } = await importing().plan({ table, deed: BY_EMAIL });
    const store = new PlanInMemory(rows);
    const client = importing().api;
    const send = client.send.bind(client);
    let calls = 0;
    client.send = async (request, options) => {
      const answer = await send(request, options);
      if (request.method === 'POST' && ++calls === 1)
        throw new ApiError('timeout', { method: 'POST', seconds: 60 });
      return answer;
    };
    await importing().send(store, {
      client,
      module: await importing().module(),
      now: time.now,
      sleep: async (milliseconds) => {
        waits.push(milliseconds);
        await time.sleep(milliseconds);
      },
    });
    assert.equal(tallyOf(store.counts).created, 2);
    assert.ok(Math.max(...waits) > 25_000, String(waits));
    assert.deepEqual(await counts(), once(2));
  });

  it('waits while it is paused, and leaves the rest where it is stopped', async () => {
    const { rows } = await importing().plan({ table: fresh(40), deed: CREATE });
    const [pause, stop] = [new Pause(), new AbortController()];
    const store = new PlanInMemory(rows);
    let seen = 0;
    const running = importing().send(store, {
      module: await importing().module(),
      pause,
      signal: stop.signal,
      onProgress: ({ done }) => {
        seen = done;
        if (done === 10) pause.begin();
        if (done === 20) stop.abort();
      },
    });
    const at = (count: number) =>
      new Promise<void>((resolve) => {
        const look = () => (seen >= count ? resolve() : setImmediate(look));
        look();
      });
    await at(10);
    const [before, after] = [
      seen,
      await new Promise<number>((resolve) => setTimeout(() => resolve(seen), 100)),
    ];
    // Those under way come in.
    assert.ok(after < before + 4 + 1, `${before}, ${after}`);
    pause.end();
    assert.equal((await running).stoppedBy, undefined);
    const { created, unsent, unknown } = tallyOf(store.counts);
    assert.equal(created + unsent, 40);
    assert.ok(created >= 20 && created < 28 && unknown === 0, String(created));
    assert.deepEqual(await counts(), once(created));
  });
});
