/** The view of changes, without a window: what counts as a consent, and what reaches the page. */
import '../support/fake-vscode';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { ChangesInMemory } from '#core/writing/changes-in-memory';
import { Connections } from '#editor/connections/connections';
import { Output } from '#editor/workbench/output';
import type { TextPages } from '#editor/workbench/text-pages';
import type { ChangesToShow } from '#editor/writing/changes';
import { ChangesViews } from '#editor/writing/changes-view';
import { steered } from '#editor/writing/steered';
import type { ToChanges } from '#webview/changes/messages';
import { CONNECTION } from '../core/support/runs';
import { ChangesTwin } from '../support/changes-twin';
import type { FakePanel } from '../support/fake-panel';
import { fake, fakeContext, resetFake } from '../support/fake-vscode';
import { DELETE, UNFORESEEN, UPDATE } from '../webview/support/sample-changes';

describe('the view of changes, without a window', () => {
  beforeEach(resetFake);
  afterEach(resetFake);

  const shownPages: string[] = [];
  const pages = {
    show: async (name: string, text: string) => Promise.resolve(void shownPages.push(name, text)),
  } as unknown as TextPages;

  const open = async (more: Partial<ChangesToShow> = {}) => {
    const connections = new Connections(fakeContext(), new Output());
    const views = new ChangesViews({ path: '' } as never, { connections, pages });
    const source = new ChangesInMemory([UPDATE]);
    const view = views.open({
      ...{ title: 'Change', sentence: 'This changes it.', connection: CONNECTION, source, deed: 'Change' },
      ...more,
    });
    const panel = fake.panels.at(-1);
    assert.ok(panel !== undefined);
    await panel.say({ type: 'ready' });
    return { view, panel };
  };
  const head = ({ sent }: FakePanel) =>
    (sent as ToChanges[]).flatMap((message) => (message.type === 'head' ? [message.head] : [])).at(-1);
  /** Whether a promise is settled by now. */
  const settled = async (promise: Promise<unknown>) =>
    Promise.race([promise.then(() => true), new Promise((resolve) => setImmediate(() => resolve(false)))]);

  it('takes an agreement to what the user saw, and no other', async () => {
    const { view, panel } = await open();
    const agreed = view.agreed();
    const { version = 0 } = head(panel) ?? {};
    await panel.say({ type: 'agree', typed: '', version: version - 1 });
    assert.equal(await settled(agreed), false);
    view.show({ deed: 'Change 3 Fields' }, 'It was changed meanwhile.');
    // The button of the page before, pressed just then.
    await panel.say({ type: 'agree', typed: '', version });
    assert.equal(await settled(agreed), false);
    assert.deepEqual([head(panel)?.why, head(panel)?.deed], ['It was changed meanwhile.', 'Change 3 Fields']);
    await panel.say({ type: 'agree', typed: '', version: head(panel)?.version });
    assert.equal(await agreed, true);
    assert.equal(head(panel)?.phase, 'sending');
    // One agreement, one deed.
    const again = view.agreed();
    await panel.say({ type: 'agree', typed: '', version: head(panel)?.version });
    assert.equal(await settled(again), false);
  });

  for (const [title, more, typed] of [
    ['without the ID that has to be typed', { typed: '1027' }, '102'],
    ['where there is nothing to do', { deed: undefined }, ''],
  ] as const)
    it(`takes no agreement ${title}`, async () => {
      const { view, panel } = await open(more);
      const agreed = view.agreed();
      await panel.say({ type: 'agree', typed, version: head(panel)?.version });
      assert.equal(await settled(agreed), false);
    });

  for (const [title, give] of [
    ['Cancel', async (panel: FakePanel) => panel.say({ type: 'cancel' })],
    ['closing the tab', async (panel: FakePanel) => Promise.resolve(panel.dispose())],
  ] as const)
    it(`sends nothing after ${title}`, async () => {
      const { view, panel } = await open();
      const pressed: string[] = [];
      view.onPress((press) => pressed.push(press));
      const agreed = view.agreed();
      await give(panel);
      assert.deepEqual([await agreed, view.closed, panel.disposed, pressed], [false, true, true, ['closed']]);
      assert.equal(await view.agreed(), false);
      view.show({}, 'too late');
      view.close();
    });

  it('gives the page slices without secrets, and numbers in all their digits', async () => {
    const { panel } = await open({ source: new ChangesInMemory([UPDATE, DELETE, UNFORESEEN]) });
    await panel.say({ type: 'slice', id: 7, query: { states: 'all', text: '' }, from: 0, count: 2 });
    const slice = (panel.sent as ToChanges[]).find((message) => message.type === 'slice');
    assert.ok(slice?.type === 'slice');
    assert.deepEqual([slice.id, slice.total], [7, 3]);
    for (const secret of ['hunter2', 'correct horse']) assert.ok(!slice.json.includes(secret), secret);
    assert.ok(slice.json.includes('User 1027'));
    await panel.say({ type: 'request', row: 3 });
    assert.match(shownPages.join('\n'), /Nothing has been sent\.\n\nPUT https:.*\/User\/1027/);
  });

  it('shows the progress and the end, and hears what is pressed', async () => {
    const { view, panel } = await open();
    const pressed: string[] = [];
    view.onPress((press) => pressed.push(press));
    view.progress({ done: 1, of: 2, failed: 0, text: '', paused: false });
    await panel.say({ type: 'press', id: 'pause' });
    view.end({ sentence: 'Done.', actions: [{ id: 'again', label: 'Again' }] });
    assert.deepEqual([head(panel)?.phase, head(panel)?.report?.sentence], ['ended', 'Done.']);
    await panel.say({ type: 'press', id: 'again' });
    // What a run reports late does not take the report away.
    view.progress({ done: 2, of: 2, failed: 0, text: '', paused: false });
    await panel.say({ type: 'ready' });
    assert.equal(head(panel)?.phase, 'ended');
    assert.deepEqual(pressed, ['pause', 'again']);
  });

  it('lets its buttons pause, continue and stop a run', () => {
    const twin = new ChangesTwin();
    const view = twin.open({
      ...{ title: '', sentence: '', connection: CONNECTION, source: new ChangesInMemory([]), deed: '' },
    });
    const run = steered(view);
    const [shown] = twin.views;
    assert.ok(shown !== undefined);
    // Before the run has said anything, there is no progress to show.
    shown.press('pause');
    assert.deepEqual([run.pause.on, shown.steps], [true, []]);
    shown.press('continue');
    run.show({ done: 1, of: 9 });
    shown.press('pause');
    assert.deepEqual(shown.steps.at(-1), { done: 1, of: 9, failed: 0, text: '', paused: true });
    shown.press('continue');
    assert.deepEqual([run.pause.on, shown.steps.at(-1)?.paused, run.signal.aborted], [false, false, false]);
    const { length } = shown.steps;
    shown.press('closed');
    run.show({ done: 2 });
    assert.deepEqual([run.signal.aborted, shown.steps.length], [true, length]);
  });
});
