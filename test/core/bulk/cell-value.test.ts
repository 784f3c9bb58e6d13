import assert from 'node:assert/strict';
import { cellValue, type Conventions, emptyValue } from '#core/bulk/cell-value';
import type { Cell } from '#core/bulk/table';
import { writeJson } from '#core/values/write-json';
import type { FieldType } from '#language';

type Given = string | Exclude<Cell, { kind: 'blank' }>;
/** JSON of the value, or what the problem says. */
type Expected = string | RegExp | { readonly needs: keyof Conventions };

const number = (text: string): Given => ({ kind: 'number', text });
const date = (text: string): Given => ({ kind: 'date', text });
const DAY: Conventions = { dateOrder: 'day', decimalSign: undefined };
const MONTH: Conventions = { dateOrder: 'month', decimalSign: undefined };
const POINT: Conventions = { dateOrder: undefined, decimalSign: '.' };
const COMMA: Conventions = { dateOrder: undefined, decimalSign: ',' };

const CASES: readonly (readonly [FieldType, Given, Expected, Conventions?])[] = [
  // Codes stay as they are.
  ['string', '01569', '"01569"'],
  ['string', '007', '"007"'],
  ['string', '89111702272002019542', '"89111702272002019542"'],
  ['string', '1e5', '"1e5"'],
  ['string', 'true', '"true"'],
  ['string', ' outer ', '" outer "'],
  ['string', 'NULL', '"NULL"'],
  ['string', 'Zoë 日本 🙂', '"Zoë 日本 🙂"'],
  ['string', 'a\ud800', /half a character/],
  ['string', 'M\ufffdller', /a character that was lost/],
  ['string', number('1569'), '"1569"'],
  ['string', number('1e21'), '"1000000000000000000000"'],
  ['string', number('0.1'), '"0.1"'],
  ['string', date('2026-03-04'), '"2026-03-04"'],
  ['string', { kind: 'boolean', text: 'true' }, '"true"'],
  ['string', { kind: 'fault', text: '#N/A', message: 'The cell holds #N/A.' }, /#N\/A/],
  // Numbers, in all their digits.
  ['integer', '12', '12'],
  ['integer', '+012', '12'],
  ['integer', '-7', '-7'],
  ['integer', '9007199254740993', '9007199254740993'],
  ['integer', '5.5', /“5.5” is not a whole number/],
  ['integer', '5.0', '5'],
  ['integer', 'twelve', /not a whole number/],
  ['integer', '1,234', '1234', POINT],
  ['integer', '1.234', '1234', COMMA],
  ['integer', '1,234', { needs: 'decimalSign' }],
  ['integer', number('12'), '12'],
  ['integer', number('12.5'), /not a whole number/],
  ['integer', date('2026-01-01'), /not a whole number/],
  ['decimal', '12.50', '12.5'],
  ['decimal', '1,5', '1.5', COMMA],
  ['decimal', '1,5', '1.5'],
  ['decimal', '1.234,56', '1234.56', COMMA],
  ['decimal', '1.234,56', '1234.56'],
  ['decimal', '1 234,56', '1234.56', COMMA],
  ['decimal', '1,234.56', '1234.56', POINT],
  ['decimal', '1.234', { needs: 'decimalSign' }],
  ['decimal', '1.234', '1.234', POINT],
  ['decimal', '1,5', /not a number/, POINT],
  ['decimal', '£5', /without a currency/],
  ['decimal', '50%', /not a number/],
  ['decimal', '0.1234567890123456789', '0.1234567890123456789'],
  ['decimal', number('0.30000000000000004'), '0.30000000000000004'],
  // Yes and no.
  ['boolean', 'Yes', 'true'],
  ['boolean', 'no', 'false'],
  ['boolean', '1', 'true'],
  ['boolean', '0', 'false'],
  ['boolean', 'TRUE', 'true'],
  ['boolean', 'maybe', /neither yes nor no/],
  ['boolean', { kind: 'boolean', text: 'false' }, 'false'],
  ['boolean', number('1'), 'true'],
  // Dates: text to text.
  ['datetime', '2022-03-25T09:00:00', '"2022-03-25T09:00:00"'],
  ['datetime', '2026-03-29T01:30:00', '"2026-03-29T01:30:00"'],
  ['datetime', '2022-03-25 09:00', '"2022-03-25T09:00"'],
  ['datetime', '2022-03-25T09:00:00Z', '"2022-03-25T09:00:00Z"'],
  ['datetime', '2022-03-25T09:00:00+02:00', '"2022-03-25T09:00:00+02:00"'],
  ['datetime', '2022-03-25', '"2022-03-25"'],
  ['datetime', date('2025-01-02T00:00:00'), '"2025-01-02T00:00:00"'],
  ['date', date('2025-01-02T00:00:00'), '"2025-01-02"'],
  ['date', '2025-01-02', '"2025-01-02"'],
  ['datetime', '2025-02-31', /does not exist/],
  ['datetime', '2025-01-01T25:00', /does not exist/],
  ['datetime', '03/04/2026', '"2026-04-03"', DAY],
  ['datetime', '03/04/2026', '"2026-03-04"', MONTH],
  ['datetime', '03/04/2026', { needs: 'dateOrder' }],
  ['datetime', '3.4.2026 9:05', '"2026-04-03T09:05:00"', DAY],
  ['datetime', '31/01/2026', '"2026-01-31"'],
  ['datetime', '01/31/2026', '"2026-01-31"'],
  ['datetime', '05/05/2026', '"2026-05-05"'],
  ['datetime', '31/01/2026', /does not exist/, MONTH],
  ['datetime', '03/04/2026 1:30 PM', '"2026-04-03T13:30:00"', DAY],
  ['datetime', '03/04/2026 12:30 am', '"2026-04-03T00:30:00"', DAY],
  ['datetime', '03/04/2026 13:30 pm', /does not exist/, DAY],
  ['datetime', '03/04/26', /two digits/, DAY],
  ['datetime', '31 Jan 2026', '"2026-01-31T00:00:00"'],
  ['datetime', number('45658'), /not a date. Format the cell/],
  ['datetime', 'soon', /not a date/],
  ['time', '09:30', '"09:30"'],
  ['time', 'noon', /not a time/],
  // Lists.
  ['list', 'IT; Safety;', '["IT","Safety"]'],
  ['list', 'Cats, dogs', '["Cats, dogs"]'],
  ['list', ';', 'blank'],
  // Without metadata.
  ['unknown', '01569', '"01569"'],
  ['unknown', 'true', '"true"'],
  ['unknown', number('5'), '5'],
  ['unknown', number('12345678901234567890'), '12345678901234567890'],
  ['unknown', { kind: 'boolean', text: 'true' }, 'true'],
];

function shown(type: FieldType, given: Given, conventions: Conventions) {
  const cell: Cell = typeof given === 'string' ? { kind: 'text', text: given } : given;
  const found = cellValue(cell, { type }, conventions);
  if (found.kind !== 'value') return found;
  return { kind: 'value', json: writeJson(found.value) } as const;
}

describe('cells as values', () => {
  const none: Conventions = { dateOrder: undefined, decimalSign: undefined };
  for (const [type, given, expected, conventions = none] of CASES) {
    const what = typeof given === 'string' ? given : `${given.kind} ${given.text}`;
    it(`${type}: ${JSON.stringify(what)}, ${conventions.dateOrder ?? conventions.decimalSign ?? 'nothing known'}`, () => {
      const found = shown(type, given, conventions);
      if (expected === 'blank') assert.equal(found.kind, 'blank');
      else if (typeof expected === 'string') assert.deepEqual(found, { kind: 'value', json: expected });
      else if (expected instanceof RegExp)
        assert.match(found.kind === 'problem' ? found.message : found.kind, expected);
      else assert.equal(found.kind === 'problem' ? found.needs : found.kind, expected.needs);
    });
  }

  it('reads the same in every time zone', () => {
    const before = process.env['TZ'];
    try {
      for (const zone of ['Asia/Tokyo', 'Europe/London', 'America/Sao_Paulo', 'Pacific/Auckland']) {
        process.env['TZ'] = zone;
        for (const text of ['2022-03-25T09:00:00', '2026-03-29T01:30:00', '2025-01-01'])
          assert.deepEqual(shown('datetime', text, none), { kind: 'value', json: JSON.stringify(text) });
        assert.deepEqual(shown('datetime', '29.03.2026 1:30', DAY), {
          kind: 'value',
          json: '"2026-03-29T01:30:00"',
        });
      }
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  });

  it('empties a field as its type has it', () => {
    assert.deepEqual(
      (['string', 'list', 'datetime', 'integer', 'unknown'] as const).map((type) => emptyValue({ type })),
      ['', [], null, null, null],
    );
  });
});
