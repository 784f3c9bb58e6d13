/**
 * The grid of the results view in headless Chromium, from `npm run bench`: when the first 50 rows are painted, how long
 * frames take while it scrolls and jumps, how the last row is reached, and sorting and filtering. It is compared with a
 * plain table of 50 rows, which no grid can beat.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { HEAD, ViewPages } from '../webview/support/view-page';

const SIZES = [
  { rows: 1_000_000, columns: 20 },
  { rows: 500, columns: 200 },
];
/** Records in a message, as the extension sends them. */
const CHUNK = 2000;
const FRAMES = 90;

const columnNames = (columns: number) =>
  JSON.stringify(Array.from({ length: columns }, (_, at) => (at === 0 ? 'ID' : `Column${at}`)));

/** Posts made-up records in chunks; `window.streaming` holds the progress. */
const stream = (rows: number, columns: number) => `
  window.streaming = (async () => {
    const names = ${columnNames(columns)};
    const began = performance.now();
    let painted = 0;
    for (let start = 0; start < ${rows}; start += ${CHUNK}) {
      const chunk = [];
      for (let row = start; row < Math.min(${rows}, start + ${CHUNK}); row++) {
        const record = {};
        for (let at = 0; at < names.length; at++)
          record[names[at]] = at === 0 ? String(row) : at % 3 === 0 ? (row * 7919 + at) % 1000003 : 'Value ' + ((row * 31 + at) % 5000);
        chunk.push(record);
      }
      const json = JSON.stringify(chunk);
      if (start === 0) window.firstMessage = performance.now();
      window.postMessage({ type: 'records', start, json }, '*');
      await new Promise((resolve) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = resolve; port2.postMessage(0); });
      if (painted === 0 && document.querySelectorAll('.body .row').length > 0) {
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        painted = performance.now() - window.firstMessage;
      }
    }
    return { painted, all: performance.now() - began };
  })()`;

/** Times between frames while \`step\` moves the scroller \`box\`. */
const frames = (box: string, step: string) => `(async () => {
  const box = document.querySelector(${JSON.stringify(box)});
  const times = [];
  let last = await new Promise(requestAnimationFrame);
  for (let at = 0; at < ${FRAMES}; at++) {
    ${step};
    const now = await new Promise(requestAnimationFrame);
    times.push(now - last);
    last = now;
  }
  return times.sort((a, b) => a - b);
})()`;

/** Small steps, jumps anywhere, and sideways. */
const MOVES = {
  scroll: 'box.scrollTop += 120',
  jump: 'box.scrollTop = ((at * 7919) % 1000) / 1000 * box.scrollHeight',
  sideways: 'box.scrollLeft = at % 2 === 0 ? at * 60 : box.scrollWidth - at * 60',
} as const;

const quantile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** Returns the median and the 95th percentile of the frames. */
async function measureFrames(page: Page, box: string, step: string): Promise<string> {
  const times = await page.evaluate<number[]>(frames(box, step));
  return [0.5, 0.95].map((share) => quantile(times, share).toFixed(1)).join(' / ');
}

/** Measures until a condition of the page holds, in milliseconds, and the longest frame meanwhile. */
const busyTime = (order: string, done: string) => `(async () => {
  const began = performance.now();
  let [last, longest] = [began, 0];
  ${order};
  do {
    const now = await new Promise(requestAnimationFrame);
    longest = Math.max(longest, now - last);
    last = now;
  } while (!(${done}));
  return [performance.now() - began, longest];
})()`;

async function measure(pages: ViewPages, rows: number, columns: number): Promise<string[]> {
  const { page, send } = await pages.open();
  page.setDefaultTimeout(60_000);
  await send({ type: 'head', head: { ...HEAD, state: 'running' } }, { type: 'reset' });
  await page.evaluate(`${stream(rows, columns)}; undefined`);
  const { painted, all } = await page.evaluate<{ painted: number; all: number }>('window.streaming');
  const lines = [
    `first rows painted ${painted.toFixed(0)} ms`,
    `all streamed in ${(all / 1000).toFixed(1)} s`,
  ];
  for (const [name, step] of Object.entries(MOVES))
    lines.push(`${name} ${await measureFrames(page, '.grid', step)} ms a frame`);
  await page.locator('[role=gridcell][tabindex="0"], .surface[tabindex="0"]').first().focus();
  const end = await page.evaluate<number[]>(
    busyTime(
      `document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', ctrlKey: true, bubbles: true }))`,
      `document.querySelector('[role=gridcell][data-row="${rows - 1}"][data-column="${columns - 1}"]') !== null`,
    ),
  );
  lines.push(`last cell by Ctrl+End ${(end[0] ?? 0).toFixed(0)} ms`);
  const settled = `!document.querySelector('#shown').textContent.includes('…')`;
  await page.keyboard.press('Control+Home');
  for (const [what, name] of [
    ['numbers', 'Column3'],
    ['texts', 'Column1'],
  ]) {
    const [time = 0, longest = 0] = await page.evaluate<number[]>(
      busyTime(
        `[...document.querySelectorAll('[role=columnheader]')].find((head) => head.textContent === '${name}').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, button: 0 })); window.dispatchEvent(new PointerEvent('pointerup'))`,
        settled,
      ),
    );
    lines.push(`sort by ${what} ${time.toFixed(0)} ms, longest frame ${longest.toFixed(0)} ms`);
  }
  await page.close();
  return lines;
}

/** Measures 50 rows of a plain table, the floor. */
async function floor(pages: ViewPages, columns: number): Promise<string> {
  const { page } = await pages.open();
  const [time = 0] = await page.evaluate<number[]>(`(async () => {
    const began = performance.now();
    const table = document.createElement('table');
    for (let row = 0; row < 50; row++) {
      const line = table.insertRow();
      for (let at = 0; at < ${columns}; at++) line.insertCell().textContent = 'Value ' + row * at;
    }
    document.querySelector('#view-grid').replaceChildren(table);
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return [performance.now() - began];
  })()`);
  await page.close();
  return `plain table, 50 rows: painted ${time.toFixed(0)} ms`;
}

async function main(): Promise<void> {
  const pages = new ViewPages();
  await pages.start();
  try {
    const size = (name: string) =>
      statSync(join(import.meta.dirname, '../../dist/webview', name)).size / 1000;
    process.stdout.write(
      `\nresults view: ${size('results.js').toFixed(0)} kB script, ${size('results.css').toFixed(0)} kB style; frames: p50 / p95\n`,
    );
    for (const { rows, columns } of SIZES) {
      process.stdout.write(`${rows.toLocaleString('en-GB')} × ${columns}\n`);
      for (const line of [await floor(pages, columns), ...(await measure(pages, rows, columns))])
        process.stdout.write(`  ${line}\n`);
    }
  } finally {
    await pages.stop();
  }
}

void main();
