/** What the bundles must and must not hold. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIAGNOSTIC_DOCS } from '#language/diagnostics/documentation';

const bundle = (name: string) => readFileSync(join(import.meta.dirname, '../../dist', name), 'utf8');

describe('bundles', () => {
  it('import http in the extension by the names that VS Code extends with proxy settings and certificates', () => {
    const text = bundle('extension.js');
    assert.doesNotMatch(text, /require\("node:(?:http|https|net|tls)"\)/);
    assert.match(text, /require\("https"\)/);
  });
  it('use no network in the server', () => {
    assert.doesNotMatch(bundle('server.js'), /require\("(?:node:)?(?:http|https)"\)/);
  });
  it('load the engine of regular expressions in server and extension from a file beside them', () => {
    for (const name of ['server.js', 'extension.js']) {
      assert.match(bundle(name), /require\("\.\/re2\.js"\)/);
      assert.ok(!bundle(name).includes('invalid or unsupported Perl syntax'), name);
    }
  });
  it('load the readers of tables in the extension from a file beside it, when a file is imported', () => {
    assert.match(bundle('extension.js'), /require\("\.\/table-reader\.js"\)/);
    for (const text of ['CSV_QUOTE_NOT_CLOSED', 'end of central directory'])
      assert.ok(!bundle('extension.js').includes(text), text);
    assert.ok(bundle('table-reader.js').includes('end of central directory'));
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
    for (const name of ['server.js', 'extension.js', 'apq.js'])
      assert.equal(bundle(name).includes(when.slice(0, 20)), name === 'apq.js', name);
  });
  it('hold in the view of changes what it uses, which is little', () => {
    assert.ok(bundle('webview/changes.js').length < 45_000);
  });
  it('hold in the web view only the parts of the language and of the writers that it uses', () => {
    const view = bundle('webview/results.js');
    for (const text of ['Did you mean', 'A sheet of Excel holds']) {
      assert.ok(bundle('extension.js').includes(text), text);
      assert.ok(!view.includes(text), text);
    }
    assert.ok(view.length < 300_000, String(view.length));
  });
});
