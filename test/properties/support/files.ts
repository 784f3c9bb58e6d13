/** Random files: fixtures, changed fixtures, files by the grammar with slips in them, and texts of the alphabet. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { withoutAnnotations } from '../../language/support/language';
import { piece, pieces } from './alphabet';
import { anyFilter } from './filters';

const folder = join(import.meta.dirname, '../../language/diagnostics');

/** The texts of the fixtures of diagnostics: each mistake that we know, and what mends it. */
export const FIXTURES: readonly string[] = readdirSync(folder)
  .flatMap((name) =>
    withoutAnnotations(readFileSync(join(folder, name), 'utf8'))
      .split(/^=== .*\n/m)
      .flatMap((each) => each.split('\n--- fixed\n')),
  )
  .filter((text) => text !== '');

/** The requests of the fixtures, each on its own: shorter texts, of which more can be tried. */
const REQUESTS: readonly string[] = [
  ...new Set(FIXTURES.flatMap((text) => text.split(/^(?=###)/m)).filter((text) => text.length < 400)),
];

/** A change of a text: where (as a part of its length), how much goes, and what comes. */
export interface Change {
  readonly at: number;
  readonly length: number;
  readonly text: string;
}

export const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(),
  length: fc.oneof(fc.constant(0), fc.nat(12), fc.nat(200)),
  text: pieces(3),
});

/** The place of a change in a text. */
export function placeOf({ at, length }: Change, text: string): { offset: number; length: number } {
  const offset = at % (text.length + 1);
  return { offset, length: Math.min(length, text.length - offset) };
}

export function changed(text: string, by: Change): string {
  const { offset, length } = placeOf(by, text);
  return text.slice(0, offset) + by.text + text.slice(offset + length);
}

const LINE_ENDS = ['\n', '\r\n', '\r'];

/** The text with other line ends, perhaps mixed. */
const withLineEnds = (text: string, ends: readonly string[]): string => {
  let index = 0;
  return text.replace(/\r\n|\r|\n/g, (end) => ends[index++ % ends.length] ?? end);
};

/** A text with its own line ends, or with others. */
export const anyLineEnds = (texts: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: texts },
    {
      weight: 2,
      arbitrary: fc
        .tuple(texts, fc.array(fc.constantFrom(...LINE_ENDS), { minLength: 1, maxLength: 4 }))
        .map(([text, ends]) => withLineEnds(text, ends)),
    },
  );

const name = fc.constantFrom('ID', 'Label', 'startdate', 'Status', 'Cost', 'Lable', 'TagLabels', 'é', '');
const gap = fc.constantFrom('', ' ', ' ', ' ', '  ', '\t', '\n   ');
const fields = fc.array(name, { minLength: 1, maxLength: 4 }).map((all) => all.join(', '));
const order = fc
  .array(fc.tuple(name, fc.constantFrom('', ' desc', ' ASC', ' down')), { minLength: 1, maxLength: 3 })
  .map((all) => all.map((parts) => parts.join('')).join(','));
const clause = fc
  .tuple(
    fc.oneof(
      { weight: 4, arbitrary: anyFilter.map((text) => ['$filter', text]) },
      { weight: 1, arbitrary: fields.map((text) => ['$select', text]) },
      { weight: 1, arbitrary: order.map((text) => ['$orderby', text]) },
      fc.constantFrom('5', '5000', 'ten', '-1', "'5'", '1,000', '').map((text) => ['$top', text]),
      fc.constantFrom('1', '50', 'x').map((text) => ['$skip', text]),
      fc.constantFrom('true', 'TRUE', 'yes', '1').map((text) => ['$count', text]),
      anyFilter.map((text) => ['$upsert', text]),
      pieces(3).map((text) => ['$expand', text]),
    ),
    gap,
    gap,
    fc.constantFrom('', '', '', '?', '&', '  '),
  )
  .map(([[parameter = '', value = ''], before, after, marker]) =>
    [marker, parameter, before, '=', after, value].join(''),
  );
const body = fc.constantFrom(
  '{ "Surname": "Smith" }',
  '{\n  "Surname": "{{site}}",\n  "MarketingOptIn": {{flag}}, // why\n}',
  "{ 'Surname': 'x' }",
  '{ "Surnam": 5, "DOB": "31/01/2025" }',
  '{ "Surname": ',
);
const extra = fc.constantFrom(
  '# @name one',
  '# @name  one two',
  '#@expect status  200',
  '# @expect results[*].Status constructor 5',
  '# @expect count >= {{low}}',
  '# @pages all',
  '# @unknown x',
  '@site = Lancaster',
  '@soon={{$today + 30d}}',
  '@ask = ?Which',
  '# comment',
  '',
);
const target = fc.constantFrom(
  ...[
    'GET coursedate',
    'get CourseDate',
    'coursedate',
    'user',
    'GET coursdate',
    'GET coursedate/2024',
    'PUT user/1',
  ],
  ...[
    'POST user',
    'DELETE coursedate/1',
    'PATCH user/1',
    'GET',
    "GET coursedate('2024')",
    'GET coursedate/$count',
  ],
  ...['/api/v2/user', 'https://demo.accessplanit.com/accessplan/api/v2/coursedate', 'GET user HTTP/1.1'],
);
const query = fc
  .array(
    fc.oneof(
      anyFilter.map((text) => `$filter=${text}`),
      fc.constantFrom(
        '$top=5',
        '$orderby=StartDate+asc',
        '$select=ID,Label',
        'count=1',
        '$filter=a%20eq%20%27x%27',
      ),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((all) => `?${all.join('&')}`);

/** A request by the grammar, with slips. */
const request: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(extra, { maxLength: 3 }),
    target,
    fc.option(query, { freq: 4, nil: '' }),
    fc.array(clause, { maxLength: 4 }),
    fc.option(body, { freq: 3, nil: '' }),
  )
  .map(([extras, start, parameters, clauses, text]) =>
    [...extras, start + parameters, ...clauses, text, ''].filter((line) => line !== '').join('\n'),
  );

/** A SQL request: words, texts over lines, comments of both kinds, and whatever else. */
const sqlPiece = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.constantFrom(
      ...[
        'select ',
        ' from ',
        ' join ',
        ' on ',
        ' where ',
        ' group by ',
        ' having ',
        ' order by ',
        ' limit 5',
      ],
      ...[
        'with a as (',
        'union all ',
        'count(*)',
        'sum(',
        ' over (partition by ',
        'case when ',
        ' then ',
        ' end',
      ],
      ...[
        'one',
        'one o',
        'o.',
        'ID',
        '"ID"',
        '[ID]',
        '`ID`',
        'Label',
        ' as n',
        ', ',
        '(',
        ')',
        ' = ',
        "'x'",
        '5',
      ],
      ...['\n', '\n', '\n  ', '\n\t', '  \n', '\n\n', '\n# note\n', '\n# @expect count > 1\n', ' -- why  \n'],
      ...[
        "'a\n   # b  \n c'",
        '/* a\n  b */',
        "'",
        '"',
        '/*',
        "'{{site}}'",
        '{{site}}',
        '{{$today}}',
        ';',
        '?1',
      ],
    ),
  },
  { weight: 1, arbitrary: piece },
);
const sqlRequest: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(extra, { maxLength: 2 }),
    fc.constantFrom('SQL', 'sql', ' SQL '),
    fc.array(sqlPiece, { maxLength: 20 }),
  )
  .map(([extras, line, parts]) => [...extras, line, parts.join(''), ''].join('\n'));

const title = fc.constantFrom('### Title\n', '###\n', '###   x\n\n', '### a\n');
const grammatical: fc.Arbitrary<string> = fc
  .array(fc.tuple(title, fc.oneof({ weight: 4, arbitrary: request }, { weight: 1, arbitrary: sqlRequest })), {
    minLength: 1,
    maxLength: 4,
  })
  .map((all) => all.map(([start, text]) => `${start}${text}\n`).join(''));

const mutated = (texts: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...texts), fc.array(change, { minLength: 1, maxLength: 4 }))
    .map(([text, changes]) => changes.reduce(changed, text));

/** A line of a fixture in which one word is another: the commonest slip. */
const slipped: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...REQUESTS), fc.array(fc.tuple(fc.nat(), piece), { minLength: 1, maxLength: 3 }))
  .map(([text, slips]) => {
    const words = text.split(/(\s+|(?<=[(),'])|(?=[(),']))/);
    for (const [at, word] of slips) words[at % words.length] = word;
    return words.join('');
  });

/** One request, of any kind. */
export const anyRequest: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: request },
  { weight: 2, arbitrary: sqlRequest },
  { weight: 3, arbitrary: slipped },
  { weight: 3, arbitrary: mutated(REQUESTS) },
  { weight: 1, arbitrary: pieces(30) },
);

/** A file, of any kind. */
export const anyFile: fc.Arbitrary<string> = anyLineEnds(
  fc.oneof(
    { weight: 3, arbitrary: grammatical },
    { weight: 3, arbitrary: mutated(FIXTURES) },
    { weight: 3, arbitrary: anyRequest },
    { weight: 2, arbitrary: pieces(40) },
  ),
);
