import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { findModule } from '#platform/catalog';
import { compileFilter } from '#platform/filter';
import { Problem } from '#platform/problem';
import type { Quirks } from '#platform/quirks';
import type { Row } from '#platform/values';
import { usePlatform } from './support';

const NONE: Quirks = new Set();

/** Module and filter, which the platform accepts. */
const ACCEPTED: readonly (readonly [string, string])[] = [
  ['coursedate', "CourseID eq 'FirAid'"],
  ['coursedate', " CourseID eq 'FirAid' "],
  ['coursedate', "courseid EQ 'firaid'"],
  ['coursedate', "CourseID  eq\t'FirAid'"],
  ['coursedate', "StartDate lt '2025-01-01T10:00:00'"],
  ['coursedate', "StartDate ge '2025-01-01'"],
  ['coursedate', "StartDate ge '2025-01-01T10:00'"],
  ['coursedate', "StartDate ge '2025-01-01T10:00:00.1234567'"],
  ['coursedate', "StartDate ge '2025-01-01T10:00:00Z'"],
  ['coursedate', "StartDate ge '2024-02-29T10:00:00+01:00'"],
  ['coursedate', "StartDate gt '2025-01-01T10:00:00' and status eq 'Available'"],
  ['coursedate', "StartDate gt '2025-01-01T10:00:00' OR status eq 'Available' And Cost lt '100'"],
  ['coursedate', "contains(CourseID,'FirAid')"],
  ['coursedate', "Contains( CourseID , 'FirAid' )"],
  ['coursedate', "startswith(CourseID,'Fir') and endswith(CourseID, 'aid')"],
  ['coursedate', "startswith(CourseID,'Fir')and Status eq 'Full'"],
  ['coursedate', "startswith(CourseID,'Fir')or contains(CourseID,'x')and Cost gt '5'"],
  ['course', "CourseType eq 'class' or CourseType eq 'ELEARNING'"],
  ['coursetemplate', "Name ne ''"],
  ['coursedate', "Cost eq '95'"],
  ['coursedate', 'Cost eq 95'],
  ['coursedate', 'Cost ge -0.5'],
  ['coursedate', "SpacesLeft ge '1' and Places le 24"],
  ['coursedate', 'ID eq 2024'],
  ['coursedate', "CompanyName eq ''"],
  ['coursedate', "CF_AuditDate ne '2025-01-01'"],
  ['user', "Surname eq 'O''Neill'"],
  ['user', "Email eq 'john.smith@my_company.com'"],
  ['user', "HasEmail eq 'TRUE' and MarketingOptIn ne false"],
  ['user', "Surname eq 'Müller' or Surname eq 'a & b = c + d, %'"],
  ['user', "MoodleID gt '100'"],
  ['course', "contains(Description,'practice')"],
  ['course', "CertificateNumber gt '1000'"],
  ['invoice', "Outstanding gt '0' and DateDue lt '2030-01-01'"],
];

/** Module, filter, the text of the refusal, and its character. */
const REFUSED: readonly (readonly [string, string, RegExp, number?])[] = [
  ['coursedate', '', /empty/, 1],
  ['coursedate', '   ', /empty/, 4],
  ['coursedate', "(CourseID eq 'a')", /parentheses/, 1],
  ['coursedate', "CourseID eq 'a' and (Status eq 'b' or Status eq 'c')", /parentheses/, 21],
  ['coursedate', "CourseID eq ('a')", /parentheses/, 13],
  ['coursedate', "CourseID eq 'a')", /parentheses/, 16],
  ['coursedate', "not CourseID eq 'a'", /not is not supported/, 1],
  ['coursedate', "not (CourseID eq 'a')", /parentheses|not is not/],
  ['coursedate', "in (CourseID,'a')", /parentheses/],
  ['coursedate', "CourseID in ('a','b')", /operator in is not supported/, 10],
  ['coursedate', "CourseID has 'a'", /operator has is not supported/, 10],
  ['coursedate', "Cost add 5 eq '10'", /arithmetic/, 6],
  ['coursedate', "Cost mul 5 eq '10'", /arithmetic/, 6],
  ['coursedate', "Cost eq '5' add 3", /arithmetic/, 13],
  ['coursedate', 'Cost eq 5 + 3', /arithmetic/, 11],
  ['coursedate', 'Cost - 5 eq 3', /arithmetic/, 6],
  ['coursedate', 'CourseID eq null', /null is not supported/, 13],
  ['coursedate', "tolower(CourseID) eq 'a'", /function tolower is not supported/, 1],
  ['coursedate', 'year(StartDate) eq 2025', /function year/, 1],
  ['coursedate', "contains(tolower(CourseID),'a')", /inside a function/, 10],
  ['coursedate', "indexof(CourseID,'a') eq 1", /function indexof/, 1],
  ['coursedate', 'StartDate gt now()', /quotes/, 14],
  ['coursedate', "CourseID = 'a'", /write eq/, 10],
  ['coursedate', "CourseID == 'a'", /write eq/, 10],
  ['coursedate', "CourseID != 'a'", /write ne/, 10],
  ['coursedate', "CourseID <> 'a'", /write ne/, 10],
  ['coursedate', "Cost > '5'", /write gt/, 6],
  ['coursedate', "Cost>='5'", /write ge/, 5],
  ['coursedate', "Cost <= '5'", /write le/, 6],
  ['coursedate', "Cost lt '5' && Cost gt '3'", /write and/, 13],
  ['coursedate', "Cost lt '5' || Cost gt '3'", /write or/, 13],
  ['coursedate', "CourseID like 'a%'", /write contains/, 10],
  ['coursedate', 'CourseID eq "a"', /double quotes/, 13],
  ['coursedate', 'CourseID eq FirAid', /needs single quotes/, 13],
  ['coursedate', 'StartDate ge 2025-01-01', /needs single quotes/, 14],
  ['coursedate', 'StartDate ge 2025-01-01T10:00:00Z', /needs single quotes/, 14],
  ['coursedate', 'StartDate ge 2025', /date and time/, 14],
  ['coursedate', "CourseID eq 'a", /not closed/, 13],
  ['coursedate', "CourseID eq 'O'Neill'", /not closed|and or or is missing/],
  ['coursedate', "CourseID eq'a'", /space is missing/, 12],
  ['coursedate', "CourseID eq 'a'and Cost eq '1'", /space is missing/, 16],
  ['coursedate', "contains (CourseID,'a')", /no space/, 10],
  ['coursedate', "CourseID eq\u00a0'a'", /spaces and tabs/, 12],
  ['coursedate', "CourseID eq 'a'\nand Cost eq '1'", /line break/, 16],
  ['coursedate', 'CourseID', /operator is missing/, 9],
  ['coursedate', "CourseID 'a'", /operator is missing/, 10],
  ['coursedate', "CourseID is 'a'", /operator is missing/, 10],
  ['coursedate', 'CourseID eq', /value is missing/, 12],
  ['coursedate', "CourseID eq 'a' and", /condition is missing after and/, 20],
  ['coursedate', "and CourseID eq 'a'", /condition is missing before and/, 1],
  ['coursedate', "CourseID eq 'a' Cost eq '1'", /and or or is missing/, 17],
  ['coursedate', "contains(CourseID,'a') eq true", /and or or is missing/, 24],
  ['coursedate', 'contains(CourseID)', /comma is missing/, 18],
  ['coursedate', "contains(CourseID,'a','b')", /two arguments/, 22],
  ['coursedate', "contains(CourseID,'a'", /is missing/, 22],
  ['coursedate', "contains('a',CourseID)", /field's name first/, 10],
  ['coursedate', "'a' eq CourseID", /begins with/, 1],
  ['coursedate', 'StartDate eq EndDate', /quotes/, 14],
  ['coursedate', "Wombat eq 'a'", /no field 'Wombat'/, 1],
  ['coursedate', "contains(Wombat,'a')", /no field 'Wombat'/, 10],
  ['coursedate', "Cost eq 'cheap'", /takes a number/, 9],
  ['coursedate', "Cost eq '1,5'", /takes a number/, 9],
  ['coursedate', "Cost eq '1e3'", /takes a number/, 9],
  ['coursedate', "Cost eq ''", /takes a number/, 9],
  ['coursedate', "Places eq '1.5'", /whole number/, 11],
  ['coursedate', "Places eq '3000000000'", /whole number/, 11],
  ['coursedate', "Cost eq 'true'", /takes a number/, 9],
  ['coursedate', "StartDate ge ''", /date and time/, 14],
  ['coursedate', "StartDate ge '01/02/2025'", /date and time/, 14],
  ['coursedate', "StartDate ge '2025-02-30'", /date and time/, 14],
  ['coursedate', "StartDate ge '2025-02-29T10:00:00'", /date and time/, 14],
  ['coursedate', "StartDate ge '2025-01-01T24:00:00'", /date and time/, 14],
  ['coursedate', "StartDate ge '2025-01-01T10:00:00.12345678'", /date and time/, 14],
  ['coursedate', "StartDate ge '2025-01-01 10:00:00'", /date and time/, 14],
  ['coursedate', "StartDate ge '2025-01-01T10:00:00 01:00'", /date and time/, 14],
  ['coursedate', "contains(StartDate,'2025')", /works on text/, 10],
  ['coursedate', "startswith(Cost,'9')", /works on text/, 12],
  ['user', "HasEmail eq '1'", /true or false/, 13],
  ['user', 'HasEmail eq 1', /true or false/, 13],
  ['user', "HasEmail eq ''", /true or false/, 13],
  ['user', "HasEmail gt 'true'", /only eq and ne/, 10],
  ['user', "contains(HasEmail,'t')", /works on text/, 10],
  ['user', "Title eq 'Mr'", /cannot be filtered/, 1],
  ['user', "contains(Country,'Kingdom')", /cannot be filtered/, 10],
  ['user', "FullAddress eq 'x'", /cannot be filtered/, 1],
  ['user', 'ActiveCoursesCount gt 1', /cannot be filtered/, 1],
  ['user', "Tags/any(t: t eq 'VIP')", /lambda/, 5],
  ['course', "CategoryLabels eq 'IT'", /cannot be filtered/, 1],
];

describe('sample platform: filters', () => {
  const client = usePlatform();
  const ask = (module: string, filter: string) =>
    client().data(`${module}?$top=1&$filter=${encodeURIComponent(filter)}`);

  for (const [module, filter] of ACCEPTED) {
    it(`accepts ${module}: ${filter}`, async () => {
      const reply = await ask(module, filter);
      assert.equal(reply.status, 200, reply.errors);
    });
  }

  for (const [module, filter, why, at] of REFUSED) {
    it(`refuses ${module}: ${JSON.stringify(filter)}`, async () => {
      const reply = await ask(module, filter);
      assert.equal(reply.status, 400, reply.text);
      assert.match(reply.errors, why);
      if (at !== undefined) assert.match(reply.errors, new RegExp(`at character ${at}:`));
    });
  }

  it('binds and tighter than or', async () => {
    const total = (filter: string) => client().total('coursedate', filter);
    const a = "Status eq 'Full'";
    const b = "CourseID eq 'FirAid'";
    const c = "VenueTown eq 'Lancaster'";
    const both = await total(`${b} and ${c}`);
    const all = await total(`${a} and ${b} and ${c}`);
    assert.equal(await total(`${a} or ${b} and ${c}`), (await total(a)) + both - all);
    assert.equal(await total(`${b} and ${c} or ${a}`), (await total(a)) + both - all);
  });

  it('compiles any filter or refuses it with a position', () => {
    const module = findModule('coursedate');
    assert.ok(module);
    const pieces =
      "Label Cost StartDate HasEmail eq ne lt and or not in contains ( ) , 'a' '' ' 5 -1 2025-01-01 true null = > \" ü \n $ /";
    const piece = fc.oneof(fc.constantFrom(...pieces.split(' ')), fc.string({ maxLength: 4 }));
    const filter = fc.array(piece, { maxLength: 12 }).map((list) => list.join(' '));
    fc.assert(
      fc.property(filter, (text) => {
        try {
          compileFilter(text, module, NONE)({ ID: '1' });
        } catch (error) {
          assert.ok(
            error instanceof Problem && /^The filter is not valid at character \d+: ./.test(error.message),
          );
        }
      }),
      { numRuns: 2000 },
    );
  });
});

/** The three rows that the filters below select from. */
const ROWS: readonly Row[] = [
  { ID: '1', Surname: "O'Neill", MoodleID: 10, HasEmail: true, DOB: '2000-02-29T00:00:00' },
  { ID: '2', Surname: 'émile', MoodleID: 9, HasEmail: false, DOB: '2000-03-01T12:30:15' },
  { ID: '3', Surname: null, MoodleID: null, HasEmail: null, DOB: null },
];
const MATCHES: readonly (readonly [string, string])[] = [
  ["Surname eq 'o''NEILL'", '1'],
  ["Surname eq 'ÉMILE'", '2'],
  ["Surname ne 'émile'", '1 3'],
  ["Surname eq ''", '3'],
  ["Surname ne ''", '1 2'],
  ["Surname lt 'f'", '2'],
  ["Surname ge 'émile'", '1 2'],
  ["contains(Surname,'''n')", '1'],
  ["contains(Surname,'')", '1 2'],
  ["startswith(Surname,'O')", '1'],
  ["endswith(Surname,'L')", '1'],
  ["MoodleID gt '9'", '1'],
  ['MoodleID ge 9.0', 'refused'],
  ["MoodleID eq '09'", '2'],
  ["MoodleID ne '9'", '1 3'],
  ["MoodleID lt '100'", '1 2'],
  ["HasEmail eq 'false'", '2'],
  ['HasEmail ne true', '2 3'],
  ["DOB eq '2000-02-29'", '1'],
  ["DOB gt '2000-02-29'", '2'],
  ["DOB gt '2000-03-01T12:30:14.9999999'", '2'],
  ["DOB ge '2000-03-01T12:30:15.0000001'", ''],
  ["DOB eq '2000-03-01T12:30:15.000'", '2'],
  ["DOB eq '2000-03-01T13:30:15+01:00'", '2'],
  ["DOB ne '2000-03-01T12:30:15Z'", '1 3'],
  ["DOB le '9999-12-31'", '1 2'],
];

describe('sample platform: what filters match', () => {
  const module = findModule('USER');
  for (const [filter, expected] of MATCHES) {
    it(`${filter} → ${expected}`, () => {
      assert.ok(module);
      let found = 'refused';
      try {
        const predicate = compileFilter(filter, module, NONE);
        found = ROWS.filter(predicate)
          .map((row) => row['ID'])
          .join(' ');
      } catch {
        // refused
      }
      assert.equal(found, expected);
    });
  }
});
