/** Which view a run uses, and which answer stays to be compared with. */
import '../support/fake-vscode';
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { ResultPanels } from '#editor/results/panels';
import { Output } from '#editor/workbench/output';
import { temporaryFolder } from '#scripts/lib/processes';
import type { ViewHead } from '#webview/messages';
import { fake, fakeContext, resetFake } from '../support/fake-vscode';
import { HEAD } from '../webview/support/view-page';

describe('the views of results', () => {
  let folder: string;
  let panels: ResultPanels;
  beforeEach(() => {
    resetFake();
    folder = temporaryFolder('results');
    panels = new ResultPanels(fakeContext().extensionUri, folder, new Output());
  });
  afterEach(() => {
    for (const panel of panels.all) panel.dispose();
    panels.dispose();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  const run = (request: string, id: string, change: Partial<ViewHead> = {}) => {
    const panel = panels.show(
      { ...HEAD, request, run: id, title: request, state: 'running', startedAt: `2026-01-0${id}T09:00:00Z` },
      { act: () => false },
    );
    panel.add([{ ID: id }]);
    panel.update({ state: 'done', ...change });
    return panel;
  };

  it('are one for each request, which its next run uses', () => {
    const first = run('a', '1');
    const second = run('b', '2');
    assert.notEqual(first, second);
    assert.equal(run('a', '3'), first);
    assert.equal(fake.panels.length, 2);
    first.update({ pinned: true });
    assert.notEqual(run('a', '4'), first);
  });

  it('are no more than a dozen: then another request takes the one that was used longest ago', () => {
    const all = Array.from({ length: 12 }, (_, at) => run(`request ${at}`, '1'));
    run('request 0', '2');
    assert.equal(run('another', '3'), all[1]);
    assert.equal(panels.all.length, 12);
    all[2]?.update({ pinned: true });
    assert.equal(run('one more', '4'), all[3]);
  });

  it('keep the previous answer of the same request', async () => {
    const panel = run('a', '1');
    assert.equal(panel.head?.previous, undefined);
    run('a', '2');
    assert.deepEqual(panel.previous, { run: '1', startedAt: '2026-01-01T09:00:00Z' });
    assert.deepEqual(await panel.previousRecords(), [{ ID: '1' }]);
    // One that failed is nothing to compare with.
    run('a', '3', { state: 'failed' });
    run('a', '4');
    assert.deepEqual(panel.previous, { run: '2', startedAt: '2026-01-02T09:00:00Z' });
    assert.deepEqual(await panel.previousRecords(), [{ ID: '2' }]);
  });

  it('mark what a refused run and those after it leave standing', () => {
    const [first, second, third] = [run('a', '1'), run('b', '2'), run('c', '3')];
    panels.markEarlier('a', ['b']);
    assert.deepEqual(
      [first, second, third].map(({ head }) => head?.earlier),
      ['refused', 'refused', undefined],
    );
  });
});
