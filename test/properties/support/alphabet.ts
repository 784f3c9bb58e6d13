/** What random texts are made of: the words of the language and of all versions of OData, and characters that trip programs up. */
import fc from 'fast-check';

/** Words that a careless program finds in every object. */
const OBJECT_WORDS = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', 'length'];

const LINE_ENDS = ['\n', '\r\n', '\r', '\u2028', '\u2029', '\u0085', '\v', '\f'];
const SPACES = [' ', '  ', '\t', '\u00a0', '\u2003', '\u3000', '\u200b', '\ufeff'];
const QUOTES = ["'", "''", '"', '‘', '’', '“', '”', '`', '´', '%27', '%22'];
const BRACKETS = ['(', ')', '[', ']', '{', '}', '{{', '}}', '[*]', '[0]', '()', '{}'];
const MARKS = [',', ';', ':', '.', '..', '/', '//', '#', '##', '###', '@', '&', '?', '%', '+', '-', '*', '='];
const LETTERS = ['é', 'e\u0301', 'ß', 'İ', 'ı', 'K', '😀', '\ud83d', '\ude00', '\u0000', '\u202e', '\u2066'];
const DIGITS = ['0', '5', '-1', '12.50', '5,50', '1,000', '1e9', '007', '9223372036854775807', '5L', '12.5M'];
const DATES = ['2025-01-31', '2025-01-31T09:00:00', '2025-02-30', '31/01/2025', '03/02/2025', '1 March 2025'];

/** Commands of other tools, each on a line of its own. */
const COMMANDS = [
  '\ncurl https://acme.example/api/v2/user\n',
  '\n$ curl -X PUT x',
  '\n$x = irm y',
  '\nhttp x',
];

/** Words of the language. */
const LANGUAGE_WORDS = [
  ...['GET ', 'PUT ', 'POST ', 'DELETE ', 'coursedate', 'CourseDate', 'user', 'venue', 'coursedate/2024'],
  ...['$filter', '$select', '$orderby', '$top', '$skip', '$count', '$upsert', '$expand', ' = ', '='],
  ...[
    'Label',
    'Status',
    'Cost',
    'Online',
    'StartDate',
    'SpacesLeft',
    'TagLabels',
    'CF_Region',
    'Lable',
    'ID',
  ],
  ...[
    ' eq ',
    ' ne ',
    ' lt ',
    ' le ',
    ' gt ',
    ' ge ',
    ' and ',
    ' or ',
    'contains(',
    'startswith(',
    'endswith(',
  ],
  ...["'Full'", "'2025-01-01T00:00:00'", "'5'", "'true'", "''", ' desc', ' asc', 'true', 'false', 'null'],
  ...[
    '### Title',
    '# @name one',
    '# @expect status 200',
    '# @expect results[*].Status',
    '# @pages all',
    '# ',
  ],
  ...['# @connection Demo', '@site = Lancaster', '@ask = ?Which', '{{site}}', '{{$today}}', '{{$now - 30d}}'],
  ...[
    '{{one.results[0].ID}}',
    '{{$env HOME}}',
    '{{$guid}}',
    ' == ',
    ' != ',
    ' matches ',
    ' not exists',
    'count',
  ],
  ...['{ "Surname": "Smith" }', '"Label": ', 'https://demo.accessplanit.com/accessplan/api/v2/', '/api/v2/'],
  ...['%20', '%E2%82', '%', '&$top=5', '?$filter=', '#@', '//', 'HTTP/1.1'],
];

/** Words that a reader understands although the language lacks them, and what an address brings with it. */
const UNDERSTOOD_WORDS = [
  ...[
    'limit',
    'top',
    'take',
    'skip',
    'offset',
    'limit 5',
    ' top 5',
    ' skip 10',
    'order by ',
    'group by ',
    ' =~ ',
    ' !~ ',
  ],
  ...[
    '%20',
    '// why',
    ' // why',
    '$value',
    '/$value',
    '@apiKey',
    '@apiKey = abc',
    '{{apiKey}}',
    '?$filter%20=',
  ],
];

/** Words of OData 2 to 4.01, of SQL and of other languages. */
const FOREIGN_WORDS = [
  ...[
    ' not ',
    'not (',
    ' in ',
    " in ('a','b')",
    ' has ',
    ' add ',
    ' sub ',
    ' mul ',
    ' div ',
    ' divby ',
    ' mod ',
  ],
  ...[
    'tolower(',
    'toupper(',
    'trim(',
    'length(',
    'indexof(',
    'concat(',
    'substring(',
    'substringof(',
    'round(',
  ],
  ...['year(', 'month(', 'day(', 'hour(', 'date(', 'time(', 'now()', 'today()', 'cast(', 'isof(', 'case('],
  ...[
    'any(',
    'all(',
    'Tags/any(t: t eq ',
    'geo.distance(',
    'matchesPattern(',
    '$it/',
    '$root/',
    '@p',
    '$count',
  ],
  ...[
    "datetime'2025-01-01'",
    "guid'8f3b'",
    "duration'P30D'",
    "Sales.Pattern'Yellow'",
    ' between ',
    ' like ',
    ' is ',
  ],
  ...[' is null', ' is not ', ' is empty', '<>', '!=', '==', '>=', '<', '&&', '||', ' & ', '!', '~', ' =~ '],
  ...['SELECT * FROM ', ' WHERE ', ' order by ', ' starts with ', ' equals ', ' greater than ', 'Start Date'],
];

const PIECES: readonly string[] = [
  ...[...OBJECT_WORDS, ...LINE_ENDS, ...SPACES, ...QUOTES, ...BRACKETS, ...MARKS, ...LETTERS, ...DIGITS],
  ...[...DATES, ...COMMANDS, ...LANGUAGE_WORDS, ...UNDERSTOOD_WORDS, ...FOREIGN_WORDS],
];

const run = fc
  .tuple(fc.constantFrom('(', "'", '{{', ' ', '\n', 'not ', 'a', '[', '{"a":', ',', '###\n', '&'), fc.nat(60))
  .map(([text, times]) => text.repeat(times));

/** One piece of text; now and then a long run of one, or any characters. */
export const piece: fc.Arbitrary<string> = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(...PIECES) },
  { weight: 1, arbitrary: run },
  { weight: 1, arbitrary: fc.string({ maxLength: 6, unit: 'binary' }) },
);

/** A text of the alphabet. */
export const pieces = (maxLength: number): fc.Arbitrary<string> =>
  fc.array(piece, { maxLength }).map((parts) => parts.join(''));
