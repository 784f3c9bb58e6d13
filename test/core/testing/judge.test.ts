/** Verdicts on responses: which expectations are met, and messages for the others. */
import assert from 'node:assert/strict';
import { ApiError } from '#core/remote/api-error';
import { observedOfError } from '#core/running/observed';
import { judge, type Observed } from '#core/testing/judge';
import { movedLine } from '#core/testing/moved-line';
import { readJson } from '#core/values/read-json';
import { LanguageService } from '#language';

const records = [
  {
    ID: '7',
    Status: 'Full',
    Cost: '99.50',
    Spaces: 3,
    Online: true,
    Email: null,
    Code: '007',
    Start: '2026-03-01T09:00:00',
    Made: '2026-03-01T09:00:00Z',
    Tags: ['a', 'b'],
    Town: 'Lancaster ',
    Big: readJson('9223372036854775807'),
    Long: readJson('0.10000000000000001'),
    BigText: '9223372036854775807',
    NoDay: '2025-02-31',
    Tick: '2026-03-01T09:00:00.0000001',
  },
  { ID: '8', Status: 'Available', Cost: '100', Spaces: 0, Tags: [] },
];
const outcome: Observed = {
  status: 200,
  records,
  json: { results: records, total: 12, new_id: 5 },
  total: 12,
  milliseconds: 150,
};

function results(lines: string, given: Observed = outcome) {
  const service = new LanguageService(() => ({ now: new Date(2026, 2, 1, 12) }));
  const text = `${lines
    .split('\n')
    .map((line) => `# @expect ${line}\n`)
    .join('')}GET coursedate\n`;
  const document = service.parse(text);
  const request = service.requests(document)[0];
  assert.ok(request);
  return judge(service.expectations(document, request), given);
}

describe('lines after an edit', () => {
  type Place = readonly [line: number, character: number];
  const moves = (from: Place, to: Place, text: string, expected: string) =>
    it(`${from.join(':')}-${to.join(':')} ${JSON.stringify(text)} moves lines 2, 3, 4 to ${expected}`, () => {
      const change = {
        startLine: from[0],
        startCharacter: from[1],
        endLine: to[0],
        endCharacter: to[1],
        text,
      };
      assert.equal([2, 3, 4].map((line) => movedLine(line, change) ?? '-').join(' '), expected);
    });
  moves([3, 5], [3, 6], 'x', '2 - 4');
  moves([3, 0], [3, 0], 'x', '2 - 4');
  moves([3, 0], [3, 0], 'a\nb\n', '2 5 6');
  moves([2, 9], [2, 9], '\n', '- 4 5');
  moves([1, 0], [3, 0], '', '- 1 2');
  moves([2, 5], [3, 0], '', '- - 3');
  moves([0, 0], [9, 0], 'new\n', '- - -');
  moves([5, 0], [5, 0], 'x\n', '2 3 4');
});

describe('expectations', () => {
  it('judges matches quickly, whatever the expression and the text', () => {
    // JavaScript’s own engine knows no \A, and would never end with what follows.
    assert.equal(results(String.raw`results[0].Status matches '\AFull\z'`)[0]?.passed, true);
    const started = performance.now();
    const [held] = results("results[0].Label matches '^(a+)+$'", {
      ...outcome,
      records: [{ Label: `${'a'.repeat(200_000)}!` }],
    });
    assert.equal(held?.passed, false);
    assert.ok(performance.now() - started < 2000);
  });

  const passes = (line: string, actual?: string) =>
    it(`${line} is met`, () => {
      const [found] = results(line);
      assert.equal(found?.passed, true, found?.message);
      if (actual !== undefined) assert.equal(found?.actual, actual);
    });
  const fails = (line: string, message: string) =>
    it(`${line} is not met`, () => {
      const [found] = results(line);
      assert.deepEqual([found?.passed, found?.message], [false, message]);
    });

  passes('results[0].Big == 9223372036854775807', '9223372036854775807');
  passes('results[0].Big != 9223372036854775806');
  passes('results[0].Big > 9223372036854775806');
  passes("results[0].Big > '9223372036854775806'");
  passes('results[0].BigText == 9223372036854775807');
  passes("results[0].BigText > '9223372036854775806'");
  passes('results[0].Long > 0.1');
  passes("results[0].NoDay != '2025-03-03'");
  passes("results[0].Tick > '2026-03-01T09:00:00'");
  fails(
    'results[0].Big == 9223372036854775806',
    'Expected results[0].Big == 9223372036854775806, but it is 9223372036854775807.',
  );
  passes('status 200', '200');
  passes('status < 300');
  passes('count == 2', '2');
  passes('total >= 12', '12');
  passes('time < 2000', '150');
  passes("results[0].Status == 'Full'", "'Full'");
  passes("results[0].status == 'Full'");
  passes("results[*].ID matches '^\\d+$'", 'all 2');
  passes('results[*].Cost > 99', 'all 2');
  passes('results[0].Cost == 99.5');
  passes("results[0].Spaces == '3'");
  passes("results[0].Spaces < '10'");
  passes("results[0].Cost < '100'");
  passes('results[0].Code == 7');
  passes("results[0].Code != '7'");
  passes('results[0].Online == true');
  passes("results[0].Online == 'true'");
  passes('results[0].Email == null', 'null');
  passes("results[0].Email != 'x'");
  passes('results[0].Email not exists');
  passes('results[1].Email not exists');
  passes('results[0].ID exists');
  passes('results[1] exists');
  passes('results[2] not exists');
  passes("results[0].Start == '2026-03-01'");
  passes("results[0].Start <= '2026-03-01'");
  passes("results[0].Start > '2026-02-28T23:59:59'");
  passes("results[0].Start >= '{{$today}}'");
  passes("results[0].Made == '2026-03-01T10:00:00+01:00'");
  passes("results[0].Made == '2026-03-01T09:00'");
  passes("results[0].Tags contains 'a'");
  passes("results[0].Tags not contains 'c'");
  passes("results[0].Tags[1] == 'b'");
  passes("results[0].Status startswith 'Fu'");
  passes("results[0].Status endswith 'll'");
  passes("results[0].Status not contains 'x'");
  passes('body.new_id == 5', '5');
  passes("body['NEW_ID'] exists");
  passes("body.results[1].Status == 'Available'");

  fails('status 404', 'Expected status 404, but it is 200.');
  fails('count > 5', 'Expected count > 5, but it is 2.');
  fails("results[0].Status == 'Available'", "Expected results[0].Status == 'Available', but it is 'Full'.");
  fails(
    "results[0].Status == 'full'",
    "Expected results[0].Status == 'full', but it is 'Full'; only the case of letters differs.",
  );
  fails(
    "results[0].Town == 'Lancaster'",
    "Expected results[0].Town == 'Lancaster', but it is 'Lancaster '; only the spaces around it differ.",
  );
  fails('results[0].Email exists', 'Expected results[0].Email exists, but it is null.');
  fails('results[1].Email == null', 'Expected results[1].Email == null, but the record has no Email.');
  fails("results[1].Email != 'x'", "Expected results[1].Email != 'x', but the record has no Email.");
  fails('results[5].ID exists', 'Expected results[5].ID exists, but there are only 2 records.');
  fails('results[*].Spaces > 0', 'Expected results[*].Spaces > 0, but it is 0 in record 1.');
  fails('results[*].ID < 5', "Expected results[*].ID < 5, but it is '7' in record 0 (and in 1 more).");
  fails(
    'results[*].Email exists',
    'Expected results[*].Email exists, but it is null in record 0 (and in 1 more).',
  );
  fails('results[0].Status > 5', "Expected results[0].Status > 5, but it is 'Full'.");
  fails('body.missing exists', 'Expected body.missing exists, but the answer has no missing.');
  fails('body.new_id[0] == 1', 'Expected body.new_id[0] == 1, but body.new_id is not a list.');
  fails("results[0].ID == '{{no}}'", 'There is no variable “no”. Add a line such as @no = value.');

  it('describe what a response lacks', () => {
    const empty: Observed = { ...outcome, records: [], json: {}, total: undefined };
    assert.deepEqual(
      results('results[0].ID exists\nresults[*].ID exists\ntotal > 1\ncount 0', empty).map(
        ({ passed, message }) => [passed, message],
      ),
      [
        [false, 'Expected results[0].ID exists, but there are no records.'],
        [true, 'results[*].ID exists: no records.'],
        [false, 'Expected total > 1, but the answer has no total.'],
        [true, 'count 0: 0.'],
      ],
    );
  });

  it('judge a refusal only where one of them is about the status', () => {
    const error = observedOfError(new ApiError('not-found', { status: 404, words: ['No such record.'] }), 5);
    assert.ok(error);
    assert.deepEqual(
      results("status 404\nbody.errors[0] contains 'record'\ncount 0\ncount 1", error).map(
        ({ passed }) => passed,
      ),
      [true, true, true, false],
    );
    assert.deepEqual(
      results('count 0', error).map(({ message }) => message),
      ['Expected count 0, but the API refused the request (status 404).'],
    );
    assert.equal(observedOfError(new ApiError('dns'), 5), undefined);
    assert.equal(observedOfError(new Error('x'), 5), undefined);
  });
});
