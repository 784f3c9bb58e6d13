/** Changes of every kind, as a training administrator makes them. */
import type { ApiRecord } from '#core/results/read-page';
import type { FieldChange, PlannedChange } from '#core/writing/planned-change';
import type { FieldType, WireRequest } from '#language';

const request = (method: 'POST' | 'PUT' | 'DELETE', id?: string, body?: unknown): WireRequest => ({
  method,
  module: 'User',
  query: [],
  ...(id === undefined ? {} : { id }),
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
});

const field = (
  name: string,
  type: FieldType,
  before: unknown,
  after: unknown,
  more: Partial<FieldChange> = {},
): FieldChange => ({
  name,
  type,
  before,
  after,
  changes: JSON.stringify(before) !== JSON.stringify(after),
  ...more,
});

const NOTES =
  'Prefers morning courses. Needs step-free access to the venue.\nInvoices go to the office in Lancaster, never to the person. ';
const LONG = NOTES.repeat(6);

export const PERSON: ApiRecord = {
  ID: '1027',
  Forenames: 'Zoë',
  Surname: 'O’Brien',
  Email: 'zoe@example.org',
  Phone: null,
  Notes: LONG,
  StartDate: '2026-01-31T09:00:00',
  Groups: ['First aiders', 'Fire wardens', 'Lancaster'],
  Balance: 1250.5,
  Active: true,
  Address2: '',
};

export const UPDATE: PlannedChange = {
  outcome: 'update',
  request: request('PUT', '1027', { Surname: 'O’Brien-Müller' }),
  id: '1027',
  record: PERSON,
  fields: [
    field('Email', 'string', 'zoe@example.org', 'zoe@example.org'),
    field('Surname', 'string', 'O’Brien', 'O’Brien-Müller'),
    field(
      'Notes',
      'string',
      LONG,
      LONG.replace('Lancaster, never', 'York, never').replace('morning', 'evening'),
    ),
    field('StartDate', 'datetime', '2026-01-31T09:00:00', '2026-02-01T09:30:00'),
    field(
      'Groups',
      'list',
      ['First aiders', 'Fire wardens', 'Lancaster'],
      ['First aiders', 'York', 'Lancaster'],
    ),
    field('Phone', 'string', null, ''),
    field('Address2', 'string', '', '12 Castle Hill'),
    field('Fax', 'string', undefined, 'null'),
    field('Balance', 'decimal', 1250.5, 1250.5),
    field('Places', 'integer', 12, 'twelve', {
      problem: 'Places takes whole numbers, and “twelve” is a text.',
    }),
    field('Password', 'string', 'hunter2', 'correct horse'),
  ],
};

export const CREATE: PlannedChange = {
  outcome: 'create',
  request: request('POST', undefined, { Forenames: 'Bea', Surname: 'Smith' }),
  fields: [
    field('Forenames', 'string', undefined, 'Bea'),
    field('Surname', 'string', undefined, 'Smith'),
    field('StartDate', 'date', undefined, '2026-03-01'),
    field('Groups', 'list', undefined, ['Fire wardens', 'York']),
    field('Active', 'boolean', undefined, true),
    field('Phone', 'string', undefined, null),
    field('Colour', 'unknown', undefined, 'red'),
  ],
};

export const UNCHANGED: PlannedChange = {
  outcome: 'unchanged',
  request: request('PUT', '1027', { Surname: 'O’Brien' }),
  id: '1027',
  record: PERSON,
  fields: [
    field('Surname', 'string', 'O’Brien', 'O’Brien'),
    field('Balance', 'decimal', 1250.5, '1250.50', { changes: false }),
  ],
};

export const REFUSED: PlannedChange = {
  outcome: 'refused',
  request: {
    ...request('POST', undefined, { Surname: 'Smith' }),
    query: [{ name: '$upsert', value: "Surname eq 'Smith'" }],
  },
  fields: [field('Surname', 'string', undefined, 'Smith')],
  reason:
    "Three users fit Surname eq 'Smith', so the platform would refuse this $upsert. Name one of them, by ID or Email.",
  matches: [
    { ID: '1001', Forenames: 'Ann', Surname: 'Smith', Email: 'ann@example.org', Phone: null },
    { ID: '1044', Forenames: 'Bob', Surname: 'Smith', Email: 'bob@example.org', Phone: '' },
    { ID: '1050', Forenames: 'Cy', Surname: 'Smith', Email: 'cy@example.org' },
  ],
};

export const DELETE: PlannedChange = {
  outcome: 'delete',
  request: request('DELETE', '1027'),
  id: '1027',
  step: 'mark',
  record: PERSON,
  fields: [],
};

export const UNFORESEEN: PlannedChange = {
  outcome: 'unforeseen',
  request: request('PUT', '1027', { Surname: 'Jones', Password: 'hunter2' }),
  fields: [field('Surname', 'string', undefined, 'Jones'), field('Password', 'string', undefined, 'hunter2')],
  reason: 'You have no right to read users on this platform, so APQ can’t tell what this would change.',
};

/** A plan of many changes: of ten, eight are new names, one is as it was, one is refused. */
export const plan = (count: number): PlannedChange[] =>
  Array.from({ length: count }, (_, at): PlannedChange => {
    const id = String(2000 + at);
    const record = {
      ID: id,
      Forenames: ['Ann', 'Bob', 'Cy', 'Dee'][at % 4],
      Surname: `Person ${at}`,
      Town: 'York',
    };
    const surname = `Person ${at} of Leeds`;
    if (at % 10 === 3)
      return {
        outcome: 'unchanged',
        request: request('PUT', id),
        id,
        record,
        fields: [field('Town', 'string', 'York', 'York')],
      };
    if (at % 10 === 7)
      return {
        outcome: 'refused',
        request: request('PUT', id),
        fields: [field('Places', 'integer', undefined, 'many', { problem: 'Places takes whole numbers.' })],
        reason: `Row ${at + 1} has the same ID as row ${at}.`,
        matches: [],
      };
    return {
      outcome: 'update',
      request: request('PUT', id, { Surname: surname }),
      id,
      record,
      fields: [field('Surname', 'string', `Person ${at}`, surname), field('Town', 'string', 'York', 'York')],
    };
  });
