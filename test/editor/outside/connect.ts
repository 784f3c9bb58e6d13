/** Connecting to a platform, as a user does it. */
import type { Page } from 'playwright-core';
import {
  clearNotifications,
  eventually,
  fillInput,
  runCommand,
  statusBarItems,
} from '#scripts/lib/workbench';

/** Adds a connection with an API key and waits until it is in use. */
export async function connectByKey(
  page: Page,
  { root, apiKey }: { readonly root: string; readonly apiKey: string },
  name = 'Mine',
): Promise<void> {
  await runCommand(page, 'APQ: Add Connection');
  await fillInput(page, root);
  await fillInput(page, name);
  await fillInput(page, apiKey);
  await eventually(
    async () => (await statusBarItems(page)).map(({ text }) => text),
    (texts) => texts.includes(name),
  );
  // VS Code shows three messages at a time: those of signing in must not hide the next one.
  await clearNotifications(page);
}
