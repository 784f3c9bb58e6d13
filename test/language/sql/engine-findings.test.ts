/** What the language asks the SQL engine, and what it reports of the answers. */
import assert from 'node:assert/strict';
import { LanguageService, type SqlVerdict } from '#language';
import { metadata } from '../support/metadata';

const FILE = `# @name courses
# @pages all
GET CourseDate
$select = ID, StartDate

###
# @name later
SQL
select ID from courses where StartDate > '{{$today}}'

###
SQL
select * from later, venues

###
# @name venues
GET Venue
`;

const serviceOf = () => {
  const service = new LanguageService();
  service.setMetadata({ ...metadata, fetchedAt: new Date().toISOString() });
  return service;
};
const FAULT: SqlVerdict = { ok: false, fault: { message: 'Wrong.', offset: 7 } };
const errorsIn = (service: LanguageService, document: ReturnType<LanguageService['parse']>) =>
  service.diagnose(document).filter(({ code }) => code === 'sql-error');

describe('what the SQL engine is asked', () => {
  it('asks about each statement, with parameters and the tables that it names', () => {
    const service = serviceOf();
    const [first, second] = service.sqlChecks(service.parse(FILE));
    assert.equal(first?.statement, 'select ID from courses where StartDate > ?1          ');
    assert.deepEqual(
      first?.tables.map(({ name, columns }) => [
        name,
        columns.map((column) => `${column.name} ${column.type}`),
      ]),
      [['courses', ['ID string', 'StartDate datetime']]],
    );
    assert.deepEqual(
      second?.tables.map(({ name }) => name),
      ['later'],
    );
    assert.deepEqual([first?.knowsNames, second?.knowsNames], [true, false]);
  });

  it('reports an error until the statement is another', () => {
    const service = serviceOf();
    let document = service.parse(FILE);
    const edit = (before: string, text: string) => {
      const offset = document.file.text.indexOf(before);
      document = service.edit(document, { offset, length: before.length, text });
    };
    const [check] = service.sqlChecks(document);
    assert.ok(check);
    assert.deepEqual(errorsIn(service, document), []);
    assert.equal(service.addSqlVerdict(check, FAULT), true);
    const at = FILE.indexOf('select ID from') + 7;
    assert.deepEqual(
      errorsIn(service, document).map(({ offset, length, message }) => [offset, length, message]),
      [[at, 2, 'Wrong.']],
    );
    assert.deepEqual(
      service.sqlChecks(document).map(({ knowsNames }) => knowsNames),
      [false],
    );
    edit('select ID from', 'select StartDate from');
    assert.deepEqual(errorsIn(service, document), []);
    edit('select StartDate from', 'select ID from');
    assert.equal(errorsIn(service, document).length, 1);
  });

  it('reports only what is wrong whatever the tables are where they are not known', () => {
    const service = serviceOf();
    const document = service.parse(FILE);
    const check = service.sqlChecks(document)[1];
    assert.ok(check);
    assert.equal(service.addSqlVerdict(check, FAULT), false);
    assert.deepEqual(errorsIn(service, document), []);
    service.addSqlVerdict(check, { ok: false, fault: { message: 'Unreadable.', offset: 0, isSyntax: true } });
    assert.equal(errorsIn(service, document).length, 1);
  });

  it('leaves it to another check that reports an error in the statement', () => {
    const service = serviceOf();
    const document = service.parse('SQL\nselect {{nobody}} from\n');
    for (const check of service.sqlChecks(document)) service.addSqlVerdict(check, FAULT);
    assert.deepEqual(
      service
        .diagnose(document)
        .filter(({ severity }) => severity === 'error')
        .map(({ code }) => code),
      ['undefined-variable'],
    );
  });
});
