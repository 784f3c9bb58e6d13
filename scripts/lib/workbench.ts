// What a user does in VS Code, in terms of a page: each helper waits for the state that it brings about and
// none sleeps for a fixed time. Selectors are VS Code's own class names, kept to this file.
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ensureFolder, SCREENSHOTS } from './paths.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Frame} Frame */
/** @typedef {import('playwright-core').Locator} Locator */

const MODIFIER = process.platform === 'darwin' ? 'Meta' : 'Control';

/**
 * Asks again and again until the answer is accepted, and returns it.
 * @template T
 * @param {() => Promise<T>} ask
 * @param {(answer: T) => unknown} accept
 * @param {{ what?: string, timeoutMs?: number }} [options] `what` was waited for, for the message
 * @returns {Promise<T>}
 */
export async function eventually(ask, accept, { what = 'the expected state', timeoutMs = 20_000 } = {}) {
  const end = Date.now() + timeoutMs;
  /** @type {unknown} */
  let last;
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

/**
 * A regular expression for a text as a whole.
 * @param {string} text
 */
const exactly = (text) => new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);

/** VS Code shows some spaces as no-break spaces.
 * @param {string} text */
const plain = (text) => text.replaceAll('\u00a0', ' ').replace(/\s+/g, ' ').trim();

/** @param {Locator} locator */
const texts = async (locator) => (await locator.allInnerTexts()).map(plain);

// Quick input: command palette, quick open, input boxes and pick lists share one widget.

/** @param {Page} page */
const quickInput = (page) => page.locator('.quick-input-widget:visible');
/** @param {Page} page */
const quickField = (page) => quickInput(page).locator('.quick-input-box input');

/**
 * Entries of the visible quick input whose label is exactly this.
 * @param {Page} page
 * @param {string} label
 */
const quickEntry = (page, label) =>
  quickInput(page)
    .locator('.quick-input-list .monaco-list-row')
    .filter({
      has: page.locator('.quick-input-list-row:first-child .label-name', { hasText: exactly(label) }),
    })
    .first();

/**
 * Waits for an entry; without it, the error says what is there instead.
 * @param {Page} page
 * @param {string} label
 * @param {string} where
 */
async function offered(page, label, where) {
  try {
    await quickEntry(page, label).waitFor({ timeout: 15_000 });
  } catch {
    const others = await texts(quickInput(page).locator('.quick-input-list .label-name'));
    throw new Error(
      `${where} does not offer '${label}', but: ${others.slice(0, 5).join(', ') || 'nothing'}.`,
    );
  }
}

/**
 * Runs a command through the command palette, by its full title.
 * @param {Page} page
 * @param {string} title for example `APQ: Run Request`
 */
export async function runCommand(page, title) {
  await page.keyboard.press('F1');
  await quickField(page).fill(`>${title}`);
  await offered(page, title, 'The command palette');
  await quickEntry(page, title).click();
  // A command may reuse the widget at once for a question of its own; then its text is no longer ours.
  await eventually(
    async () => ((await quickInput(page).count()) ? await quickField(page).inputValue() : ''),
    (value) => !value.startsWith('>'),
    { what: `the command palette to close after '${title}'` },
  );
}

/**
 * Titles that the command palette offers for a text.
 * @param {Page} page
 * @param {string} filter
 */
export async function commandTitles(page, filter) {
  await page.keyboard.press('F1');
  await quickField(page).fill(`>${filter}`);
  const rows = quickInput(page).locator('.quick-input-list .monaco-list-row');
  await rows.first().waitFor();
  const titles = await texts(rows.locator('.quick-input-list-row:first-child .label-name'));
  await page.keyboard.press('Escape');
  await quickInput(page).waitFor({ state: 'hidden' });
  return titles;
}

/**
 * Opens a file of the workspace through quick open and waits for its editor.
 * @param {Page} page
 * @param {string} name
 */
export async function openFile(page, name) {
  await page.keyboard.press(`${MODIFIER}+P`);
  await quickField(page).fill(name);
  const base = path.posix.basename(name);
  await offered(page, base, 'Quick open');
  await quickEntry(page, base).click();
  await page.locator(`.editor-group-container.active .tab.active[data-resource-name="${base}"]`).waitFor();
  await page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
}

/**
 * Answers an input box.
 * @param {Page} page
 * @param {string} text
 */
export async function fillInput(page, text) {
  const field = quickField(page);
  await field.fill(text);
  const before = await quickQuestion(page);
  await page.keyboard.press('Enter');
  await quickMovedOn(page, before);
}

/**
 * Accepts what an input box suggests, once it suggests this.
 * @param {Page} page
 * @param {string} text
 */
export async function acceptInput(page, text) {
  await eventually(
    () => quickField(page).inputValue(),
    (value) => value === text,
    { what: `the input box to suggest '${text}'` },
  );
  const before = await quickQuestion(page);
  await page.keyboard.press('Enter');
  await quickMovedOn(page, before);
}

/**
 * Picks an entry of a pick list by its label.
 * @param {Page} page
 * @param {string} label
 */
export async function pick(page, label) {
  const entry = quickEntry(page, label);
  await quickInput(page).locator('.monaco-list-row').first().waitFor();
  const before = await quickQuestion(page);
  try {
    await entry.click({ timeout: 1000 });
  } catch {
    // A long list draws only what is in view, some of it half hidden; the filter brings the entry there.
    await quickField(page).fill(label);
    await entry.click();
  }
  await quickMovedOn(page, before);
}

/**
 * Labels of the visible pick list.
 * @param {Page} page
 */
export async function pickLabels(page) {
  const labels = quickInput(page).locator('.quick-input-list .quick-input-list-row:first-child .label-name');
  await labels.first().waitFor();
  return texts(labels);
}

/**
 * The message below the field of an input box (its prompt, or what is wrong with the input).
 * @param {Page} page
 */
export async function inputMessage(page) {
  return plain(await quickInput(page).locator('.quick-input-message').innerText());
}

/** What the quick input asks at the moment, to notice when it asks something else.
 * @param {Page} page */
async function quickQuestion(page) {
  if ((await quickInput(page).count()) === 0) return '';
  // It may close between two questions: then it asks nothing.
  try {
    const timeout = 1000;
    return `${await quickInput(page).innerText({ timeout })}\n${await quickField(page).getAttribute('placeholder', { timeout })}`;
  } catch {
    return '';
  }
}

/**
 * Waits until the quick input is closed or shows another step.
 * @param {Page} page
 * @param {string} before
 */
async function quickMovedOn(page, before) {
  await eventually(
    () => quickQuestion(page),
    (now) => now === '' || now !== before,
    { what: 'the quick input to accept the answer' },
  );
}

// Editor

/** @param {Page} page */
const editor = (page) => page.locator('.editor-group-container.active .monaco-editor[role="code"]').first();

/**
 * Puts the keyboard focus into the active editor.
 * @param {Page} page
 */
export async function focusEditor(page) {
  const focused = page.locator('.editor-group-container.active .monaco-editor.focused');
  if (await focused.count()) return;
  await editor(page)
    .locator('.view-lines')
    .click({ position: { x: 1, y: 1 } });
  await focused.first().waitFor();
}

/**
 * Moves the cursor (both numbers start at 1).
 * @param {Page} page
 * @param {number} line
 * @param {number} [column]
 */
export async function setCursor(page, line, column = 1) {
  await focusEditor(page);
  await page.keyboard.press('Control+G');
  await quickField(page).fill(`:${line}:${column}`);
  await page.keyboard.press('Enter');
  await quickInput(page).waitFor({ state: 'hidden' });
  const at = page.locator('[id="status.editor.selection"]');
  await at.filter({ hasText: new RegExp(`Ln ${line}, Col ${column}\\b`) }).waitFor();
}

/**
 * Types key by key, as a user: brackets close themselves and suggestions pop up.
 * @param {Page} page
 * @param {string} text
 */
export async function typeText(page, text) {
  await focusEditor(page);
  await page.keyboard.type(text);
}

/**
 * Replaces the whole text of the active editor at once, without suggestions or automatic brackets.
 * @param {Page} page
 * @param {string} text
 */
export async function replaceText(page, text) {
  await focusEditor(page);
  await page.keyboard.press(`${MODIFIER}+A`);
  await page.keyboard.insertText(text);
}

/** A line may be gone before it is read, as another file is shown: who waits for it asks again. */
const SOON = { timeout: 1000 };

/**
 * The lines of the active editor that are in view.
 * @param {Page} page
 */
export async function visibleLines(page) {
  const lines = editor(page).locator('.view-lines .view-line');
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

/**
 * Saves the active editor.
 * @param {Page} page
 */
export async function save(page) {
  await page.keyboard.press(`${MODIFIER}+S`);
  await page.locator('.editor-group-container.active .tab.active:not(.dirty)').waitFor();
}

/**
 * Asks for suggestions at the cursor and returns the labels in view, best first. The list stays open.
 * @param {Page} page
 */
export async function triggerSuggest(page) {
  await focusEditor(page);
  await page.keyboard.press('Control+Space');
  return suggestions(page);
}

/**
 * Labels of the suggestions that are open or about to open.
 * @param {Page} page
 */
export async function suggestions(page) {
  const rows = page.locator('.suggest-widget.visible .monaco-list-row');
  await rows.first().waitFor();
  return texts(rows.locator('.label-name'));
}

/**
 * Accepts an open suggestion by its label.
 * @param {Page} page
 * @param {string} label
 */
export async function acceptSuggestion(page, label) {
  const widget = page.locator('.suggest-widget.visible');
  await widget
    .locator('.monaco-list-row')
    .filter({ has: page.locator('.label-name', { hasText: exactly(label) }) })
    .first()
    .click();
  await widget.waitFor({ state: 'hidden' });
}

/**
 * The hover text at the cursor.
 * @param {Page} page
 */
export async function hoverText(page) {
  await focusEditor(page);
  await page.keyboard.press(`${MODIFIER}+K`);
  await page.keyboard.press(`${MODIFIER}+I`);
  const hover = page.locator('.monaco-hover:visible .hover-contents').first();
  await hover.filter({ hasNotText: /^\s*Loading/ }).waitFor();
  return (await texts(page.locator('.monaco-hover:visible .hover-contents'))).join('\n');
}

// Problems and quick fixes

/**
 * How many squiggles of each kind are in view in the active editor.
 * @param {Page} page
 */
export async function squiggles(page) {
  const count = (/** @type {string} */ kind) => editor(page).locator(`.cdr.squiggly-${kind}`).count();
  return { error: await count('error'), warning: await count('warning'), info: await count('info') };
}

/**
 * The entries of the problems view, for example `bad is not good apq(bad-word) [Ln 1, Col 5]`. Empty when
 * there are none right now; wrap in `eventually` where they are still to come.
 * @param {Page} page
 */
export async function problems(page) {
  const panel = page.locator('.markers-panel:visible');
  if (!(await panel.count())) await runCommand(page, 'Problems: Focus on Problems View');
  await panel.waitFor();
  return texts(panel.locator('.monaco-list-row:has(.marker-icon)'));
}

/** @param {Page} page */
const actionWidget = (page) => page.locator('.action-widget:visible');

/** @param {Page} page */
async function openQuickFixes(page) {
  await focusEditor(page);
  await page.keyboard.press(`${MODIFIER}+Period`);
  const rows = actionWidget(page).locator('.monaco-list-row.action:not(.option-disabled)');
  await rows.first().waitFor();
  return rows;
}

/**
 * Titles of the quick fixes and refactorings at the cursor.
 * @param {Page} page
 */
export async function quickFixes(page) {
  const titles = await texts((await openQuickFixes(page)).locator('.title'));
  await page.keyboard.press('Escape');
  await actionWidget(page).waitFor({ state: 'hidden' });
  return titles;
}

/**
 * Applies the quick fix with this title at the cursor.
 * @param {Page} page
 * @param {string} title
 */
export async function applyQuickFix(page, title) {
  const rows = await openQuickFixes(page);
  const row = rows.filter({ has: page.locator('.title', { hasText: exactly(title) }) }).first();
  await row.waitFor();
  // By keyboard: the list ignores the mouse until it has been moved over it.
  const focused = actionWidget(page).locator('.monaco-list-row.action.focused .title');
  for (let step = 0; (await texts(focused))[0] !== title; step++) {
    if (step > 50) throw new Error(`The quick fix '${title}' can't be reached with the arrow keys.`);
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await actionWidget(page).waitFor({ state: 'hidden' });
}

// Messages and dialogs

/** @param {Page} page */
const toasts = (page) => page.locator('.notifications-toasts .notification-list-item:visible');

/**
 * Texts of the notifications in view.
 * @param {Page} page
 */
export async function notifications(page) {
  return texts(toasts(page).locator('.notification-list-item-message'));
}

/**
 * Waits for a notification that contains a text, and returns the whole text.
 * @param {Page} page
 * @param {string | RegExp} text
 */
export async function waitForNotification(page, text) {
  const message = toasts(page).locator('.notification-list-item-message').filter({ hasText: text }).first();
  await message.waitFor();
  return plain(await message.innerText());
}

/**
 * Clicks a button of a notification.
 * @param {Page} page
 * @param {string} button
 * @param {string | RegExp} [message] part of the notification's text, where there are several
 */
export async function clickNotificationButton(page, button, message = /(?:)/) {
  const toast = toasts(page).filter({ hasText: message }).first();
  await toast.locator('.monaco-button', { hasText: exactly(button) }).click();
}

/**
 * Closes all notifications.
 * @param {Page} page
 */
export async function clearNotifications(page) {
  await runCommand(page, 'Notifications: Clear All Notifications');
  await toasts(page).first().waitFor({ state: 'hidden' });
}

/**
 * Answers a modal dialog and returns its text.
 * @param {Page} page
 * @param {string} button
 */
export async function confirmDialog(page, button) {
  const dialog = page.locator('.monaco-dialog-box');
  await dialog.waitFor();
  const text = plain(await dialog.locator('.dialog-message-container').innerText());
  await dialog.locator('.monaco-button', { hasText: exactly(button) }).click();
  await dialog.waitFor({ state: 'hidden' });
  return text;
}

// The rest of the window

/**
 * The innermost frame of a web view for which a condition holds. Web views are two frames deep.
 * @param {Page} page
 * @param {string | ((frame: Frame) => Promise<unknown>)} condition a selector that must be visible in the
 *   frame, or a question to ask the frame
 * @param {{ timeoutMs?: number }} [options]
 * @returns {Promise<Frame>}
 */
export async function webviewFrame(page, condition, { timeoutMs = 20_000 } = {}) {
  const holds = async (/** @type {Frame} */ frame) => {
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
  return /** @type {Frame} */ (frame);
}

/**
 * The status bar's items: what they show and what a screen reader reads out.
 * @param {Page} page
 */
export async function statusBarItems(page) {
  // At one moment: items come and go.
  const items = await page.locator('.part.statusbar .statusbar-item').evaluateAll((all) =>
    all
      .filter((item) => item.getClientRects().length > 0)
      .map((item) => ({
        id: item.id,
        text: /** @type {HTMLElement} */ (item).innerText,
        label: item.getAttribute('aria-label') ?? '',
      })),
  );
  return items.map(({ id, text, label }) => ({ id, text: plain(text), label: plain(label) }));
}

/**
 * Clicks the status bar item that shows a text.
 * @param {Page} page
 * @param {string | RegExp} text
 */
export async function clickStatusBarItem(page, text) {
  await page
    .locator('.part.statusbar .statusbar-item', { hasText: text })
    .first()
    .locator('a')
    .first()
    .click();
}

/** Names in the theme list, and the class on the workbench once the theme is on. */
const THEMES = {
  'Default Dark Modern': ['Dark Modern', '.vs-dark'],
  'Default Light Modern': ['Light Modern', '.vs'],
  'Default High Contrast': ['Dark High Contrast', '.hc-black'],
  'Default High Contrast Light': ['Light High Contrast', '.hc-light'],
};

/**
 * Changes the colour theme.
 * @param {Page} page
 * @param {keyof typeof THEMES} theme
 */
export async function setTheme(page, theme) {
  const [label, mark] = /** @type {[string, string]} */ (THEMES[theme]);
  await runCommand(page, 'Preferences: Color Theme');
  await pick(page, label);
  await quickInput(page).waitFor({ state: 'hidden' });
  await page.locator(`.monaco-workbench${mark}`).waitFor();
}

/**
 * Labels of the rows in view in the explorer.
 * @param {Page} page
 */
export async function explorerEntries(page) {
  const rows = page.locator('.explorer-folders-view .monaco-list-row');
  await rows.first().waitFor();
  return texts(rows.locator('.label-name'));
}

/**
 * Takes a picture of the window.
 * @param {Page} page
 * @param {string} name
 * @param {string} [folder]
 * @returns {Promise<string>} its path
 */
export async function screenshot(page, name, folder = SCREENSHOTS) {
  const file = path.join(ensureFolder(folder), `${name.replace(/[^\w.-]+/g, '-').slice(0, 120)}.png`);
  await page.screenshot({ path: file });
  return file;
}

// Views in the side bar

/** @param {Page} page */
const tree = (page) =>
  page.locator('.pane-body .monaco-list:visible, .tree-explorer-viewlet-tree-view:visible').first();

/**
 * Opens our view and waits for its first row.
 * @param {Page} page
 */
export async function openConnectionsView(page) {
  await page.locator('.activitybar .action-item a.action-label[aria-label^="APQ"]').first().click();
  await page.locator('.composite.title', { hasText: 'APQ' }).first().waitFor();
}

/**
 * Rows of the visible tree: what they show, from top to bottom.
 * @param {Page} page
 */
export async function treeRows(page) {
  return texts(tree(page).locator('.monaco-list-row'));
}

/**
 * The row of the visible tree whose label is exactly this.
 * @param {Page} page
 * @param {string} label
 */
export const treeRow = (page, label) =>
  tree(page)
    .locator('.monaco-list-row')
    .filter({ has: page.locator('.label-name', { hasText: exactly(label) }) })
    .first();

/**
 * Picks an entry of the context menu of a row.
 * @param {Page} page
 * @param {string} label
 * @param {string} entry
 */
export async function treeMenu(page, label, entry) {
  await treeRow(page, label).click({ button: 'right' });
  const menu = page.locator('.monaco-menu .action-item');
  await menu
    .filter({ hasText: exactly(entry) })
    .first()
    .waitFor();
  // By keyboard: the menu ignores a click that comes right after it opened.
  const focused = page.locator('.monaco-menu .action-item.focused');
  for (let step = 0; (await texts(focused))[0] !== entry; step++) {
    if (step > 50) throw new Error(`The menu entry '${entry}' can't be reached with the arrow keys.`);
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await menu.first().waitFor({ state: 'hidden' });
}
