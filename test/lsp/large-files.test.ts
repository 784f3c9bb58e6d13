/** Large files, and files with many mistakes: what is sent, in which order, and the memory that it takes. Over stdio. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import {
  CancellationTokenSource,
  type DocumentDiagnosticReport,
  LSPErrorCodes,
  type ResponseError,
} from 'vscode-languageserver/node';
import { MAX_DIAGNOSTICS } from '#lsp/reports';
import { LspClient } from '../support/lsp';
import { skipUnless } from '../support/skip';

const URI = 'file:///large.apq';
const OTHER = 'file:///other.apq';
const wrong = (count: number) => '### a\nGET coursedate\n$filter = Stauts = Full\n'.repeat(count);
const plain = (length: number) =>
  "### a\nGET coursedate\n$select = ID, Label\n$filter = Status eq 'Full' and Cost gt '5'\n\n".repeat(
    length / 86,
  );
const at = (line: number, character: number) => ({ line, character });
const insert = (line: number, text: string) => [{ start: at(line, 0), end: at(line, 0) }, text] as const;

describe('a client that asks for diagnostics', () => {
  let client: LspClient;
  beforeEach(async () => {
    client = await LspClient.start({}, undefined, undefined, { textDocument: { diagnostic: {} } });
  });
  afterEach(async () => client.stop());

  const ask = async (previousResultId?: string): Promise<DocumentDiagnosticReport> =>
    client.connection.sendRequest('textDocument/diagnostic', {
      textDocument: { uri: URI },
      ...(previousResultId === undefined ? {} : { previousResultId }),
    });
  const hover = async (uri: string) =>
    client.connection.sendRequest('textDocument/hover', { textDocument: { uri }, position: at(1, 1) });

  it('gets a list once, and is not sent any', async () => {
    await client.open(URI, wrong(3));
    const first = await ask();
    assert.ok(first.kind === 'full' && first.items.length > 3);
    assert.equal((await ask(first.resultId)).kind, 'unchanged');
    await client.change(URI, ...insert(7, ' '));
    assert.equal((await ask(first.resultId)).kind, 'unchanged', 'a space changes nothing that is shown');
    await client.change(URI, ...insert(0, '\n'));
    const moved = await ask(first.resultId);
    assert.ok(moved.kind === 'full' && moved.items.length === first.items.length);
    assert.equal(client.published, 0);
  });

  it(`gets ${MAX_DIAGNOSTICS} of many diagnostics, and a line about the others`, async () => {
    await client.open(URI, wrong(2500));
    const report = await ask();
    assert.ok(report.kind === 'full');
    assert.equal(report.items.length, MAX_DIAGNOSTICS);
    assert.match(JSON.stringify(report.items[0]), /This file has more than 5,000 problems\. The first 999/);
  });

  it('that types into a file of many mistakes gets other answers first, and no list for what it has changed again', async () => {
    await client.open(URI, wrong(2500));
    const first = await ask();
    const order: string[] = [];
    const called: Promise<unknown>[] = [];
    for (let round = 0; round < 5; round++) {
      await client.change(URI, ...insert(2, 'x'));
      const source = new CancellationTokenSource();
      called.push(
        client.connection
          .sendRequest('textDocument/diagnostic', { textDocument: { uri: URI } }, source.token)
          .then(
            () => order.push('list'),
            (error: ResponseError) => order.push(String(error.code)),
          ),
      );
      await hover(URI);
      order.push('hover');
      source.cancel();
    }
    await Promise.all(called);
    assert.equal(order.filter((each) => each === 'list').length, 0, order.join());
    assert.equal(order[0], 'hover');
    assert.equal((await ask(first.resultId)).kind, 'full');
  });

  it('can call long work off, and gets answers about other files in between', async () => {
    await client.open(OTHER, 'GET coursedate\n$top = 5\n');
    await client.open(URI, plain(3_000_000));
    const order: string[] = [];
    const source = new CancellationTokenSource();
    const formatted = client.connection
      .sendRequest('textDocument/formatting', { textDocument: { uri: URI }, options: {} }, source.token)
      .then(
        () => order.push('formatted'),
        (error: ResponseError) => order.push(String(error.code)),
      );
    await hover(OTHER);
    order.push('hover');
    source.cancel();
    await formatted;
    assert.deepEqual(order, ['hover', String(LSPErrorCodes.RequestCancelled)]);
  });

  for (const [what, text] of Object.entries({
    'many clauses': `GET coursedate\n${"$filter = Lable eq 'a' and Cost gt 5\n".repeat(6000)}`,
    'one filter': `GET coursedate\n$filter = ${"not (Label eq 'a') and ".repeat(2700)}ID eq '1'\n`,
    'a body of 480 kB': `POST coursedate\n{ ${'"Lable": "abc", '.repeat(30_000)}"ID": 1 }\n`,
    'a body of 480 kB with variables': `POST coursedate\n{ "Label": "${'{{x}} '.repeat(80_000)}" }\n`,
    'many variables': '@a = {{b}}\n'.repeat(20_000),
  }))
    it(`can call off the check of one request, and gets other answers in between: ${what}`, async () => {
      await client.open(OTHER, 'GET coursedate\n$top = 5\n');
      await client.open(URI, text);
      const order: string[] = [];
      const source = new CancellationTokenSource();
      const checked = client.connection
        .sendRequest('textDocument/diagnostic', { textDocument: { uri: URI } }, source.token)
        .then(
          () => order.push('list'),
          (error: ResponseError) => order.push(String(error.code)),
        );
      await hover(OTHER);
      order.push('hover');
      source.cancel();
      await checked;
      assert.deepEqual(order, ['hover', String(LSPErrorCodes.RequestCancelled)]);
    });

  it('gets no answer about a version that it has replaced', async () => {
    await client.open(URI, plain(3_000_000));
    const old = ask().then(
      () => 'list',
      (error: ResponseError) => error.code,
    );
    await hover(URI).catch(() => undefined);
    await client.change(URI, ...insert(1, 'x'));
    assert.equal(await old, LSPErrorCodes.ContentModified);
  });

  it('takes less than 20 times the text', async function () {
    const status = `/proc/${client.pid}/status`;
    skipUnless(this, existsSync(status), 'the memory of a process is read from /proc');
    const peak = () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1]) / 1024;
    const before = peak();
    await client.open(URI, plain(19_900_000));
    assert.equal((await ask()).kind, 'full');
    const times = (peak() - before) / 19.9;
    assert.ok(times < 20, `${times.toFixed(1)} times`);
  }).timeout(180_000);
});

describe('a client that does not ask for diagnostics', () => {
  it('is sent those that changed', async () => {
    const client = await LspClient.start();
    await client.open(URI, wrong(3));
    await client.diagnostics(URI, (all) => all.length > 3);
    await client.change(URI, ...insert(7, ' '));
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(client.published, 1);
    await client.change(URI, ...insert(0, '\n'));
    await client.diagnostics(URI, ([first]) => first?.range.start.line === 2);
    assert.equal(client.published, 2);
    await client.stop();
  });
});
