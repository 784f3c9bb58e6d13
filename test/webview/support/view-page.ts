/** The real page with the real bundle in headless Chromium, under its real security policy. The test acts as the extension. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before } from 'mocha';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '#scripts/lib/browser';
import type { FromView, ToView, ViewHead } from '#webview/messages';
import { resultsPage } from '#webview/page';
import { PAGE_SCRIPTS, type PageName, type PageParts, stylesOf } from '#webview/skeleton';
import { THEMES } from './themes';

/** How long a state of the page may take to appear, even on a busy machine, in milliseconds. */
export const PATIENCE_MS = 15_000;

const DIST = join(import.meta.dirname, '../../../dist/webview');

export const HEAD: ViewHead = {
  run: 'run-1',
  request: 'courses.apq#upcoming',
  title: 'Upcoming courses',
  state: 'done',
  method: 'GET',
  module: 'CourseDate',
  address: "https://acme.accessplanit.com/accessplan/api/v2/CourseDate?$filter=Status%20eq%20'Available'",
  connection: 'Acme sandbox',
  production: false,
  startedAt: '2026-01-31T12:00:00Z',
  summary: '5 records · 12 ms',
  notes: [],
  actions: [],
  select: [],
  fields: [],
  pinned: false,
  locale: 'en-GB',
};

interface Message {
  readonly type: string;
}

/** A page, and what goes from it and to it. */
export interface Shown<From extends Message = FromView, To extends Message = ToView> {
  readonly page: Page;
  readonly send: (...messages: To[]) => Promise<void>;
  /** All messages that the view has sent. */
  readonly said: () => Promise<From[]>;
  /** The last message of a type. */
  readonly last: <T extends From['type']>(type: T) => Promise<Extract<From, { type: T }> | undefined>;
  /** Waits until an expression is true; the policy forbids the page's own `waitForFunction`. */
  readonly until: (expression: string) => Promise<void>;
  /** The errors of the page, including violations of the policy. */
  readonly problems: string[];
}

export interface Looks {
  readonly theme?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** The state of the previous page, as VS Code keeps it. */
  readonly state?: unknown;
}

/** To be called in a `describe`: starts and stops what its tests share. */
export function sharedPages<Pages extends Pick<ViewPages, 'start' | 'stop'>>(pages: Pages): Pages {
  before(async () => pages.start());
  after(async () => pages.stop());
  return pages;
}

/** One browser and one server for a file of tests, which are about one of the pages. */
export class ViewPages<From extends Message = FromView, To extends Message = ToView> {
  #browser: Browser | undefined;
  #server: Server | undefined;

  constructor(
    private readonly name: PageName = 'results',
    private readonly markup: (parts: PageParts) => string = resultsPage,
  ) {}

  async start(): Promise<void> {
    const { name: own } = this;
    const files: readonly string[] = [...PAGE_SCRIPTS[own], ...stylesOf(own)];
    this.#server = createServer((request, response) => {
      const name = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1);
      const port = (this.#server?.address() as AddressInfo).port;
      if (files.includes(name)) {
        response.setHeader('Content-Type', name.endsWith('js') ? 'text/javascript' : 'text/css');
        response.end(readFileSync(join(DIST, name)));
      } else if (name === '') {
        response.setHeader('Content-Type', 'text/html; charset=utf-8');
        response.end(
          this.markup({
            nonce: randomBytes(16).toString('base64'),
            scripts: PAGE_SCRIPTS[own].map((each) => `/${each}`),
            styles: stylesOf(own).map((each) => `/${each}`),
            cspSource: `http://127.0.0.1:${port}`,
          }),
        );
      } else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve));
    this.#browser = await launchBrowser();
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
    this.#server?.close();
  }

  /** `answer`: what the extension answers to a message, if anything. */
  async open(
    { theme = 'vscode-light', viewport = { width: 1000, height: 700 }, state }: Looks = {},
    answer?: (message: From) => Promise<To | undefined>,
  ): Promise<Shown<From, To>> {
    if (this.#browser === undefined) throw new Error('not started');
    const page = await this.#browser.newPage({ viewport });
    page.setDefaultTimeout(PATIENCE_MS);
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('404')) problems.push(message.text());
    });
    await page.addInitScript(
      `window.said = []; window.kept = ${JSON.stringify(state ?? null)};
       window.acquireVsCodeApi = () => ({
         postMessage: (message) => {
           window.said.push(JSON.parse(JSON.stringify(message)));
           window.hear?.(message);
         },
         getState: () => window.kept ?? undefined,
         setState: (state) => void (window.kept = JSON.parse(JSON.stringify(state))),
       });`,
    );
    const send = async (...messages: To[]) => {
      // The page has heard them when its own listener, which came first, was called.
      await page.evaluate(
        `new Promise((resolve) => {
          const messages = JSON.parse(${JSON.stringify(JSON.stringify(messages))});
          let left = messages.length;
          const heard = () => {
            if (left-- > 1) return;
            removeEventListener('message', heard);
            resolve();
          };
          if (left === 0) resolve();
          else addEventListener('message', heard);
          for (const message of messages) window.postMessage(message, '*');
        })`,
      );
    };
    if (answer !== undefined)
      await page.exposeFunction('hear', async (message: From) => {
        const answered = await answer(message);
        if (answered !== undefined) await send(answered);
      });
    await page.goto(`http://127.0.0.1:${(this.#server?.address() as AddressInfo).port}/`);
    const variables = {
      ...THEMES[theme],
      'font-family': 'DejaVu Sans, sans-serif',
      'font-size': '13px',
      'editor-font-family': 'DejaVu Sans Mono, monospace',
      'editor-font-size': '13px',
    };
    // Texts, as functions would be checked against Node's types, which have no DOM.
    await page.evaluate(
      `document.body.className = ${JSON.stringify(theme)};
       for (const [key, value] of Object.entries(${JSON.stringify(variables)}))
         document.documentElement.style.setProperty('--vscode-' + key, value);`,
    );
    const said = async () => await page.evaluate<From[]>('window.said');
    return {
      page,
      problems,
      said,
      until: async (expression) => {
        const end = Date.now() + PATIENCE_MS;
        while ((await page.evaluate(expression)) !== true) {
          if (Date.now() > end) throw new Error(`never true: ${expression}`);
          await page.evaluate('new Promise(requestAnimationFrame)');
        }
      },
      last: async <T extends From['type']>(type: T) =>
        (await said()).findLast((message): message is Extract<From, { type: T }> => message.type === type),
      send,
    };
  }
}

export const records = (list: readonly unknown[], start = 0): ToView => ({
  type: 'records',
  start,
  json: JSON.stringify(list),
});
