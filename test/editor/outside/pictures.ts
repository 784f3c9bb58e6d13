/** Pictures of what a user sees, in a light, a dark and a high-contrast theme, for whoever asks for them (`APQ_SHOTS=folder`). */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { setTheme } from '#scripts/lib/workbench';

export const THEMES = ['Default Light Modern', 'Default High Contrast', 'Default Dark Modern'] as const;

/** @param show brings back what the change of the theme has closed */
export async function pictures(page: Page, name: string, show?: () => Promise<unknown>): Promise<void> {
  const folder = process.env['APQ_SHOTS'];
  for (const theme of folder === undefined ? [] : THEMES) {
    await setTheme(page, theme);
    await show?.();
    await page.screenshot({ path: join(folder ?? '', `${name}-${theme.split(' ')[1] ?? ''}.png`) });
  }
}
