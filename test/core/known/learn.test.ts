import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { AnswerLearner, type KnownFields } from '#core/known/learn';
import { mergeFields } from '#core/known/learnt-field';
import type { ApiRecord } from '#core/results/read-page';

const AT = new Date('2026-11-26T09:00:00Z');

/** `Status: Full 3, Available 2` of the records; `(part)` behind it, and `!reason` for a field that is refused. */
function learnt(
  records: readonly ApiRecord[],
  {
    query = {},
    fields,
    module = 'CourseDate',
  }: { query?: Readonly<Record<string, string>>; fields?: KnownFields; module?: string } = {},
): string[] {
  const parameters = Object.entries(query).map(([name, value]) => ({ name, value }));
  const learner = new AnswerLearner({ module, query: parameters }, fields);
  learner.take(records);
  return learner.learnt(AT).map(({ field, values, refused, part }) => {
    const shown = values.map(({ value, count }) => `${value} ${count}`).join(', ');
    return `${field}: ${refused === undefined ? shown : `!${refused}`}${part ? ' (part)' : ''}`;
  });
}

const times = (count: number, make: (index: number) => ApiRecord): ApiRecord[] =>
  Array.from({ length: count }, (_, index) => make(index));

const statuses = (...names: readonly string[]): ApiRecord[] => names.map((Status) => ({ Status }));

describe('learning from an answer', () => {
  it('counts values, the most frequent first', () => {
    assert.deepEqual(learnt(statuses('A', 'B', 'B', 'B', 'A', 'C', 'B')), ['Status: B 4, A 2, C 1']);
  });

  it('learns a field only if it repeats', () => {
    assert.deepEqual(learnt(statuses('A', 'B', 'C', 'C', 'C')), []);
    assert.deepEqual(learnt(statuses('A', 'B', 'C', 'C', 'C', 'A')), ['Status: C 3, A 2, B 1']);
  });

  it('stops at more than a hundred different values', () => {
    const wide = (different: number) => times(300, (index) => ({ Status: `S${index % different}` }));
    assert.match(learnt(wide(100))[0] ?? '', /^Status: S0 3, S1 3/);
    assert.deepEqual(learnt(wide(101)), ['Status: !many']);
  });

  it('leaves out empty values, but counts their records', () => {
    const learner = new AnswerLearner({ module: 'CourseDate', query: [] });
    learner.take([{ Status: 'A' }, { Status: '' }, { Status: null }, { Status: 'A' }, { Status: '  ' }, {}]);
    const [field] = learner.learnt(AT);
    assert.deepEqual([field?.values.map(({ value }) => value), field?.records], [['A'], 6]);
  });

  it('takes each item of a list', () => {
    const records = [{ CategoryLabels: ['Popular', 'Safety'] }, { CategoryLabels: ['Safety', 'Safety'] }];
    assert.deepEqual(learnt([...records, ...records], { module: 'Course' }), [
      'CategoryLabels: Safety 4, Popular 2',
    ]);
  });

  it('learns numbers that repeat, in their own spelling', () => {
    const records = times(10, (index) => ({ Places: index % 2 === 0 ? 12 : 8.5, Cost: 5 }));
    const fields = [
      { name: 'Places', type: 'decimal' },
      { name: 'Cost', type: 'decimal' },
    ] as const;
    assert.deepEqual(learnt(records, { fields }), ['Places: 12 5, 8.5 5']);
  });

  it('never learns by type what is no list', () => {
    const records = times(6, () => ({
      Confirmed: true,
      StartDate: '2026-01-01',
      Nested: { a: 1 },
      Odd: [{ a: 1 }],
    }));
    const fields = [{ name: 'StartDate', type: 'datetime' }] as const;
    assert.deepEqual(learnt(records, { fields }), ['Nested: !no list', 'Odd: !no list']);
  });

  it('names fields as the metadata do', () => {
    const records = times(4, () => ({ status: 'A' }));
    assert.deepEqual(learnt(records, { fields: [{ name: 'Status', type: 'string' }] }), ['Status: A 4']);
  });

  it('learns IDs only where they are words', () => {
    const records = times(8, (index) => ({
      CommunicationTypeID: index % 2 === 0 ? 'Email' : 'SMS',
      VenueID: `${index % 2}`,
    }));
    assert.deepEqual(learnt(records), ['CommunicationTypeID: Email 4, SMS 4', 'VenueID: !no list']);
  });

  it('gives up a field as soon as one value leads to somebody', () => {
    assert.deepEqual(learnt(statuses('A', 'A', 'A', 'jane@example.com')), ['Status: !personal']);
    assert.deepEqual(learnt(statuses('A', 'A', 'A', 'Ring the bell.\nThen wait.')), ['Status: !free text']);
  });

  it('gives up a field of unknown meaning that is mostly names', () => {
    const of = (...names: readonly string[]) =>
      times(5 * names.length, (index) => ({ CF_Buddy: names[index % names.length] }));
    assert.deepEqual(learnt(of('Jane Doe', 'Zorblax Quindle', 'None')), ['CF_Buddy: !personal']);
    assert.deepEqual(learnt(of('Yes', 'No', 'Later', 'Never', 'Jane Doe')), [
      'CF_Buddy: Later 5, Never 5, No 5, Yes 5',
    ]);
  });

  it('learns what came once only where a field is known to be of things', () => {
    const records = [
      ...times(9, () => ({ Status: 'A', CF_Shift: 'Late' })),
      { Status: 'B', CF_Shift: 'Mornings' },
    ];
    assert.deepEqual(learnt(records), ['Status: A 9, B 1', 'CF_Shift: Late 9']);
  });

  it('says where a condition or an order decided which values come', () => {
    const records = times(4, () => ({ Status: 'A', CourseType: 'Web' }));
    const found = (query: Readonly<Record<string, string>>) => learnt(records, { query });
    for (const $filter of ["status eq 'O''Brien' and Places gt 2", "VenueTown eq 'x'", 'Places gt 2'])
      assert.deepEqual(found({ $filter }), ['Status: A 4 (part)', 'CourseType: Web 4 (part)']);
    assert.deepEqual(found({ $filter: ' ' }), ['Status: A 4', 'CourseType: Web 4']);
    assert.deepEqual(found({ $orderby: 'CourseType desc' }), ['Status: A 4', 'CourseType: Web 4 (part)']);
  });

  it('keeps the counts of all records when an answer to a condition comes', () => {
    const of = (value: string | undefined, count: number, ...names: string[]) => {
      const query = value === undefined ? [] : [{ name: '$filter', value }];
      const learner = new AnswerLearner({ module: 'CourseDate', query });
      learner.take(times(count, (index) => ({ Status: names[index % names.length] })));
      const [field] = learner.learnt(AT);
      assert.ok(field);
      return field;
    };
    const all = of(undefined, 1000, 'Available', 'Full', 'Cancelled', 'Full');
    const some = of("VenueTown eq 'Lancaster'", 600, 'Available', 'Provisional');
    for (const merged of [mergeFields(all, some), mergeFields(some, all)])
      assert.deepEqual(
        [merged.part, merged.records, merged.values.map(({ value, count }) => `${value} ${count}`)],
        [false, 1000, ['Full 500', 'Available 250', 'Cancelled 250', 'Provisional 0']],
      );
  });

  it('takes members with odd names for what they are', () => {
    const records = times(5, () => JSON.parse('{"__proto__": "A", "constructor": "B"}') as ApiRecord);
    assert.deepEqual(learnt(records), ['__proto__: A 5', 'constructor: B 5']);
  });

  /** `Module.Field: value | value`, each of twenty records. */
  const told = (line: string): string[] => {
    const [, name = '', values = ''] = /^\s*(\S+): (.*)$/.exec(line) ?? [];
    const [module = '', field = ''] = name.split('.');
    const texts = values.split(' | ');
    const records = times(20 * texts.length, (index) => ({
      ID: `${index}`,
      [field]: texts[index % texts.length],
    }));
    const learner = new AnswerLearner({ module, query: [] }, [{ name: field, type: 'string' }]);
    learner.take(records);
    const found = learner.learnt(AT).find((each) => each.field === field)?.values ?? [];
    return found.map(({ value }) => `${name}: ${value}`);
  };
  const lines = (text: string) => text.split('\n').filter((line) => line.trim() !== '');

  it('learns nobody’s name, number, address, health or secret, whatever the field is called', () => {
    const all = lines(`
    CourseDateBooking.NameOnCertificate: Siobhán Ní Bhriain | Ngozi Adichie | Jane Smith
    User.CertificateName: Jane Smith | Amina Yusuf
    User.CF_PINCode: 4711 | 0815 | 1234
    User.PINCode: 4711 | 0815 | 1234
    User.CVV: 123 | 456
    User.CF_CaseHandler: 李小龙 | 王芳
    User.CF_CaseHandler: jsmith | apatel | kdoe
    User.CF_ReportsTo: jane smith | amina yusuf
    User.CF_ReportsTo: jane.smith | amina.yusuf
    CourseDate.CF_Lecturer: O. Okonkwo | Smith | Adichie
    CourseDate.CF_Lecturer: Okonkwo | Nwosu | Adichie
    User.CF_OutOfHours: call 07700900123 | ring 01632960983
    User.CF_NOK: wife 07700900123 | mum 01632960983
    User.CF_Born: 13 April 1979 | 2 May 1980
    User.CF_OTP: 482913 | 112233
    User.MemorableWord: rosebud | walnut
    User.CF_Access: hunter2 | Tr0ub4dor&3
    User.WifiCode: hunter2 | Tr0ub4dor&3
    User.DoorCode: 1234 | C9876X
    User.CF_AbsenceReason: Depression | Cancer treatment
    User.SickReason: Depression | HIV
    User.CF_GenderIdentity: Trans man | Non-binary
    User.SENStatus: EHCP | SEN support
    User.CF_Team: Jane Smith | Amina Yusuf
    CourseDate.CF_Group: jane@x | Siobhán Ní Bhriain
    CourseDate.Alias: Siobhán Ní Bhriain | Jane Smith
    User.Alias: Siobhán Ní Bhriain | Jane Smith
    User.CF_Position: Jane Smith | x
    User.MembershipNumber: M123456 | M998877
    User.CF_Source: Jane Smith | Friend: Amina Yusuf
    User.ULN: U1234567 | U7654321
    User.CardNo: A1234567 | B7654321
    User.VehicleReg: AB12 CDE | X123 YZA
    User.CF_HomeTown: 12 Acacia Avenue | Flat 3, 9 Mill Lane
    User.CF_Region: 12 Acacia Avenue | Flat 3, 9 Mill Lane
    User.CF_Session: Jane Smith 1:1 | Amina Yusuf 1:1
    Appointment.Label: Jane Smith | Amina Yusuf
    Task.Label: Call Jane Smith | Visit Amina Yusuf
    Event.Title: Jane Smith | Amina Yusuf
    Certificate.Label: Jane Smith | Amina Yusuf
    Project.Name: Jane Smith | Amina Yusuf
    Plan.Name: Jane Smith’s plan | Amina Yusuf
    Assessment.Label: Jane Smith | Amina Yusuf
    Opportunity.Label: jane smith | amina yusuf
    Invoice.Label: jane smith | amina yusuf
    Invoice.InvoiceFAO: jane smith | amina yusuf
    Award.Label: Jane Smith | Amina Yusuf | Ngozi Adichie
    User.CF_Receptionist: Blorp | Zorb
    CourseDate.CF_Notified: June 3, 1981 | 4th of May 1990
    User.KeypadCode: 12 | 34
    User.TokenType: abc | def
    CourseDate.VenueCounty: 4 Elm Grove | 12b Long Acre Road
    CourseDate.CF_Extra: محمد علي | 김민수
    CourseDate.CF_Extra: PTAK KOWAL | ZOLA ADEYEM
    CourseDate.CF_Extra: KOWAL, P | HUW POWELL | BJORN DAHL | MEI LING
    CourseDate.CF_Allocation: DAFYDD | ESME
    User.CF_Extra: QQ 12 34 56 C | QQ 65 43 21 A
    User.CF_Extra: GB82 WEST 1234 5698 7654 32 | None
    User.CF_Extra: 04 05 1975 | 13 11 1982
    User.CF_Extra: AB12CDE | None | Car | Bus
    User.CF_Extra: HIV | ADHD | ASD | PTSD
    User.CF_Extra: None | Late | Early | HIV
    User.CF_Extra: 4821 | 7390 | 1156
    User.CF_Combination: 1000 | 2000
    User.CF_MeetingCode: 12 | 34
    User.CF_Age: 31 | 44
    User.CF_Trans: Yes | No
    User.CF_Blood: A | B
    CourseDate.CF_Team: Aisha | Quindle | Team Zorblax
    CourseDate.CF_Team: JRS | AP | KQ
    CourseDate.VenueName: Aisha | Patel
    CourseDate.CF_Source: Aisha’s list | A. Patel
    CourseDate.CF_Extra: JRS | AP | KQ1
    CourseDate.CF_Extra: 2500 | 1950 | 4000 | 2001
    CourseDate.CF_Extra: home LA1 4YW | room LA2 6AB
    CourseDate.CourseName: NI QQ123456C | DOB 12/03/1985
    `);
    assert.ok(all.length > 50);
    assert.deepEqual(all.flatMap(told), []);
  });

  it('learns the names of things', () => {
    const all = lines(`
    CourseDate.VenueTown: Milton Keynes | Lancaster | St Helens | Preston | Chester | Florence
    CourseDate.Status: Available | Full | Provisional | In Progress
    CourseDate.VenueName: Victoria Suite | Main Hall | Jubilee Gardens
    Course.CategoryLabel: Health and Safety | Manual Handling | First Aid | Mental Health First Aid
    Course.Label: First Aid at Work | Manual Handling | Fire Marshal | Project Management Essentials
    Course.Alias: Emergency First Aid | First Aid Refresher
    User.JobTitle: Managing Director | Sales Manager | Administrator
    User.CF_Region: North West | Yorkshire | Greater Manchester
    User.CF_Team: Field Sales | Human Resources | Red Team | HR | Team 2 | Preston
    CourseDate.CF_Extra: GBP | EUR | 2026 | AM | L3 | 90
    Company.CF_Source: Web Site | Trade Fair | Word of Mouth
    CourseDateBooking.CancellationReason: No longer needed | Moved to another date
    Booking.CF_Shift: Late | Mornings | Nights
    Certificate.Label: First Aid Certificate | Manual Handling Level 2
    `);
    const missing = all.filter((line) => told(line).length !== line.split(' | ').length);
    assert.deepEqual(missing, []);
  });

  it('counts no more than enough', () => {
    const learner = new AnswerLearner({ module: 'CourseDate', query: [] });
    for (let page = 0; page < 30; page++) learner.take(times(1000, () => ({ Status: 'A' })));
    assert.equal(learner.learnt(AT)[0]?.records, 20_000);
  });
});
