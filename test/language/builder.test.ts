/** The language's side of the builder: what it shows of a request, and the edits that its changes make. */
import assert from 'node:assert/strict';
import {
  applyEdits,
  type BuilderChange,
  type BuilderConditionParts,
  type BuilderState,
  Catalog,
  FIELD_TYPES,
  KnownData,
  Platforms,
} from '#language';
import { functionsFor, operatorsFor } from '#language/analysis/field-types';
import { operatorWords } from '#language/analysis/operator-words';
import { MAX_BLOCK } from '#language/text/limits';
import { describeModule } from '#language/vocabulary/plain-words';
import { serviceWith } from './support/language';
import { metadata } from './support/metadata';

/** The state at `$0`, or at the end of the text. */
function stateOf(marked: string, service = serviceWith()): BuilderState {
  const [before = '', after = ''] = marked.split('$0');
  const document = service.parse(before + after);
  return service.builderState(document, before.length).state;
}

/** The text after a change at `$0`, or at its end; or why it is refused. */
function changed(marked: string, change: BuilderChange, service = serviceWith()): string {
  const [before = '', after = ''] = marked.split('$0');
  const text = before + after;
  const made = service.builderEdit(service.parse(text), before.length, change);
  return made.ok ? applyEdits(text, made.edits) : made.message;
}

const shown = (text: string) => JSON.stringify(text).slice(1, -1);
const cases = (change: BuilderChange, ...all: readonly (readonly [from: string, to: string])[]) => {
  for (const [from, to] of all)
    it(`${JSON.stringify(change)}: ${shown(from)} → ${shown(to)}`, () =>
      assert.equal(changed(from, change), to));
};

const parts = (field: string, operator: string, value: string): BuilderConditionParts => ({
  field,
  operator,
  value,
});
const full = parts('Status', 'eq', 'Full');
const add = (join: 'and' | 'or', condition = full): BuilderChange => ({
  kind: 'add-condition',
  join,
  condition,
});
const set = (index: number, condition: BuilderConditionParts): BuilderChange => ({
  kind: 'set-condition',
  index,
  condition,
});
const select = (...fields: string[]): BuilderChange => ({ kind: 'select', fields });
const order = (...fields: string[]): BuilderChange => ({
  kind: 'order',
  order: fields.map((each) => ({ text: each.replace(/ desc$/, ''), descending: each.endsWith(' desc') })),
});

describe('builder: module', () => {
  cases(
    { kind: 'module', name: 'User' },
    ['', 'GET User'],
    ['\ufeff', '\ufeffGET User'],
    ['### Mine', '### Mine\nGET User'],
    ['### Mine\n\n', '### Mine\nGET User\n\n'],
    ['### Mine\n# @name mine\n# why\n', '### Mine\n# @name mine\n# why\nGET User\n'],
    ['@site = x\n', '@site = x\n\nGET User\n'],
    ['### Mine\r\n', '### Mine\r\nGET User\r\n'],
    ['### Mine\n$top = 5', '### Mine\nGET User\n$top = 5'],
    ['GET', 'GET User'],
    ['GET ', 'GET User'],
    ['GET user', 'GET user'],
    ['coursedate', 'User'],
    ['get coursedate\n# why\n$top = 5', 'get User\n# why\n$top = 5'],
    ["GET coursedate?$filter=ID+eq+'1'", "GET User?$filter=ID+eq+'1'"],
    [
      'https://demo.accessplanit.com/accessplan/api/v2/coursedate?$top=5',
      'https://demo.accessplanit.com/accessplan/api/v2/User?$top=5',
    ],
    ['GET {{module}}', 'GET User'],
    ['coursdate', 'User'],
    ['GET coursedate where Status = Full', 'GET User where Status = Full'],
    ...[
      'remember to ask Jane',
      'TODO: list of dates',
      'Please fetch',
      'Get the list of dates',
      'Venue list for Jane',
    ].flatMap((note): [string, string][] =>
      ['', '# notes\n', '### x\n\n'].map((before) => [
        `${before}${note}\n`,
        `“${note}” is more than the name of a module. Remove the other words, or begin the line with # if it is a note.`,
      ]),
    ),
  );
  cases({ kind: 'module', name: 'get' }, ['coursedate', 'GET get']);
  cases({ kind: 'module', name: 'a b' }, ['GET user', 'A request can’t name the module “a b”.']);
});

describe('builder: $select', () => {
  cases(
    select('ID', 'status'),
    ['GET coursedate', 'GET coursedate\n$select = ID, Status'],
    ['GET coursedate\r\n$top = 5\r\n', 'GET coursedate\r\n$top = 5\r\n$select = ID, Status\r\n'],
    ['GET coursedate?$top=5', 'GET coursedate?$top=5&$select=ID, Status'],
    ['GET coursedate\n$select', 'GET coursedate\n$select = ID, Status'],
    ['GET coursedate\n$select =', 'GET coursedate\n$select = ID, Status'],
    ['GET coursedate\n$select = id, Status', 'GET coursedate\n$select = id, Status'],
    ['GET coursedate\n$select=ID,Status', 'GET coursedate\n$select=ID,Status'],
    ['GET coursedate\n$select = ID', 'GET coursedate\n$select = ID, Status'],
    ['GET coursedate\n$select = Status', 'GET coursedate\n$select = ID, Status'],
    ['GET coursedate\n$select = Label, ID, Cost, Status', 'GET coursedate\n$select = ID, Status'],
    ['GET coursedate\n$select = ID, Label', 'GET coursedate\n$select = ID, Status'],
    ['GET coursedate\n$select = Status, ID', 'GET coursedate\n$select = ID, Status'],
    [
      'GET coursedate\n$select = ID,\n    # the label\n    Label,\n    Status',
      'GET coursedate\n$select = ID,\n    # the label\n    Status',
    ],
    ['GET coursedate\n$select = ID,\n    Label,\n    Status', 'GET coursedate\n$select = ID,\n    Status'],
    ['GET coursedate?$select=ID%2CLabel%2CStatus', 'GET coursedate?$select=ID%2CStatus'],
    [
      'GET coursedate\n$select = ID\n$select = Label',
      'The request has two $select. Remove one of them in the file first.',
    ],
    [
      'GET coursedate\n$select = ID Label',
      'The $select of the request has errors. Correct them in the file first.',
    ],
  );
  cases(
    { kind: 'select', fields: undefined },
    ['GET coursedate', 'GET coursedate'],
    ['GET coursedate\n$select = ID\n$top = 5', 'GET coursedate\n$top = 5'],
    ['GET coursedate?$select=ID&$top=5', 'GET coursedate?$top=5'],
    ['GET coursedate?$top=5&$select=ID', 'GET coursedate?$top=5'],
    ['GET coursedate?$select=ID', 'GET coursedate'],
    ['GET coursedate\n$select = ID,\n  # why\n  Label\n', 'GET coursedate\n  # why\n'],
    [
      'GET coursedate\n$select = ID # why\n',
      'A comment stands behind the $select. Put it on a line of its own first.',
    ],
  );
  cases(select('a b'), ['GET coursedate', 'A query can’t name the field “a b”.']);
});

const TYPED = {
  'StartDate ge': [
    ['tomorrow', "StartDate ge '{{$tomorrow}}'"],
    ['Yesterday ', "StartDate ge '{{$yesterday}}'"],
    ['now', "StartDate ge '{{$now}}'"],
    ['in 45 days', "StartDate ge '{{$today + 45d}}'"],
    ['45 days ago', "StartDate ge '{{$today - 45d}}'"],
    ['45', "StartDate ge '{{$today + 45d}}'"],
    ['6 weeks', "StartDate ge '{{$today + 6w}}'"],
    ['in two weeks', "StartDate ge '{{$today + 2w}}'"],
    ['a month ago', "StartDate ge '{{$today - 1m}}'"],
    ['in 3 hours', "StartDate ge '{{$now + 3h}}'"],
    ['3 days after tomorrow', "StartDate ge '{{$tomorrow + 3d}}'"],
    ['2 weeks from today', "StartDate ge '{{$today + 2w}}'"],
    ['next month', "StartDate ge '{{$monthstart + 1m}}'"],
    ['the start of next week', "StartDate ge '{{$weekstart + 1w}}'"],
    ['1 January of last year', "StartDate ge '{{$yearstart - 1y}}'"],
    ['2026', "StartDate ge '2026-01-01T00:00:00'"],
    ['14/12/2026', "StartDate ge '2026-12-14T00:00:00'"],
    ['14 Dec 2026 9am', "StartDate ge '2026-12-14T09:00:00'"],
    ['{{$today + 3d}}', "StartDate ge '{{$today + 3d}}'"],
    // What may be two days is read as the user's computer writes days, and the row says which one it is.
    ['3/2/2026', "StartDate ge '2026-02-03T00:00:00'"],
    ['3/2/26 9:00', "StartDate ge '2026-02-03T09:00:00'"],
    ['next Friday', "StartDate ge '{{$weekstart + 11d}}'"],
    ['Friday', "StartDate ge '{{$weekstart + 4d}}'"],
    ['last mon', "StartDate ge '{{$weekstart - 1w}}'"],
    ['the day after tomorrow', "StartDate ge '{{$tomorrow + 1d}}'"],
    ['in a fortnight', "StartDate ge '{{$today + 2w}}'"],
    ["in two weeks' time", "StartDate ge '{{$today + 2w}}'"],
    ['2 weeks time', "StartDate ge '{{$today + 2w}}'"],
    ['start of the month', "StartDate ge '{{$monthstart}}'"],
    ['-7', "StartDate ge '{{$today - 7d}}'"],
    ['=TODAY()+7', "StartDate ge '{{$today + 7d}}'"],
    ["today's date", "StartDate ge '{{$today}}'"],
    // What is no day, or has no name that stays right, is the user's to mend: the row says so.
    ['31/2/2026', "StartDate ge '31/2/2026'"],
    ['end of month', "StartDate ge 'end of month'"],
    ['month', "StartDate ge 'month'"],
    ['in week', "StartDate ge 'in week'"],
    ['soon', "StartDate ge 'soon'"],
    ['in 1000 years', "StartDate ge '{{$today + 1000y}}'"],
    ['in 99999 years', "StartDate ge 'in 99999 years'"],
    ['$today + 99999m', "StartDate ge '$today + 99999m'"],
    ['last 5000 years', "StartDate ge 'last 5000 years'"],
  ],
  'StartDate gt': [
    ['next month', "StartDate ge '{{$monthstart + 2m}}'"],
    ['end of last year', "StartDate ge '{{$yearstart}}'"],
  ],
  'StartDate le': [
    ['this year', "StartDate lt '{{$yearstart + 1y}}'"],
    ['last day of the month', "StartDate lt '{{$monthstart + 1m}}'"],
  ],
  'StartDate lt': [
    ['the end of next month', "StartDate lt '{{$monthstart + 2m}}'"],
    ['month end', "StartDate lt '{{$monthstart + 1m}}'"],
    ['last day of the month', "StartDate lt 'last day of the month'"],
  ],
  'StartDate eq': [
    ['next month', "StartDate eq 'next month'"],
    ['tomorrow', "StartDate eq '{{$tomorrow}}'"],
  ],
  'Cost eq': [
    ['£1,000.50', "Cost eq '1000.50'"],
    ['cheap', "Cost eq 'cheap'"],
  ],
  'Online eq': [['yes', "Online eq 'true'"]],
  'Label eq': [['tomorrow', "Label eq 'tomorrow'"]],
} as const;

describe('builder: conditions', () => {
  cases(
    add('and'),
    ['GET coursedate', "GET coursedate\n$filter = Status eq 'Full'"],
    ['GET coursedate\n$filter =', "GET coursedate\n$filter = Status eq 'Full'"],
    ["GET coursedate\n$filter = ID eq '1'", "GET coursedate\n$filter = ID eq '1' and Status eq 'Full'"],
    [
      "GET coursedate\n$filter = ID eq '1' or ID eq '2'",
      "GET coursedate\n$filter = ID eq '1' and Status eq 'Full' or ID eq '2' and Status eq 'Full'",
    ],
    [
      "GET coursedate\n$filter = ID eq '1'\n   # why\n   or ID eq '2'\n",
      "GET coursedate\n$filter = ID eq '1'\n   and Status eq 'Full'\n   # why\n   or ID eq '2'\n   and Status eq 'Full'\n",
    ],
    [
      "GET coursedate?$filter=ID%20eq%20'1'&$top=5",
      "GET coursedate?$filter=ID%20eq%20'1' and Status eq 'Full'&$top=5",
    ],
    ["GET coursedate?$filter=ID+eq+'1'", "GET coursedate?$filter=ID+eq+'1'+and+Status+eq+'Full'"],
    ['GET coursedate?$top=5', "GET coursedate?$top=5&$filter=Status eq 'Full'"],
    [
      "GET coursedate\n$filter = not (ID eq '1')",
      "GET coursedate\n$filter = not (ID eq '1') and Status eq 'Full'",
    ],
    ['GET coursedate\n$filter = ID eq', "GET coursedate\n$filter = ID eq and Status eq 'Full'"],
    [
      "GET coursedate\n$filter = ID eq '1",
      'Something in the request keeps this change from being read as it is meant. Correct the errors in the file first.',
    ],
    [
      "GET coursedate\n$filter = ID eq '1'\n$filter = ID eq '2'",
      'The request has two $filter. Remove one of them in the file first.',
    ],
    [
      "@open = ID eq '1' or ID eq '2'\n\nGET coursedate\n$filter = {{open}}",
      'A variable stands for conditions in the $filter, so nobody can tell what “and” would join. Write the condition in the file.',
    ],
    [
      'GET coursedate\n$filter = not {{open}}',
      'A variable stands for conditions in the $filter, so nobody can tell what “and” would join. Write the condition in the file.',
    ],
    [
      "GET coursedate\n$filter = {{open}} or ID eq '1'",
      'A variable stands for conditions in the $filter, so nobody can tell what “and” would join. Write the condition in the file.',
    ],
    ['', 'Choose a module first: the request has none yet.'],
  );
  cases(add('or'), [
    'GET coursedate\n$filter = {{open}}',
    "GET coursedate\n$filter = {{open}} or Status eq 'Full'",
  ]);
  cases(add('or'), [
    "GET coursedate\n$filter = ID eq '1' and Cost gt '5'",
    "GET coursedate\n$filter = ID eq '1' and Cost gt '5' or Status eq 'Full'",
  ]);
  cases(add('and', parts('label', 'contains', "O'Neill")), [
    'GET coursedate',
    "GET coursedate\n$filter = contains(Label,'O''Neill')",
  ]);
  cases(add('and', parts('StartDate', 'ge', '{{$today + 30d}}')), [
    'GET coursedate?$top=5',
    "GET coursedate?$top=5&$filter=StartDate ge '{{$today + 30d}}'",
  ]);
  cases(add('and', parts('ID', 'eq', 'a&b#%')), [
    "GET coursedate?$filter=ID eq '1'",
    "GET coursedate?$filter=ID eq '1' and ID eq 'a&b#%'",
  ]);
  cases(
    add('and', parts('Label', 'eq', 'x=y&$top=9')),
    [
      "GET coursedate?$filter=ID eq '1'&$top=5",
      "GET coursedate?$filter=ID eq '1' and Label eq 'x=y%26$top=9'&$top=5",
    ],
    [
      "GET coursedate?$filter=ID+eq+'1'&$top=5",
      "GET coursedate?$filter=ID+eq+'1'+and+Label+eq+'x=y%26$top=9'&$top=5",
    ],
    ['GET coursedate?$top=5', "GET coursedate?$top=5&$filter=Label eq 'x=y%26$top=9'"],
    ['GET coursedate', "GET coursedate\n$filter = Label eq 'x=y&$top=9'"],
  );
  cases(set(0, parts('Label', 'eq', "a&$b'&$c{{x}}&$d")), [
    "GET coursedate?$filter=Label eq '1'&$top=5",
    "GET coursedate?$filter=Label eq 'a%26$b''%26$c{{x}}%26$d'&$top=5",
  ]);
  cases(add('and', parts('Nix', 'eq', '1')), [
    'GET coursedate',
    'CourseDate has no field “Nix”. Choose one of the list.',
  ]);
  cases(add('and', parts('TagLabels', 'eq', '1')), [
    'GET coursedate',
    'TagLabels can’t be filtered. Choose another field.',
  ]);
  cases(add('and', parts('Cost', 'contains', '1')), [
    'GET coursedate',
    'Cost can’t be searched by “contains”. Choose another comparison.',
  ]);
  cases(add('and', parts('ID', '=', '1')), [
    'GET coursedate',
    'The API has no operator “=”. Choose one of the list.',
  ]);
  cases(add('and', parts('ID', 'eq', 'a\nb')), [
    'GET coursedate',
    'A value can’t have a line break. Write it on one line.',
  ]);
  cases(add('and', parts('ID', 'eq', '{{$todya')), [
    'GET coursedate',
    'The {{ in “{{$todya” begins a variable that can’t be read. Write, for example, {{$today + 30d}}.',
  ]);
  cases(add('and', parts('StartDate', 'ge', '{{$today + 8000y}}')), [
    'GET coursedate',
    'No date is that far away. Use a smaller number.',
  ]);
  // An unknown module, or none of whose fields are known.
  cases(add('and', parts('Nix', 'eq', '1')), ['GET venue', "GET venue\n$filter = Nix eq '1'"]);

  cases(
    set(1, parts('Status', 'eq', 'Full')),
    [
      "GET coursedate\n$filter = ID eq '1'\n  and status EQ 'Full' or Cost gt 5",
      "GET coursedate\n$filter = ID eq '1'\n  and status EQ 'Full' or Cost gt 5",
    ],
    [
      "GET coursedate\n$filter = ID eq '1'\n  and Status  eq  'Available' or Cost gt 5",
      "GET coursedate\n$filter = ID eq '1'\n  and Status  eq  'Full' or Cost gt 5",
    ],
    [
      "GET coursedate\n$filter = ID eq '1'\n  and Label ne 'Full'",
      "GET coursedate\n$filter = ID eq '1'\n  and Status eq 'Full'",
    ],
    [
      "GET coursedate\n$filter = ID eq '1' and contains(Label,'a')",
      "GET coursedate\n$filter = ID eq '1' and Status eq 'Full'",
    ],
    [
      "GET coursedate\n$filter = ID eq '1' and Status\n  # why\n  eq 'a'",
      "GET coursedate\n$filter = ID eq '1' and Status\n  # why\n  eq 'Full'",
    ],
    [
      "GET coursedate\n$filter = ID eq '1' and contains(Label,\n  # why\n  'a')\n  and Cost gt '5'",
      "GET coursedate\n$filter = ID eq '1' and Status eq 'Full'\n  # why\n  and Cost gt '5'",
    ],
    [
      'GET coursedate?$filter=ID%20eq%20%271%27%20and%20Status%20eq%20%27Available%27',
      "GET coursedate?$filter=ID%20eq%20%271%27%20and%20Status%20eq%20'Full'",
    ],
    [
      "GET coursedate\n$filter = ID eq '1' and Status eq Full",
      "GET coursedate\n$filter = ID eq '1' and Status eq Full",
    ],
    [
      "GET coursedate\n$filter = ID eq '1' and Status in ('Full')",
      'The $filter of the request has errors. Correct them in the file first.',
    ],
    [
      "GET coursedate\n$filter = ID eq '1'",
      'The request was changed in the meantime. Look at it again, and repeat the change.',
    ],
  );
  cases(
    set(0, parts('Label', 'startswith', 'b')),
    [
      "GET coursedate\n$filter = contains( Label , 'a' )",
      "GET coursedate\n$filter = startswith( Label , 'b' )",
    ],
    [
      "GET coursedate\n$filter = Label eq 'a' or ID eq '1'",
      "GET coursedate\n$filter = startswith(Label,'b') or ID eq '1'",
    ],
    ["GET coursedate?$filter=Label+eq+'a'", "GET coursedate?$filter=startswith(Label,'b')"],
  );
  cases(set(0, parts('StartDate', 'ge', '{{$tomorrow}}')), [
    "GET coursedate\n$filter = StartDate ge '{{$today}}'",
    "GET coursedate\n$filter = StartDate ge '{{$tomorrow}}'",
  ]);

  /** What is typed as the value of a condition, and what the file gets. */
  for (const [type, condition] of [
    ['StartDate ge', parts('StartDate', 'ge', '')],
    ['StartDate gt', parts('StartDate', 'gt', '')],
    ['StartDate le', parts('StartDate', 'le', '')],
    ['StartDate lt', parts('StartDate', 'lt', '')],
    ['StartDate eq', parts('StartDate', 'eq', '')],
    ['Cost eq', parts('Cost', 'eq', '')],
    ['Online eq', parts('Online', 'eq', '')],
    ['Label eq', parts('Label', 'eq', '')],
  ] as const)
    for (const [value, expected] of TYPED[type])
      it(`${type} “${value}” is written as ${expected}`, () =>
        assert.equal(
          changed('GET coursedate', add('and', { ...condition, value })),
          `GET coursedate\n$filter = ${expected}`,
        ));
  it('reads a day whose month may stand first as the computer of the user writes it', () => {
    const service = serviceWith();
    const change = add('and', parts('StartDate', 'ge', '3/2/2026'));
    const made = service.builderEdit(service.parse('GET coursedate'), 0, change, { monthFirst: true });
    assert.ok(made.ok);
    assert.match(applyEdits('GET coursedate', made.edits), /'2026-03-02T00:00:00'/);
  });
  cases(set(0, parts('StartDate', 'ge', 'next month')), [
    "GET coursedate\n$filter = StartDate ge '{{$today}}'",
    "GET coursedate\n$filter = StartDate ge '{{$monthstart + 1m}}'",
  ]);

  cases(
    { kind: 'fix-condition', index: 1, fix: 'Write Monday 2 March 2026' },
    [
      "GET coursedate\r\n$filter = ID eq '1' # why\r\n  and StartDate ge '3/2/2026'",
      "GET coursedate\r\n$filter = ID eq '1' # why\r\n  and StartDate ge '2026-03-02T00:00:00'",
    ],
    [
      "GET coursedate?$filter=ID eq '1' and StartDate ge '3/2/2026'",
      "GET coursedate?$filter=ID eq '1' and StartDate ge '2026-03-02T00:00:00'",
    ],
    [
      "GET coursedate\n$filter = ID eq '1' and StartDate ge '4/2/2026'",
      'The request was changed in the meantime. Look at it again, and repeat the change.',
    ],
    [
      "GET coursedate\n$filter = ID eq '1'",
      'The request was changed in the meantime. Look at it again, and repeat the change.',
    ],
  );
  cases(
    { kind: 'set-join', index: 1, join: 'or' },
    [
      "GET coursedate\n$filter = ID eq '1'\n  AND ID eq '2'",
      "GET coursedate\n$filter = ID eq '1'\n  or ID eq '2'",
    ],
    ["GET coursedate\n$filter = ID eq '1' OR ID eq '2'", "GET coursedate\n$filter = ID eq '1' OR ID eq '2'"],
    ["GET coursedate\n$filter = {{open}} and ID eq '2'", "GET coursedate\n$filter = {{open}} or ID eq '2'"],
    ["GET coursedate\n$filter = ID eq '1' ID eq '2'", "GET coursedate\n$filter = ID eq '1' or ID eq '2'"],
    ["GET coursedate?$filter=ID+eq+'1'+and+ID+eq+'2'", "GET coursedate?$filter=ID+eq+'1'+or+ID+eq+'2'"],
  );

  cases({ kind: 'set-join', index: 1, join: 'and' }, [
    "GET coursedate\n$filter = {{open}} or ID eq '2'",
    'A variable stands for conditions in the $filter, so nobody can tell what “and” would join. Write the condition in the file.',
  ]);

  cases(
    { kind: 'remove-condition', index: 0 },
    ["GET coursedate\n$filter = ID eq '1'\n$top = 5", 'GET coursedate\n$top = 5'],
    ["GET coursedate\n$filter = ID eq '1' and Cost gt '5'", "GET coursedate\n$filter = Cost gt '5'"],
    ["GET coursedate\n$filter = ID eq '1'\n   and Cost gt '5'", "GET coursedate\n$filter = Cost gt '5'"],
    [
      "GET coursedate\n$filter = ID eq '1'\n   # why\n   and Cost gt '5'",
      "GET coursedate\n$filter =\n   # why\n   Cost gt '5'",
    ],
    ["GET coursedate\n$filter =\n   # why\n   ID eq '1'\n$top = 5", 'GET coursedate\n   # why\n$top = 5'],
    ["GET coursedate?$filter=ID+eq+'1'+and+Cost+gt+'5'", "GET coursedate?$filter=Cost+gt+'5'"],
    ["GET coursedate?$filter=ID+eq+'1'&$top=5", 'GET coursedate?$top=5'],
    ["GET coursedate\n$filter = (ID eq '1' or x) and Cost gt '5'", "GET coursedate\n$filter = Cost gt '5'"],
  );
  cases(
    { kind: 'remove-condition', index: 1 },
    [
      "GET coursedate\n$filter = a not b xor Cost gt '5' plus contains(Label,'x')",
      'Something in the request keeps this change from being read as it is meant. Correct the errors in the file first.',
    ],
    [
      "GET coursedate\n$filter = ID eq '1'\n   and Cost gt '5'\n   or Label eq 'x'",
      "GET coursedate\n$filter = ID eq '1'\n   or Label eq 'x'",
    ],
    [
      "GET coursedate\n$filter = ID eq '1'\n   # why\n   and Cost gt '5'\n   or Label eq 'x'",
      "GET coursedate\n$filter = ID eq '1'\n   # why\n   or Label eq 'x'",
    ],
    [
      "GET coursedate\n$filter = ID eq '1' and\n   # why\n   Cost gt '5' or Label eq 'x'",
      "GET coursedate\n$filter = ID eq '1'\n   # why\n   or Label eq 'x'",
    ],
    ["GET coursedate\n$filter = ID eq '1' and Cost gt '5'", "GET coursedate\n$filter = ID eq '1'"],
    [
      "GET coursedate\n$filter = ID eq '1' or Cost gt '5' and Label eq 'x'",
      "GET coursedate\n$filter = ID eq '1' or Label eq 'x'",
    ],
    [
      "GET coursedate\n$filter = ID eq '1'\n   # why\n   or Cost gt '5'\n   # what\n   and Label eq 'x'",
      "GET coursedate\n$filter = ID eq '1'\n   # why\n   or\n   # what\n   Label eq 'x'",
    ],
    [
      "GET coursedate?$filter=ID+eq+'1'+and+Cost+gt+'5'+or+a+eq+'b'",
      "GET coursedate?$filter=ID+eq+'1'+or+a+eq+'b'",
    ],
    [
      "GET coursedate\r\n$filter = ID eq '1'\r\n  and Cost gt '5'\r\n$top = 5",
      "GET coursedate\r\n$filter = ID eq '1'\r\n$top = 5",
    ],
  );

  it('narrows all conditions where they are read from left to right', () => {
    const service = serviceWith({
      ...metadata,
      platform: { checkedAt: '', traits: { precedence: 'left-to-right' } },
    });
    assert.equal(
      changed("GET coursedate\n$filter = ID eq '1' or ID eq '2'", add('and'), service),
      "GET coursedate\n$filter = ID eq '1' or ID eq '2' and Status eq 'Full'",
    );
    assert.equal(
      changed('GET coursedate\n$filter = {{open}}', add('and'), service),
      "GET coursedate\n$filter = {{open}} and Status eq 'Full'",
    );
    assert.equal(
      changed(
        "GET coursedate\n$filter = ID eq '1' or Cost gt '5' and Label eq 'x'",
        { kind: 'remove-condition', index: 1 },
        service,
      ),
      "GET coursedate\n$filter = ID eq '1' and Label eq 'x'",
    );
  });
});

describe('builder: $orderby, $top, pages', () => {
  cases(
    order('StartDate desc', 'Label'),
    ['GET coursedate', 'GET coursedate\n$orderby = StartDate desc, Label'],
    ['GET coursedate\n$orderby = StartDate,Label', 'GET coursedate\n$orderby = StartDate desc,Label'],
    [
      'GET coursedate\n$orderby = StartDate DESC, Label asc',
      'GET coursedate\n$orderby = StartDate DESC, Label asc',
    ],
    [
      'GET coursedate\n$orderby = StartDate asc, Label desc',
      'GET coursedate\n$orderby = StartDate desc, Label',
    ],
    ['GET coursedate\n$orderby = Cost desc', 'GET coursedate\n$orderby = StartDate desc, Label'],
    ['GET coursedate\n$orderby = Cost', 'GET coursedate\n$orderby = StartDate desc, Label'],
    ['GET coursedate?$orderby=Label', 'GET coursedate?$orderby=StartDate desc, Label'],
    ['GET coursedate?$orderby=StartDate+asc,Label', 'GET coursedate?$orderby=StartDate+desc,Label'],
    [
      'GET coursedate\n$orderby = StartDate\n  # why\n  desc, Label desc',
      'GET coursedate\n$orderby = StartDate\n  # why\n  desc, Label',
    ],
  );
  cases(order('StartDate'), [
    'GET coursedate\n$orderby = ID Label',
    'The $orderby of the request has errors. Correct them in the file first.',
  ]);
  cases(order('StartDate'), [
    'GET coursedate\n$orderby = StartDate\n  # why\n  desc',
    'GET coursedate\n$orderby = StartDate\n  # why',
  ]);
  cases(order(), ['GET coursedate\n$orderby = ID', 'GET coursedate\n']);
  cases(
    { kind: 'top', top: '20' },
    ['GET coursedate', 'GET coursedate\n$top = 20'],
    ['GET coursedate\n$top=5', 'GET coursedate\n$top=20'],
    ['GET coursedate\n$top = 20', 'GET coursedate\n$top = 20'],
    ['GET coursedate?$top=5', 'GET coursedate?$top=20'],
    ["GET coursedate?$filter=ID eq '1'", "GET coursedate?$filter=ID eq '1'&$top=20"],
    ['GET coursedate\n?$count=true\n', 'GET coursedate\n?$count=true\n$top = 20\n'],
  );
  cases({ kind: 'top', top: undefined }, ['GET coursedate\n$top = 20\n', 'GET coursedate\n']);
  cases({ kind: 'top', top: 'many' }, [
    'GET coursedate',
    '“many” is no number of records. Write a whole number, such as 50.',
  ]);
  const LIST = "GET coursedate\n$filter = CourseID eq '{{b.results[*].CourseID}}'";
  const NO_TOP =
    'A list of values brings all records of all its values, in batches: $top can’t limit them; with # @pages all, it says how many come at a time.';
  cases(
    { kind: 'top', top: '20' },
    [LIST, NO_TOP],
    [`# @pages all\n${LIST}`, `# @pages all\n${LIST}\n$top = 20`],
  );
  cases({ kind: 'pages', pages: undefined }, [`# @pages all\n${LIST}\n$top = 20`, NO_TOP]);
  cases({ kind: 'pages', pages: '2' }, [
    LIST,
    'A list of values brings all records of all its values, in batches, so its pages can’t be limited.',
  ]);
  cases(
    { kind: 'pages', pages: 'all' },
    ['GET coursedate', '# @pages all\nGET coursedate'],
    ['### A\n# why\n  GET coursedate', '### A\n# why\n# @pages all\n  GET coursedate'],
    ['# @pages 3\nGET coursedate', '# @pages all\nGET coursedate'],
    ['# @pages\nGET coursedate', '# @pages all\nGET coursedate'],
    ['GET coursedate\n# @pages: 3', 'GET coursedate\n# @pages: all'],
    [
      '# @pages 3\n# @pages 4\nGET coursedate',
      'The request has two “# @pages”. Remove one of them in the file first.',
    ],
  );
  cases({ kind: 'pages', pages: undefined }, ['# @pages 3\nGET coursedate', 'GET coursedate']);
  cases({ kind: 'pages', pages: 'x' }, [
    'GET coursedate',
    '“x” is no number of pages. Write a whole number, or all.',
  ]);
});

describe('builder: state', () => {
  const only = <K extends keyof BuilderState>(text: string, key: K): BuilderState[K] => stateOf(text)[key];

  const CHANGES =
    'This request changes records. The builder is for requests that read them: GET, without a body.';
  for (const [text, reason] of [
    ['DELETE user/1', CHANGES],
    ['POST user\n{ "Surname": "Lee" }', CHANGES],
    ['PATCH user/1', CHANGES],
    ['{ "Surname": "Lee" }', CHANGES],
    ["POST user\n$upsert = ID eq '1'", CHANGES],
    [
      'PUT user/1\n{}',
      'This request changes records. The builder is for requests that read them: GET, without a body.',
    ],
    [
      'GET user\n{}',
      'This request changes records. The builder is for requests that read them: GET, without a body.',
    ],
    [
      'SQL\nselect 1',
      'This is a SQL request. The builder is for requests that read a module, such as GET CourseDate.',
    ],
    [
      'GET /api/v2/token',
      'This request signs in, which the connection does by itself. The builder is for requests that read a module.',
    ],
    [
      'GET /apihelp/v2/modules',
      'This request asks for modules or fields. The builder is for requests that read records of a module.',
    ],
    [
      'curl https://example.com',
      'This is a command of another tool. Paste it by “Import Requests…”, or start a new request with a line “###”.',
    ],
  ] as const)
    it(`refuses ${shown(text)}`, () => {
      assert.equal(only(text, 'refused'), reason);
      assert.equal(changed(text, { kind: 'top', top: '5' }), reason);
    });

  it('shows an empty file', () => {
    const { modules, ...rest } = stateOf('');
    assert.deepEqual(
      modules.map(({ name, text }) => [name, text === describeModule(name) && text !== undefined]),
      [
        ['CourseDate', true],
        ['User', true],
        ['Venue', true],
      ],
    );
    assert.deepEqual(rest, {
      title: 'New request',
      module: '',
      fields: [],
      types: [],
      conditions: [],
      order: [],
      pageSize: 50,
      locked: [],
      others: [],
      problems: [],
    });
  });

  it('shows every part of a request', () => {
    const { modules, fields, types, ...rest } = stateOf(
      "### Mine\n# @name mine\n# @pages all\nGET coursedate?$skip=1\n$select = ID, {{more}}\n$filter = StartDate ge '{{$today}}'\n  and startswith(Label,'O''N') or (a) and Status in ('a') and ID eq '{{o.results[*].ID}}'\n$orderby = Label, ID desc\n$top = 5\n",
    );
    assert.equal(modules.length, 3);
    assert.equal(fields.length, 13);
    assert.deepEqual(
      types.map(({ name }) => name),
      ['text', 'date and time', 'whole number', 'number', 'true or false', 'list'],
    );
    const { problems, conditions, ...parts } = rest;
    assert.ok(problems.length > 0);
    assert.deepEqual(
      conditions.map(({ problems: wrong, ...each }) =>
        wrong === undefined ? each : { ...each, wrong: wrong.length },
      ),
      [
        {
          text: "StartDate ge '{{$today}}'",
          parts: { field: 'StartDate', operator: 'ge', value: '{{$today}}' },
          label: 'today',
          name: 'Saturday 31 January 2026',
        },
        {
          join: 'and',
          text: "startswith(Label,'O''N')",
          parts: { field: 'Label', operator: 'startswith', value: "O'N" },
        },
        { join: 'or', text: '(a)', wrong: 3 },
        {
          join: 'and',
          text: "Status in ('a')",
          wrong: 1,
          fixes: ["Rewrite to Status eq 'a'"],
        },
        { join: 'and', text: "ID eq '{{o.results[*].ID}}'", wrong: 2 },
      ],
    );
    assert.deepEqual(parts, {
      title: 'Mine',
      module: 'coursedate',
      moduleText: describeModule('CourseDate'),
      select: [
        { text: 'ID', locked: false },
        { text: '{{more}}', locked: true },
      ],
      reading:
        '“and” binds tighter than “or”. This is read as (StartDate and Label) or (… and Status and ID).',
      order: [
        { text: 'Label', locked: false, descending: false },
        { text: 'ID', locked: false, descending: true },
      ],
      top: '5',
      pageSize: 50,
      pages: 'all',
      locked: [],
      others: ['$skip=1'],
    });
  });

  it('shows what stands in an address as text', () => {
    const { conditions, top } = stateOf('GET coursedate?$filter=Label%20eq%20%27a%26b%27&$top=5');
    assert.deepEqual(conditions, [
      { text: "Label eq 'a&b'", parts: { field: 'Label', operator: 'eq', value: 'a&b' } },
    ]);
    assert.equal(top, '5');
  });

  for (const [text, locked, others] of [
    ["GET user\n$filter = ID eq '1'\n$filter = ID eq '2'", ['conditions'], ["$filter = ID eq '2'"]],
    ['GET user\n$select = ID Surname', ['select'], ['$select = ID Surname']],
    ['GET user\n$orderby = ID desc x', ['order'], ['$orderby = ID desc x']],
    ['# @pages 1\n# @pages 2\nGET user', ['pages'], []],
    ['GET user\n$top = 5\n$top = 6', ['top'], ['$top = 6']],
    ['GET user/7\n$top = 1', [], ['GET user/7']],
    ['GET user\n$count = true\n\n  nonsense', [], ['$count = true', 'nonsense']],
  ] as const)
    it(`locks ${shown(text)}`, () => {
      const state = stateOf(text);
      assert.deepEqual([state.locked, state.others], [locked, others]);
    });

  it('shows the next request for variables on top', () => {
    const text = '@a = 1\n\n### One\nGET user\n';
    const service = serviceWith();
    assert.equal(stateOf(text.replace('@a', '@$0a')).module, 'user');
    assert.equal(service.builderState(service.parse(text), 0).offset, text.indexOf('###'));
  });

  it('keeps clauses when the module is another, and says which fields it lacks', () => {
    const text = "GET user\n# why\n$select = Surname\n$filter = Email eq 'x'";
    const after = changed(text, { kind: 'module', name: 'coursedate' });
    assert.equal(after, text.replace('user', 'CourseDate'));
    assert.deepEqual(
      [...stateOf(after).problems, ...(stateOf(after).conditions[0]?.problems ?? [])].map((each) =>
        each.replace(/”.*/, ''),
      ),
      ['CourseDate has no field “Surname', 'CourseDate has no field “Email'],
    );
  });

  it('refuses a text that is too long to be read', () => {
    const service = serviceWith();
    const document = service.parse(`GET user\n${'x'.repeat(MAX_BLOCK)}`);
    assert.match(
      service.builderState(document, 0).state.refused ?? '',
      /^This text is too long to be read\./,
    );
    assert.equal(service.builderEdit(document, 0, { kind: 'module', name: 'User' }).ok, false);
  });

  it('says the errors of the request, each once, those of a condition with it', () => {
    const { problems, conditions } = stateOf(
      "GET user\n$select = Nix, Nix\n$filter = Nix eq '1' and ID eq '2'",
    );
    const unknown = 'User has no field “Nix”. Choose another field.';
    assert.deepEqual(problems, [unknown]);
    assert.deepEqual(
      conditions.map((each) => each.problems),
      [[unknown], undefined],
    );
  });

  it('offers what was learnt first, with how often it came, and names of records', () => {
    const service = serviceWith();
    const known = new KnownData({
      fields: [
        {
          module: 'CourseDate',
          field: 'Status',
          values: [
            { value: 'Full', count: 1200 },
            { value: 'Draft', count: 3 },
          ],
          records: 2000,
          learntAt: '2026-01-30T09:00:00Z',
        },
      ],
      records: [{ module: 'User', names: [['7', 'Ann Lee']] }],
      naming: {},
      learns: true,
    });
    const withUser = {
      ...metadata,
      modules: metadata.modules.map((module) =>
        module.name === 'CourseDate'
          ? {
              ...module,
              fields: [
                ...(module.fields ?? []),
                { name: 'UserID', type: 'string' as const, filterable: true, sortable: true },
              ],
            }
          : module,
      ),
    };
    service.setPlatforms(new Platforms(new Catalog(withUser, known)));
    const { fields, conditions } = stateOf("GET coursedate\n$filter = userid eq '7'", service);
    assert.deepEqual(fields.find(({ name }) => name === 'Status')?.values, [
      { value: 'Full', text: 'in 1,200 of 2,000 records' },
      { value: 'Draft', text: 'in 3 of 2,000 records' },
      { value: 'Available' },
      { value: 'Cancelled' },
    ]);
    assert.equal(fields.find(({ name }) => name === 'UserID')?.linked, 'User');
    assert.equal(conditions[0]?.name, 'Ann Lee');
    for (const [condition, ...notes] of [
      ["UserID eq '7'"],
      ["UserID eq '8'"],
      ["UserID eq '{{$today}}'"],
      ["UserID eq ''"],
      ["UserID eq 'lee'", 'No User is known to have the ID “lee”. Choose one by its name.'],
      ["UserID ne 'Ann Lee 2'", 'No User is known to have the ID “Ann Lee 2”. Choose one by its name.'],
      ["contains(UserID, 'lee')"],
      ["Status eq 'Full'"],
      [
        "Status eq 'Availabl'",
        "“Availabl” is none of the known values of Status. Do you mean 'Available'? If the value is new, leave it.",
      ],
    ] as const) {
      const [said] = stateOf(`GET coursedate\n$filter = ${condition}`, service).conditions;
      assert.deepEqual([said?.notes ?? [], said?.problems], [notes, undefined], condition);
    }
  });

  for (const value of ['next lesson', 'Christmas', 'end of month', '99/99/2026', 'soon 5'])
    it(`says how a date can be written in place of “${value}”`, () => {
      const text = changed('GET coursedate', add('and', parts('StartDate', 'ge', value)));
      const [condition] = stateOf(text).conditions;
      assert.match(condition?.problems?.join() ?? '', / Write, for example, in 45 days or 14\/12\/2026\.$/);
    });

  for (const [value, name] of [
    ['{{town}}', 'York'],
    ['{{county}}', 'York in Yorkshire'],
    ['near {{town}}', 'near York'],
    ['{{asked}}', 'You are asked for “asked” when the request runs.'],
    [
      '{{first.results[0].VenueTown}}',
      'There is no value first.results[0].VenueTown yet. Run the request named first first; if you have, its answer has no such value.',
    ],
    ['{{empty}}', undefined],
    ['{{nobody}}', undefined],
    ['{{ring}}', undefined],
    ['York', undefined],
  ] as const)
    it(`says what ${value} is now: ${name ?? 'nothing'}`, () => {
      const [condition] = stateOf(
        `@town = York\n@county = {{town}} in Yorkshire\n@asked = ?Which town\n@empty =\n@ring = {{ring}}\n# @name first\nGET coursedate\n\n###\nGET coursedate\n$filter = VenueTown eq '${value}'`,
      ).conditions;
      assert.equal(condition?.name, name);
    });

  it('offers what mends a condition, with its dates in words', () => {
    const fixes = (condition: string) =>
      stateOf(`GET coursedate\n$filter = ${condition}`).conditions.at(-1)?.fixes;
    assert.deepEqual(fixes("StartDate ge '03/02/2026'"), [
      'Write Tuesday 3 February 2026',
      'Write Monday 2 March 2026',
    ]);
    assert.deepEqual(fixes("StartDate ge 'next Friday'"), [
      'Write Friday of next week',
      'Write Friday of this week',
    ]);
    assert.deepEqual(fixes("Status eq 'a' and StartDate eq '{{$tomorrow}}'"), [
      'Mean the whole day: StartDate ge tomorrow and StartDate lt 1 day after tomorrow',
    ]);
    assert.deepEqual(fixes("Status in ('a', 'b')"), ["Rewrite to Status eq 'a' or Status eq 'b'"]);
    assert.equal(fixes("Status eq 'Full'"), undefined);
    assert.equal(fixes("StartDate ge 'soon'"), undefined);
  });

  it('looks for the fixes of the first conditions only, each of which is tried', () => {
    const mended = (count: number) =>
      stateOf(
        `GET coursedate\n$filter = ${Array.from({ length: count }, () => "StartDate ge '03/02/2026'").join(' or ')}`,
      ).conditions.filter(({ fixes }) => fixes !== undefined).length;
    assert.deepEqual([mended(2), mended(20), mended(21)], [2, 3, 0]);
  });

  it('words its advice for the builder, though the editor has asked before', () => {
    const service = serviceWith();
    service.client = 'vscode';
    const document = service.parse('GET coursedate\n$select = Overdue');
    const [inEditor] = service.diagnose(document);
    assert.match(inEditor?.message ?? '', /Press Ctrl\+Space to list the fields\.$/);
    const { problems } = service.builderState(document, 0).state;
    assert.deepEqual(problems, ['CourseDate has no field “Overdue”. Choose another field.']);
    assert.deepEqual(service.diagnose(document)[0]?.message, inEditor?.message);
  });

  it('shows the fields first that tell most, the others as in a dictionary', () => {
    assert.deepEqual(
      only('GET coursedate', 'fields').map(({ name }) => name),
      [
        ...[
          'ID',
          'Label',
          'StartDate',
          'EndDate',
          'Status',
          'SpacesLeft',
          'VenueTown',
          'Cost',
          'DateCreated',
        ],
        ...['CourseID', 'Online', 'Overview', 'TagLabels'],
      ],
    );
  });

  it('says which day a date relative to today means', () => {
    const dates = only('GET coursedate', 'types').find(({ type }) => type === 'datetime')?.values;
    assert.deepEqual(dates?.slice(0, 3), [
      { value: '{{$today}}', label: 'today', text: 'Saturday 31 January 2026' },
      { value: '{{$today + 30d}}', label: 'in 30 days', text: 'Monday 2 March 2026' },
      { value: '{{$now}}', label: 'now', text: 'Saturday 31 January 2026, 14:30' },
    ]);
  });

  for (const [value, label, name] of [
    ['{{$today}}', 'today', 'Saturday 31 January 2026'],
    ['{{$today + 45d}}', 'in 45 days', 'Tuesday 17 March 2026'],
    ['{{$today - 1d}}', '1 day ago', 'Friday 30 January 2026'],
    ['{{$now - 3h}}', '3 hours ago', 'Saturday 31 January 2026, 11:30'],
    ['{{$now + 2d}}', '2 days after now', 'Monday 2 February 2026, 14:30'],
    ['{{$tomorrow + 3d}}', '3 days after tomorrow', 'Wednesday 4 February 2026'],
    ['{{$weekstart}}', 'Monday of this week', 'Monday 26 January 2026'],
    ['{{$weekstart - 1w}}', 'Monday of last week', 'Monday 19 January 2026'],
    ['{{$weekstart + 11d}}', 'Friday of next week', 'Friday 6 February 2026'],
    ['{{$weekstart - 1d}}', 'Sunday of last week', 'Sunday 25 January 2026'],
    ['{{$weekstart + 7d}}', '7 days after Monday of this week', 'Monday 2 February 2026'],
    ['{{$monthstart + 1m}}', 'the first day of next month', 'Sunday 1 February 2026'],
    ['{{$monthstart + 2m}}', '2 months after the first day of this month', 'Sunday 1 March 2026'],
    ['{{$yearstart + 1y}}', '1 January of next year', 'Friday 1 January 2027'],
    ['{{$today + 12h}}', undefined, 'Saturday 31 January 2026, 12:00'],
    ['2026-12-14', undefined, 'Monday 14 December 2026'],
    ['2026-12-14T09:30:00', undefined, 'Monday 14 December 2026, 09:30'],
    ['{{day}}', undefined, 'Thursday 1 January 2026'],
    ['{{no_day}}', undefined, undefined],
    ['soon', undefined, undefined],
    ['{{$today + 1000y}}', 'in 1000 years', 'Tuesday 31 January 3026'],
    ['{{$today + 8000y}}', undefined, undefined],
    ['{{$now - 5000y}}', undefined, undefined],
    ['{{$today - 2030y}}', undefined, undefined],
    ['{{$today - 99999m}}', undefined, undefined],
  ] as const)
    it(`shows ${value} as ${label ?? 'it is'}: ${name ?? 'no day'}, and reads it back`, () => {
      const [condition] = only(
        `@day = 2026-01-01\nGET coursedate\n$filter = StartDate ge '${value}'`,
        'conditions',
      );
      assert.deepEqual([condition?.label, condition?.name], [label, name]);
      if (label !== undefined)
        assert.equal(
          changed('GET coursedate', add('and', parts('StartDate', 'ge', label))).includes(`'${value}'`),
          true,
          label,
        );
    });

  it('has words for what makes sense for each type, and no others', () => {
    for (const type of FIELD_TYPES) {
      const words = operatorWords(type).map(([name]) => name);
      assert.deepEqual(words.toSorted(), [...operatorsFor(type), ...functionsFor(type)].toSorted(), type);
    }
  });

  it('is short for a module of many fields', () => {
    const fields = Array.from({ length: 150 }, (_, index) => ({
      name: `SomeLongerFieldName${index}`,
      type: FIELD_TYPES[index % FIELD_TYPES.length] ?? 'string',
      filterable: true,
      sortable: true,
      description: 'A sentence that says in plain words what the field is for, and whom it concerns.',
    }));
    const modules = Array.from({ length: 140 }, (_, index) => ({ name: `SomeModule${index}` }));
    const service = serviceWith({ ...metadata, modules: [...modules, { name: 'Wide', fields }] });
    assert.ok(JSON.stringify(stateOf('GET wide', service)).length < 40_000);
  });
});
