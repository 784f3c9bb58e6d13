/** What runs are made of, for tests of the pipeline: a connection, and a result of one record. */
import type { Connection } from '#core/connections/connection';
import type { Answer } from '#core/running/answer';
import type { RunPort } from '#core/running/pipeline';
import { askedOf } from '#core/running/prepare';
import type { RunResult } from '#core/running/send';

export const CONNECTION: Connection = {
  id: 'one',
  name: 'Acme',
  root: 'https://acme.accessplanit.com/accessplan',
  site: 'production',
  auth: 'apiKey',
};

export const resultOf = (id: string): RunResult => ({
  records: [{ ID: id }],
  url: '',
  status: 200,
  milliseconds: 1,
  bytes: 1,
  pages: 1,
  count: 1,
  duplicates: 0,
  extent: { kind: 'whole' },
  position: { pages: 1, records: 1, size: 50, skip: 1, offset: 0 },
  notes: [],
  json: { results: [{ ID: id }] },
});

/** The answer that such JSON is. */
export const answerWith = (json: unknown, about: Partial<Answer> = {}): Answer => ({
  json,
  records: [],
  columns: undefined,
  select: [],
  fields: [],
  extent: { kind: 'whole' },
  count: 0,
  from: CONNECTION.name,
  asked: askedOf({ method: 'GET', endpoint: 'data', module: 'user', query: [] }),
  pages: 1,
  ...about,
});

/** For requests without SQL. */
export const NO_QUERY: RunPort['query'] = () => Promise.reject(new Error('no SQL here'));

/** A log of changes that keeps nothing. */
export const NO_LOG: RunPort['writes'] = {
  source: 'editor',
  run: 'run',
  log: { begin: async () => Promise.resolve({ id: 'entry', end: async () => Promise.resolve() }) },
};
