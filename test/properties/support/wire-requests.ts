/** Requests as they are sent, with values that trip up shells, languages and readers of addresses. */
import fc from 'fast-check';
import { LanguageService, type WireRequest } from '#language';
import { pieces } from './alphabet';

const service = new LanguageService();

/** Characters and words with a meaning somewhere. */
export const marks = fc.constantFrom(
  ...[
    "'",
    "''",
    '"',
    '\\',
    '`',
    '$',
    '$(',
    '${',
    '%',
    '%20',
    '%27',
    '^',
    '!',
    '&',
    '&$top=',
    '#',
    '+',
    '?',
    '/',
  ],
  ...[
    '{',
    '}',
    '{{',
    '}}',
    '{{x}}',
    '{{$env HOME}}',
    '\ufdd0x\ufdd1',
    '@',
    "'@",
    '@"',
    '<<EOF',
    ' ',
    '  ',
    '\u00a0',
  ],
  ...[
    'é',
    '🎓',
    '‘',
    '’',
    '“',
    '–',
    '\u2028',
    '\u202e',
    '\t',
    '-X DELETE',
    '###',
    '# @connection A',
    '(',
    ')',
    ';',
    '|',
  ],
  ...['$env:x', '`"', '^&', '""', 'HTTP/1.1', '*', '~', '=', ',', ':', '\\n', '\\u0041', '$filter', '$x'],
);
/** On one line, and as an address and a shell can carry it. */
const text = fc
  .oneof(
    fc
      .array(fc.oneof(marks, fc.string({ unit: 'grapheme', maxLength: 4 })), { maxLength: 8 })
      .map((parts) => parts.join('')),
    pieces(5),
  )
  .map((each) => each.replace(/[\r\n\0]|\p{Cs}/gu, ''));

const name = fc.constantFrom('ID', 'Label', 'StartDate', 'CF_Über');
const quoted = text.map((each) => `'${each.replaceAll("'", "''")}'`);
const condition = fc.oneof(
  fc.tuple(name, fc.constantFrom('eq', 'ne', 'gt'), quoted).map((parts) => parts.join(' ')),
  fc
    .tuple(fc.constantFrom('contains', 'startswith', 'endswith'), name, quoted)
    .map(([call, field, value]) => `${call}(${field},${value})`),
);
const filter = fc.array(condition, { minLength: 1, maxLength: 3 }).map((all) => all.join(' and '));
const clauses = fc
  .record(
    {
      $select: fc.uniqueArray(name, { minLength: 1 }).map((names) => names.join(',')),
      $filter: filter,
      $orderby: name.map((field) => `${field} desc`),
      $top: fc.integer({ min: 1, max: 500 }).map(String),
      $count: fc.constant('true'),
    },
    { requiredKeys: [] },
  )
  .map((all) => Object.entries(all).map(([key, value]) => ({ name: key, value })));
/** An ID that the language sends: none that a server could read as another path. */
const id = text.filter((each) => {
  if (each.trim() !== each || each === '' || /^\$\w+$/.test(each)) return false;
  const document = service.parse(`DELETE Venue/${encodeURIComponent(each)}\n`);
  const [only] = service.requests(document);
  return only !== undefined && service.build(document, only).ok;
});
const lines = fc.oneof(
  text,
  text.map((each) => `${each}\n\r\t\0\u2029`),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
/** JSON. */
export const body = fc
  .dictionary(
    fc.oneof(fc.constantFrom('Label', 'Notes'), lines),
    fc.oneof(
      lines,
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
      fc.array(lines, { maxLength: 2 }),
      fc.dictionary(lines, lines, { maxKeys: 2 }),
    ),
    { minKeys: 1, maxKeys: 4 },
  )
  // The value of something that is called a secret is asked for.
  .filter(
    (each) =>
      !/pass|secret|token|key|auth|pwd|jwt|pin|cookie|credential|session|bearer/i.test(JSON.stringify(each)),
  )
  .map((each) => JSON.stringify(each));

export const wireRequest: fc.Arbitrary<WireRequest> = fc.oneof(
  clauses.map((query): WireRequest => ({ method: 'GET', module: 'CourseDate', query })),
  fc.tuple(id, body).map(([at, sent]): WireRequest => ({
    method: 'PUT',
    module: 'CourseDate',
    id: at,
    query: [],
    body: sent,
  })),
  fc.tuple(filter, body).map(([value, sent]): WireRequest => ({
    method: 'POST',
    module: 'User',
    query: [{ name: '$upsert', value }],
    body: sent,
  })),
  body.map((sent): WireRequest => ({ method: 'POST', module: 'User', query: [], body: sent })),
  id.map((at): WireRequest => ({ method: 'DELETE', module: 'Venue', id: at, query: [] })),
);
