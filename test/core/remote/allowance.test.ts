/** The wait before a request while the platform's headers say that none is left. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Allowance, describeWait } from '#core/remote/allowance';
import { ApiClient } from '#core/remote/api';
import { HttpTransport } from '#core/remote/http';
import { Session } from '#core/remote/session';
import { startPlatform } from '#platform/platform';
import { clientOf } from '../../support/api-client';
import { QUIRK_TRAITS } from '../../support/quirk-traits';

const NAMES = { limit: 'X-Limit', remaining: 'X-Left', reset: 'X-Reset' };

/** A clock that stands still but while somebody sleeps. */
function start(names: typeof NAMES | undefined = NAMES) {
  const clock = { now: 1_700_000_000_000, waits: [] as number[] };
  const sleep = async (ms: number) => {
    clock.waits.push(ms);
    clock.now += ms;
    return Promise.resolve();
  };
  const allowance = new Allowance(
    () => names,
    sleep,
    () => clock.now,
  );
  const ask = async (left: number | string, reset: number | string, limit = 10) => {
    await allowance.begin(undefined, () => undefined);
    allowance.end([
      ['x-limit', String(limit)],
      ['x-left', String(left)],
      ['x-reset', String(reset)],
    ]);
  };
  return { clock, allowance, ask };
}

describe('an allowance told by headers', () => {
  for (const [what, left, reset, waits] of [
    ['waits until it is renewed, in seconds', 0, 3, [3000]],
    ['reads a time since 1970', 0, 1_700_000_002, [2000]],
    ['reads a time since 1970 in milliseconds', 0, 1_700_000_001_500, [1500]],
    ['reads a date', 0, new Date(1_700_000_004_000).toUTCString(), [4000]],
    ['does not wait while something is left', 1, 3, []],
    ['does not wait for longer than a few minutes', 0, 3600, []],
    ['does not wait where the header is no number', 'none', 3, []],
    ['does not wait where it does not say when', 0, '', []],
  ] as const)
    it(what, async () => {
      const { clock, ask } = start();
      await ask(left, reset);
      await ask(9, 3);
      assert.deepEqual(clock.waits, waits);
    });

  it('tells a client’s caller that it waits, and for how long', async () => {
    const api = await startPlatform({ quirks: new Set(['rate-limit']) });
    try {
      const { connection } = clientOf(api);
      const transport = new HttpTransport();
      const session = new Session(
        connection,
        () => Promise.resolve({ kind: 'apiKey', apiKey: api.apiKey }),
        transport,
      );
      const traits = () => QUIRK_TRAITS['rate-limit'];
      const told: string[] = [];
      const client = new ApiClient(connection, session, transport, { traits });
      const request = { method: 'GET', module: 'Course', query: [{ name: '$top', value: '1' }] } as const;
      while (told.length === 0) await client.send(request, { onWait: (ms) => told.push(describeWait(ms)) });
      assert.match(told[0] ?? '', /^No request is left for now: waiting [\d.]+ s, as the platform asks\.$/);
    } finally {
      await api.close();
    }
  });

  it('does not wait where the headers are not known', async () => {
    const clock = { waits: 0 };
    const allowance = new Allowance(
      () => undefined,
      async () => Promise.resolve(void clock.waits++),
    );
    for (let i = 0; i < 3; i++) {
      await allowance.begin(undefined, () => undefined);
      allowance.end([['x-left', '0']]);
    }
    assert.equal(clock.waits, 0);
  });

  it('counts requests under way, so that those at the same time are not refused', async () => {
    const { clock, allowance, ask } = start();
    await ask(2, 5);
    for (let i = 0; i < 3; i++) await allowance.begin(undefined, () => undefined);
    assert.deepEqual(clock.waits, [5000]);
  });

  it('allows as many as the limit says after it was renewed, and believes a new window', async () => {
    const { clock, ask } = start();
    await ask(0, 1, 2);
    await ask(1, 1, 2);
    await ask(0, 1, 2);
    await ask(1, 1, 2);
    assert.deepEqual(clock.waits, [1000, 1000]);
  });
});
