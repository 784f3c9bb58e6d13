/** The gates of the editor: what makes foreign text harmless, asks before anything is sent, and keeps secrets. */
import '../support/fake-vscode';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Connection } from '#core/connections/connection';
import { ApiError } from '#core/remote/api-error';
import { prepare } from '#core/running/prepare';
import { readQueryFile } from '#core/running/query-file';
import { Connections, SAMPLE_ID } from '#editor/connections/connections';
import { confirmWrite } from '#editor/running/confirm-write';
import { Environment } from '#editor/running/environment';
import { Prompts } from '#editor/running/prompts';
import { buttonOf } from '#editor/workbench/errors';
import { showFailure, showInformation, showWarning } from '#editor/workbench/messages';
import { Output } from '#editor/workbench/output';
import { inNotification, inStatusBar } from '#editor/workbench/progress';
import { askForChoice, askText } from '#editor/workbench/questions';
import { replaceFile } from '#editor/workbench/replace-file';
import type { TextPages } from '#editor/workbench/text-pages';
import { isUntrusted } from '#editor/workbench/trust';
import { LanguageService } from '#language';
import { FakeApi } from '../core/support/fake-api';
import { CONNECTION } from '../core/support/runs';
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
    /** Asks for a change, and returns whether it is sent; the user answers, and `meanwhile` something happens. */
    async function confirmed(
      request: string,
      connection: Connection,
      answers: typeof fake.answers,
      meanwhile: (connections: Connections) => Promise<void> = async () => Promise.resolve(),
    ): Promise<boolean> {
      const connections = new Connections(fakeContext(), new Output());
      await connections.add(connection, { kind: 'apiKey', apiKey: 'k' });
      const file = readQueryFile('a.apq', request);
      const [only] = file.requests;
      assert.ok(only);
      const prepared = await prepare(file, only, {
        connection: async () => Promise.resolve(connection),
        language: async () => Promise.resolve(new LanguageService()),
        response: () => undefined,
      });
      await meanwhile(connections);
      fake.answers.push(...answers);
      const pages = { show: async () => Promise.resolve() } as unknown as TextPages;
      return confirmWrite(prepared, { connections, pages });
    }
    const PUT = 'PUT user/7\n{ "Surname": "x" }';
    const LONG = `PUT user/7\n{ "Surname": "${'x'.repeat(2000)}" }`;

    for (const [title, request, connection, answers, sent] of [
      ['that is none is not asked for', 'GET user', CONNECTION, [], true],
      ['is sent where the user agrees', PUT, CONNECTION, ['Change'], true],
      ['is not sent where the user does not', PUT, CONNECTION, [undefined], false],
      ['is not sent where the user looks at all of it', LONG, CONNECTION, ['Show All'], false],
      ['that deletes is sent in a sandbox', 'DELETE user/7', LOCAL, ['Delete'], true],
      ['that deletes in production needs the ID', 'DELETE user/7', CONNECTION, ['Delete', '7'], true],
      ['that deletes in production is not sent without it', 'DELETE user/7', CONNECTION, ['Delete'], false],
      [
        'that deletes in production is not sent with another',
        'DELETE user/7',
        CONNECTION,
        ['Delete', '8'],
        false,
      ],
    ] as const)
      it(title, async () => {
        assert.equal(await confirmed(request, connection, [...answers]), sent);
        assert.equal(fake.shown.length === 0, request === 'GET user');
      });

    it('that deletes in production says what to type', async () => {
      await confirmed('DELETE user/7', CONNECTION, ['Delete', '8']);
      assert.match(texts(), /Type 7, or press Escape to keep the record\./);
    });

    it('is asked for in a question that names the place, and PRODUCTION', async () => {
      await confirmed(PUT, CONNECTION, []);
      assert.ok(fake.shown.some(({ modal }) => modal));
      assert.match(
        texts(),
        /^Change user 7 on Acme \(PRODUCTION\)\?\nPUT https:\/\/acme\.accessplanit\.com\//,
      );
      resetFake();
      await confirmed(PUT, LOCAL, []);
      assert.match(texts(), /^Change user 7 on Acme\?/);
    });

    for (const [title, change] of [
      ['goes elsewhere', { root: 'https://other.accessplanit.com/accessplan' }],
      ['has another name', { name: 'Other' }],
      ['is read-only', { changes: 'readOnly' }],
    ] as const)
      it(`is not sent on a connection that ${title} by now`, async () => {
        const meanwhile = async (connections: Connections) =>
          connections.update({ ...CONNECTION, ...change });
        assert.equal(await confirmed(PUT, CONNECTION, ['Change'], meanwhile), false);
        assert.match(texts(), /was changed while you were being asked, so nothing was sent/);
      });

    it('is not sent on a connection that was removed meanwhile', async () => {
      const remove = async (connections: Connections) => connections.remove(CONNECTION);
      assert.equal(await confirmed(PUT, CONNECTION, ['Change'], remove), false);
    });
  });

  describe('connections of the editor', () => {
    const KEY = { kind: 'apiKey', apiKey: 'k' } as const;
    const MOVED: Connection = { ...CONNECTION, root: 'https://other.accessplanit.com/accessplan' };
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

    it('use no client of an earlier address, or from before they were read-only', async () => {
      const { connections } = make();
      await connections.add(CONNECTION, KEY);
      const first = connections.client(CONNECTION);
      assert.equal(connections.client({ ...CONNECTION }), first);
      assert.notEqual(connections.client(MOVED), first);
      const second = connections.client(CONNECTION);
      assert.notEqual(connections.client({ ...CONNECTION, changes: 'readOnly' }), second);
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
      const put = { method: 'PUT', module: 'user', id: '7', query: [], body: '{}' } as const;
      assert.notEqual(connections.client(CONNECTION), before);
      await assert.rejects(connections.client(CONNECTION).send(put), { kind: 'read-only' });
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
