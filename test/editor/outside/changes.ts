/** The view of changes, as a user answers it. */
import type { Frame, Page } from 'playwright-core';
import { webviewFrame } from '#scripts/lib/workbench';

const view = async (page: Page): Promise<Frame> => webviewFrame(page, '#cancel');

/** Agrees to what is shown. Returns the label of the button, and all that stands in the view. */
export async function agreeToChange(page: Page, typed?: string): Promise<{ deed: string; text: string }> {
  const frame = await view(page);
  const deed = frame.locator('#deed');
  const shown = { deed: await deed.innerText(), text: await frame.locator('body').innerText() };
  if (typed !== undefined) await frame.locator('#typed').fill(typed);
  await deed.click();
  return shown;
}

/** Cancels the change. Returns all that stands in the view. */
export async function cancelChange(page: Page): Promise<string> {
  const frame = await view(page);
  await frame.locator('main > section:not([hidden])').first().waitFor();
  const text = await frame.locator('body').innerText();
  await frame.locator('#cancel').click();
  return text;
}
