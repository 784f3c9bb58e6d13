/**
 * Sessions of an editor with the server, over stdio, in which edits race with requests, cancellations, and closing and opening.
 * At the end the server has the editor's text; no request fails; and formatting is always that of the text it was asked for.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  CancellationTokenSource,
  LSPErrorCodes,
  type Range,
  ResponseError,
  type TextEdit,
} from 'vscode-languageserver/node';
import { applyEdits, LanguageService, LineIndex, type Span } from '#language';
import { LspClient } from '../support/lsp';
import { anyFile, type Change, change, placeOf } from './support/files';
import { property } from './support/property';

const service = new LanguageService();
const PROGRAM = ['--import=tsx', join(import.meta.dirname, 'support/telling-server.ts')];

const METHODS = [
  ...[
    'completion',
    'hover',
    'signatureHelp',
    'formatting',
    'formatting',
    'semanticTokens/full',
    'documentSymbol',
  ],
  ...['foldingRange', 'codeLens', 'codeAction', 'definition', 'references', 'documentHighlight', 'inlayHint'],
  ...['documentLink', 'selectionRange', 'rangeFormatting', 'prepareRename'],
];

type Step =
  | { readonly kind: 'edit'; readonly changes: readonly Change[] }
  | { readonly kind: 'replace' | 'reopen'; readonly text: string }
  | { readonly kind: 'ask'; readonly method: string; readonly at: number; readonly cancel: boolean }
  | { readonly kind: 'save' | 'wait' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('edit'),
      changes: fc.array(change, { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('ask'),
      method: fc.constantFrom(...METHODS),
      at: fc.nat(),
      cancel: fc.boolean(),
    }),
  },
  fc.record({ kind: fc.constantFrom('replace', 'reopen'), text: anyFile }),
  fc.record({ kind: fc.constantFrom('save', 'wait') }),
);

/** One file in the editor, with the requests under way. */
class Session {
  readonly #under: Promise<unknown>[] = [];
  #version = 1;

  constructor(
    private readonly client: LspClient,
    private readonly uri: string,
    private text: string,
  ) {}

  async open(): Promise<void> {
    await this.#notify('didOpen', {
      uri: this.uri,
      languageId: 'apq',
      version: this.#version,
      text: this.text,
    });
  }

  async take(step: Step): Promise<void> {
    switch (step.kind) {
      case 'edit':
        return this.#edit(step.changes);
      case 'replace':
        this.text = step.text;
        return this.#notify('didChange', this.#next(), { contentChanges: [{ text: step.text }] });
      case 'reopen':
        await this.close();
        this.text = step.text;
        return this.open();
      case 'save':
        return this.#notify('didSave', { uri: this.uri });
      case 'ask':
        this.#under.push(this.#ask(step.method, step.at, step.cancel));
        return;
      case 'wait':
        await Promise.all(this.#under);
    }
  }

  /** Waits for all requests; fails when the server has another text. */
  async end(): Promise<void> {
    await Promise.all(this.#under);
    assert.equal(await this.client.connection.sendRequest('test/text', this.uri), this.text);
    await this.close();
  }

  async close(): Promise<void> {
    await this.#notify('didClose', { uri: this.uri });
  }

  #edit(changes: readonly Change[]): Promise<void> {
    const contentChanges = changes.map((each) => {
      const { range, span } = this.#range(placeOf(each, this.text));
      this.text = applyEdits(this.text, [{ ...span, text: each.text }]);
      return { range, text: each.text };
    });
    return this.#notify('didChange', this.#next(), { contentChanges });
  }

  async #ask(method: string, at: number, cancel: boolean): Promise<void> {
    const { text } = this;
    const { range } = this.#range(placeOf({ at, length: at % 50, text: '' }, text));
    const source = new CancellationTokenSource();
    const answer = this.client.connection.sendRequest<unknown>(
      `textDocument/${method}`,
      {
        textDocument: { uri: this.uri },
        position: range.start,
        positions: [range.start],
        range,
        context: { diagnostics: [], includeDeclaration: true },
        options: { tabSize: 2, insertSpaces: true },
      },
      source.token,
    );
    if (cancel) source.cancel();
    try {
      const edits = await answer;
      if (method === 'formatting') this.#checkFormatting(text, edits as TextEdit[]);
    } catch (error) {
      const code = error instanceof ResponseError ? error.code : undefined;
      // The text may change while it is read; then there is no answer.
      if (code !== LSPErrorCodes.ContentModified && !(cancel && code === LSPErrorCodes.RequestCancelled))
        throw error;
    }
  }

  #checkFormatting(text: string, edits: readonly TextEdit[]): void {
    const lines = new LineIndex(text);
    const applied = applyEdits(
      text,
      edits.map(({ range: { start, end }, newText }) => {
        const offset = lines.offsetAt(start);
        return { offset, length: lines.offsetAt(end) - offset, text: newText };
      }),
    );
    assert.equal(applied, applyEdits(text, service.format(service.parse(text))), 'formats another text');
  }

  /** The range of a place; an editor has no position between the two characters of CR LF. */
  #range({ offset, length }: Span): { range: Range; span: Span } {
    const lines = new LineIndex(this.text);
    const range = { start: lines.positionAt(offset), end: lines.positionAt(offset + length) };
    const start = lines.offsetAt(range.start);
    return { range, span: { offset: start, length: lines.offsetAt(range.end) - start } };
  }

  #next() {
    return { uri: this.uri, version: ++this.#version };
  }

  async #notify(name: string, textDocument: object, more: object = {}): Promise<void> {
    await this.client.connection.sendNotification(`textDocument/${name}`, { textDocument, ...more });
  }
}

describe('sessions', () => {
  let client: LspClient;
  let count = 0;
  before(async () => {
    client = await LspClient.start({}, undefined, PROGRAM);
  });
  after(async () => client.stop());

  property(
    'sessions: server and editor have the same text after edits that race with requests',
    250,
    fc.tuple(anyFile, fc.array(step, { minLength: 1, maxLength: 25 })),
    async ([text, steps]) => {
      const session = new Session(client, `file:///${++count}.apq`, text);
      await session.open();
      for (const each of steps) await session.take(each);
      await session.end();
      assert.deepEqual(client.log.splice(0), [], 'the server logged a fault');
    },
  );
});
