/** The builder without a window: what it changes, in which order, and what it asks of the platform. */
import '../support/fake-vscode';
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readQueryFile } from '#core/running/query-file';
import { mask } from '#core/text/mask';
import { askFirst, type AskParts } from '#editor/builder/ask-first';
import { keysFor, type OwnChange } from '#editor/builder/condition-keys';
import { type Asked, LiveAnswer } from '#editor/builder/live-answer';
import { BuilderSession, BUSY, GONE, OTHER_REQUEST, type SessionState } from '#editor/builder/session';
import { type BuilderState, LanguageService } from '#language';
import type { BuilderEditParams, BuilderEditResult } from '#protocol';
import type { ShownAnswer, Wish } from '#webview/builder/messages';
import { CONNECTION } from '../core/support/runs';
import { fake, resetFake } from '../support/fake-vscode';
import { changed, EMPTY, eq, WITH_MODULE } from '../webview/support/builder-twin';

const EDIT = { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, newText: '' };
const A = { field: 'A', operator: 'eq', value: '1' };

/** A file whose language server answers when the test says so. */
class SlowFile {
  version = 1;
  line = 0;
  refuses: string | undefined;
  readOnly: string | undefined;
  /** Called before each edit is made, and before it is applied. */
  meanwhile: ((step: 'edit' | 'apply') => void) | undefined;
  readonly log: string[] = [];
  readonly shown: (SessionState | undefined)[] = [];
  told = '';
  #next: BuilderState | undefined;
  readonly session: BuilderSession;

  constructor(public state: BuilderState | null) {
    this.session = new BuilderSession({
      version: () => this.version,
      cursor: () => ({ line: this.line, character: 0 }),
      state: async () => {
        await later();
        this.log.push('state');
        const { version, state, line } = this;
        return state === null ? null : { version, position: { line, character: 0 }, state };
      },
      edit: async (params) => this.#edit(params),
      apply: async (_, version) => {
        this.meanwhile?.('apply');
        await later();
        if (this.readOnly !== undefined) return this.readOnly;
        if (version !== this.version) return false;
        this.state = this.#next ?? this.state;
        this.version++;
        this.log.push('apply');
        return true;
      },
      show: (shown) => this.shown.push(shown),
      tell: (sentence) => (this.told = sentence),
    });
  }

  async #edit({
    version,
    change,
  }: Pick<BuilderEditParams, 'version' | 'change'>): Promise<BuilderEditResult> {
    this.meanwhile?.('edit');
    await later();
    this.log.push(change.kind);
    if (version !== this.version) return { ok: false, message: 'old version' };
    if (this.refuses !== undefined) return { ok: false, message: this.refuses };
    this.#next = changed(this.state ?? EMPTY, change);
    return { ok: true, version, edits: [EDIT] };
  }

  /** Somebody types in the editor. */
  type(state: BuilderState): void {
    this.state = state;
    this.version++;
  }

  async want(...wishes: Wish[]): Promise<void> {
    const request = this.last?.request ?? 0;
    await Promise.all(wishes.map(async (wish, index) => this.session.want(request, index + 1, wish)));
  }

  get last(): SessionState | undefined {
    return this.shown.at(-1);
  }
}

const later = async () => new Promise<void>((resolve) => setImmediate(resolve));

const following = async (state: BuilderState | null = WITH_MODULE) => {
  const file = new SlowFile(state);
  await file.session.follow();
  return file;
};

const texts = (state: BuilderState | null | undefined) => state?.conditions.map(({ text }) => text);

describe('a session of the builder', () => {
  it('carries out wishes one after the other, each against what the last one left', async () => {
    const file = await following();
    await file.want(
      { kind: 'add-field', field: 'Title' },
      { kind: 'add-field', field: 'Status' },
      { kind: 'add-condition', key: 'd1', join: 'and', condition: A },
      { kind: 'set-condition', key: 'd1', condition: { ...A, value: '2' } },
      { kind: 'add-order', field: 'Title' },
      { kind: 'add-order', field: 'Cost' },
      { kind: 'move-order', part: { text: 'Cost', index: 1 }, by: -1 },
      { kind: 'remove-field', part: { text: 'Title', index: 0 } },
    );
    assert.deepEqual(file.state?.select, [{ text: 'Status', locked: false }]);
    assert.deepEqual(texts(file.state), ["A eq '2'"]);
    assert.deepEqual(
      file.state?.order.map(({ text }) => text),
      ['Cost', 'Title'],
    );
    assert.equal(file.last?.conditions[0]?.key, 'd1');
    assert.equal(file.last?.done, 8);
    assert.equal(file.told, '');
  });

  it('says why a file can’t be changed', async () => {
    const file = await following();
    file.meanwhile = (step) => {
      if (step === 'apply') file.readOnly = 'The file is read-only.';
    };
    await file.want({ kind: 'add-field', field: 'Title' });
    assert.equal(file.told, 'The file is read-only.');
  });

  const at = (line: number) => ({ line, character: 0 });
  for (const [what, moves, replaced, isSame] of [
    [
      'a line comes above',
      1,
      { from: { line: 1, character: 2 }, to: { line: 1, character: 2 }, text: '\n' },
      true,
    ],
    ['lines go above', -2, { from: at(0), to: at(2), text: '' }, true],
    ['lines come within', 0, { from: at(6), to: at(6), text: 'a\nb\n' }, true],
    ['lines change above', 0, { from: at(1), to: at(2), text: 'other\r\n' }, true],
    ['the cursor goes to another request', 3, { from: at(9), to: at(9), text: 'x' }, false],
  ] as const)
    it(`takes a request for ${isSame ? 'the same' : 'another'} when ${what}`, async () => {
      const file = new SlowFile(WITH_MODULE);
      file.line = 5;
      await file.session.follow();
      const before = file.last?.request;
      file.type(WITH_MODULE);
      file.session.noteEdit(file.version, [replaced]);
      file.line += moves;
      await file.session.follow();
      assert.equal(file.last?.request === before, isSame);
    });

  it('adds a condition once, though its row was changed before it was there', async () => {
    const file = await following();
    await file.want(
      { kind: 'add-condition', key: 'd1', join: 'and', condition: A },
      { kind: 'add-condition', key: 'd1', join: 'and', condition: { ...A, value: '3' } },
    );
    assert.deepEqual(texts(file.state), ["A eq '3'"]);
    assert.deepEqual(
      file.last?.conditions.map(({ key }) => key),
      ['d1'],
    );
  });

  for (const step of ['edit', 'apply'] as const)
    it(`asks again once where the file changes before the ${step}`, async () => {
      const file = await following();
      let typed = false;
      file.meanwhile = (now) => {
        if (typed || now !== step) return;
        typed = true;
        file.type({ ...WITH_MODULE, top: '7' });
      };
      await file.want({ kind: 'add-field', field: 'Title' });
      assert.equal(file.state?.top, '7');
      assert.deepEqual(file.state?.select, [{ text: 'Title', locked: false }]);
      assert.equal(file.told, '');
    });

  it('gives up with a sentence where somebody types all the time', async () => {
    const file = await following();
    file.meanwhile = () => file.type(WITH_MODULE);
    await file.want({ kind: 'add-field', field: 'Title' });
    assert.equal(file.told, BUSY);
    assert.equal(file.state?.select, undefined);
  });

  it('says why the language refuses a change, and goes on', async () => {
    const file = await following();
    file.refuses = 'No.';
    await file.want({ kind: 'top', top: 'many' });
    assert.equal(file.told, 'No.');
    file.refuses = undefined;
    await file.want({ kind: 'top', top: '5' });
    assert.equal(file.told, '');
    assert.equal(file.state?.top, '5');
  });

  it('changes nothing of what went in the meantime, or of another request', async () => {
    const file = await following({ ...WITH_MODULE, conditions: [eq('A', '1'), eq('B', '2', 'and')] });
    const [first] = file.last?.conditions ?? [];
    file.type({ ...WITH_MODULE, conditions: [eq('B', '2')] });
    await file.want({ kind: 'remove-condition', key: first?.key ?? '' });
    assert.equal(file.told, GONE);
    assert.deepEqual(texts(file.state), ["B eq '2'"]);
    const before = file.last?.request ?? 0;
    file.line = 9;
    await file.session.follow();
    await file.session.want(before, 9, { kind: 'top', top: '1' });
    assert.equal(file.told, OTHER_REQUEST);
    assert.equal(file.state?.top, undefined);
  });

  it('follows the cursor when all that was wanted is done', async () => {
    const file = await following();
    const wish = file.want({ kind: 'top', top: '1' });
    file.line = 5;
    const follow = file.session.follow();
    await Promise.all([wish, follow, file.want({ kind: 'top', top: '2' })]);
    assert.equal(file.state?.top, '2');
    assert.equal(file.session.position?.line, 5);
  });

  it('does what waits for its edits after them', async () => {
    const file = await following();
    const wish = file.want({ kind: 'top', top: '1' });
    await file.session.then(async () => Promise.resolve(void file.log.push('undo')));
    await wish;
    assert.ok(file.log.indexOf('undo') > file.log.indexOf('apply'));
  });

  it('goes on after a failure, which is its caller’s', async () => {
    const file = await following();
    await assert.rejects(
      file.session.then(async () => Promise.reject(new Error('gone'))),
      /gone/,
    );
    await file.want({ kind: 'top', top: '1' });
    assert.equal(file.state?.top, '1');
  });

  it('shows nothing where there is no request, and begins anew where there is one again', async () => {
    const file = await following(null);
    assert.equal(file.last, undefined);
    file.type(EMPTY);
    await file.session.follow();
    await file.want({ kind: 'module', name: 'User' });
    assert.equal(file.state?.module, 'User');
  });
});

describe('names of conditions', () => {
  const keys = (before: string, after: string, own?: OwnChange) =>
    keysFor(
      [...before].map((text) => ({ text, key: text.toLowerCase() })),
      [...after],
      own,
      () => '+',
    ).join('');
  const cases: readonly (readonly [string, string, string, OwnChange?])[] = [
    ['', 'AB', '++'],
    ['AB', 'AB', 'ab'],
    ['AB', 'AXB', 'a+b'],
    ['AXB', 'AB', 'ab'],
    ['AXB', 'AYB', 'axb'],
    ['AAB', 'AB', 'ab'],
    ['AB', 'B', 'b'],
    ['AB', 'XY', 'ab'],
    ['AB', 'ABC', 'abn', { kind: 'added', key: 'n' }],
    ['ABC', 'AC', 'ac', { kind: 'removed', key: 'b' }],
    ['AAA', 'AA', 'aa', { kind: 'removed', key: 'a' }],
    ['AB', 'AX', 'ab', { kind: 'kept' }],
    ['AB', 'AXYB', 'a++b', { kind: 'kept' }],
  ];
  for (const [before, after, expected, own] of cases)
    it(`${before || 'nothing'} → ${after}${own === undefined ? '' : ` (${own.kind})`}: ${expected}`, () => {
      assert.equal(keys(before, after, own), expected);
    });
});

describe('the answer while a request is built', () => {
  const ROWS: ShownAnswer = {
    kind: 'rows',
    count: '1 record',
    columns: [],
    json: '[]',
    locale: 'en-GB',
    note: '',
  };

  /** `log` has what was sent and what was shown. */
  function live() {
    const log: string[] = [];
    const open: (() => void)[] = [];
    const now = { key: 'a' as string | undefined, answer: ROWS, ended: 0 };
    const answer = new LiveAnswer(
      {
        prepare: async (): Promise<Asked | string> => {
          const { key } = now;
          if (key === undefined) return Promise.resolve('It needs a run.');
          return Promise.resolve({
            key,
            send: async (signal) => {
              log.push(`send ${key}`);
              await new Promise<void>((resolve) => {
                open.push(resolve);
                signal.addEventListener('abort', () => {
                  if (open.includes(resolve)) log.push(`stop ${key}`);
                  resolve();
                });
              });
              return now.answer;
            },
            end: () => void now.ended++,
          });
        },
        show: (shown) => log.push(shown.kind),
      },
      0,
    );
    const until = async (line: string) => {
      while (!log.includes(line)) await later();
    };
    const finish = () => {
      for (const resolve of open.splice(0)) resolve();
    };
    return { answer, log, now, until, finish };
  }

  it('is asked for once where several changes come at once', async () => {
    const { answer, log, until, finish } = live();
    answer.change();
    answer.change();
    answer.change();
    await until('send a');
    finish();
    await until('rows');
    assert.deepEqual(log, ['asking', 'send a', 'rows']);
  });

  it('is called off by the next change, and never shown after it', async () => {
    const { answer, log, now, until, finish } = live();
    answer.change();
    await until('send a');
    now.key = 'b';
    answer.change();
    await until('send b');
    finish();
    await until('rows');
    await later();
    assert.deepEqual(log, ['asking', 'send a', 'stop a', 'asking', 'send b', 'rows']);
    assert.equal(now.ended, 2);
  });

  it('is not asked for again where the same would be sent', async () => {
    const { answer, log, until, finish, now } = live();
    answer.change();
    await until('send a');
    finish();
    await until('rows');
    log.length = 0;
    answer.change();
    await until('rows');
    await later();
    assert.deepEqual([log, now.ended], [['rows'], 2]);
    now.key = undefined;
    answer.change();
    await until('none');
    assert.deepEqual(log, ['rows', 'none']);
  });

  it('is not asked for again where it failed, until something else than the text may have changed', async () => {
    const { answer, log, until, finish, now } = live();
    now.answer = { kind: 'failed', text: 'no' };
    answer.change();
    await until('send a');
    finish();
    await until('failed');
    log.length = 0;
    answer.change();
    await until('failed');
    assert.deepEqual(log, ['failed']);
    answer.forget();
    answer.change();
    await until('send a');
    finish();
  });

  it('is not asked for when nobody looks any more', async () => {
    const { answer, log } = live();
    answer.change();
    answer.stop();
    for (let turn = 0; turn < 20; turn++) await later();
    assert.deepEqual(log, []);
  });
});

describe('what is typed for a secret while a request is built', () => {
  const typed = (secret: string, signedOut: boolean) => {
    const text = `@pass_word = ${secret}\n### Wanted\nGET course\n$filter = A eq '{{pass_word}}'\n`;
    const file = readQueryFile('a.apq', text);
    const [request] = file.requests;
    assert.ok(request);
    const parts = {
      requests: {
        quietPort: () => ({
          connectionOf: () => CONNECTION,
          connection: async () => Promise.resolve(CONNECTION),
          language: async () => Promise.resolve(new LanguageService()),
          answer: () => undefined,
        }),
      },
      connections: { isSignedOut: () => signedOut, client: () => ({}) },
    } as unknown as AskParts;
    return askFirst(parts, file, request);
  };

  it('is hidden until the records came, and none any more where none are asked for', async () => {
    resetFake();
    fake.trusted = true;
    assert.equal(typeof (await typed('Huddersfield1', true)), 'string');
    assert.equal(mask('Huddersfield1'), 'Huddersfield1');
    const asked = await typed('Huddersfield2', false);
    assert.ok(typeof asked !== 'string');
    assert.equal(mask('Huddersfield2'), '***');
    asked.end();
    assert.equal(mask('Huddersfield2'), 'Huddersfield2');
    resetFake();
  });
});
