/** What the bundles must and must not hold, and how large they are together. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { DIAGNOSTIC_DOCS } from '#language/diagnostics/documentation';
import { PAGE_SCRIPTS } from '#webview/skeleton';

const ROOT = join(import.meta.dirname, '../..');
const bundle = (name: string) => readFileSync(join(ROOT, 'dist', name), 'utf8');
/** What a program loads at its start: itself, and what it shares with the other. */
const loaded = (name: string) => bundle(name) + bundle('shared.js');

/** The files of dist/ that the extension's package has, by the list that the packager reads. */
function packed(): string[] {
  const patterns = readFileSync(join(ROOT, '.vscodeignore'), 'utf8').match(/(?<=^!dist\/).+$/gm) ?? [];
  return patterns.flatMap((pattern) =>
    pattern === 'webview/**'
      ? readdirSync(join(ROOT, 'dist/webview')).map((name) => `webview/${name}`)
      : pattern,
  );
}

describe('bundles', () => {
  it('import http in the extension by the names that VS Code extends with proxy settings and certificates', () => {
    assert.doesNotMatch(loaded('extension.js'), /\("node:(?:http|https|net|tls)"\)/);
    assert.match(bundle('extension.js'), /require\("https"\)/);
  });
  it('use no network in the server', () => {
    // A method that is given one of these texts loads nothing.
    assert.doesNotMatch(loaded('server.js'), /(?<!\.\w+)\("(?:node:)?(?:http|https)"\)/);
  });
  it('hold the engine of regular expressions once for server, extension and results view', () => {
    for (const name of ['server.js', 'extension.js']) {
      assert.ok(loaded(name).includes('("./webview/re2.js")'), name);
      assert.ok(!loaded(name).includes('invalid or unsupported Perl syntax'), name);
    }
    assert.ok(!bundle('webview/results.js').includes('invalid or unsupported Perl syntax'));
    assert.ok(bundle('webview/re2.js').includes('invalid or unsupported Perl syntax'));
  });
  it('have the scripts and styles of each page, and no others', () => {
    const pages = Object.entries(PAGE_SCRIPTS);
    const wanted = pages.flatMap(([name, scripts]) => [...scripts, `${name}.css`]);
    assert.deepEqual(readdirSync(join(ROOT, 'dist/webview')).sort(), [...wanted, 'page.css'].sort());
  });
  it('load the readers of tables in the extension from a file beside it, when a file is imported', () => {
    assert.ok(bundle('extension.js').includes('("./table-reader.js")'));
    for (const text of ['CSV_QUOTE_NOT_CLOSED', 'end of central directory'])
      assert.ok(!loaded('extension.js').includes(text), text);
    assert.ok(bundle('table-reader.js').includes('end of central directory'));
  });
  it('hold the language once for server and extension, in a file beside them', () => {
    for (const name of ['server.js', 'extension.js']) {
      assert.ok(bundle(name).includes('require("./shared.js")'), name);
      assert.ok(!bundle(name).includes('Only one page is read: a line'), name);
    }
    assert.ok(bundle('shared.js').includes('Only one page is read: a line'));
    assert.ok(bundle('server.js').length < 100_000);
  });
  it('are packed whole, save the command line, in fewer than 1.25 MB with all the rest', () => {
    assert.deepEqual(
      packed().sort(),
      readdirSync(join(ROOT, 'dist'), { recursive: true, encoding: 'utf8' })
        .map((name) => name.replaceAll('\\', '/'))
        .filter((name) => /\.\w+$/.test(name) && name !== 'apq.js')
        .sort(),
    );
    const sizes = packed().map((name) => deflateRawSync(readFileSync(join(ROOT, 'dist', name))).length);
    const size = sizes.reduce((sum, each) => sum + each, 0);
    // The rest, samples, grammar, pictures and manifest, is less than 38 kB.
    assert.ok(size < 1_212_000, String(size));
  });
  it('import values of LSP in one file: each further one would copy all of its exports at start', () => {
    const folder = join(import.meta.dirname, '../../server/src/lsp');
    const importing = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (name) =>
        name.endsWith('.ts') &&
        /^(?:import (?!type)|\} )[^;]*from 'vscode-languageserver\/node'|^export \{[^}]*\} from/m.test(
          readFileSync(join(folder, name), 'utf8').replace(/^import type [^;]*;$/gm, ''),
        ),
    );
    assert.deepEqual(importing, ['lsp.ts']);
  });
  it('omit the documentation of diagnostics, save in the command line, which reports it', () => {
    const { when } = DIAGNOSTIC_DOCS['unsupported-filter'];
    for (const name of ['server.js', 'extension.js', 'shared.js', 'apq.js'])
      assert.equal(bundle(name).includes(when.slice(0, 20)), name === 'apq.js', name);
  });
  it('hold in the view of changes what it uses, which is little', () => {
    assert.ok(bundle('webview/changes.js').length < 45_000);
  });
  it('hold in the web view only the parts of the language and of the writers that it uses', () => {
    const view = bundle('webview/results.js');
    for (const [program, text] of [
      ['shared.js', 'Did you mean'],
      ['export-worker.js', 'sheetView'],
    ] as const) {
      assert.ok(bundle(program).includes(text), text);
      assert.ok(!view.includes(text), text);
    }
    assert.ok(view.length < 200_000, String(view.length));
  });
});
