/** Charts in Chromium, as VS Code changes its theme: it writes other colours to the page. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { HEAD, records, sharedPages, ViewPages } from './support/view-page';

describe('a chart', () => {
  const pages = sharedPages(new ViewPages());

  it('takes the colours of another theme', async () => {
    const view = await pages.open({});
    const list = ['York', 'Bath'].map((Town, at) => ({ Town, Companies: at + 1 }));
    await view.send({ type: 'head', head: HEAD }, { type: 'reset' }, records(list));
    await view.page.getByRole('tab', { name: 'Chart' }).click();
    await view.page.locator('#view-chart svg text', { hasText: 'York' }).waitFor();
    await view.page.evaluate(
      "document.documentElement.style.setProperty('--vscode-foreground', 'rgb(1, 2, 3)')",
    );
    await view.page.locator('#view-chart svg text[fill="rgb(1, 2, 3)"]', { hasText: 'York' }).waitFor();
    assert.deepEqual(view.problems, []);
    await view.page.close();
  });
});
