/** `apq run` with a list of values, `ID eq '{{bookings.results[*].UserID}}'`: what is asked, what comes, and going on. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apq } from '../support/apq-process';
import { type RunningPlatform, startPlatformProcess } from '../support/platform-process';

const QUERIES = `### Bookings
# @name bookings
# @pages all
GET CourseDateBooking
$select = ID, UserID

### People
GET User
$select = ID, Surname
$filter = ID eq '{{bookings.results[*].UserID}}'

### Busy
GET UserCourseDate
$select = ID, UserID
$filter = ID ne '' and UserID eq '{{some.results[*].ID}}'
$orderby = ID

### Some
# @name some
# @pages all
GET User
$filter = startswith(Surname,'A')
$select = ID, Surname

### None
# @name none
GET User
$filter = ID eq 'none'

### Nobody
# @expect count == 0
# @expect status == 200
GET User
$filter = ID eq '{{none.results[*].ID}}'

### Towns
GET Venue
$filter = Town eq '{{people.results[*].Town}}'
$select = ID, Town

### First people
# @name people
GET User
$select = ID, Town
$top = 10
`;

/** An ordinary answer. */
const ORDINARY = { trickle: 1 };

interface Row {
  readonly ID: string;
  readonly UserID: string;
  readonly Surname: string;
  readonly Town: string | null;
}

describe('apq run: a list of values', () => {
  let platform: RunningPlatform;
  let folder: string;
  before(async () => {
    platform = await startPlatformProcess();
    folder = mkdtempSync(join(tmpdir(), 'apq-lists-'));
    writeFileSync(join(folder, 'a.apq'), QUERIES);
  });
  beforeEach(() => platform.control({ reset: true }));
  after(async () => {
    await platform.stop();
    rmSync(folder, { recursive: true });
  });

  const run = async (...words: string[]) =>
    apq(['run', ...words], { env: { APQ_API_KEY: platform.apiKey, APQ_ROOT: platform.root }, cwd: folder });
  const rows = async (module: string, select: string) => {
    writeFileSync(join(folder, 'all.apq'), `# @pages all\nGET ${module}\n$select = ${select}`);
    const { code, out, err } = await run('all.apq', '--format', 'json');
    assert.equal(code, 0, err);
    return JSON.parse(out) as readonly Row[];
  };
  const asked = async () => (await platform.requests()).filter((each) => each.includes('/User?'));
  const sorted = (values: readonly string[]) => [...values].sort();

  it('asks in batches of 50 IDs, no more often than needed, and brings just the records that have one', async () => {
    const wanted = new Set((await rows('CourseDateBooking', 'ID, UserID')).map(({ UserID }) => UserID));
    await platform.control({ reset: true });
    const { code, out, err } = await run('a.apq', '--request', 'People', '--format', 'json');
    assert.equal(code, 0, err);
    const people = JSON.parse(out) as readonly Row[];
    assert.deepEqual(sorted(people.map(({ ID }) => ID)), sorted([...wanted]));
    assert.ok(wanted.size > 160);
    const requests = await asked();
    assert.equal(requests.length, Math.ceil(wanted.size / 50));
    assert.ok(requests.every((each) => each.split(' or ').length <= 50));
    assert.match(err, /People: \d+ records · \d+ pages · .* and \d+ more values\n/);
  });

  it('fetches all records of each value, with what else has to hold, and says what $orderby can’t do', async () => {
    const some = (await rows('User', 'ID, Surname, Town'))
      .filter(({ Surname }) => Surname.startsWith('A'))
      .map(({ ID }) => ID);
    const booked = (await rows('UserCourseDate', 'ID, UserID')).filter(({ UserID }) => some.includes(UserID));
    const { out, err } = await run('a.apq', '--request', 'Busy', '--format', 'json');
    const found = JSON.parse(out) as readonly Row[];
    assert.deepEqual(sorted(found.map(({ ID }) => ID)), sorted(booked.map(({ ID }) => ID)));
    assert.match(err, /\$orderby sorts the records of each batch of values only\./);
  });

  it('sends nothing without values, and says so', async () => {
    const { code, err } = await run('a.apq', '--request', 'Nobody');
    assert.equal(code, 0, err);
    assert.match(err, /“none” has no records, so nothing was asked for\./);
    assert.match(err, /Nobody: 0 records/);
    assert.equal((await asked()).length, 1);
  });

  it('says how many records had no value, and that others did not come', async () => {
    const people = (await rows('User', 'ID, Surname, Town')).slice(0, 10);
    const without = people.filter(({ Town }) => Town === null || Town === '').length;
    const { err } = await run('a.apq', '--request', 'Towns');
    assert.match(
      err,
      /“people” brought 10 records; there may be more: the values of any others are missing here\./,
    );
    assert.equal(
      /(\d+) records? of “people” without Town (?:was|were) left out/.exec(err)?.[1] ?? '0',
      String(without),
    );
  });

  it('shows with --dry-run that there are batches', async () => {
    const { out } = await run('a.apq', '--request', 'People', '--dry-run');
    assert.match(
      out,
      /^# All different values of bookings\.results\[\*\]\.UserID take the place of .*, at most 50 of them in each request\.$/m,
    );
    assert.deepEqual(await platform.requests(), []);
  });

  it('writes the first answer only with --raw, and says so', async () => {
    const { out, err } = await run('a.apq', '--request', 'People', '--raw', '--pages', '1');
    assert.equal((JSON.parse(out) as { results: unknown[] }).results.length, 50);
    assert.match(err, /--raw wrote the first of \d+ answers\./);
  });

  it('streams into a file, goes on with --resume in the batch where it stopped, and starts over for other values', async () => {
    const args = ['a.apq', '--request', 'People', '--format', 'csv', '--output', 'people.csv'];
    const whole = await run(...args);
    assert.equal(whole.code, 0, whole.err);
    const expected = readFileSync(join(folder, 'people.csv'), 'utf8');
    const batches = Math.ceil((expected.trim().split('\n').length - 1) / 50);
    const stopAfter = async (...before: unknown[]) =>
      platform.control({ reset: true, only: '/user', next: [...before, { status: 403 }] });
    await stopAfter(ORDINARY, ORDINARY);
    const first = await run(...args, '--resume');
    assert.notEqual(first.code, 0);
    assert.match(first.err, /100 records are kept next to people\.csv/);
    await platform.control({ reset: true });
    const again = await run(...args, '--resume');
    assert.equal(again.code, 0, again.err);
    assert.equal(readFileSync(join(folder, 'people.csv'), 'utf8'), expected);
    assert.equal((await asked()).length, batches - 2 + 1);

    await stopAfter(ORDINARY);
    assert.notEqual((await run(...args, '--resume')).code, 0);
    await platform.control({ reset: true });
    writeFileSync(
      join(folder, 'b.apq'),
      QUERIES.replace('GET CourseDateBooking', "GET CourseDateBooking\n$filter = ID gt '30100'"),
    );
    const other = await run('b.apq', ...args.slice(1), '--resume');
    assert.match(other.err, /Starting over: the unfinished fetch next to people\.csv asked for .{0,2000}\n/);
  });
});
