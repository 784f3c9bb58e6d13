// A user's actions in VS Code, on a page: each helper waits for the state that it causes, and
// none sleeps for a fixed time. Selectors are VS Code's own class names, kept to this file.
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Frame, Locator, Page } from 'playwright-core';
import { ensureFolder, SCREENSHOTS } from './paths';
import { PATIENCE_MS } from './patience';

const MODIFIER = process.platform === 'darwin' ? 'Meta' : 'Control';

/**
 * Asks repeatedly until the answer is accepted, and returns it.
 * @param options `what` names the expected state in the message
 */
export async function eventually<T>(
  ask: () => Promise<T>,
  accept: (answer: T) => unknown,
  { what = 'the expected state', timeoutMs = PATIENCE_MS }: { what?: string; timeoutMs?: number } = {},
): Promise<T> {
  const end = Date.now() + timeoutMs;
  let last: unknown;
  do {
    try {
      const answer = await ask();
      if (accept(answer)) return answer;
      last = answer;
    } catch (error) {
      last = error; // For example a frame that was replaced meanwhile.
    }
    await delay(50);
  } while (Date.now() < end);
  const seen = last instanceof Error ? last.message : JSON.stringify(last);
  throw new Error(`Waited ${timeoutMs / 1000} s for ${what}; last seen: ${seen}`);
}

/** Returns a regular expression for the whole text. */
const exactly = (text: string) => new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);

/** VS Code shows some spaces as no-break spaces. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ').replace(/\s+/g, ' ').trim();

const texts = async (locator: Locator) => (await locator.allInnerTexts()).map(plain);

// Quick input: command palette, quick open, input boxes and pick lists share one widget.

const quickInput = (page: Page) => page.locator('.quick-input-widget:visible');
const quickField = (page: Page) => quickInput(page).locator('.quick-input-box input');

/** Finds the entries of the visible quick input with exactly this label. */
const quickEntry = (page: Page, label: string) =>
  quickInput(page)
    .locator('.quick-input-list .monaco-list-row')
    .filter({
      has: page.locator('.quick-input-list-row:first-child .label-name', { hasText: exactly(label) }),
    })
    .first();

/** Waits for an entry; if it does not appear, the error names those that did. */
async function offered(page: Page, label: string, where: string) {
  try {
    await quickEntry(page, label).waitFor();
  } catch {
    const others = await texts(quickInput(page).locator('.quick-input-list .label-name'));
    throw new Error(
      `${where} does not offer '${label}', but: ${others.slice(0, 5).join(', ') || 'nothing'}.`,
    );
  }
}

/**
 * Presses the keys that open the quick input, until it is there with this text: keys that are pressed while the focus
 * moves out of a web view get lost.
 */
async function typeIntoQuickInput(page: Page, keys: string, text: string) {
  let isPressed = false;
  await eventually(
    async () => {
      // At first in any case: the question before may still be there.
      if (!isPressed || (await quickField(page).count()) === 0) await page.keyboard.press(keys);
      isPressed = true;
      await quickField(page).fill(text, { timeout: 2000 });
      return true;
    },
    Boolean,
    { what: `the quick input to open at ${keys}` },
  );
}

/** Types a text into the quick input and waits for an entry; once more where a window that still starts has closed it. */
async function askFor(page: Page, keys: string, text: string, label: string, where: string) {
  await typeIntoQuickInput(page, keys, text);
  try {
    await offered(page, label, where);
  } catch (error) {
    if ((await quickInput(page).count()) > 0) throw error;
    await typeIntoQuickInput(page, keys, text);
    await offered(page, label, where);
  }
}

/**
 * Runs a command through the command palette, by its full title.
 * @param title for example `APQ: Run Request`
 */
export async function runCommand(page: Page, title: string) {
  await askFor(page, 'F1', `>${title}`, title, 'The command palette');
  await quickEntry(page, title).click();
  // A command may reuse the widget at once for its own question; then its text is no longer ours.
  await eventually(
    async () => quickFieldText(page),
    (value) => !value.startsWith('>'),
    { what: `the command palette to close after '${title}'` },
  );
}

/** Opens a file of the workspace through quick open and waits for its editor. */
export async function openFile(page: Page, name: string) {
  const base = path.posix.basename(name);
  await askFor(page, `${MODIFIER}+P`, name, base, 'Quick open');
  await quickEntry(page, base).click();
  await page.locator(`.editor-group-container.active .tab.active[data-resource-name="${base}"]`).waitFor();
  await page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
}

/** Answers an input box. */
export async function fillInput(page: Page, text: string) {
  const field = quickField(page);
  await field.fill(text);
  const before = await quickQuestion(page);
  await page.keyboard.press('Enter');
  await quickMovedOn(page, before);
}

/** Accepts what an input box suggests, once it suggests this. */
export async function acceptInput(page: Page, text: string) {
  await eventually(
    () => quickField(page).inputValue(),
    (value) => value === text,
    { what: `the input box to suggest '${text}'` },
  );
  const before = await quickQuestion(page);
  await page.keyboard.press('Enter');
  await quickMovedOn(page, before);
}

/** Picks an entry of a pick list by its label. */
export async function pick(page: Page, label: string) {
  await quickInput(page).locator('.monaco-list-row').first().waitFor();
  // A long list draws only what is in view, some of it half hidden; the filter scrolls to the entry. It is typed first,
  // and not after a click that seems to fail: on a busy machine it would be typed into the next question. A dialog for
  // files has a path instead of a filter.
  const filters = (await quickField(page).inputValue()) === '';
  if (filters) await quickField(page).fill(label);
  await offered(page, label, 'The list');
  const before = await quickQuestion(page);
  await quickEntry(page, label).click();
  if (!filters) return quickMovedOn(page, before);
  await eventually(
    async () => quickFieldText(page),
    (value) => value !== label,
    { what: `the list to close after '${label}'` },
  );
}

/** What stands in the quick input; empty where it is closed, even while it is looked at. */
const quickFieldText = async (page: Page): Promise<string> =>
  (await quickInput(page).count()) > 0
    ? quickField(page)
        .inputValue({ timeout: 500 })
        .catch(() => '')
    : '';

/** Labels of the visible pick list. */
export async function pickLabels(page: Page) {
  const labels = quickInput(page).locator('.quick-input-list .quick-input-list-row:first-child .label-name');
  await labels.first().waitFor();
  return texts(labels);
}

/** Returns the message below the field of an input box (its prompt, or an error). */
export async function inputMessage(page: Page) {
  return plain(await quickInput(page).locator('.quick-input-message').innerText());
}

/** What the open quick input shows: title with step, the text in its box, and whether that is hidden. */
export async function quickInputState(page: Page) {
  const field = quickField(page);
  return {
    title: plain(await quickInput(page).locator('.quick-input-title').innerText()),
    value: await field.inputValue(),
    hidden: (await field.getAttribute('type')) === 'password',
  };
}

/** Clicks the arrow that leads to the question before. */
export async function quickBack(page: Page) {
  const before = await quickQuestion(page);
  await quickInput(page).getByRole('button', { name: 'Back' }).click();
  await quickMovedOn(page, before);
}

/** Types into the box of the quick input, without taking the text as the answer. */
export async function typeIntoInput(page: Page, text: string) {
  await quickField(page).fill(text);
}

/** Returns the present question of the quick input, to notice when it changes. */
async function quickQuestion(page: Page) {
  if ((await quickInput(page).count()) === 0) return '';
  // It may close meanwhile, and then it asks nothing.
  try {
    const timeout = 1000;
    return `${await quickInput(page).innerText({ timeout })}\n${await quickField(page).getAttribute('placeholder', { timeout })}`;
  } catch {
    return '';
  }
}

/** Waits until the quick input is closed or shows another step. */
async function quickMovedOn(page: Page, before: string) {
  await eventually(
    () => quickQuestion(page),
    (now) => now === '' || now !== before,
    { what: 'the quick input to accept the answer' },
  );
}

// Editor

const editor = (page: Page) =>
  page.locator('.editor-group-container.active .monaco-editor[role="code"]').first();

/** Runs the tests of the file in the active editor, once VS Code knows them. */
export async function runTestsInFile(page: Page) {
  await editor(page).locator('.testing-run-glyph').first().waitFor();
  await runCommand(page, 'Test: Run Tests in Current File');
}

/** Puts the keyboard focus into the active editor. */
export async function focusEditor(page: Page) {
  const focused = page.locator('.editor-group-container.active .monaco-editor.focused');
  if (await focused.count()) return;
  await editor(page)
    .locator('.view-lines')
    .click({ position: { x: 1, y: 1 } });
  await focused.first().waitFor();
}

/** Moves the cursor (both numbers start at 1). */
export async function setCursor(page: Page, line: number, column: number = 1) {
  await focusEditor(page);
  await page.keyboard.press('Control+G');
  await quickField(page).fill(`:${line}:${column}`);
  await page.keyboard.press('Enter');
  await quickInput(page).waitFor({ state: 'hidden' });
  const at = page.locator('[id="status.editor.selection"]');
  await at.filter({ hasText: new RegExp(`Ln ${line}, Col ${column}\\b`) }).waitFor();
}

/** Types key by key, as a user: brackets close themselves and suggestions pop up. */
export async function typeText(page: Page, text: string) {
  await focusEditor(page);
  await page.keyboard.type(text);
}

/** A line may vanish before it is read when another file is shown; callers that wait for it ask again. */
const SOON = { timeout: 1000 };

/** Returns the lines that are in view: of the active editor, or of the first one while a web view has the focus. */
export async function visibleLines(page: Page, which: 'active' | 'first' = 'active') {
  const shown = which === 'active' ? editor(page) : page.locator('.monaco-editor[role="code"]').first();
  const lines = shown.locator('.view-lines .view-line');
  const found = await Promise.all(
    (await lines.all()).map(async (line) => ({
      top: Number.parseFloat(
        /top:\s*([\d.]+)/.exec((await line.getAttribute('style', SOON)) ?? '')?.[1] ?? '0',
      ),
      text: ((await line.textContent(SOON)) ?? '').replaceAll('\u00a0', ' '),
    })),
  );
  return found.sort((a, b) => a.top - b.top).map(({ text }) => text);
}

/** Asks for suggestions at the cursor and returns the labels in view, best first. The list stays open. */
export async function triggerSuggest(page: Page) {
  await focusEditor(page);
  await page.keyboard.press('Control+Space');
  return suggestions(page);
}

/** Returns the labels of the suggestions that are open or about to open. */
export async function suggestions(page: Page) {
  const rows = page.locator('.suggest-widget.visible .monaco-list-row');
  await rows.first().waitFor();
  return texts(rows.locator('.label-name'));
}

/** Accepts an open suggestion by its label. */
export async function acceptSuggestion(page: Page, label: string) {
  const widget = page.locator('.suggest-widget.visible');
  await widget
    .locator('.monaco-list-row')
    .filter({ has: page.locator('.label-name', { hasText: exactly(label) }) })
    .first()
    .click();
  await widget.waitFor({ state: 'hidden' });
}

// Problems and quick fixes

/** Counts the squiggles of each kind in view in the active editor. */
export async function squiggles(page: Page) {
  const count = (kind: string) => editor(page).locator(`.cdr.squiggly-${kind}`).count();
  return { error: await count('error'), warning: await count('warning'), info: await count('info') };
}

const actionWidget = (page: Page) => page.locator('.action-widget:visible');

async function openQuickFixes(page: Page) {
  await focusEditor(page);
  await page.keyboard.press(`${MODIFIER}+Period`);
  const rows = actionWidget(page).locator('.monaco-list-row.action:not(.option-disabled)');
  await rows.first().waitFor();
  return rows;
}

/** Applies the quick fix with this title at the cursor. */
export async function applyQuickFix(page: Page, title: string) {
  const rows = await openQuickFixes(page);
  const row = rows.filter({ has: page.locator('.title', { hasText: exactly(title) }) }).first();
  await row.waitFor();
  // By keyboard, as the list ignores the mouse until it has moved over it.
  const focused = actionWidget(page).locator('.monaco-list-row.action.focused .title');
  for (let step = 0; (await texts(focused))[0] !== title; step++) {
    if (step > 50) throw new Error(`The quick fix '${title}' can't be reached with the arrow keys.`);
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await actionWidget(page).waitFor({ state: 'hidden' });
}

// Messages and dialogs

const toasts = (page: Page) => page.locator('.notifications-toasts .notification-list-item:visible');

/** Returns the texts of the notifications in view. */
export async function notifications(page: Page) {
  return texts(toasts(page).locator('.notification-list-item-message'));
}

/** Waits for a notification that contains a text, and returns the whole text. */
export async function waitForNotification(page: Page, text: string | RegExp) {
  const message = toasts(page).locator('.notification-list-item-message').filter({ hasText: text }).first();
  await message.waitFor();
  return plain(await message.innerText());
}

/**
 * Clicks a button of a notification.
 * @param message part of the notification's text, if there are several
 */
export async function clickNotificationButton(page: Page, button: string, message: string | RegExp = /(?:)/) {
  const toast = toasts(page).filter({ hasText: message }).first();
  await toast.locator('.monaco-button', { hasText: exactly(button) }).click();
}

/** Closes all notifications. */
export async function clearNotifications(page: Page) {
  await runCommand(page, 'Notifications: Clear All Notifications');
  await toasts(page).first().waitFor({ state: 'hidden' });
}

/** Answers a modal dialog and returns its text. */
export async function confirmDialog(page: Page, button: string) {
  const dialog = page.locator('.monaco-dialog-box');
  await dialog.waitFor();
  const text = plain(await dialog.locator('.dialog-message-container').innerText());
  await dialog.locator('.monaco-button', { hasText: exactly(button) }).click();
  await dialog.waitFor({ state: 'hidden' });
  return text;
}

// The rest of the window

/**
 * Returns the innermost frame of a web view for which a condition holds. Web views are two frames deep.
 * @param condition a selector that must be visible in the frame, or a function to call with the frame
 */
export async function webviewFrame(
  page: Page,
  condition: string | ((frame: Frame) => Promise<unknown>),
  { timeoutMs = PATIENCE_MS }: { timeoutMs?: number } = {},
): Promise<Frame> {
  const holds = async (frame: Frame) => {
    try {
      if (typeof condition !== 'string') return await condition(frame);
      return await frame.locator(condition).first().isVisible();
    } catch {
      return false; // Frames come and go while a web view loads.
    }
  };
  const search = async () => {
    for (const frame of page.frames()) {
      if (frame.parentFrame()?.parentFrame() && (await holds(frame))) return frame;
    }
    return undefined;
  };
  const what = typeof condition === 'string' ? `a web view with '${condition}'` : 'a web view';
  const frame = await eventually(search, (found) => found !== undefined, { what, timeoutMs });
  return frame as Frame;
}

/** Returns the status bar's items: their texts and what a screen reader reads. */
export async function statusBarItems(page: Page) {
  // All at once, as items come and go.
  const items = await page.locator('.part.statusbar .statusbar-item').evaluateAll((all) =>
    all
      .filter((item) => item.getClientRects().length > 0)
      .map((item) => ({
        id: item.id,
        text: (item as HTMLElement).innerText,
        label: item.getAttribute('aria-label') ?? '',
      })),
  );
  return items.map(({ id, text, label }) => ({ id, text: plain(text), label: plain(label) }));
}

/** Names in the theme list, and the class on the workbench once the theme is on. */
const THEMES = {
  'Default Dark Modern': ['Dark Modern', '.vs-dark'],
  'Default Light Modern': ['Light Modern', '.vs'],
  'Default High Contrast': ['Dark High Contrast', '.hc-black'],
  'Default High Contrast Light': ['Light High Contrast', '.hc-light'],
};

/** Changes the colour theme. */
export async function setTheme(page: Page, theme: keyof typeof THEMES) {
  const [label, mark] = THEMES[theme] as [string, string];
  await runCommand(page, 'Preferences: Color Theme');
  await pick(page, label);
  await quickInput(page).waitFor({ state: 'hidden' });
  await page.locator(`.monaco-workbench${mark}`).waitFor();
}

/** Returns the labels of the rows in view in the explorer. */
export async function explorerEntries(page: Page) {
  const rows = page.locator('.explorer-folders-view .monaco-list-row');
  await rows.first().waitFor();
  return texts(rows.locator('.label-name'));
}

/**
 * Takes a picture of the window.
 * @returns its path
 */
export async function screenshot(page: Page, name: string, folder: string = SCREENSHOTS): Promise<string> {
  const file = path.join(ensureFolder(folder), `${name.replace(/[^\w.-]+/g, '-').slice(0, 120)}.png`);
  await page.screenshot({ path: file });
  return file;
}

// Views in the side bar

const tree = (page: Page) =>
  page.locator('.pane-body .monaco-list:visible, .tree-explorer-viewlet-tree-view:visible').first();

/** Opens our view and waits for its first row. */
export async function openConnectionsView(page: Page) {
  await page.locator('.activitybar .action-item a.action-label[aria-label^="accessplanit"]').first().click();
  await page.locator('.composite.title', { hasText: 'accessplanit' }).first().waitFor();
}

/** Returns the texts of the rows of the visible tree, from top to bottom. */
export async function treeRows(page: Page) {
  return texts(tree(page).locator('.monaco-list-row'));
}

/** Finds the row of the visible tree with exactly this label. */
export const treeRow = (page: Page, label: string) =>
  tree(page)
    .locator('.monaco-list-row')
    .filter({ has: page.locator('.label-name', { hasText: exactly(label) }) })
    .first();

/**
 * Opens or closes a row of the visible tree. A click alone would do the opposite if the row is already as wanted, or
 * if the previous click has not taken effect yet.
 */
export async function expandTreeRow(page: Page, label: string, expanded = true): Promise<void> {
  const state = () => treeRow(page, label).getAttribute('aria-expanded');
  const wanted = String(expanded);
  if ((await state()) === wanted) return;
  await treeRow(page, label).click();
  await eventually(state, (now) => now === wanted, { what: `'${label}' to open or close` });
}

/** Picks an entry of the context menu of a row. */
export async function treeMenu(page: Page, label: string, entry: string) {
  await treeRow(page, label).click({ button: 'right' });
  const menu = page.locator('.monaco-menu .action-item');
  await menu
    .filter({ hasText: exactly(entry) })
    .first()
    .waitFor();
  // By keyboard, as the menu ignores a click right after it opened.
  const focused = page.locator('.monaco-menu .action-item.focused');
  for (let step = 0; (await texts(focused))[0] !== entry; step++) {
    if (step > 50) throw new Error(`The menu entry '${entry}' can't be reached with the arrow keys.`);
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await menu.first().waitFor({ state: 'hidden' });
}
