/** Completion: the items offered at `$0`, and the text after taking one. */
import assert from 'node:assert/strict';
import { accept, completions, serviceWith } from './support/language';
import { metadata } from './support/metadata';

const labels = (marked: string) => completions(marked).map((item) => item.label);

/** Exactly these labels, in this order. */
const offers = (marked: string, expected: string) =>
  it(`${JSON.stringify(marked)} offers ${expected}`, () => assert.equal(labels(marked).join(' '), expected));
const includes = (marked: string, ...expected: string[]) =>
  it(`${JSON.stringify(marked)} includes ${expected.join(', ')}`, () =>
    assert.deepEqual(
      expected.filter((label) => !labels(marked).includes(label)),
      [],
    ));
const lacks = (marked: string, ...unexpected: string[]) =>
  it(`${JSON.stringify(marked)} doesn’t include ${unexpected.join(', ')}`, () => {
    const found = labels(marked);
    assert.ok(found.length > 0, 'something is offered');
    assert.deepEqual(
      unexpected.filter((label) => found.includes(label)),
      [],
    );
  });
const takes = (marked: string, label: string, expected: string) =>
  it(`${JSON.stringify(marked)} with ${label} becomes ${JSON.stringify(expected)}`, () =>
    assert.equal(accept(marked, label), expected));

const FILTERABLE =
  'ID Label StartDate EndDate Status SpacesLeft VenueTown Cost DateCreated CourseID Online Overview';
const FUNCTIONS = 'contains startswith endswith';

const READY = ['upcoming', 'with free places', 'created lately', 'by status', 'without a town'].map(
  (each) => `CourseDate: ${each}`,
);

describe('completion', () => {
  describe('request line', () => {
    includes('$0', 'GET', 'POST', 'PUT', 'DELETE', 'CourseDate', 'User', 'read records');
    includes('cou$0', 'CourseDate', 'GET');
    offers('GET $0?$top=5', 'CourseDate User Venue');
    it('puts ready queries behind the modules, and those that the letters fit', () => {
      const ready = (marked: string) => labels(marked).filter((label) => /^\w+: /.test(label));
      assert.equal(labels('GET $0').slice(0, 4).join(), 'CourseDate,User,Venue,CourseDate: upcoming');
      assert.ok(ready('GET $0').includes('User: without an e-mail address'));
      for (const marked of ['cour$0', 'GET cour$0', 'get Coursedate$0', '### A\n# @name a\nGET cour$0\n'])
        assert.deepEqual(ready(marked), READY, marked);
      assert.deepEqual(ready('$0'), ready('GET $0'));
      assert.deepEqual(ready('upc$0'), ['CourseDate: upcoming']);
      assert.deepEqual(ready('e-mail$0'), ['User: without an e-mail address']);
    });
    for (const marked of [
      ...[
        'PUT cour$0',
        'GET coursedate $0',
        'GET cour$0?$top=5',
        'GET cour$0/5',
        'GET cour$0\n$top = 5',
        'GET coursedate\n$0',
      ],
      ...[
        'https://x.accessplanit.com/accessplan/api/v2/cour$0',
        'GET cour$0\n{ }',
        '$0\n$top = 5',
        'SQL\n$0',
      ],
    ])
      lacks(marked, 'CourseDate: upcoming');
    takes(
      '$0',
      'CourseDate: upcoming',
      "### CourseDate: upcoming\nGET CourseDate\n$select  = ID, Label, StartDate, Status, SpacesLeft, VenueTown, Cost\n$filter  = StartDate ge '{{$today}}'\n$orderby = StartDate",
    );
    for (const line of ['cour', 'GET cour', 'get  Coursedate'])
      it(`${line} becomes a ready query below what is there`, () => {
        assert.equal(
          accept(`### Mine\n# @name mine\n${line}$0\n`, 'CourseDate: by status'),
          "### Mine\n# @name mine\nGET CourseDate\n$select  = ID, Label, StartDate, Status, SpacesLeft, VenueTown, Cost\n$filter  = Status eq 'Available'\n$orderby = StartDate desc\n",
        );
      });
    it('offers 15 at once, those of common modules first, and others when letters are typed', () => {
      const fields = metadata.modules.find(({ name }) => name === 'CourseDate')?.fields ?? [];
      const names = [...'ABCDEFGHIJ'].map((letter) => `Zoo${letter}`);
      const known = { ...metadata, modules: [...names, 'CourseDate'].map((name) => ({ name, fields })) };
      const ready = (marked: string) =>
        completions(marked, known).filter(({ label }) => /^\w+: /.test(label));
      assert.equal(ready('$0').length, 15);
      assert.equal(ready('$0')[0]?.label, 'CourseDate: upcoming');
      assert.ok(ready('$0').every(({ changes }) => changes === true));
      assert.equal(ready('zooj$0').length, 5);
      assert.ok(ready('zooj$0').every(({ changes }) => changes === false));
    });
    it('uses a variable that the file has', () => {
      const ask = '@company = ?Which company? A part of the name will do.\n';
      const fields = [{ name: 'CompanyName', type: 'string', filterable: true, sortable: true }] as const;
      const known = { ...metadata, modules: [{ name: 'Invoice', fields }] };
      const insert = (marked: string) =>
        completions(marked, known).find(({ label }) => label === 'Invoice: of one company')?.insert ?? '';
      assert.ok(insert('$0').includes(`### Invoice: of one company\n${ask}GET Invoice\n`));
      assert.ok(insert(`@company = Acme\n### A\n$0`).startsWith('GET Invoice\n'));
    });
    offers('PUT us$0er/5', 'CourseDate User Venue');
    offers('https://x.accessplanit.com/accessplan/api/v2/$0', 'CourseDate User Venue');
    takes('GET cour$0', 'CourseDate', 'GET CourseDate');
    it('puts the common modules first, each with a sentence', () => {
      const names = ['Award', 'Course', 'CourseDate', 'Wombat', 'User'];
      const service = serviceWith({ ...metadata, modules: names.map((name) => ({ name, fields: [] })) });
      const items = service.complete(service.parse('GET '), 4);
      assert.equal(items.map(({ label }) => label).join(' '), 'CourseDate Course User Award Wombat');
      assert.match(items[0]?.detail ?? '', /^A course on certain dates: when and where it runs/);
      assert.match(items[1]?.detail ?? '', /when and where it runs is in CourseDate\.$/);
      assert.equal(items[4]?.detail, 'module · 0 fields');
    });
    takes(
      'https://x.accessplanit.com/accessplan/api/v2/co$0?$top=5',
      'CourseDate',
      'https://x.accessplanit.com/accessplan/api/v2/CourseDate?$top=5',
    );
    takes('ge$0', 'GET', 'GET ');
    includes('GET coursedate\n$0', '### read records');
    lacks('GET coursedate\n  $0', '### read records');
    lacks('### A\n$0\nGET coursedate\n', '### read records');
    lacks("GET coursedate\n$filter = Label $0 'x'", 'contains');
    lacks("GET coursedate\n$filter = Label $0eq 'x'", 'contains');
    it('uses the platform’s names in whole requests', () => {
      const service = serviceWith({
        ...metadata,
        modules: [
          { name: 'Pet', fields: [{ name: 'Name', type: 'string', filterable: true, sortable: true }] },
        ],
      });
      const items = service.complete(service.parse(''), 0).filter(({ kind }) => kind === 'snippet');
      assert.equal(items.length, 6);
      for (const { insert } of items) {
        const whole = insert.replace(/\$\{\d:([^}]*)\}|\$0|\\/g, '$1');
        assert.deepEqual(
          service.diagnose(service.parse(whole)).filter(({ severity }) => severity === 'error'),
          [],
          whole,
        );
      }
    });
    offers('GET coursedate?$0', '$select $filter $orderby $top $skip $count');
    offers('GET coursedate?$top=5&$0', '$select $filter $orderby $skip $count');
    offers('GET coursedate?$top=5&$f$0', '$select $filter $orderby $skip $count');
    takes('GET coursedate?$f$0', '$filter', 'GET coursedate?$filter=');
    offers('GET coursedate?$orderby=StartDate $0', 'desc asc');
    offers('GET coursedate?$filter=St$0', `${FILTERABLE} ${FUNCTIONS}`);
    offers('GET coursedate?$filter=St$0&$top=5', `${FILTERABLE} ${FUNCTIONS}`);
  });

  describe('parameters', () => {
    includes(
      'GET coursedate\n$0',
      '$select',
      '$filter',
      '$orderby',
      '$top',
      '$skip',
      '$count',
      '### read records',
    );
    lacks('GET coursedate\n$0', '$upsert', 'GET');
    includes('POST user\n$0', '$upsert', '{ }');
    lacks('POST user\n$0', '$filter');
    lacks('PUT user/5\n$0', '$filter', '$upsert');
    lacks('GET coursedate\n$top = 5\n$0', '$top');
    lacks('GET coursedate\n$0\n$top = 5', '$top');
    offers('GET coursedate\n$f$0', '$select $filter $orderby $top $skip $count');
    takes('GET coursedate\n$f$0', '$filter', 'GET coursedate\n$filter = ');
    takes('GET coursedate\nfil$0', '$filter', 'GET coursedate\n$filter = ');
    takes('GET coursedate\n$select  = ID\n$f$0', '$filter', 'GET coursedate\n$select  = ID\n$filter  = ');
    offers('GET coursedate\n$count = $0', 'true false');
    offers('GET coursedate\n$top = $0', '50 20 10');
  });

  describe('filter', () => {
    offers('GET coursedate\n$filter = $0', `${FILTERABLE} ${FUNCTIONS}`);
    offers('GET coursedate\n$filter=$0', `${FILTERABLE} ${FUNCTIONS}`);
    offers('GET coursedate\n$filter = St$0', `${FILTERABLE} ${FUNCTIONS}`);
    lacks('GET coursedate\n$filter = $0', 'TagLabels');
    offers("GET coursedate\n$filter = Status eq 'Full' and $0", `${FILTERABLE} ${FUNCTIONS}`);
    offers("GET coursedate\n$filter = Status eq 'Full'\n   and $0", `${FILTERABLE} ${FUNCTIONS}`);
    offers("GET coursedate\n$filter = Status eq 'Full'\n   $0", 'and or');
    offers("GET coursedate\n$filter = Status eq 'Full' $0", 'and or');
    offers("GET coursedate\n$filter = Status eq 'Full' $0and Cost gt '5'", 'and or');
    offers('GET coursedate\n$filter = SpacesLeft gt 5 $0', 'and or');
    offers('GET coursedate\n$filter = Status $0', `eq ne ${FUNCTIONS} ge lt gt le`);
    offers('GET coursedate\n$filter = status e$0', `eq ne ${FUNCTIONS} ge lt gt le`);
    offers('GET coursedate\n$filter = StartDate $0', 'ge lt gt le eq ne');
    offers('GET coursedate\n$filter = Online $0', 'eq ne');
    offers('GET coursedate\n$filter = Cost $0', 'eq ne ge le gt lt');
    offers('GET coursedate\n$filter = Status eq $0', "'Available' 'Full' 'Cancelled'");
    offers("GET coursedate\n$filter = Status eq '$0'", 'Available Full Cancelled');
    offers("GET coursedate\n$filter = Status eq 'Av$0", 'Available Full Cancelled');
    offers('GET coursedate\n$filter = Online eq $0', "'true' 'false'");
    includes(
      'GET coursedate\n$filter = StartDate ge $0',
      "'{{$today}}'",
      "'{{$today + 30d}}'",
      "'2026-01-31T14:30:00'",
    );
    includes("@site = x\nGET coursedate\n$filter = VenueTown eq '$0'", '{{site}}');
    offers('GET coursedate\n$filter = contains($0', 'ID Label Status VenueTown CourseID Overview');
    offers('GET coursedate\n$filter = contains(La$0', 'ID Label Status VenueTown CourseID Overview');
    offers("GET coursedate\n$filter = contains(Status,'$0')", 'Available Full Cancelled');
    offers("GET coursedate\n$filter = contains(Label,'x') $0", 'and or');
    takes('GET coursedate\n$filter = Label=$0', 'eq', "GET coursedate\n$filter = Label eq ''");
    takes('GET coursedate\n$filter = SpacesLeft>=$0', 'ge', "GET coursedate\n$filter = SpacesLeft ge ''");
    takes('GET coursedate?$filter=Label=$0', 'eq', "GET coursedate?$filter=Label eq ''");
    takes('GET coursedate\n$filter = star$0', 'StartDate', 'GET coursedate\n$filter = StartDate ');
    takes('GET coursedate\n$filter = St$0 eq', 'Status', 'GET coursedate\n$filter = Status eq');
    takes('GET coursedate\n$filter = cont$0', 'contains', "GET coursedate\n$filter = contains(,'')");
    takes('GET coursedate\n$filter = cont$0(Label', 'contains', 'GET coursedate\n$filter = contains(Label');
    takes('GET coursedate\n$filter = Label $0', 'contains', "GET coursedate\n$filter = contains(Label,'')");
    takes(
      'GET coursedate\n$filter = label con$0',
      'contains',
      "GET coursedate\n$filter = contains(Label,'')",
    );
    takes('GET coursedate\n$filter = Label e$0', 'eq', "GET coursedate\n$filter = Label eq ''");
    takes('GET coursedate\n$filter = Status e$0', 'eq', 'GET coursedate\n$filter = Status eq ');
    takes('GET coursedate\n$filter = Status eq $0', "'Full'", "GET coursedate\n$filter = Status eq 'Full'");
    takes("GET coursedate\n$filter = Status eq 'Fu$0'", 'Full', "GET coursedate\n$filter = Status eq 'Full'");
    offers(
      'POST user\n$upsert = Em$0\n{ "Email": "x" }',
      `ID Forenames Surname Email DOB CF_Region MarketingOptIn ${FUNCTIONS}`,
    );
  });

  describe('what is likeliest comes first', () => {
    const firstOf = (marked: string, ...expected: string[]) =>
      it(`${JSON.stringify(marked)} offers ${expected.join(', ')} first`, () =>
        assert.deepEqual(labels(marked).slice(0, expected.length), expected));
    const filters = (marked: string, label: string, filter: string | undefined) =>
      it(`${JSON.stringify(marked)} compares what is typed with ${filter ?? 'the label'} for ${label}`, () =>
        assert.equal(completions(marked).find((each) => each.label === label)?.filter, filter));
    firstOf(
      "GET coursedate\n$filter = Cost gt '5'\n### B\nGET coursedate\n$filter = $0",
      'Cost',
      'ID',
      'Label',
    );
    firstOf(
      "GET coursedate\n$filter = Cost gt '5'\n### B\nGET CourseDate\n$select = Status, Cost\n### C\nGET coursedate\n$filter = $0",
      'Cost',
      'Status',
      'ID',
    );
    firstOf(
      "GET user\n$filter = Surname eq 'x'\n### B\nGET coursedate\n$filter = $0",
      'ID',
      'Label',
      'StartDate',
    );
    firstOf('GET coursedate\n$select = Online, Cost\n$filter = $0', 'Online', 'Cost', 'ID');
    firstOf('GET coursedate\n$select = Online, Cost\n$orderby = $0', 'Online', 'Cost', 'ID');
    firstOf('GET coursedate\n$orderby = date$0', 'ID', 'Label', 'StartDate', 'EndDate');
    firstOf('PUT user/1\n{ "Surname": "x" }\n### B\nPUT user/2\n{ $0 }', 'Surname', 'Forenames', 'Email');
    // VS Code sorts by how well the typed text fits; then this order counts.
    filters('GET coursedate\n$filter = star$0', 'startswith', 'Startswith');
    filters('GET coursedate\n$orderby = date$0', 'EndDate', 'End  Date');
    filters('GET coursedate\n$orderby = date$0', 'StartDate', undefined);
    filters('GET coursedate\n$filter = Label $0', 'contains', undefined);
    firstOf('GET coursedate\n$filter = Label $0', 'eq', 'ne', 'contains');
    for (const [typed, operator] of [
      ['<', 'lt'],
      ['less', 'lt'],
      ['before', 'lt'],
      ['<=', 'le'],
      ['>', 'gt'],
      ['after', 'gt'],
      ['>=', 'ge'],
      ['=', 'eq'],
      ['is', 'eq'],
      ['<>', 'ne'],
      ['!=', 'ne'],
    ] as const)
      it(`finds ${operator} by ${typed}`, () => {
        const found = completions(`GET coursedate\n$filter = StartDate ${typed}$0`);
        const { filter = '', replace } = found.find(({ label }) => label === operator) ?? {};
        assert.ok(filter.split(' ').includes(typed), filter);
        assert.equal(replace?.length, typed.length, 'what was typed is replaced');
      });
    it('says what an operator means for the type of the field', () => {
      const detail = (field: string) =>
        completions(`GET coursedate\n$filter = ${field} $0`).find(({ label }) => label === 'lt')?.detail;
      assert.deepEqual(['StartDate', 'Cost', 'Nope'].map(detail), [
        'is before  <',
        'is less than  <',
        'is less than, is before  <',
      ]);
    });
  });

  describe('after a mistake', () => {
    offers("GET coursedate\n$filter = Status = 'x' and $0", `${FILTERABLE} ${FUNCTIONS}`);
    offers('GET coursedate\n$filter = (Status eq $0', "'Available' 'Full' 'Cancelled'");
    offers(
      "GET coursedate\n$filter = Status eq 'Full' or (Cost gt '5' and $0)",
      `${FILTERABLE} ${FUNCTIONS}`,
    );
    offers("GET coursedate\n$fliter = Lable xx\n$filter = Nope eq 'x' or $0", `${FILTERABLE} ${FUNCTIONS}`);
    offers(
      'GET coursedate\nnonsense\n$orderby = $0',
      'ID Label StartDate EndDate Status SpacesLeft VenueTown Cost DateCreated CourseID Online',
    );
  });

  describe('lists of fields', () => {
    includes('GET coursedate\n$select = $0', 'ID', 'TagLabels', 'Overview');
    lacks('GET coursedate\n$select = ID, Label, $0', 'ID', 'Label');
    includes('GET coursedate\n$select = ID, La$0', 'Label');
    takes('GET coursedate\n$select = ID, La$0', 'Label', 'GET coursedate\n$select = ID, Label');
    lacks('GET coursedate\n$orderby = $0', 'Overview', 'TagLabels');
    offers('GET coursedate\n$orderby = StartDate $0', 'desc asc');
    offers('GET coursedate\n$orderby = StartDate de$0', 'desc asc');
    lacks('GET coursedate\n$orderby = StartDate desc, $0', 'StartDate', 'desc');
  });

  describe('bodies', () => {
    includes('PUT user/5\n{ $0 }', 'Email', 'Surname');
    lacks('PUT user/5\n{ $0 }', 'ID');
    lacks('PUT coursedate/5\n{ "$0" }', 'DateCreated');
    lacks('PUT user/5\n{ "Email": "x", $0 }', 'Email');
    takes('PUT user/5\n{ "Em$0" }', 'Email', 'PUT user/5\n{ "Email": "" }');
    offers('PUT user/5\n{ "MarketingOptIn": $0 }', 'true false');
    offers('PUT coursedate/5\n{ "Status": $0 }', '"Available" "Full" "Cancelled"');
  });

  describe('variables and directives', () => {
    includes("@site = x\nGET coursedate\n$filter = VenueTown eq '{{$0", 'site', '$today', '$guid', '$env');
    takes(
      "@site = x\nGET coursedate\n$filter = VenueTown eq '{{s$0",
      'site',
      "@site = x\nGET coursedate\n$filter = VenueTown eq '{{site}}",
    );
    takes(
      "@site = x\nGET coursedate\n$filter = VenueTown eq '{{s$0}}'",
      'site',
      "@site = x\nGET coursedate\n$filter = VenueTown eq '{{site}}'",
    );
    takes(
      "GET coursedate\n$filter = StartDate eq '{{$to$0}}'",
      '$today',
      "GET coursedate\n$filter = StartDate eq '{{$today}}'",
    );
    includes('# @name one\nGET user\n###\nPUT user/{{$0', 'one');
    offers('# @$0', 'name connection pages expect description');
    offers('# @name x\n# @$0', 'connection pages expect description');
    offers('# @pages $0', 'all 2 5 10');
    offers('# plain comment $0', '');
  });

  describe('next to existing text', () => {
    takes('GET coursedate\n$select = $0ID', 'Label', 'GET coursedate\n$select = Label, ID');
    takes('GET coursedate\n$select = ID,$0 Cost', 'Label', 'GET coursedate\n$select = ID,Label, Cost');
    takes('GET coursedate\n$select = ID $0', 'Label', 'GET coursedate\n$select = ID, Label');
    takes(
      'GET coursedate\n$orderby = StartDate desc $0',
      'Label',
      'GET coursedate\n$orderby = StartDate desc, Label',
    );
    takes('GET coursedate\n$orderby = $0Cost desc', 'Label', 'GET coursedate\n$orderby = Label, Cost desc');
    takes("GET coursedate\n$filter = $0Cost eq '5'", 'Label', "GET coursedate\n$filter = Label eq '5'");
    takes("GET coursedate\n$filter = Cost $0eq '5'", 'gt', "GET coursedate\n$filter = Cost gt '5'");
    takes(
      "GET coursedate\n$filter = Status eq $0'Full'",
      "'Available'",
      "GET coursedate\n$filter = Status eq 'Available'",
    );
    takes(
      "GET coursedate\n$filter = Status eq 'Full' an$0 Cost gt '5'",
      'or',
      "GET coursedate\n$filter = Status eq 'Full' or Cost gt '5'",
    );
    lacks("GET coursedate\n$filter = con$0(Label,'x')", 'Label', 'Cost');
    offers("GET coursedate\n$filter = Status in ('Full',$0", "'Available' 'Full' 'Cancelled'");
    offers("GET coursedate\n$filter = contains(Label,'x'$0", ')');
    takes(
      'GET coursedate\n$filter = contains(Label $0',
      ",'…'",
      "GET coursedate\n$filter = contains(Label ,'')",
    );
    lacks('@site = x\nGET coursedate\n$filter = StartDate ge $0', "'{{site}}'");
    offers("$0GET coursedate\n$filter = ID eq '1'", 'GET');
    offers("GET coursedate\n$f$0ilter = ID eq '1'", '$filter');
    offers('GET coursedate\n$s$0elect = ID', '$select');
    takes('GET coursedate\n$count $0', '=', 'GET coursedate\n$count = ');
    takes('GET coursedate $0', '$top', 'GET coursedate?$top=');
    offers('GET coursedate\n$top = 5 $0', '');
    takes(
      'https://x.accessplanit.com/accessplan/api/v2$0',
      'User',
      'https://x.accessplanit.com/accessplan/api/v2/User',
    );
    lacks('/$0', 'GET', 'read records');
    offers('apihelp/v2/modules/$0', 'CourseDate User Venue');
    offers('GET coursedate?$filter=Status%2$00eq', '');
    takes('PUT user/5\n{ "Email": "x" $0 }', 'Surname', 'PUT user/5\n{ "Email": "x", "Surname": "" }');
    takes('PUT user/5\n{ $0 "Email": "x" }', 'Surname', 'PUT user/5\n{ "Surname": "", "Email": "x" }');
    takes('PUT user/5\n{ $0', 'Surname', 'PUT user/5\n{ "Surname": ""');
    takes('PUT user/5\n{ "Em$0', 'Email', 'PUT user/5\n{ "Email": ""');
    takes('PUT user/5\n{ "MarketingOptIn":$0 true }', 'false', 'PUT user/5\n{ "MarketingOptIn": false }');
    offers('PUT user/5\n{ "MarketingOptIn": true $0, "Email": "x" }', 'Forenames Surname DOB CF_Region');
    offers('PUT user/5\n{ "Email": $0 }', '"…"');
    offers('PUT user/5\n{ // $0\n}', '');
    includes('PUT user/5\n{ "Email": { "Surname": 1 }, $0 }', 'Surname');
    for (const [written, label, expected] of [
      ['StartDate le $0', "lt '{{$today + 31d}}'", "StartDate lt '{{$today + 31d}}'"],
      ["StartDate gt '$0'", "ge '{{$tomorrow}}'", "StartDate ge '{{$tomorrow}}'"],
      [
        'StartDate eq $0',
        "ge '{{$today}}' and StartDate lt '{{$tomorrow}}'",
        "StartDate ge '{{$today}}' and StartDate lt '{{$tomorrow}}'",
      ],
      ['StartDate lt $0', "'{{$today + 30d}}'", "StartDate lt '{{$today + 30d}}'"],
      ['StartDate le $0', "'{{$now}}'", "StartDate le '{{$now}}'"],
    ] as const)
      takes(`GET coursedate\n$filter = ${written}`, label, `GET coursedate\n$filter = ${expected}`);
    takes('@x = {{$today $0}}', '+ 30d', '@x = {{$today + 30d}}');
    takes('@x = {{$today - 3$0', '- 30d', '@x = {{$today - 30d}}');
    offers(
      '@site = x\n@x = {{$to$0 + 1d}}',
      '$now $today $yesterday $tomorrow $weekstart $monthstart $yearstart',
    );
    takes('@site = x\n@x =$0', '{{site}}', '@site = x\n@x = {{site}}');
  });

  describe('without fields to offer', () => {
    offers('GET venue\n$filter = $0', `The fields of Venue have not been fetched yet ${FUNCTIONS}`);
    offers('GET zebra\n$select = $0', 'There is no module “zebra”');
    it('explains that there is no metadata', () => {
      const none = { version: 1, root: '', fetchedAt: '', modules: [] } as const;
      assert.deepEqual(
        completions('GET coursedate\n$select = $0', none).map((item) => item.label),
        ['There is no module “coursedate”'],
      );
    });
  });

  describe('values of an answer', () => {
    const filter = (text: string) =>
      `# @name people\n# @pages all\nGET coursedate\n$select = ID, Status\n###\nGET coursedate\n$filter = ${text}`;
    offers(filter("ID eq '{{people.$0'"), 'results[0] results[*]');
    offers(filter("ID eq '{{people.$0}}'"), 'results[0] results[*]');
    offers(filter("ID eq '{{people.results[$0}}'"), 'results[0] results[*]');
    offers(filter("ID ne '{{people.$0}}'"), 'results[0]');
    offers(filter("Status eq 'Full' or ID eq '{{people.$0}}'"), 'results[0]');
    offers(filter("Label eq '{{people.results[*].ID}}' and ID eq '{{people.$0}}'"), 'results[0]');
    offers(filter("ID eq '{{people.$0}}'\n$top = 5"), 'results[0]');
    offers(filter("ID eq '{{people.results[*].$0}}'"), 'ID Status');
    offers(filter("ID eq '{{people.results[0].St$0'"), 'ID Status');
    includes(filter("ID eq '{{$0'"), 'people', 'people.results[*]');
    lacks(filter("ID ne '{{$0'"), 'people.results[*]');
    takes(filter("ID eq '{{$0'"), 'people.results[*]', filter("ID eq '{{people.results[*].ID}}'"));
    takes(filter("ID eq '{{people.$0'"), 'results[*]', filter("ID eq '{{people.results[*].ID}}'"));
    takes(
      filter("ID eq '{{people.results[0$0].ID}}'"),
      'results[*]',
      filter("ID eq '{{people.results[*].ID}}'"),
    );
    takes(
      filter("ID eq '{{people.results[*].St$0'"),
      'Status',
      filter("ID eq '{{people.results[*].Status}}'"),
    );
    takes(
      filter("ID eq '{{people.results[*].I$0D}}'"),
      'Status',
      filter("ID eq '{{people.results[*].Status}}'"),
    );
  });

  describe('expectations', () => {
    const expect = (line: string) => `# @expect ${line}\nGET coursedate\n`;
    includes('# @$0\n# @expect count > 1\nGET coursedate', 'expect');
    offers(expect('$0'), 'status count total time results[0] results[*] body');
    offers(expect('st$0'), 'status count total time results[0] results[*] body');
    offers(expect('res$0ults[0].ID exists'), 'status count total time results body');
    takes(expect('res$0'), 'results[0]', expect('results[0].'));
    takes(expect('cou$0'), 'count', expect('count '));
    offers(expect('results[$0'), '0 *');
    takes(expect('results[$0'), '*', expect('results[*].'));
    takes(expect('results[$0].ID exists'), '0', expect('results[0].ID exists'));
    offers(expect('results[0]$0'), '.');
    offers(expect('results.$0'), '[0]. [*].');
    takes(expect('results.$0'), '[0].', expect('results[0].'));
    includes(expect('results[0].$0'), 'Status', 'TagLabels', 'Overview');
    includes(expect('body.results[0].St$0'), 'Status');
    takes(expect('results[*].sp$0'), 'SpacesLeft', expect('results[*].SpacesLeft '));
    offers('# @expect results[0].$0\nGET coursedate\n$select = ID, Status', 'ID Status');
    includes('# @expect results[0].St$0\nGET coursedate\n$select = *', 'Status');
    offers('# @expect results[0].$0\nGET venue', 'The fields of Venue have not been fetched yet');
    offers(expect('status $0'), '== != < <= > >=');
    offers(expect('results[0].Online $0'), '== != exists not exists');
    offers(expect('results[0].StartDate $0'), '== != < <= > >= exists not exists');
    offers(expect('results[0].TagLabels $0'), 'contains exists not exists');
    includes(expect('results[0].Label con$0'), 'contains', 'not exists');
    offers(expect('results[0].Label not $0'), 'contains startswith endswith matches exists');
    takes(expect('results[0].Label con$0'), 'contains', expect('results[0].Label contains '));
    takes(expect('results[0].Label =$0'), '==', expect('results[0].Label == '));
    takes(expect('results[0].Label $0'), 'exists', expect('results[0].Label exists'));
    includes(expect('status == $0'), '200', '404');
    offers(expect('results[0].Status == $0'), "'Available' 'Full' 'Cancelled'");
    takes(expect("results[0].Status == 'A$0'"), "'Available'", expect("results[0].Status == 'Available'"));
    offers(expect('results[0].Online == $0'), 'true false');
    offers(expect('results[0].Label == $0'), "'…'");
    offers('@low = 5\n# @expect count >= $0\nGET user', '1 0 {{low}}');
    offers('@low = 5\n# @expect results[0].Cost < $0\nGET coursedate', "'{{low}}'");
    includes(expect("results[0].StartDate > '{{$0"), '$today', '$now');
    offers(expect('results[0].ID exists $0'), '');
  });
});
