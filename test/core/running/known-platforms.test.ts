/** Fetching from platforms that differ from what is assumed: with what a check found, and without. */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, it } from 'mocha';
import { examine } from '#core/doctor/examine';
import { fetchMetadata } from '#core/metadata/fetch';
import { ApiClient } from '#core/remote/api';
import { ApiError } from '#core/remote/api-error';
import { HttpTransport } from '#core/remote/http';
import { Session } from '#core/remote/session';
import { sendRequest } from '#core/running/send';
import type { PlatformTraits } from '#language';
import { type Platform, startPlatform } from '#platform/platform';
import { type Quirk } from '#platform/quirks';
import { clientOf } from '../../support/api-client';
import { get } from '../support/fake-api';

const RECORDS = 620;

function knowing(platform: Platform, traits: PlatformTraits): ApiClient {
  const { connection } = clientOf(platform);
  const transport = new HttpTransport();
  const { apiKey } = platform;
  const session = new Session(connection, () => Promise.resolve({ kind: 'apiKey', apiKey }), transport);
  return new ApiClient(connection, session, transport, { traits: () => traits });
}

interface Seen {
  readonly requests: readonly { readonly path: string; readonly status: number }[];
}

/** Fetches all; returns how it ended, and the statuses of all requests. */
async function fetchAll(platform: Platform, traits: PlatformTraits, query: Readonly<Record<string, string>>) {
  const control = new URL('/_control', platform.root);
  await fetch(control, { method: 'POST', body: '{"reset":true}' });
  const request = get('CourseDate', { $select: 'ID', ...query });
  const result = await sendRequest(knowing(platform, traits), request, { pages: 'all' }).catch(
    (error: unknown) => {
      if (error instanceof ApiError) return error;
      throw error;
    },
  );
  const { requests } = (await (await fetch(control)).json()) as Seen;
  const end = result instanceof ApiError ? String(result.status) : result.extent.kind;
  const ids = result instanceof ApiError ? [] : result.records.map(({ ID }) => ID);
  const total = result instanceof ApiError ? undefined : result.total;
  return { end, ids, total, requests };
}

// A long filter: with %20 for spaces its address is too long, with + it is not.
const LONG = Array.from({ length: 36 }, (_, index) => `ID ne 'x${index}'`).join(' and ');

describe('fetching all from a platform that was checked', () => {
  for (const [quirk, query, most, unknown] of [
    ['skip-records', {}, 14, 'doubtful'],
    ['skip-records', { $top: '100' }, 8, 'doubtful'],
    ['skip-records', { $skip: '20', $top: '100' }, 7, 'doubtful'],
    ['top-20', { $top: '500' }, 32, 'whole'],
    ['top-20', {}, 32, 'whole'],
    ['top-refused', { $top: '500' }, 8, '400'],
    ['top-all', { $top: '-1' }, 1, 'whole'],
    ['count-names', {}, 14, 'whole'],
    ['short-address', { $filter: LONG }, 14, '414'],
    ['rate-limit', { $top: '40' }, 17, 'whole'],
    ['plus-literal', { $filter: LONG }, 14, 'whole'],
  ] as const satisfies readonly (readonly [Quirk, Record<string, string>, number, string])[])
    it(`with ${quirk}, ${JSON.stringify(query).slice(0, 40)}: all records, and no request for nothing`, async () => {
      const platform = await startPlatform({ quirks: new Set([quirk]), records: RECORDS });
      try {
        const { metadata } = await fetchMetadata(clientOf(platform), { modules: 'none' });
        const checked = await examine(clientOf(platform), { modules: metadata.modules, pauseMs: 0 });
        // The check has used up what is allowed within a second.
        if (quirk === 'rate-limit') await pause(1100);
        const { end, ids, total, requests } = await fetchAll(platform, checked.platform.traits, query);
        const left = '$skip' in query ? RECORDS - Number(query.$skip) : RECORDS;
        assert.deepEqual([end, new Set(ids).size, ids.length, total], ['whole', left, left, RECORDS]);
        assert.deepEqual([...new Set(requests.map(({ status }) => status))], [200]);
        assert.ok(requests.length <= most, `${requests.length} requests`);
        const before = await fetchAll(platform, {}, query);
        assert.equal(before.end, unknown);
      } finally {
        await platform.close();
      }
    });
});
