/** The gates of the editor: what makes foreign text harmless, asks before anything is sent, and keeps secrets. */
import '../support/fake-vscode';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type Connection, withLevel } from '#core/connections/connection';
import { ApiError } from '#core/remote/api-error';
import { prepare } from '#core/running/prepare';
import { readQueryFile } from '#core/running/query-file';
import type { PlannedChange } from '#core/writing/planned-change';
import { Connections, SAMPLE_ID } from '#editor/connections/connections';
import { Agreements } from '#editor/running/agreements';
import { confirmWrite } from '#editor/running/confirm-write';
import { Environment } from '#editor/running/environment';
import { Prompts } from '#editor/running/prompts';
import { buttonOf } from '#editor/workbench/errors';
import { showFailure, showInformation, showWarning } from '#editor/workbench/messages';
import { Output } from '#editor/workbench/output';
import { inNotification, inStatusBar } from '#editor/workbench/progress';
import { askForChoice, askText } from '#editor/workbench/questions';
import { replaceFile } from '#editor/workbench/replace-file';
import { isUntrusted } from '#editor/workbench/trust';
import { LanguageService } from '#language';
import { FakeApi } from '../core/support/fake-api';
import { CONNECTION } from '../core/support/runs';
import { ChangesTwin } from '../support/changes-twin';
import { fake, fakeContext, FakeMemento, resetFake } from '../support/fake-vscode';

/** A link that runs a command, an icon, a sequence for terminals, reversed text, and a key. */
const HOSTILE = '[go](command:x) $(flame) \u001b[31m\u202egpj api_key=abcdefgh12345678';

const texts = () => fake.shown.flatMap((each) => each.texts).join('\n');

describe('the editor, without a window', () => {
  beforeEach(resetFake);
  afterEach(resetFake);

  describe('foreign text in the editor', () => {
    const choice = { label: HOSTILE, description: HOSTILE, detail: HOSTILE, value: 1 };
    for (const [gate, show, readsLinks, readsIcons] of [
      ['information', async () => showInformation(HOSTILE), true, true],
      ['a warning', async () => showWarning(HOSTILE), true, true],
      ['a failure', async () => showFailure(HOSTILE), true, true],
      [
        'the detail of a question',
        async () => showWarning('?', { modal: true, detail: HOSTILE }),
        false,
        false,
      ],
      ['a box for text', async () => askText({ title: '', prompt: HOSTILE }), true, true],
      [
        'the title of a box',
        async () => askText({ title: HOSTILE, prompt: '', placeHolder: HOSTILE }),
        false,
        true,
      ],
      ['a problem of a text', async () => askText({ title: '', prompt: '', problem: HOSTILE }), true, true],
      ['a list', async () => askForChoice({ title: HOSTILE, placeHolder: HOSTILE }, [choice]), false, true],
      [
        'progress',
        async () => inNotification(HOSTILE, async ({ report }) => Promise.resolve(report(HOSTILE))),
        true,
        true,
      ],
      [
        'the status bar',
        async () => inStatusBar(HOSTILE, async ({ report }) => Promise.resolve(report(HOSTILE))),
        false,
        true,
      ],
      ['the output', async () => Promise.resolve(new Output().info(HOSTILE)), false, false],
      ['errors in the output', async () => Promise.resolve(new Output().error(HOSTILE)), false, false],
    ] as const)
      it(`is harmless in ${gate}`, async () => {
        await show();
        assert.match(texts(), /go.*flame/s);
        assert.doesNotMatch(texts(), /[\u001b\u202e]|abcdefgh/);
        if (readsLinks) assert.doesNotMatch(texts(), /\]\(/);
        if (readsIcons) assert.doesNotMatch(texts(), /\$\(/);
      });

    it('is no button where a view sends it back', () => {
      assert.equal(buttonOf('toString'), undefined);
      assert.equal(buttonOf('output')?.label, 'Show Output');
    });
  });

  describe('a question of the editor', () => {
    it('takes no text that is wrong', async () => {
      fake.answers.push('x');
      const validate = (text: string) => (text === 'x' ? 'Not x.' : undefined);
      assert.equal(await askText({ title: '', prompt: '', validate }), undefined);
      assert.match(texts(), /Not x\./);
      fake.answers.push('y');
      assert.equal(await askText({ title: '', prompt: '', validate }), 'y');
    });
  });

  describe('an untrusted workspace', () => {
    it('runs nothing, and says why', () => {
      assert.ok(!isUntrusted('this file'));
      fake.trusted = false;
      assert.ok(isUntrusted('these files'));
      assert.match(texts(), /only in a trusted workspace: these files could come from someone else/);
    });
  });

  describe('a variable of the environment', () => {
    it('is asked for once for each file and name, and for a file without a name each time', async () => {
      const environment = new Environment(new FakeMemento());
      const allows = async (file: string, name: string, given?: string) => {
        resetFake();
        fake.answers.push(given);
        return [await environment.allows(file, name), fake.shown.length];
      };
      assert.deepEqual(await allows('file:///a.apq', 'TOWN'), [false, 1]);
      assert.deepEqual(await allows('file:///a.apq', 'TOWN', 'Allow'), [true, 1]);
      assert.ok(fake.shown.every(({ modal }) => modal));
      assert.deepEqual(await allows('file:///a.apq', 'TOWN'), [true, 0]);
      assert.deepEqual(await allows('file:///a.apq', 'HOME'), [false, 1]);
      assert.deepEqual(await allows('file:///b.apq', 'TOWN'), [false, 1]);
      assert.deepEqual(await allows('untitled:Untitled-1', 'TOWN', 'Allow'), [true, 1]);
      assert.deepEqual(await allows('untitled:Untitled-1', 'TOWN'), [false, 1]);
    });
  });

  describe('a prompt', () => {
    it('suggests the last value, except for a secret, which it hides and does not keep', async () => {
      const memory = new FakeMemento();
      const ask = async (name: string, given?: string) => {
        resetFake();
        fake.answers.push(given);
        const value = await new Prompts(memory).ask('a', name, '?', 'Run');
        const [{ password, value: suggested } = {}] = fake.shown;
        return { value, password, suggested };
      };
      assert.deepEqual(await ask('town', 'Leeds'), { value: 'Leeds', password: false, suggested: '' });
      assert.deepEqual(await ask('town'), { value: undefined, password: false, suggested: 'Leeds' });
      assert.deepEqual(await ask('apiKey', 'abcdefgh'), { value: 'abcdefgh', password: true, suggested: '' });
      assert.doesNotMatch(JSON.stringify(memory.get('apq.prompts')), /abcdefgh/);
      assert.deepEqual(await ask('apiKey'), { value: undefined, password: true, suggested: '' });
      // What an earlier version kept is forgotten.
      await memory.update('apq.prompts', [['a apiKey', 'abcdefgh']]);
      assert.deepEqual(await ask('apiKey'), { value: undefined, password: true, suggested: '' });
      assert.doesNotMatch(JSON.stringify(memory.get('apq.prompts')), /abcdefgh/);
    });
  });

  describe('a change', () => {
    const LOCAL: Connection = {
      ...CONNECTION,
      site: 'sandbox',
      root: 'https://acme.accessplanit.com/accessplansandbox',
    };
    const request = { method: 'PUT', module: 'user', id: '7', query: [] } as const;
    const field = { name: 'Surname', type: 'string', before: 'a', after: 'x', changes: true } as const;
    const record = { ID: '7', Forenames: 'Ann', Surname: 'a' };
    const UPDATE: PlannedChange = { outcome: 'update', request, fields: [field], id: '7', record };
    const SAME: PlannedChange = { ...UPDATE, outcome: 'unchanged', fields: [{ ...field, changes: false }] };
    const CREATE: PlannedChange = { outcome: 'create', request, fields: [field] };
    const UNSEEN: PlannedChange = { outcome: 'unforeseen', request, fields: [field], reason: 'No rights.' };
    const REFUSED: PlannedChange = {
      outcome: 'refused',
      request,
      fields: [field],
      reason: 'There is none.',
      matches: [],
    };
    const DELETE: PlannedChange = {
      outcome: 'delete',
      step: 'mark',
      request: { ...request, method: 'DELETE' },
      fields: [],
      id: '7',
      record,
    };

    /** What a user is asked in one window, in which he agrees or not. */
    class Window {
      readonly twin = new ChangesTwin();
      readonly agreements = new Agreements();
      readonly connections = new Connections(fakeContext(), new Output());

      /** Returns what is sent. `looks`: what the following reads find; else the change as it was. */
      async confirm(
        change: PlannedChange,
        connection: Connection,
        { file: name = 'a.apq', looks = [] as readonly (PlannedChange | (() => PlannedChange))[] } = {},
      ): Promise<PlannedChange | undefined> {
        await this.connections.add(connection, { kind: 'apiKey', apiKey: 'k' });
        const file = readQueryFile(name, 'PUT user/7\n{ "Surname": "x" }');
        const [only] = file.requests;
        assert.ok(only);
        const prepared = await prepare(file, only, {
          connection: async () => Promise.resolve(connection),
          language: async () => Promise.resolve(new LanguageService()),
          answer: () => undefined,
        });
        const left = [...looks];
        const { connections, agreements, twin: changes } = this;
        const parts = { connections, agreements, changes };
        const look = async () => {
          const found = left.shift() ?? change;
          return Promise.resolve(typeof found === 'function' ? found() : found);
        };
        assert.ok(prepared.kind === 'request');
        return confirmWrite(prepared, change, look, parts);
      }

      /** How often the user was asked. */
      get asked(): number {
        return this.twin.views.length;
      }
    }

    for (const [title, change, connection, deed, typed] of [
      ['names what it does', UPDATE, LOCAL, 'Change 1 Field', undefined],
      ['names production', UPDATE, CONNECTION, 'Change 1 Field on Acme', undefined],
      ['creates', CREATE, LOCAL, 'Create', undefined],
      ['that does nothing is sent explicitly only', SAME, LOCAL, 'Send Anyway', undefined],
      ['that can’t be foreseen says so', UNSEEN, LOCAL, 'Change Without Preview', undefined],
      ['that deletes is asked for', DELETE, LOCAL, 'Mark as Deleted', undefined],
      ['that deletes in production needs the ID', DELETE, CONNECTION, 'Mark as Deleted on Acme', '7'],
    ] as const)
      it(title, async () => {
        const agreeing = new Window();
        agreeing.twin.answers.push(true);
        assert.equal(await agreeing.confirm(change, connection), change);
        const [view] = agreeing.twin.views;
        assert.deepEqual([view?.now.deed, view?.now.typed, view?.closed], [deed, typed, true]);
        // Cancel, Escape and the closed tab.
        const refusing = new Window();
        assert.equal(await refusing.confirm(change, connection), undefined);
        assert.equal(refusing.asked, 1);
      });

    it('whose view is closed while the record is read once more is not sent', async () => {
      const window = new Window();
      window.twin.answers.push(true);
      const close = () => {
        const [view] = window.twin.views;
        assert.ok(view);
        view.closed = true;
        return UPDATE;
      };
      assert.equal(await window.confirm(UPDATE, LOCAL, { looks: [close] }), undefined);
    });

    it('that the platform would refuse is not sent, and says why', async () => {
      const window = new Window();
      await assert.rejects(window.confirm(REFUSED, LOCAL), /was not sent: There is none\./);
      assert.equal(window.asked, 0);
      const several = { ...REFUSED, matches: [record, { ...record, ID: '8' }] };
      assert.equal(await window.confirm(several, LOCAL), undefined);
      assert.equal(window.twin.views[0]?.now.deed, undefined);
    });

    it('is asked for as often as the level of its connection says', async () => {
      for (const [level, change, times] of [
        ['askEachTime', UPDATE, 3],
        ['askOnce', UPDATE, 1],
        ['askOnce', CREATE, 1],
        // These are always looked at.
        ['askOnce', DELETE, 3],
        ['askOnce', SAME, 3],
        ['askOnce', UNSEEN, 3],
      ] as const) {
        const window = new Window();
        window.twin.answers.push(true, true, true);
        const connection = withLevel(LOCAL, level);
        for (let run = 0; run < 3; run++) assert.equal(await window.confirm(change, connection), change);
        assert.equal(window.asked, times, `${level} ${change.outcome}`);
      }
    });

    it('that deletes is agreed to for itself only', async () => {
      const window = new Window();
      window.twin.answers.push(true, false);
      await window.confirm(DELETE, LOCAL);
      assert.equal(await window.confirm(CREATE, LOCAL), undefined);
      assert.equal(window.asked, 2);
    });

    it('is agreed to for one file, one address and one window', async () => {
      const window = new Window();
      window.twin.answers.push(true, true, false);
      await window.confirm(UPDATE, LOCAL);
      await window.confirm(UPDATE, LOCAL, { file: 'b.apq' });
      assert.equal(
        await window.confirm(UPDATE, { ...LOCAL, root: 'http://localhost:1/accessplan' }),
        undefined,
      );
      assert.equal(window.asked, 3);
      assert.equal(await new Window().confirm(UPDATE, LOCAL), undefined);
    });

    it('is asked for each time where the settings say so', async () => {
      fake.settings.set('apq.changes.level', { workspaceValue: 'askEachTime' });
      const window = new Window();
      window.twin.answers.push(true, true);
      for (let run = 0; run < 2; run++) await window.confirm(UPDATE, LOCAL);
      assert.equal(window.asked, 2);
    });

    it('is shown again where the record was changed meanwhile, as often as that is so', async () => {
      const at = (before: string): PlannedChange => ({ ...UPDATE, fields: [{ ...field, before }] });
      const window = new Window();
      window.twin.answers.push(true, true, true);
      assert.deepEqual(await window.confirm(UPDATE, LOCAL, { looks: [at('b'), at('c'), at('c')] }), at('c'));
      assert.deepEqual(
        window.twin.views[0]?.shown.map(({ why }) => why),
        [
          undefined,
          'Somebody changed it meanwhile: Surname was “a” and is “b”.',
          'Somebody changed it meanwhile: Surname was “b” and is “c”.',
        ],
      );
      const giving = new Window();
      giving.twin.answers.push(true, false);
      assert.equal(await giving.confirm(UPDATE, LOCAL, { looks: [at('b')] }), undefined);
    });

    it('is sent where another field was changed meanwhile, and says so', async () => {
      const window = new Window();
      window.twin.answers.push(true);
      const other = { ...UPDATE, record: { ...record, Forenames: 'Bea' } };
      assert.equal(await window.confirm(UPDATE, LOCAL, { looks: [other] }), other);
      assert.match(texts(), /Somebody changed Forenames of this record meanwhile/);
    });

    it('can no longer be agreed to where the record is gone', async () => {
      const window = new Window();
      window.twin.answers.push(true, false);
      assert.equal(await window.confirm(UPDATE, LOCAL, { looks: [REFUSED] }), undefined);
      assert.deepEqual(
        window.twin.views[0]?.shown.map(({ deed, why }) => [deed, why]),
        [
          ['Change 1 Field', undefined],
          [undefined, 'There is none.'],
        ],
      );
    });

    for (const [title, change] of [
      ['goes elsewhere', { root: 'https://other.accessplanit.com/accessplan' }],
      ['has another name', { name: 'Other' }],
      ['is read-only', { changes: 'readOnly' }],
    ] as const)
      it(`is not sent on a connection that ${title} by now`, async () => {
        const window = new Window();
        window.twin.answers.push(async () => {
          await window.connections.update({ ...CONNECTION, ...change });
          return true;
        });
        assert.equal(await window.confirm(UPDATE, CONNECTION), undefined);
        assert.match(texts(), /was changed while you were being asked, so nothing was sent/);
      });

    it('is not sent on a connection that was removed meanwhile', async () => {
      const window = new Window();
      window.twin.answers.push(async () => {
        await window.connections.remove(CONNECTION);
        return true;
      });
      assert.equal(await window.confirm(UPDATE, CONNECTION), undefined);
    });
  });

  describe('connections of the editor', () => {
    const KEY = { kind: 'apiKey', apiKey: 'k' } as const;
    const MOVED: Connection = { ...CONNECTION, root: 'https://other.accessplanit.com/accessplan' };
    const PUT = { method: 'PUT', module: 'user', id: '7', query: [], body: '{}' } as const;
    const make = () => {
      const context = fakeContext();
      return { context, connections: new Connections(context, new Output()) };
    };

    it('send no key to an address for which it was not entered', async () => {
      const { connections } = make();
      await connections.add(CONNECTION, KEY);
      await connections.update(MOVED);
      const isRebound = (error: unknown) => error instanceof ApiError && error.kind === 'rebound';
      const read = { method: 'GET', endpoint: 'modules', module: '', query: [] } as const;
      await assert.rejects(connections.client(MOVED).send(read), isRebound);
    });

    it('use no client of an earlier address', async () => {
      const { connections } = make();
      await connections.add(CONNECTION, KEY);
      const first = connections.client(CONNECTION);
      assert.equal(connections.client({ ...CONNECTION }), first);
      assert.notEqual(connections.client(MOVED), first);
    });

    for (const [title, change, kind] of [
      [
        'are read-only',
        async (connections: Connections) => connections.update(withLevel(CONNECTION, 'readOnly')),
        'read-only',
      ],
      ['lead elsewhere', async (connections: Connections) => connections.update(MOVED), 'connection-changed'],
      ['are gone', async (connections: Connections) => connections.remove(CONNECTION), 'connection-changed'],
    ] as const)
      it(`send no change where they ${title} by now, whoever kept their client`, async () => {
        const { connections } = make();
        await connections.add(CONNECTION, KEY);
        const before = connections.client(CONNECTION);
        await change(connections);
        await assert.rejects(before.send(PUT), { kind });
        await assert.rejects(connections.client(CONNECTION).send(PUT), { kind });
      });

    it('send a change on the sample platform after another window has started its own', async () => {
      const api = new FakeApi();
      await api.start();
      api.replies({ body: {} });
      const { connections } = make();
      const sample = { ...CONNECTION, id: SAMPLE_ID, root: api.root };
      await connections.add(sample, KEY);
      const before = connections.client(sample);
      assert.equal(await before.send(PUT).then(({ status }) => status), 200);
      await connections.update({ ...sample, root: 'http://localhost:1/accessplan' });
      assert.equal(await before.send(PUT).then(({ status }) => status), 200);
      await api.stop();
    });

    it('are as free as the strictest of connection, user, workspace and folder', () => {
      const { connections } = make();
      const sandbox = { ...CONNECTION, root: 'https://acme.accessplanit.com/accessplansandbox' };
      const other = { ...sandbox, site: 'sandbox' } as const;
      for (const [connection, settings, level] of [
        [CONNECTION, {}, 'askEachTime'],
        [other, {}, 'askOnce'],
        [{ ...CONNECTION, changes: 'askOnce' }, {}, 'askOnce'],
        [{ ...CONNECTION, changes: 'askOnce' }, { globalValue: 'askEachTime' }, 'askEachTime'],
        [other, { globalValue: 'readOnly', workspaceValue: 'connection' }, 'readOnly'],
        [other, { globalValue: 'askEachTime', workspaceFolderValue: 'readOnly' }, 'readOnly'],
        [other, { workspaceValue: 'askOnce', workspaceFolderValue: 'always' }, 'askOnce'],
        // A workspace asks for more, never for less.
        [{ ...other, changes: 'readOnly' }, { workspaceValue: 'askOnce' }, 'readOnly'],
        [CONNECTION, { workspaceValue: 'askOnce' }, 'askEachTime'],
        [{ ...CONNECTION, id: SAMPLE_ID }, {}, 'askOnce'],
      ] as const) {
        fake.settings.set('apq.changes.level', settings);
        assert.equal(connections.levelOf(connection), level, JSON.stringify([connection, settings]));
      }
    });

    it('send no change where the settings refuse it, whoever sends', async () => {
      const { connections } = make();
      await connections.add(CONNECTION, KEY);
      const before = connections.client(CONNECTION);
      fake.settings.set('apq.changes.level', { workspaceValue: 'readOnly' });
      await assert.rejects(before.send(PUT), { kind: 'read-only' });
    });

    it('are not signed out by a call from before they got another key', async () => {
      const api = new FakeApi();
      await api.start();
      const { connections } = make();
      const local = { ...CONNECTION, root: api.root };
      await connections.add(local, KEY);
      const before = connections.client(local);
      api.replies({ status: 401 });
      await connections.update(local, { kind: 'apiKey', apiKey: 'another' });
      const read = { method: 'GET', endpoint: 'modules', module: '', query: [] } as const;
      await assert.rejects(before.send(read));
      assert.ok(!connections.isSignedOut(local));
      await assert.rejects(connections.client(local).send(read));
      await api.stop();
      assert.ok(connections.isSignedOut(local));
    });

    it('leave alone what they can’t read', async () => {
      const { context, connections } = make();
      await context.globalState.update('apq.connections', [{ id: 'new kind' }, 5]);
      assert.deepEqual(connections.all, []);
      await connections.add(CONNECTION, KEY);
      await connections.update({ ...CONNECTION, name: 'Other' });
      await connections.remove(CONNECTION);
      assert.deepEqual(context.globalState.get('apq.connections'), [{ id: 'new kind' }, 5]);
      assert.match(texts(), /2 stored connections could not be read and were left alone/);
    });

    it('use none that is signed out for being the only one', async () => {
      const { connections } = make();
      await connections.keepSignedOut(CONNECTION);
      assert.deepEqual([connections.active, connections.isSignedOut(CONNECTION)], [undefined, true]);
      await connections.update(CONNECTION, KEY);
      assert.equal(connections.active?.id, CONNECTION.id);
    });

    it('forget the key of one that is removed', async () => {
      const { context, connections } = make();
      await connections.add(CONNECTION, KEY);
      await connections.remove(CONNECTION);
      assert.equal(await context.secrets.get(`apq.connection.${CONNECTION.id}`), undefined);
    });

    it('are production, except for the sample platform', () => {
      const { connections } = make();
      assert.ok(connections.isProduction(CONNECTION));
      assert.ok(!connections.isProduction({ ...CONNECTION, id: SAMPLE_ID }));
    });
  });

  describe('a file that is not of this computer', () => {
    it('is replaced as a whole, and nothing is left where that fails', async () => {
      const uri = { scheme: 'memory', path: '/a', with: (part: object) => ({ ...uri, ...part }) };
      const replace = async () =>
        replaceFile(uri as unknown as Parameters<typeof replaceFile>[0], new Uint8Array());
      await replace();
      assert.deepEqual(fake.files, ['writeFile', 'rename']);
      fake.files = [];
      fake.failing = 'rename';
      await assert.rejects(replace(), /rename/);
      assert.deepEqual(fake.files, ['writeFile', 'rename', 'delete']);
    });
  });
});
