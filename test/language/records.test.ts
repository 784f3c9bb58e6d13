/** Records behind IDs: which they are, how they are offered by name, and where their names are shown. */
import assert from 'node:assert/strict';
import {
  applyEdits,
  Catalog,
  type CompletionItem,
  type FieldInfo,
  type FieldType,
  KnownData,
  type LanguageService,
  type Metadata,
  type ModuleInfo,
  namingProblems,
  type PlatformData,
  Platforms,
  recordsNamedBy,
} from '#language';
import { cursor, serviceWith } from './support/language';
import { metadata as base } from './support/metadata';

const ROOT = base.root;
const fields = (...names: string[]): FieldInfo[] =>
  names.map((each) => {
    const [name = '', type = 'string'] = each.split(':');
    return { name, type: type as FieldType, filterable: type !== 'list', sortable: true };
  });
const module = (name: string, ...names: string[]): ModuleInfo => ({ name, fields: fields('ID', ...names) });

const METADATA: Metadata = {
  ...base,
  modules: [
    module(
      'Booking',
      'UserID',
      'CourseID',
      'CourseDateID:integer',
      'InvoiceID',
      'VenueID',
      'TagIDs:list',
      'ParentID',
      'UserIDs:list',
      'Trainers:list',
    ),
    module('User', 'Title:list', 'Fullname', 'Surname', 'Forenames', 'MainCompanyID', 'ExternalID'),
    module('Person', 'Title', 'Surname', 'FirstName'),
    module('Course', 'Label', 'Name', 'Description'),
    module('CourseDate', 'Label', 'CourseID'),
    module('Company', 'CompanyName', 'Notes'),
    module('Invoice', 'Reference', 'Amount:decimal'),
    module('Exam', 'Score:decimal', 'PersonID', 'ExamID'),
    module('Lists', 'UserID:list'),
    { name: 'Venue' },
  ],
};

const catalogWith = (more: Partial<PlatformData> = {}): Catalog =>
  new Catalog(
    METADATA,
    new KnownData({ fields: [], records: [], naming: {}, learns: true, ...more }, 'Demo'),
  );

describe('which records a field’s values name', () => {
  const catalog = catalogWith();
  const names = (field: string, own: string, expected: string, known = catalog) =>
    it(`${own}.${field}: ${expected}`, () => {
      const module = known.module(own);
      assert.ok(module);
      const found = recordsNamedBy(field, module, known);
      assert.equal(found === undefined ? '-' : `${found.module} by ${found.labels.join(' ')}`, expected);
    });
  names('UserID', 'Booking', 'User by Fullname');
  names('userid', 'Booking', 'User by Fullname');
  names('CourseID', 'Booking', 'Course by Label');
  names('CourseDateID', 'Booking', 'CourseDate by Label');
  names('InvoiceID', 'Booking', 'Invoice by Reference');
  names('MainCompanyID', 'User', 'Company by CompanyName');
  names('PersonID', 'Exam', 'Person by FirstName Surname');
  names('ID', 'User', 'User by Fullname');
  names('ID', 'Exam', '-');
  names('ExamID', 'Exam', '-');
  names('VenueID', 'Booking', 'Venue by ');
  names('TagIDs', 'Booking', '-');
  names('UserIDs', 'Booking', 'User by Fullname');
  names('Trainers', 'Booking', '-');
  names('Trainers', 'Booking', 'User by Fullname', catalogWith({ naming: { trainers: 'User.Fullname' } }));
  names('UserID', 'Lists', '-');
  names('ExternalID', 'User', '-');
  names('ParentID', 'Booking', '-');
  names('Status', 'Booking', '-');

  const set = (value: string) => catalogWith({ naming: { ParentID: value, UserID: value } });
  names('ParentID', 'Booking', 'Course by Name', set('Course.Name'));
  names('UserID', 'Booking', 'Course by Label', set(' course . label '));
  names('VenueID', 'Booking', 'Venue by ', set('Course.Name'));
  for (const wrong of [
    'Course',
    'Course.',
    'Course.Label.x',
    'Cuorse.Label',
    'Course.Lable',
    'Invoice.Amount',
    '',
  ]) {
    names('UserID', 'Booking', 'User by Fullname', set(wrong));
    it(`says what is wrong with “${wrong}”`, () => {
      const problems = namingProblems(catalogWith({ naming: { UserID: wrong } }));
      assert.equal(problems.length, 1);
      assert.match(problems[0] ?? '', /^The setting apq\.completion\.recordNames is ignored for userid: /);
    });
  }
  it('says nothing of a right one, or of a module whose fields are not known yet', () => {
    assert.deepEqual(namingProblems(catalogWith({ naming: { a: 'Course.Name', b: 'Venue.Label' } })), []);
  });
});

const PEOPLE: [string, string][] = [
  ['1042', 'Carol Byrne'],
  ['7', 'Byrne Carter'],
  ['8', 'Oscar Vega'],
  ['9', 'Édith Piaf'],
  ["O'1", 'Rory O’Neill'],
  ['10', 'Zoë\u202E Evil\nLine'],
];
const KNOWN: PlatformData = {
  fields: [],
  records: [
    { module: 'User', names: PEOPLE },
    { module: 'Course', names: [['55', 'First Aid at Work']] },
    { module: 'CourseDate', names: [['77', 'First Aid at Work, 3 May']] },
  ],
  naming: { Trainers: 'User.Fullname' },
  learns: true,
};

function serviceKnowing(known: Partial<PlatformData> = {}): LanguageService {
  const service = serviceWith(METADATA);
  service.setPlatforms(new Platforms(catalogWith({ ...KNOWN, ...known })));
  return service;
}

function offered(marked: string, service = serviceKnowing()): CompletionItem[] {
  const { text, offset } = cursor(marked);
  return service.complete(service.parse(text), offset);
}
const records = (items: CompletionItem[]) =>
  items.filter(({ changes, kind }) => changes === true && kind === 'value');
const notes = (items: CompletionItem[]) =>
  items.filter(({ kind }) => kind === 'note').map(({ label }) => label);

describe('records offered by name', () => {
  const offers = (marked: string, ...expected: string[]) =>
    it(`${JSON.stringify(marked)} offers ${expected.join(', ')}`, () =>
      assert.deepEqual(
        records(offered(marked)).map(({ label }) => label),
        expected,
      ));
  const takes = (marked: string, label: string, expected: string) =>
    it(`${JSON.stringify(marked)} with ${label} becomes ${JSON.stringify(expected)}`, () => {
      const service = serviceKnowing();
      const { text } = cursor(marked);
      const item = offered(marked, service).find((each) => each.label === label);
      assert.ok(item, 'is offered');
      const after = applyEdits(text, [{ ...item.replace, text: item.insert }]);
      assert.equal(after, expected);
      assert.deepEqual(
        service.diagnose(service.parse(after)).filter(({ severity }) => severity === 'error'),
        [],
      );
    });
  const EVERYONE = [
    'Byrne Carter',
    'Carol Byrne',
    'Édith Piaf',
    'Oscar Vega',
    'Rory O’Neill',
    'Zoë[U+202E] Evil↵Line',
  ];
  offers("GET booking\n$filter = UserID eq '$0", ...EVERYONE);
  offers("GET booking\n$filter = UserID eq '$0'", ...EVERYONE);
  offers('GET booking\n$filter = UserID eq $0', ...EVERYONE);
  offers("GET booking\n$filter = UserID eq 'car$0", 'Carol Byrne', 'Byrne Carter', 'Oscar Vega');
  offers("GET booking\n$filter = UserID eq 'byrne c$0", 'Byrne Carter', 'Carol Byrne');
  offers("GET booking\n$filter = UserID eq 'EDI$0", 'Édith Piaf');
  offers("GET booking\n$filter = UserID eq '10$0", 'Carol Byrne', 'Zoë[U+202E] Evil↵Line');
  offers("GET booking\n$filter = UserID eq 'zzz$0");
  offers("GET booking\n$filter = UserID in ('7','car$0", 'Carol Byrne', 'Byrne Carter', 'Oscar Vega');
  offers("GET booking\n$filter = UserID ne 'ros$0");
  offers("GET booking\n$filter = UserID gt '$0");
  offers("GET booking\n$filter = contains(UserID,'$0')");
  offers("GET user\n$filter = ID eq 'car$0", 'Carol Byrne', 'Byrne Carter', 'Oscar Vega');
  offers("GET booking?$filter=UserID%20eq%20'carol%20b$0'", 'Carol Byrne');
  offers('GET user/car$0', 'Carol Byrne', 'Byrne Carter', 'Oscar Vega');
  offers('GET user/$0', ...EVERYONE);
  offers('GET user/7/$0');
  offers('PUT user/car$0\n{"Surname": "x"}', 'Carol Byrne', 'Byrne Carter', 'Oscar Vega');
  offers('POST booking\n{"UserID": "car$0"}', 'Carol Byrne', 'Byrne Carter', 'Oscar Vega');
  offers('POST booking\n{"UserID": "$0', ...EVERYONE);
  offers('POST booking\n{"UserID": $0}', ...EVERYONE);
  offers("GET booking\n$filter = Status eq '$0");
  // Members of lists.
  offers('PUT booking/1\n{"UserIDs": ["car$0"]}', 'Carol Byrne', 'Byrne Carter', 'Oscar Vega');
  offers('PUT booking/1\n{"Trainers": ["7", "car$0"]}', 'Carol Byrne', 'Byrne Carter', 'Oscar Vega');
  offers('PUT booking/1\n{"Trainers": [$0]}', ...EVERYONE);
  offers('PUT booking/1\n{"Trainers": ["7"$0]}');
  offers('PUT booking/1\n{"Trainers": [["car$0"]]}');
  offers('PUT booking/1\n{"UserID": ["car$0"]}');
  takes(
    'PUT booking/1\n{"Trainers": ["7", "car$0"]}',
    'Carol Byrne',
    'PUT booking/1\n{"Trainers": ["7", "1042"]}',
  );
  takes('PUT booking/1\n{"Trainers": [$0"7"]}', 'Carol Byrne', 'PUT booking/1\n{"Trainers": ["1042"]}');
  takes('PUT booking/1\n{"Trainers": $0}', 'Carol Byrne', 'PUT booking/1\n{"Trainers": ["1042"]}');
  // Variables whose use is known.
  const uses = "### a\nGET booking\n$filter = UserID eq '{{trainer}}'\n";
  offers(`@trainer = $0\n${uses}`, ...EVERYONE);
  offers(`@trainer = car$0\n${uses}`, 'Carol Byrne', 'Byrne Carter', 'Oscar Vega');
  offers(`@trainer = byrne c$0\n${uses}`, 'Byrne Carter', 'Carol Byrne');
  offers(
    '@trainer = car$0\n### a\nPOST booking\n{"Trainers": ["{{trainer}}"]}',
    'Carol Byrne',
    'Byrne Carter',
    'Oscar Vega',
  );
  offers('@trainer = car$0\n### a\nGET user/{{trainer}}', 'Carol Byrne', 'Byrne Carter', 'Oscar Vega');
  offers("@trainer = car$0\n### a\nGET booking\n$filter = UserID eq 'x{{trainer}}'");
  offers("@trainer = car$0\n### a\nGET user\n$filter = Surname eq '{{trainer}}'");
  offers(`@other = car$0\n${uses}`);
  offers(`@trainer = 7\n@trainer = car$0\n${uses}`);
  offers(`@trainer = ?car$0\n${uses}`);
  offers(`@trainer = {{other}}car$0\n${uses}`);
  takes(`@trainer = car$0\n${uses}`, 'Carol Byrne', `@trainer = 1042\n${uses}`);
  takes(`@trainer =$0\n${uses}`, 'Carol Byrne', `@trainer = 1042\n${uses}`);
  takes(`@trainer = $0\n${uses}`, 'Carol Byrne', `@trainer = 1042\n${uses}`);
  takes(`@trainer=car$0 # hi\n${uses}`, 'Carol Byrne', `@trainer= 1042 # hi\n${uses}`);
  takes(`@trainer = ca$0rol  // hi\n${uses}`, 'Carol Byrne', `@trainer = 1042  // hi\n${uses}`);
  takes(`@trainer = car$0 #\n${uses}`, 'Carol Byrne', `@trainer = 1042 #\n${uses}`);
  takes(`@trainer = ca$0 byrne\n${uses}`, 'Carol Byrne', `@trainer = 1042\n${uses}`);
  // SQL requests, by the module of the column’s table.
  const sql = (statement: string) =>
    `### a\n# @name i\n# @pages all\nGET booking\n\n### b\n# @name u\n# @pages all\nGET user\n\n### c\nSQL\nselect i.ID from i join u on u.ID = i.UserID\n${statement}\n`;
  offers(sql("where i.UserID = 'car$0'"), 'Carol Byrne', 'Byrne Carter', 'Oscar Vega');
  offers(sql("where i.UserID = 'byrne c$0'"), 'Byrne Carter', 'Carol Byrne');
  offers(sql("where UserID in ('7', 'car$0')"), 'Carol Byrne', 'Byrne Carter', 'Oscar Vega');
  offers(sql("where u.ID <> 'ros$0'"));
  offers(sql("where u.ID <> 'osc$0'"), 'Oscar Vega');
  offers(sql('where i.UserID = $0'), ...EVERYONE);
  offers(sql("where i.CourseID = 'fi$0'"), 'First Aid at Work');
  offers(sql("where u.Surname = 'car$0'"));
  offers(sql("where i.UserID < 'car$0'"));
  offers(sql("where i.UserID like 'car$0'"));
  // … through queries within the statement, and the answers of other statements.
  const through = (statement: string) =>
    `### a\n# @name i\nGET booking\n\n### b\n# @name s\nSQL\nselect UserID as Who, CourseID from i\n\n### c\nSQL\n${statement}\n`;
  for (const statement of [
    "with t as (select ID, UserID from i) select ID from t where t.UserID = 'car$0'",
    "with t(a, b) as (select ID, UserID as x from i) select a from t where b = 'car$0'",
    "with t as (select * from i), r as (select t.* from t) select ID from r where UserID = 'car$0'",
    "select ID from (select ID, UserID Person from i) p where p.Person in ('7', 'car$0')",
    "select CourseID from s where Who = 'car$0'",
    "with t as (select * from s) select CourseID from t where Who = 'car$0'",
    "with recursive t as (select UserID from i) select UserID from t where UserID = 'car$0'",
  ])
    offers(through(statement), 'Carol Byrne', 'Byrne Carter', 'Oscar Vega');
  for (const statement of [
    "with t as (select max(UserID) as UserID from i) select UserID from t where UserID = 'car$0'",
    "with t as (select UserID from i union select CourseID from i) select UserID from t where UserID = 'car$0'",
    "with t(CourseID) as (select ID from i) select CourseID from t where CourseID = 'car$0'",
    "select 1 from json_each('[]') t where t.id = 'car$0'",
  ])
    offers(through(statement));
  takes(
    through("with t as (select UserID as x from i) select x from t where x = 'car$0'"),
    'Carol Byrne',
    through("with t as (select UserID as x from i) select x from t where x = '1042'"),
  );
  it('looks up no values of a column whose records have names', () => {
    assert.deepEqual(notes(offered(sql("where i.UserID = 'car$0'"))), ['Searching User for “car”…']);
    assert.deepEqual(notes(offered(sql("where u.Surname = 'car$0'"))), ['Look up values…']);
  });
  takes(sql("where i.UserID = 'car$0'"), 'Carol Byrne', sql("where i.UserID = '1042'"));
  takes(sql('where i.UserID = $0'), 'Carol Byrne', sql("where i.UserID = '1042'"));
  takes(sql('where i.CourseDateID = $0'), 'First Aid at Work, 3 May', sql('where i.CourseDateID = 77'));
  takes(sql("where i.UserID = 'ror$0'"), 'Rory O’Neill', sql("where i.UserID = 'O''1'"));
  const offersNames = (marked: string, ...expected: string[]) =>
    it(`${JSON.stringify(marked)} offers the names ${expected.join(', ')}`, () =>
      assert.deepEqual(
        offered(marked)
          .filter(({ detail }) => detail === 'name of a record of User')
          .map(({ insert }) => insert),
        expected,
      ));
  offersNames(
    "GET user\n$filter = Fullname eq '$0'",
    ...['Byrne Carter', 'Carol Byrne', 'Édith Piaf', 'Oscar Vega', 'Rory O’Neill'],
  );
  offersNames('GET user\n$filter = Fullname ne car$0', "'Carol Byrne'", "'Byrne Carter'", "'Oscar Vega'");
  offersNames("GET user\n$filter = Fullname lt '$0'");
  offersNames("GET user\n$filter = contains(Fullname,'$0')");
  offersNames("GET user\n$filter = Surname eq '$0'");
  offersNames("GET booking\n$filter = UserID eq '$0'");
  takes("GET booking\n$filter = UserID eq 'car$0'", 'Carol Byrne', "GET booking\n$filter = UserID eq '1042'");
  takes(
    'GET booking?$filter=UserID%20eq%20%27car$0%27',
    'Carol Byrne',
    'GET booking?$filter=UserID%20eq%20%271042%27',
  );
  takes("GET booking\n$filter = UserID eq 'ca$0r'", 'Carol Byrne', "GET booking\n$filter = UserID eq '1042'");
  takes('GET booking\n$filter = UserID eq ca$0', 'Carol Byrne', "GET booking\n$filter = UserID eq '1042'");
  takes(
    "GET booking\n$filter = UserID eq 'ror$0'",
    'Rory O’Neill',
    "GET booking\n$filter = UserID eq 'O''1'",
  );
  takes('POST booking\n{"UserID": "car$0"}', 'Carol Byrne', 'POST booking\n{"UserID": "1042"}');
  takes(
    'POST booking\n{"CourseDateID": $0}',
    'First Aid at Work, 3 May',
    'POST booking\n{"CourseDateID": 77}',
  );
  takes('GET user/car$0', 'Carol Byrne', 'GET user/1042');
  takes('GET user/ror$0?$select=ID', 'Rory O’Neill', "GET user/O'1?$select=ID");
  takes(
    "GET booking?$filter=UserID%20eq%20'carol%20b$0'",
    'Carol Byrne',
    "GET booking?$filter=UserID%20eq%20'1042'",
  );

  for (const marked of [
    "GET booking?$filter=UserID%20eq%20'$0'",
    'GET booking?$filter=UserID%20eq%20%27$0%27',
    "GET booking\n$filter = UserID eq '$0'",
    'GET user/$0',
    'POST booking\n{"UserID": $0}',
    "### a\n# @name i\nGET booking\n\n### b\nSQL\nselect i.ID from i\nwhere i.UserID = '$0'",
    '@trainer = $0\n### a\nGET user/{{trainer}}',
  ])
    it(`is not offered where its ID has a line break: ${JSON.stringify(marked)}`, () => {
      const names: [string, string][] = [
        ['7\n8', 'Ann Break'],
        ['7\r8', 'Bo Break'],
        ['9', 'Cy Whole'],
      ];
      const service = serviceKnowing({ records: [{ module: 'User', names }] });
      assert.deepEqual(
        records(offered(marked, service)).map(({ label }) => label),
        ['Cy Whole'],
      );
    });

  it('is found by the name and by the ID, and tells both', () => {
    const [item] = records(offered("GET booking\n$filter = UserID eq 'carol$0'"));
    assert.equal(item?.detail, '1042 · User');
    assert.equal(item.filter, 'Carol Byrne 1042');
  });

  it('tells people of the same name apart on each line', () => {
    const names: [string, string][] = [
      ['1', 'Aisha Patel'],
      ['2', 'aisha patel'],
      ['3', 'Aisha Pateley'],
    ];
    const service = serviceKnowing({ records: [{ module: 'User', names }] });
    assert.deepEqual(
      records(offered("GET booking\n$filter = UserID eq 'ai$0'", service)).map((each) => [
        each.detail,
        each.everywhere === true,
      ]),
      [
        ['1 · User', true],
        ['2 · User', true],
        ['3 · User', false],
      ],
    );
  });

  it('is found by an editor that looks for the start of words only', () => {
    const filter = (marked: string) => records(offered(marked))[0]?.filter;
    assert.equal(filter("GET booking\n$filter = UserID eq 'yrn$0'"), 'Byrne Carter 7 yrn');
    assert.equal(filter("GET booking\n$filter = UserID eq 'edi$0'"), 'Édith Piaf 9 edi');
    assert.equal(filter('GET booking\n$filter = UserID eq $0'), "'Byrne Carter 7");
    assert.equal(filter('POST booking\n{"UserID": "byr$0"}'), '"Byrne Carter 7');
  });

  it('offers 50 at most, the best ones', () => {
    const names = Array.from({ length: 20_000 }, (_, i): [string, string] => [`${i}`, `Person x${i} Late`]);
    const service = serviceKnowing({ records: [{ module: 'User', names: [...names, ['x', 'Late Comer']] }] });
    const items = records(offered("GET booking\n$filter = UserID eq 'late$0'", service));
    assert.equal(items.length, 50);
    assert.equal(items[0]?.label, 'Late Comer');
  });
});

describe('the search for records', () => {
  const search = (marked: string, service?: LanguageService) =>
    offered(marked, service).find((item) => item.search !== undefined)?.search;

  it('is asked for from two letters on, with what is typed', () => {
    assert.deepEqual(search("GET booking\n$filter = UserID eq 'O''N$0'"), {
      ...{ root: ROOT, connection: 'Demo' },
      module: 'User',
      labels: ['Fullname'],
      text: "O'N",
    });
    assert.equal(search("GET booking\n$filter = UserID eq 'O$0'"), undefined);
    assert.equal(search('GET booking?$filter=UserID%20eq%20%27ca%20b$0%27')?.text, 'ca b');
    assert.equal(search('POST booking\n{"UserID": "car$0"}')?.text, 'car');
    assert.equal(search('GET user/car$0')?.text, 'car');
  });
  it('is not asked for where an ID or a variable is typed', () => {
    assert.equal(search("GET booking\n$filter = UserID eq '1042$0'"), undefined);
    assert.equal(search("GET booking\n$filter = UserID eq '{{a$0}}'"), undefined);
  });
  it('is not asked for where nobody learns, or in another editor', () => {
    assert.equal(
      search("GET booking\n$filter = UserID eq 'car$0'", serviceKnowing({ learns: false })),
      undefined,
    );
    const other = serviceKnowing();
    other.client = 'editor';
    assert.equal(search("GET booking\n$filter = UserID eq 'car$0'", other), undefined);
  });
  it('says what it does, what failed and what was not found', () => {
    const service = serviceKnowing();
    const said = (text: string) => notes(offered(`GET booking\n$filter = UserID eq '${text}$0'`, service));
    assert.deepEqual(said(''), ['Type a part of the name to search User']);
    assert.deepEqual(said('xy'), ['Searching User for “xy”…']);
    const query = { connection: 'Demo', module: 'User', text: 'xy' };
    service.searched(query, { whole: false, problem: 'the platform did not answer' });
    assert.deepEqual(said('xy'), ['User could not be searched: the platform did not answer']);
    service.searched(query, { whole: true });
    assert.deepEqual(said('xy'), ['No User has “xy” in its name']);
    assert.deepEqual(said('xyz'), ['No User has “xyz” in its name']);
    assert.deepEqual(said('x\u202Ez'), ['Searching User for “x[U+202E]z”…']);
    service.searched({ ...query, text: 'ca' }, { whole: false });
    assert.deepEqual(said('ca'), []);
    assert.deepEqual(said('car'), ['Searching User for “car”…']);
    service.forgetSearches('Demo');
    assert.deepEqual(said('xy'), ['Searching User for “xy”…']);
  });
});

describe('names behind IDs', () => {
  const hints = (text: string, service = serviceKnowing()) =>
    service.hints(service.parse(text), { offset: 0, length: text.length }).map(
      ({ offset, text: name, tooltip }) =>
        `${
          text
            .slice(0, offset)
            .split(/[ \n:(]/)
            .at(-1) ?? ''
        } ${name} (${tooltip})`,
    );
  const shows = (text: string, ...expected: string[]) =>
    it(`${JSON.stringify(text)} shows ${expected.join(', ')}`, () => assert.deepEqual(hints(text), expected));
  shows("GET booking\n$filter = UserID eq '1042'", "'1042' Carol Byrne (User 1042: Carol Byrne)");
  shows(
    "GET booking\n$filter = (UserID in ('7', '8') or not CourseID eq '55')",
    "'7' Byrne Carter (User 7: Byrne Carter)",
    "'8' Oscar Vega (User 8: Oscar Vega)",
    "'55' First Aid at Work (Course 55: First Aid at Work)",
  );
  shows('GET user/1042', 'user/1042 Carol Byrne (User 1042: Carol Byrne)');
  shows(
    'PUT booking/1\n{"CourseDateID": 77}',
    '77 First Aid at Work, 3 May (CourseDate 77: First Aid at Work, 3 May)',
  );
  shows(
    "GET booking?$filter=UserID%20eq%20'7'",
    "booking?$filter=UserID%20eq%20'7' Byrne Carter (User 7: Byrne Carter)",
  );
  shows(
    "GET booking\n$filter = UserID eq '10'",
    "'10' Zoë[U+202E] Evil↵Line (User 10: Zoë[U+202E] Evil↵Line)",
  );
  shows("GET booking\n$filter = UserID eq '11' and Status eq '7'");
  shows(
    'PUT booking/1\n{"Trainers": ["7", 8, "99", ["7"]], "UserIDs": ["9"]}',
    '["7" Byrne Carter (User 7: Byrne Carter)',
    '8 Oscar Vega (User 8: Oscar Vega)',
    '["9" Édith Piaf (User 9: Édith Piaf)',
  );
  const trainer = '@trainer = 7\n';
  shows(
    `${trainer}### a\nGET booking\n$filter = UserID eq '{{trainer}}'`,
    '7 Byrne Carter (User 7: Byrne Carter)',
    "'{{trainer}}' Byrne Carter (User 7: Byrne Carter)",
  );
  shows(
    `@first = 7\n@trainer = {{first}}\n### a\nGET user/{{trainer}}`,
    '{{first}} Byrne Carter (User 7: Byrne Carter)',
    'user/{{trainer}} Byrne Carter (User 7: Byrne Carter)',
  );
  shows(
    `@part = 04\n### a\nPUT booking/1\n{"UserID": "1{{part}}2"}`,
    '"1{{part}}2" Carol Byrne (User 1042: Carol Byrne)',
  );
  shows(`@trainer = ?Who\n### a\nGET user/{{trainer}}`);
  shows(`${trainer}### a\nGET user\n$filter = Surname eq '{{trainer}}'`);
  shows("GET booking\n$filter = UserID eq '{{$uuid}}' or UserID eq '{{bookings.results[*].UserID}}'");
  const tables = '### a\n# @name i\nGET booking\n\n### b\nSQL\nselect i.ID from i\n';
  shows(`${tables}where i.UserID = '7'`, "'7' Byrne Carter (User 7: Byrne Carter)");
  shows(
    `${tables}where '8' = UserID or (UserID not in ('7', '99') and CourseDateID is not 77)`,
    "'8' Oscar Vega (User 8: Oscar Vega)",
    "'7' Byrne Carter (User 7: Byrne Carter)",
    '77 First Aid at Work, 3 May (CourseDate 77: First Aid at Work, 3 May)',
  );
  shows(`${tables}where UserID = '7' || '8' or UserID like '7' or UserID > '7'`);
  shows(
    "### a\n# @name i\nGET booking\n\n### b\nSQL\nwith t as (select UserID as x from i) select x from t where x = '7'",
    "'7' Byrne Carter (User 7: Byrne Carter)",
  );
  shows(
    `${trainer}${tables}where i.UserID = '{{trainer}}' or i.UserID = {{trainer}}`,
    '7 Byrne Carter (User 7: Byrne Carter)',
    "'{{trainer}}' Byrne Carter (User 7: Byrne Carter)",
    '{{trainer}} Byrne Carter (User 7: Byrne Carter)',
  );
  shows("GET booking\n$filter = UserID eq '{{a}}'");

  for (const [id, expected] of [
    ['9007199254740992', ['Right']],
    ['9007199254740993', []],
    ['9007199254740992.0', []],
  ] as const)
    it(`names the record of a long ID to the last digit: ${id}`, () => {
      const names: [string, string][] = [['9007199254740992', 'Right']];
      const service = serviceKnowing({
        records: ['User', 'Course'].map((each) => ({ module: each, names })),
      });
      for (const text of [
        `PUT booking/1\n{"CourseID": ${id}}`,
        `PUT booking/1\n{"Trainers": [${id}]}`,
        `GET booking\n$filter = CourseID eq ${id}`,
        `${tables}where CourseID = ${id}`,
      ])
        assert.deepEqual(
          service.hints(service.parse(text), { offset: 0, length: text.length }).map((each) => each.text),
          expected,
          text,
        );
    });

  it('shortens a long name', () => {
    const service = serviceKnowing({ records: [{ module: 'User', names: [['1', '😀'.repeat(60)]] }] });
    const [hint] = service.hints(service.parse('GET user/1'), { offset: 0, length: 10 });
    assert.equal(hint?.text, `${'😀'.repeat(39)}…`);
  });

  const hovers = (marked: string, expected: RegExp | undefined) =>
    it(`${JSON.stringify(marked)} explains ${String(expected)}`, () => {
      const service = serviceKnowing();
      const { text, offset } = cursor(marked);
      const markdown = service.hover(service.parse(text), offset)?.markdown;
      if (expected === undefined) assert.equal(markdown, undefined);
      else assert.match(markdown ?? '', expected);
    });
  hovers("GET booking\n$filter = UserID eq '10$042'", /^\*\*Carol Byrne\*\* · User `1042`$/);
  hovers("GET booking\n$filter = UserID eq '99$0'", undefined);
  hovers('GET user/10$042', /Carol Byrne/);
  hovers('PUT booking/1\n{"UserID": "7$0"}', /Byrne Carter/);
  hovers("### a\n# @name i\nGET booking\n### b\nSQL\nselect ID from i where UserID = '7$0'", /Byrne Carter/);
  hovers("@trainer = 7$0\n### a\nGET booking\n$filter = UserID eq '{{trainer}}'", /Byrne Carter/);
});
