/** Running requests: what is planned, refused, sent and reported, with a port that keeps a log. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ApiError } from '#core/remote/api-error';
import { refuseForeign } from '#core/running/before-sending';
import type { Extent } from '#core/running/extent';
import { type RunPort, runRequests } from '#core/running/pipeline';
import { forPages, planOf } from '#core/running/plan';
import { prepare, valuesOf } from '#core/running/prepare';
import { readQueryFile } from '#core/running/query-file';
import { Refusal } from '#core/running/refusal';
import { answersFrom, Responses } from '#core/running/responses';
import { describeUnsent, type RunEnd } from '#core/running/run-end';
import { harmless } from '#core/text/foreign-text';
import type { PlannedChange } from '#core/writing/planned-change';
import { LanguageService, type RequestInfo } from '#language';
import { answerWith, CONNECTION, NO_LOG, NO_QUERY, resultOf } from '../support/runs';

interface Ran {
  /** A line for each call of the port. */
  readonly log: readonly string[];
  readonly end: RunEnd;
}

/** A port that writes what happens into `log`. */
function portWith(log: string[], change: Partial<RunPort> = {}): RunPort {
  const responses = new Responses();
  return {
    connection: () => Promise.resolve(CONNECTION),
    language: () => Promise.resolve(new LanguageService()),
    responses,
    connectionOf: () => CONNECTION,
    answer: answersFrom(change.responses ?? responses, () => CONNECTION),
    writes: NO_LOG,
    query: NO_QUERY,
    confirm: ({ wire }, _step, planned) => {
      log.push(`ask ${wire.method}${planned === undefined ? '' : ` ${planned.outcome}`}`);
      return Promise.resolve(planned);
    },
    send: ({ wire }) => {
      const query = wire.query.map(({ value }) => ` ${value}`).join('');
      log.push(`send ${wire.method} ${wire.module}${query}`);
      return Promise.resolve(resultOf(`of ${wire.module}`));
    },
    report: (step, outcome) => {
      const kind = outcome instanceof Refusal ? `refused: ${outcome.reason.kind}` : outcome.kind;
      log.push(`${step.request.title} ${kind}`);
      return Promise.resolve(kind === 'answered');
    },
    ...change,
  };
}

const refusing =
  (kind: 'told'): RunPort['confirm'] =>
  ({ request }) => {
    throw new Refusal(request, { kind });
  };

/** Runs the requests with these titles. `change` replaces parts of the port. */
async function run(text: string, titles: readonly string[], change: Partial<RunPort> = {}): Promise<Ran> {
  const file = readQueryFile('a.apq', text);
  const log: string[] = [];
  const chosen = titles.map((title) => file.requests.find((each) => each.title === title));
  const end = await runRequests(
    file,
    chosen.filter((request) => request !== undefined),
    portWith(log, change),
  );
  return { log, end };
}

const CHAIN = `### B
GET course
$filter = ID eq '{{a.results[0].ID}}'
### A
# @name a
GET user
`;

describe('running requests', () => {
  it('first runs what a request needs, and takes its values', async () => {
    const { log } = await run(CHAIN, ['B']);
    assert.deepEqual(log, ['send GET user', 'A answered', "send GET course ID eq 'of user'", 'B answered']);
  });

  it('runs a needed request once, even when it was chosen as well', async () => {
    const { log } = await run(CHAIN, ['B', 'A']);
    assert.deepEqual(log, ['send GET user', 'A answered', "send GET course ID eq 'of user'", 'B answered']);
  });

  it('takes an earlier response of the same connection', async () => {
    const responses = new Responses();
    responses.keep('a.apq', 'a', 'one', answerWith({ results: [{ ID: '7' }] }));
    assert.deepEqual((await run(CHAIN, ['B'], { responses })).log, [
      "send GET course ID eq '7'",
      'B answered',
    ]);
  });

  for (const [value, message] of [
    [['x', 'y'], /a\.results\[0\]\.ID is a list, and not one value/],
    [{ en: 'x' }, /a\.results\[0\]\.ID is a record, and not one value/],
  ] as const)
    it(`refuses ${JSON.stringify(value)} as a value from a response`, async () => {
      const responses = new Responses();
      responses.keep('a.apq', 'a', 'one', answerWith({ results: [{ ID: value }] }));
      const { log, end } = await run(CHAIN, ['B'], { responses });
      assert.deepEqual(log, ['B refused: values']);
      const reason = end.refusal?.reason;
      assert.match(reason?.kind === 'values' ? reason.message : '', message);
    });

  it('keeps what a later request needs, however many come between', async () => {
    const many = Array.from({ length: 120 }, (_, index) => `### N${index}\n# @name n${index}\nGET course\n`);
    const text = `### A\n# @name a\nGET user\n${many.join('')}### B\nGET user\n$filter = ID eq '{{a.results[0].ID}}'\n`;
    const titles = ['A', ...many.map((_, index) => `N${index}`), 'B'];
    const { log } = await run(text, titles);
    assert.deepEqual(log.slice(-2), ["send GET user ID eq 'of user'", 'B answered']);
  });

  it('forgets the oldest responses of other files', () => {
    const responses = new Responses();
    for (let index = 0; index <= 100; index++) responses.keep(`${index}.apq`, 'a', 'one', answerWith({}));
    assert.equal(responses.answer('0.apq', 'a', 'one'), undefined);
    assert.notEqual(responses.answer('1.apq', 'a', 'one'), undefined);
    responses.keep('1.apq', 'a', 'one', answerWith({}));
    responses.keep('101.apq', 'a', 'one', answerWith({}));
    assert.deepEqual(
      ['1.apq', '2.apq', '3.apq'].map((file) => responses.answer(file, 'a', 'one') === undefined),
      [false, true, false],
    );
  });

  it('takes no earlier response of a request that runs as well', async () => {
    const responses = new Responses();
    responses.keep('a.apq', 'a', 'one', answerWith({ results: [{ ID: '7' }] }));
    const { log } = await run(CHAIN, ['B', 'A'], { responses });
    assert.deepEqual(log.slice(0, 3), ['send GET user', 'A answered', "send GET course ID eq 'of user'"]);
  });

  it('names the first request that needs another', () => {
    const file = readQueryFile('a.apq', `${CHAIN}### C\nGET venue\n$filter = ID eq '{{a.results[0].ID}}'`);
    const [b, , c] = file.requests;
    assert.ok(b && c);
    const [first] = planOf(file, [b, c]);
    assert.deepEqual([first?.request.title, first?.neededBy?.title], ['A', 'B']);
  });

  it('runs what was chosen for other pages, also where another request needs it', () => {
    const file = readQueryFile('a.apq', CHAIN);
    const [b, a] = file.requests;
    assert.ok(a && b);
    const pagesOf = (chosen: readonly RequestInfo[]) =>
      planOf(file, chosen).map(({ request }) => request.pages);
    assert.deepEqual(pagesOf([forPages(b, 'all'), forPages(a, 'all')]), ['all', 'all']);
    assert.deepEqual(pagesOf([forPages(b, 'all')]), [undefined, 'all']);
  });

  it('takes no response of another connection', async () => {
    const responses = new Responses();
    responses.keep('a.apq', 'a', 'another', answerWith({ results: [{ ID: '7' }] }));
    const { log } = await run(CHAIN, ['B'], { responses });
    assert.deepEqual(log.slice(0, 2), ['send GET user', 'A answered']);
  });

  it('sends nothing when a later request has errors', async () => {
    const { log, end } = await run('### A\nGET user\n### B\nGET course\n$top = many\n### C\nGET user', [
      'A',
      'B',
      'C',
    ]);
    assert.deepEqual(log, ['B refused: errors']);
    assert.deepEqual([end.at?.request.title, describeUnsent(end)], ['B', 'No request was sent.']);
  });

  it('makes no connection ready before its turn', async () => {
    // Opening one may make it the one in use, on which the requests before it would run then.
    let active = CONNECTION;
    const sample = { ...CONNECTION, id: 'sample', name: 'Sample' };
    const connectionOf = (request: RequestInfo) => (request.connection === undefined ? active : sample);
    const on: string[] = [];
    await run('### A\nGET user\n### B\n# @connection Sample\nGET user', ['A', 'B'], {
      connectionOf,
      connection: (request) => {
        const found = connectionOf(request);
        if (found === sample) active = sample;
        return Promise.resolve(found);
      },
      send: (prepared) => {
        on.push(prepared.connection.name);
        return Promise.resolve(resultOf('1'));
      },
    });
    assert.deepEqual(on, ['Acme', 'Sample']);
  });

  it('sends nothing when a change is not permitted', async () => {
    const permit: RunPort['permit'] = ({ request }) => {
      throw new Refusal(request, { kind: 'not-agreed', message: 'no' });
    };
    const { log } = await run('### A\nGET user\n### B\nDELETE user/1', ['A', 'B'], { permit });
    assert.deepEqual(log, ['B refused: not-agreed']);
  });

  it('asks before a change, but not before a read', async () => {
    const { log } = await run('### A\nGET user\n### B\nDELETE user/1', ['A', 'B']);
    assert.deepEqual(log, ['send GET user', 'A answered', 'ask DELETE', 'send DELETE user', 'B answered']);
  });

  describe('a change that is foreseen', () => {
    const planned: PlannedChange = {
      outcome: 'delete',
      step: 'remove',
      request: { method: 'DELETE', module: 'user', id: '1', query: [] },
      fields: [],
      id: '1',
      record: { ID: '1' },
    };
    const withLog = (told: string[]): Partial<RunPort> => ({
      foresee: async () => Promise.resolve(planned),
      writes: {
        source: 'editor',
        run: 'run',
        log: {
          begin: async ({ change, source, title }) => {
            told.push(`${source}: ${title ?? ''} will ${change.outcome}`);
            return Promise.resolve({
              id: 'entry 1',
              end: async (outcome) => {
                told.push(outcome.kind === 'done' ? `done ${outcome.id ?? ''}` : outcome.kind);
                return Promise.resolve();
              },
            });
          },
        },
      },
    });
    const text = '### A\nGET user\n### B\nDELETE user/1';

    it('is told to the log before it is sent, and afterwards', async () => {
      const told: string[] = [];
      const { log } = await run(text, ['A', 'B'], {
        ...withLog(told),
        send: async ({ wire }) => {
          told.push(`sent ${wire.method}`);
          return Promise.resolve(resultOf('1'));
        },
      });
      assert.deepEqual(told, ['sent GET', 'editor: B will delete', 'sent DELETE', 'done 1']);
      assert.deepEqual(log.slice(-2), ['ask DELETE delete', 'B answered']);
    });
    for (const [kind, facts, outcome] of [
      ['not-found', { status: 404 }, 'refused'],
      ['timeout', { method: 'DELETE' }, 'unknown'],
      ['unreachable', {}, 'refused'],
    ] as const)
      it(`is told to the log as ${outcome}: ${kind}`, async () => {
        const told: string[] = [];
        const send: RunPort['send'] = async () => Promise.reject(new ApiError(kind, facts));
        const { log } = await run(text, ['B'], { ...withLog(told), send });
        assert.deepEqual(told, ['editor: B will delete', outcome]);
        assert.deepEqual(log.slice(-1), ['B failed']);
      });
    it('is neither sent nor told to the log where the user does not agree, or cancels the look at it', async () => {
      for (const [change, last] of [
        [{ confirm: refusing('told') }, 'B refused: told'],
        [{ foresee: async () => Promise.reject(new ApiError('cancelled')) }, 'B failed'],
      ] as const) {
        const told: string[] = [];
        const { log } = await run(text, ['B'], { ...withLog(told), ...change });
        assert.deepEqual([told, log], [[], [last]]);
      }
    });
  });

  it('refuses a change on a read-only connection without asking', async () => {
    const { log } = await run('### B\nDELETE user/1', ['B'], {
      connection: () => Promise.resolve({ ...CONNECTION, changes: 'readOnly' }),
    });
    assert.deepEqual(log, ['B refused: read-only']);
  });

  it('ends after a request that failed, and returns what is left', async () => {
    const { log, end } = await run('### A\nGET user\n### B\nGET user\n### C\nGET user', ['A', 'B', 'C'], {
      send: () => Promise.reject(new ApiError('not-found', { status: 404 })),
    });
    assert.deepEqual(log, ['A failed']);
    assert.deepEqual([end.at?.request.title, describeUnsent(end)], ['A', 'Not sent: B, C.']);
    const [a, b, c] = end.steps;
    assert.ok(a && b && c);
    const twins = [a, { ...b, request: { ...b.request, title: 'A' } }, c];
    assert.equal(describeUnsent({ ...end, steps: twins, at: undefined }), 'Sent: A (1). Not sent: A (2), C.');
  });

  for (const extent of [
    { kind: 'stopped', error: new ApiError('timeout') },
    { kind: 'doubtful', reason: 'Some did not come.' },
  ] as const)
    it(`ends after a fetch that is ${extent.kind}`, async () => {
      const { log } = await run('### A\nGET user\n### B\nGET user', ['A', 'B'], {
        send: () => Promise.resolve({ ...resultOf('1'), extent }),
      });
      assert.deepEqual(log, [`A ${extent.kind}`]);
    });

  it('goes on where the port does, but not with a request that needs a refused one', async () => {
    const log: string[] = [];
    await run(`${CHAIN}### C\nGET course`, ['B', 'C'], {
      send: ({ wire }) =>
        wire.module === 'user'
          ? Promise.reject(new ApiError('refused', { status: 400 }))
          : Promise.resolve(resultOf('1')),
      report: (step, outcome) => {
        log.push(`${step.request.title} ${outcome instanceof Refusal ? outcome.message : outcome.kind}`);
        return Promise.resolve(true);
      },
    });
    assert.deepEqual(log, [
      'A failed',
      'B “B” was not run: “A”, whose answer it needs, was refused.',
      'C answered',
    ]);
  });

  const FAILING = '### A\n# @expect count 2\nGET user\n### B\nDELETE user/1\n### C\nGET course';
  const goesOn = (log: string[]): Pick<RunPort, 'report'> => ({
    report: (step, outcome) => {
      log.push(`${step.request.title} ${outcome instanceof Refusal ? outcome.message : outcome.kind}`);
      return Promise.resolve(true);
    },
  });

  it('sends no change after an expectation that is not met, but the reads where the port goes on', async () => {
    const stopping = await run(FAILING, ['A', 'B', 'C']);
    assert.deepEqual(stopping.log, ['send GET user', 'A answered', 'B refused: after-failure']);
    assert.equal(describeUnsent(stopping.end), 'Sent: A. Not sent: B, C.');
    const log: string[] = [];
    const { log: sent, end } = await run(FAILING, ['A', 'B', 'C'], goesOn(log));
    assert.deepEqual(sent, ['send GET user', 'send GET course']);
    assert.equal(log[1], 'B “B” was not sent: it changes records, and “A” failed.');
    assert.equal(describeUnsent(end), 'Sent: A, C. Not sent: B.');
  });

  it('sends a change after a refusal that was expected, but after no other failure', async () => {
    const text = (expected: string) => `### A\n${expected}GET user\n### B\nDELETE course/1`;
    const fails = (error: ApiError): Partial<RunPort> => ({
      send: ({ wire }) => (wire.module === 'user' ? Promise.reject(error) : Promise.resolve(resultOf('1'))),
    });
    const ends = (extent: Extent): Partial<RunPort> => ({
      send: () => Promise.resolve({ ...resultOf('1'), extent }),
    });
    const missing = new ApiError('not-found', { status: 404 });
    for (const [expected, change, outcome] of [
      ['# @expect status 404\n', fails(missing), 'answered'],
      ['# @expect status 400\n', fails(missing), 'refused'],
      ['', fails(missing), 'refused'],
      ['', fails(new ApiError('unreachable')), 'refused'],
      ['', ends({ kind: 'stopped', error: new ApiError('timeout') }), 'refused'],
      ['# @expect status 200\n', ends({ kind: 'stopped', error: new ApiError('timeout') }), 'refused'],
      ['', ends({ kind: 'doubtful', reason: 'Some did not come.' }), 'refused'],
      ['# @expect status 200\n', ends({ kind: 'doubtful', reason: 'Some did not come.' }), 'refused'],
    ] as const) {
      const log: string[] = [];
      await run(text(expected), ['A', 'B'], { ...change, ...goesOn(log) });
      assert.match(log[1] ?? '', outcome === 'answered' ? /^B answered/ : /“A” failed/, expected);
    }
  });

  it('sends no change after a failure of the same batch', async () => {
    const file = readQueryFile('a.apq', FAILING);
    const log: string[] = [];
    const port = portWith(log);
    const batch = { failed: undefined };
    for (const request of file.requests) await runRequests(file, [request], port, batch);
    assert.deepEqual(log, [
      'send GET user',
      'A answered',
      'B refused: after-failure',
      'send GET course',
      'C answered',
    ]);
  });

  it('sends no change after a refusal in the same batch', async () => {
    const file = readQueryFile('a.apq', '### A\nGET user\n$top = many\n### B\nDELETE user/1');
    const log: string[] = [];
    const batch = { failed: undefined };
    for (const request of file.requests) await runRequests(file, [request], portWith(log), batch);
    assert.deepEqual(log, ['A refused: errors', 'B refused: after-failure']);
  });

  it('lets a request be copied, except a change for another platform', async () => {
    for (const [request, copied] of [
      ['GET https://b.accessplanit.com/accessplan/api/v2/user', true],
      ['DELETE https://b.accessplanit.com/accessplan/api/v2/user/1', false],
      ['DELETE user/1', true],
    ] as const) {
      const file = readQueryFile('a.apq', request);
      const [only] = file.requests;
      assert.ok(only);
      const prepared = await prepare(file, only, portWith([]));
      if (copied) refuseForeign(prepared);
      else assert.throws(() => refuseForeign(prepared), Refusal);
    }
  });

  it('checks all requests for what needs no answer before the first is sent', async () => {
    const later = (request: string) => `### A\n# @name a\nGET user\n### B\n${request}`;
    for (const [request, kind] of [
      ["GET user\n$filter = ID eq '{{$env APQ_NO_SUCH}}'", 'no-environment'],
      ["GET user\n$filter = ID eq '{{$env MY_API_KEY}}'", 'errors'],
      ["# @expect results[0].ID == '{{$env MY_API_KEY}}'\nGET user", 'errors'],
      ["@who = ?Who\nGET user\n$filter = ID eq '{{who}}'", 'prompts'],
      ['@id = a/b\nDELETE user/{{id}}', 'values'],
      ['@id = ..\nDELETE user/{{id}}', 'values'],
      ['DELETE user/{{a.results[0].ID}}/..', 'errors'],
      ['DELETE https://other.accessplanit.com/accessplan/api/v2/user/1', 'other-platform'],
      ['DELETE {{$env APQ_NO_SUCH}}/api/v2/user/1', 'no-environment'],
      ['DELETE {{a.results[0].Root}}/api/v2/user/1', 'other-platform'],
      [
        '@base = https://acme.accessplanit.com/accessplansandbox\nDELETE {{base}}/api/v2/user/1',
        'other-platform',
      ],
    ] as const)
      assert.deepEqual((await run(later(request), ['A', 'B'])).log, [`B refused: ${kind}`], request);
    const stray = await run(`# @connection Sandbox\n${later('DELETE user/1')}`, ['A', 'B']);
    assert.deepEqual(stray.log, ['B refused: stray-connection']);
    const own = await run(`# @connection Sandbox\n${later('# @connection acme\nDELETE user/1')}`, ['B']);
    assert.deepEqual(own.log.slice(-1), ['B answered']);
    const readOnly = { ...CONNECTION, changes: 'readOnly' } as const;
    const { log } = await run(later('DELETE user/1'), ['A', 'B'], {
      connectionOf: () => readOnly,
      connection: () => Promise.resolve(readOnly),
    });
    assert.deepEqual(log, ['B refused: read-only']);
  });

  it('sends nothing where a kept answer lacks a value that is needed', async () => {
    const responses = new Responses();
    responses.keep('a.apq', 'a', 'one', answerWith({ results: [] }));
    const text = `### X\nGET venue\n${CHAIN}`;
    assert.deepEqual((await run(text, ['X', 'B'], { responses })).log, ['B refused: values']);
  });

  it('takes an answer that looks like a place for what it is', async () => {
    const text = '### A\n# @name a\nGET user\n### B\nPUT course/1\n{ "Label": {{a.results[0].ID}} }';
    const { log } = await run(text, ['A', 'B'], {
      send: () => Promise.resolve(resultOf('{{a.results[0].ID}}')),
    });
    assert.deepEqual(log, ['A answered', 'B refused: values']);
  });

  it('reads the environment through variables, each once', async () => {
    const text =
      "@path = {{$env PATH}}\n@more = {{path}} {{$env HOME}}\n### A\n# @expect count == {{more}}\nGET user\n$filter = ID eq '{{more}}'";
    const log: string[] = [];
    const allowEnvironment = (_file: unknown, _request: unknown, name: string) => {
      log.push(`allow ${name}`);
      return Promise.resolve(log.length < 9);
    };
    await run(text, ['A'], { allowEnvironment });
    assert.deepEqual(log, ['allow PATH', 'allow HOME']);
  });

  it('asks for the values of all requests before the first is sent, and for none twice', async () => {
    const text =
      "@who = ?Who\n### A\nGET user\n$filter = ID eq '{{who}}'\n### B\nGET course\n$filter = ID eq '{{who}}' or ID eq '{{$env PATH}}'";
    const log: string[] = [];
    await run(text, ['A', 'B'], {
      ask: (_file, _request, name) => {
        log.push(`ask ${name}`);
        return Promise.resolve('7');
      },
      allowEnvironment: (_file, _request, name) => {
        log.push(`allow ${name}`);
        return Promise.resolve(true);
      },
      send: ({ wire }) => {
        log.push(`send ${wire.module}`);
        return Promise.resolve(resultOf('1'));
      },
    });
    assert.deepEqual(log, ['ask who', 'allow PATH', 'send user', 'send course']);
  });

  it('shows nowhere what is typed for a secret', async () => {
    const text =
      "@partnerKey = ?Key\n@who = ?Who\n### A\nGET user\n$filter = A eq '{{partnerKey}}' or B eq '{{who}}'";
    const asked = { partnerKey: 'typed-8731', who: 'typed-8732' };
    await run(text, ['A'], {
      ask: (_file, _request, name) => Promise.resolve(new Map(Object.entries(asked)).get(name)),
    });
    valuesOf({
      given: new Map([
        ['pin', '8733'],
        ['place', '8734'],
      ]),
    });
    assert.equal(harmless('typed-8731 typed-8732 8733 8734'), '*** typed-8732 *** 8734');
  });

  it('asks for nothing where another request is refused anyway', async () => {
    const text = "@who = ?Who\n### A\nGET user\n$filter = ID eq '{{who}}'\n### B\nGET course\n$top = many";
    const ask: RunPort['ask'] = () => assert.fail('asked');
    assert.deepEqual((await run(text, ['A', 'B'], { ask })).log, ['B refused: errors']);
  });

  it('reads no variable of the environment without leave', async () => {
    const text = "### A\nGET user\n$filter = ID eq '{{$env PATH}}'";
    const { log } = await run(text, ['A'], { allowEnvironment: () => Promise.resolve(false) });
    assert.deepEqual(log, ['A refused: told']);
  });

  it('reads none for an expectation without leave, either', async () => {
    const text = "### A\n# @expect results[0].ID == '{{$env PATH}}'\nGET user";
    const { log } = await run(text, ['A'], { allowEnvironment: () => Promise.resolve(false) });
    assert.deepEqual(log, ['A refused: told']);
    const allowed = await run(text, ['A'], { allowEnvironment: () => Promise.resolve(true) });
    assert.deepEqual(allowed.log, ['send GET user', 'A answered']);
  });

  /** Each guard is a second one: the first, a diagnostic or an earlier check, sees nothing here. */
  describe('where an earlier check saw nothing', () => {
    class Blind extends LanguageService {
      override diagnoseRequest() {
        return [];
      }
    }

    it('reads no secret of the environment', async () => {
      for (const line of [
        "GET user\n$filter = ID eq '{{$env MY_API_KEY}}'",
        "# @expect results[0].ID == '{{$env MY_API_KEY}}'\nGET user",
      ]) {
        const { log } = await run(`### A\n${line}`, ['A'], {
          language: () => Promise.resolve(new Blind()),
          allowEnvironment: () => assert.fail('asked'),
        });
        assert.deepEqual(log, ['A refused: secret-environment']);
      }
    });

    it('sends no request with an error that only its metadata show', async () => {
      const languages = [new Blind(), new Blind(), new LanguageService()];
      const language = () => Promise.resolve(languages.shift() ?? new LanguageService());
      const { log } = await run('### A\nGET user\n$top = many', ['A'], { language });
      assert.deepEqual(log, ['A refused: errors']);
    });

    it('sends no change on a connection that became read-only', async () => {
      const { log } = await run('### A\nDELETE user/1', ['A'], {
        connection: () => Promise.resolve({ ...CONNECTION, changes: 'readOnly' }),
      });
      assert.deepEqual(log, ['A refused: read-only']);
    });

    it('runs nothing that needs a request refused at its turn', async () => {
      const log: string[] = [];
      const text =
        "### B\nGET course\n$filter = ID eq '{{a.results[0].ID}}'\n### A\n# @name a\nPOST user\n{ }";
      await run(text, ['B'], {
        ...goesOn(log),
        language: () => Promise.resolve(new Blind()),
        connection: () => Promise.resolve({ ...CONNECTION, changes: 'readOnly' }),
      });
      assert.deepEqual(log, [
        'A Acme is read-only, so this POST was not sent. Name another platform with --root.',
        'B “B” was not run: “A”, whose answer it needs, was refused.',
      ]);
    });

    it('hides no fault of the program as a refusal', async () => {
      for (const good of [0, 2]) {
        let calls = 0;
        const language = async () =>
          calls++ < good ? Promise.resolve(new Blind()) : Promise.reject(new TypeError('a fault'));
        await assert.rejects(run('### A\nGET user', ['A'], { language }), /a fault/);
      }
    });

    it('sends no change on a connection that its address contradicts by now', async () => {
      const { log } = await run(
        '### A\nDELETE https://acme.accessplanit.com/accessplan/api/v2/user/1',
        ['A'],
        {
          connection: () =>
            Promise.resolve({ ...CONNECTION, root: 'https://other.accessplanit.com/accessplan' }),
        },
      );
      assert.deepEqual(log, ['A refused: other-platform']);
    });
  });

  it('refuses a value of an earlier answer that would leave its place', async () => {
    const text = '### A\n# @name a\nGET user\n### B\nDELETE course/{{a.results[0].ID}}';
    const { log } = await run(text, ['A', 'B'], { send: () => Promise.resolve(resultOf('../user/1')) });
    assert.deepEqual(log, ['A answered', 'B refused: values']);
  });

  it('reads on another platform’s address with a note', async () => {
    const notes: string[] = [];
    await run('### A\nGET https://other.accessplanit.com/accessplan/api/v2/user', ['A'], {
      send: (prepared) => {
        notes.push(...prepared.notes);
        return Promise.resolve(resultOf('1'));
      },
    });
    assert.match(notes.join(), /^This address names other\.accessplanit\.com/);
  });

  it('asks for prompts until none is missing', async () => {
    const asked: string[] = [];
    const { log } = await run(
      "@town = ?Which town\n@day = ?Which day\n### A\nGET user\n$filter = Town eq '{{town}}' and Day eq '{{day}}'",
      ['A'],
      {
        ask: (_file, _request, name, message) => {
          asked.push(`${name}: ${message}`);
          return Promise.resolve(name.toUpperCase());
        },
      },
    );
    assert.deepEqual(asked, ['town: Which town', 'day: Which day']);
    assert.equal(log[0], "send GET user Town eq 'TOWN' and Day eq 'DAY'");
  });

  it('sends nothing when the user cancels a prompt, or can’t be asked', async () => {
    const text = "@town = ?Which town\n### A\nGET user\n$filter = Town eq '{{town}}'";
    const cancelled = await run(text, ['A'], { ask: () => Promise.resolve(undefined) });
    assert.deepEqual(cancelled.log, ['A refused: told']);
    assert.deepEqual((await run(text, ['A'])).log, ['A refused: prompts']);
  });

  it('judges a response and a refusal by the expectations', async () => {
    const verdicts: unknown[] = [];
    const report: RunPort['report'] = (_step, outcome) => {
      if (!(outcome instanceof Refusal)) verdicts.push(outcome.verdicts?.map(({ passed }) => passed));
      return Promise.resolve(true);
    };
    const text = '### A\n# @expect count 1\n# @expect status 404\nGET user';
    await run(text, ['A'], { report });
    await run(text, ['A'], {
      report,
      send: () => Promise.reject(new ApiError('not-found', { status: 404 })),
    });
    await run(text, ['A'], { report, send: () => Promise.reject(new ApiError('unreachable')) });
    assert.deepEqual(verdicts, [[true, false], [false, true], undefined]);
  });
});
