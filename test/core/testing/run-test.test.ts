/** A request as a test: it is judged by its own response, never by that of a request that it needs. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ApiError } from '#core/remote/api-error';
import { readQueryFile } from '#core/running/query-file';
import { Refusal } from '#core/running/refusal';
import { answersFrom, Responses } from '#core/running/responses';
import { runToJudge, type TestPort } from '#core/testing/run-test';
import { LanguageService } from '#language';
import { CONNECTION, NO_LOG, NO_QUERY, resultOf } from '../support/runs';

const RESULT = resultOf('7');

const TEXT = `### A
# @name a
# @expect status 404
GET user/1
### B
# @expect count 1
GET course
$filter = ID eq '{{a.results[0].ID}}'
`;

/** Runs the request with this title as a test. `sent` has the modules that were asked for. */
async function test(
  title: string,
  send: TestPort['send'],
  text = TEXT,
  changes: TestPort['changes'] = new Set(),
  batch: TestPort['batch'] = { failed: undefined },
) {
  const file = readQueryFile('a.apq', text);
  const request = file.requests.find((each) => each.title === title);
  assert.ok(request);
  const responses = new Responses();
  const [sent, told]: [string[], string[]] = [[], []];
  const outcome = await runToJudge(file, request, {
    connection: () => Promise.resolve(CONNECTION),
    language: () => Promise.resolve(new LanguageService()),
    responses,
    connectionOf: () => CONNECTION,
    answer: answersFrom(responses, () => CONNECTION),
    writes: NO_LOG,
    query: NO_QUERY,
    confirm: async (_prepared, _step, change) => Promise.resolve(change),
    send: async (prepared, step) => {
      sent.push(prepared.wire.module);
      return send(prepared, step);
    },
    changes,
    batch,
    tell: (line) => void told.push(line),
  }).catch((error: unknown) => error);
  return { outcome, sent, told };
}

const refusesUsers: TestPort['send'] = ({ wire }) =>
  wire.module === 'user'
    ? Promise.reject(new ApiError('not-found', { status: 404 }))
    : Promise.resolve(RESULT);

describe('a request as a test', () => {
  it('is judged by its refusal', async () => {
    const { outcome, told } = await test('A', refusesUsers);
    assert.ok(!(outcome instanceof Error));
    assert.deepEqual(told.length, 1);
  });

  it('does not pass when the request that it needs is refused as expected', async () => {
    const { outcome, sent } = await test('B', refusesUsers);
    assert.ok(outcome instanceof Refusal, String(outcome));
    assert.equal(outcome.message, '“B” was not run: “A”, whose answer it needs, was refused.');
    assert.deepEqual(sent, ['user']);
  });

  it('throws what ended the request that it needs', async () => {
    for (const kind of ['unreachable', 'cancelled'] as const) {
      const { outcome, told } = await test('B', () => Promise.reject(new ApiError(kind)));
      assert.ok(outcome instanceof ApiError);
      assert.deepEqual([outcome.kind, told], [kind, []]);
    }
  });

  it('throws what stopped it on the way', async () => {
    const error = new ApiError('timeout');
    const stopped = await test('A', () => Promise.resolve({ ...RESULT, extent: { kind: 'stopped', error } }));
    assert.equal(stopped.outcome, error);
  });

  it('judges no result that may not be whole', async () => {
    const { outcome } = await test('A', () =>
      Promise.resolve({ ...RESULT, extent: { kind: 'doubtful', reason: 'Some did not come.' } }));
    assert.ok(outcome instanceof Refusal);
    assert.equal(outcome.message, 'Some did not come.');
  });

  it('sends no change after a test of the same batch that failed', async () => {
    const text = '### A\n# @expect count 9\nGET user\n### B\n# @expect status 200\nDELETE course/1\n';
    const batch = { failed: undefined };
    const answers: TestPort['send'] = () => Promise.resolve(RESULT);
    await test('A', answers, text, new Set(), batch);
    const { outcome, sent } = await test('B', answers, text, new Set(), batch);
    assert.ok(outcome instanceof Refusal, String(outcome));
    assert.equal(outcome.reason.kind, 'after-failure');
    assert.deepEqual(sent, []);
  });

  it('sends no change again for the one that needs it, when it brought no response', async () => {
    const text = TEXT.replace('GET user/1', 'POST user\n\n{ "Surname": "x" }');
    const changes = new Set<string>();
    const fails: TestPort['send'] = () => Promise.reject(new ApiError('timeout', { method: 'POST' }));
    assert.deepEqual((await test('A', fails, text, changes)).sent, ['user']);
    const { outcome, sent } = await test('B', () => Promise.resolve(RESULT), text, changes);
    assert.ok(outcome instanceof Refusal, String(outcome));
    assert.equal(outcome.reason.kind, 'not-agreed');
    assert.deepEqual(sent, []);
    // The user asked for it itself, and was asked.
    assert.deepEqual((await test('A', () => Promise.resolve(RESULT), text, changes)).sent, ['user']);
  });
});
