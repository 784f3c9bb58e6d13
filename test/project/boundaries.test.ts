/** The whole import graph obeys the table of layers and has no ring, and each rule can fail. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '#scripts/lib/paths';
import { forbidden, layerOf, type Target } from '#scripts/lint/layers';
import { fromRoot, importsOf, resolveImport } from '#scripts/lint/resolve';
import { findRing } from './rings';

interface Import {
  readonly from: string;
  readonly specifier: string;
  readonly to: Target;
}

const FOLDERS = ['client/src', 'server/src', 'platform', 'scripts', 'test'];

/** Returns all imports of all sources, including those of types. */
function allImports(): Import[] {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|mjs)$/.test(name) && !/node_modules|[\\/]host[\\/]/.test(name))
      .map((name) => join(ROOT, folder, name)),
  );
  return files.flatMap((file) =>
    importsOf(readFileSync(file, 'utf8')).flatMap((specifier) => {
      const to = resolveImport(file, specifier);
      return to === undefined ? [] : [{ from: fromRoot(file), specifier, to }];
    }),
  );
}

describe('import graph', () => {
  const imports = allImports();

  it('includes imports by name and of types', () => {
    const found = (from: string, path: string) =>
      imports.some((edge) => edge.from === from && edge.to.kind === 'file' && edge.to.path === path);
    assert.ok(found('test/project/boundaries.test.ts', 'scripts/lint/layers.ts'), 'by name');
    assert.ok(found('test/project/boundaries.test.ts', 'test/project/rings.ts'), 'relative');
    assert.deepEqual(
      importsOf("import type { A } from './a';\nlet b: import('./b').B;\nexport * from './c';\n"),
      ['./a', './b', './c'],
    );
  });

  it('has every file in a layer', () => {
    assert.deepEqual(
      imports.filter(({ from }) => layerOf(from) === undefined),
      [],
    );
  });

  it('obeys the table of layers, and leaves no area by a relative import', () => {
    const broken = imports.flatMap(({ from, specifier, to }) => {
      const why = forbidden(from, specifier, to);
      return why === undefined ? [] : [`${from} imports ${specifier}: ${why}`];
    });
    assert.deepEqual(broken, []);
  });

  it('has no ring', () => {
    const graph = new Map<string, string[]>();
    for (const { from, to } of imports)
      if (to.kind === 'file') graph.set(from, [...(graph.get(from) ?? []), to.path]);
    const ring = findRing(graph);
    assert.equal(ring, undefined, `The imports form a ring: ${ring?.join(' → ') ?? ''}`);
  });
});

describe('search for rings', () => {
  const ring = (edges: Record<string, string[]>) => findRing(new Map(Object.entries(edges)));

  it('finds no ring in a graph without one', () => {
    assert.equal(ring({ a: ['b', 'c'], b: ['c'], c: [] }), undefined);
  });

  it('returns the shortest ring', () => {
    assert.deepEqual(ring({ a: ['b'], b: ['c'], c: ['d', 'a'], d: ['c'] }), ['c', 'd', 'c']);
    assert.deepEqual(ring({ a: ['a'] }), ['a', 'a']);
  });
});

describe('each rule of the layers', () => {
  const target = (text: string): Target => {
    if (text.startsWith('node:')) return { kind: 'node', name: text.slice('node:'.length) };
    return text.includes('/') && !text.startsWith('@') && text !== 'vscode-languageserver/node'
      ? { kind: 'file', path: text }
      : { kind: 'package', name: text };
  };
  const no = (from: string, ...others: string[]) => {
    for (const to of others)
      it(`forbids ${from} to import ${to}`, () =>
        assert.notEqual(forbidden(from, '#x', target(to)), undefined));
  };
  const yes = (from: string, ...others: string[]) => {
    for (const to of others)
      it(`allows ${from} to import ${to}`, () => assert.equal(forbidden(from, '#x', target(to)), undefined));
  };

  const language = 'server/src/language';
  const facade = `${language}/service.ts`;
  no(`${language}/text/span.ts`, 'node:fs', 'vscode', `${language}/syntax/nodes.ts`);
  no(`${language}/syntax/nodes.ts`, 'node:fs', `${language}/analysis/dates.ts`, facade);
  yes(`${language}/syntax/nodes.ts`, `${language}/text/span.ts`);
  no(`${language}/vocabulary/builtins.ts`, 'node:fs', `${language}/syntax/nodes.ts`);
  yes(`${language}/syntax/nodes.ts`, `${language}/vocabulary/methods.ts`);
  no(`${language}/catalog/catalog.ts`, `${language}/syntax/nodes.ts`, `${language}/analysis/dates.ts`);
  for (const layer of ['analysis', 'request']) {
    no(`${language}/${layer}/a.ts`, 'node:path', `${language}/diagnostics/check.ts`, facade);
    yes(`${language}/${layer}/a.ts`, `${language}/syntax/nodes.ts`, `${language}/catalog/catalog.ts`);
  }
  const siblings = ['completion', 'diagnostics', 'features'];
  for (const layer of siblings) {
    const others = siblings.filter((other) => other !== layer).map((other) => `${language}/${other}/a.ts`);
    no(`${language}/${layer}/b.ts`, 'node:fs', 'vscode-languageserver', facade, ...others);
    yes(`${language}/${layer}/b.ts`, `${language}/analysis/dates.ts`, `${language}/request/build.ts`);
  }
  no(
    facade,
    'vscode',
    'vscode-languageserver',
    'node:fs',
    'server/src/lsp/server.ts',
    'server/src/protocol.ts',
  );
  no(
    'server/src/protocol.ts',
    'vscode',
    'node:fs',
    'server/src/lsp/server.ts',
    `${language}/syntax/nodes.ts`,
  );
  for (const file of ['server/src/lsp/server.ts', 'server/src/server.ts'])
    no(
      file,
      'vscode',
      'vscode-languageclient',
      'node-fetch',
      'node:http',
      'node:https',
      'node:net',
      'node:tls',
    );
  no(
    'server/src/lsp/server.ts',
    `${language}/syntax/nodes.ts`,
    'server/src/server.ts',
    'client/src/core/output.ts',
  );
  yes('server/src/lsp/server.ts', facade, 'server/src/protocol.ts', 'vscode-languageserver', 'node:fs');
  no(
    'client/src/core/a.ts',
    'vscode',
    'vscode-languageclient',
    'server/src/protocol.ts',
    'server/src/lsp/server.ts',
  );
  no(
    'client/src/core/a.ts',
    `${language}/syntax/nodes.ts`,
    'client/src/editor/a.ts',
    'client/src/cli/main.ts',
  );
  no('client/src/core/a.ts', 'client/src/webview/messages.ts', 'platform/src/main.ts');
  yes('client/src/core/a.ts', facade, 'client/src/core/text/age.ts', 'node:http');
  no('client/src/core/text/age.ts', 'node:fs', 'client/src/core/a.ts', 'server/src/protocol.ts');
  yes('client/src/core/text/age.ts', facade);
  for (const file of ['client/src/editor/a.ts', 'client/src/extension.ts']) {
    no(file, 'client/src/cli/main.ts', 'platform/src/main.ts', 'server/src/lsp/server.ts');
    no(file, `${language}/syntax/nodes.ts`, 'client/src/webview/data/model.ts', 'test/support/proxy.ts');
    yes(
      file,
      'vscode',
      facade,
      'server/src/protocol.ts',
      'client/src/core/a.ts',
      'client/src/webview/messages.ts',
    );
  }
  no('client/src/cli/main.ts', 'vscode', 'client/src/editor/a.ts', 'client/src/webview/messages.ts');
  no(
    'client/src/cli/main.ts',
    'server/src/protocol.ts',
    `${language}/syntax/nodes.ts`,
    'platform/src/main.ts',
  );
  yes('client/src/cli/main.ts', facade, 'client/src/core/a.ts');
  for (const file of ['client/src/webview/results.ts', 'client/src/webview/messages.ts']) {
    no(file, 'vscode', 'node:fs', 'client/src/core/a.ts', 'client/src/editor/a.ts', facade);
    yes(file, 'client/src/core/text/age.ts', `${language}/vocabulary/groups.ts`);
  }
  no('client/src/webview/messages.ts', 'client/src/webview/data/model.ts');
  no(
    'platform/src/main.ts',
    'vscode',
    facade,
    'client/src/core/a.ts',
    'test/support/proxy.ts',
    'scripts/test.ts',
  );
  no('scripts/test.ts', facade, 'client/src/core/a.ts', 'platform/src/main.ts', 'test/support/proxy.ts');
  yes(
    'test/project/a.test.ts',
    facade,
    'client/src/core/a.ts',
    'platform/src/main.ts',
    'scripts/test.ts',
    'vscode',
  );

  it('forbids a relative import to leave its area', () => {
    const up = (from: string, specifier: string, path: string) =>
      forbidden(from, specifier, { kind: 'file', path }) !== undefined;
    assert.ok(up('test/cli/a.test.ts', '../../client/src/cli/main', 'client/src/cli/main.ts'));
    assert.ok(up('client/src/editor/a.ts', '../core/a', 'client/src/core/a.ts'));
    assert.ok(up('server/src/lsp/server.ts', '../protocol', 'server/src/protocol.ts'));
    assert.ok(!up('server/src/server.ts', './lsp/server', 'server/src/lsp/server.ts'));
    assert.ok(!up('client/src/editor/results/a.ts', '../running/b', 'client/src/editor/running/b.ts'));
  });
});
