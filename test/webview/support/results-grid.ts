/** How suites about the grid begin: one browser for all, and for each test a view of its own with records in it. */
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { ViewHead } from '#webview/messages';
import { HEAD, type Looks, records, sharedPages, type Shown, ViewPages } from './view-page';

interface Grid {
  /** Opens a view with these records, or the usual ones, and waits for them. */
  readonly show: (looks?: Looks, list?: readonly unknown[], head?: ViewHead) => Promise<Shown>;
  /** The view that was opened last. */
  readonly view: () => Shown;
  /** Closes it: nothing went wrong in it. */
  readonly done: () => Promise<void>;
  readonly cell: (row: number, column: number) => Locator;
}

/** To be called in a `describe`. `usual`: what is shown where a test says nothing else. */
export function resultsGrid(usual: readonly unknown[], usualHead: ViewHead = HEAD): Grid {
  const pages = sharedPages(new ViewPages());
  let shown: Shown | undefined;

  const view = () => {
    assert.ok(shown, 'a view is shown');
    return shown;
  };
  return {
    show: async (looks, list = usual, head = usualHead) => {
      shown = await pages.open(looks);
      await shown.send({ type: 'head', head }, { type: 'reset' }, records(list));
      await shown.page.locator('[role=gridcell]').first().waitFor();
      return shown;
    },
    view,
    done: async () => {
      assert.deepEqual(view().problems, []);
      await view().page.close();
    },
    cell: (row, column) => view().page.locator(`[role=gridcell][data-row="${row}"][data-column="${column}"]`),
  };
}
