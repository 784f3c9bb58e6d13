// `npm run build` bundles every program into dist/. `--watch` rebuilds on change; `--dev` keeps names and source maps.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { ROOT } from './lib/paths';

/** Replaces node-fetch's 60 kB polyfill of what every supported Node has. */
const STREAMS = { 'web-streams-polyfill/dist/ponyfill.es2018.js': 'node:stream/web' };

/** Its ES module build asks for `import.meta.url`, which our programs don't have. */
const GLOB = { tinyglobby: path.join(ROOT, 'node_modules/tinyglobby/dist/index.cjs') };

/** What is loaded at its first use only. What the sources import of it is named here. */
interface LazyModule {
  readonly name: string;
  /** The names by which it is imported. */
  readonly imported: RegExp;
  readonly exports: readonly string[];
}

/** Most starts of a program compile no regular expression, and reading it takes longer than the rest of the server. */
const RE2: LazyModule = {
  name: 're2js',
  imported: /^re2js$/,
  exports: ['RE2JS', 'RE2JSSyntaxException'],
};

/** Most users import no file on most days. */
const TABLE_READER: LazyModule = {
  name: 'table-reader',
  imported: /^(?:#core\/bulk|\.)\/reading\/read-table$/,
  exports: ['readTable', 'TableError'],
};

/** `from` is where a program finds the module: in itself, or in a file beside it. */
const lazy = ({ name, imported, exports }: LazyModule, from: string): esbuild.Plugin => ({
  name: `lazy-${name}`,
  setup(build) {
    // The require below is the one that leads to the module itself.
    build.onResolve({ filter: imported }, ({ kind }) =>
      kind === 'require-call' ? undefined : { path: name, namespace: 'lazy' },
    );
    if (from.startsWith('./'))
      build.onResolve({ filter: /^\.\/[\w-]+\.js$/ }, ({ path: file }) =>
        file === from ? { path: file, external: true } : undefined,
      );
    const getters = exports.map((each) => `get ${each}() { return require('${from}').${each}; }`).join(', ');
    build.onLoad({ filter: new RegExp(`^${name}$`), namespace: 'lazy' }, () => ({
      contents: `module.exports = { ${getters} };`,
      loader: 'js',
      resolveDir: ROOT,
    }));
  },
});

/** The pages of web views: the name of each, and its script and styles. */
const PAGES = [
  ['results', 'client/src/webview/results'],
  ['changes', 'client/src/webview/changes/changes'],
  ['importing', 'client/src/webview/importing/importing'],
] as const;

interface BuildOptions {
  /** Keeps names, and adds source maps. */
  dev: boolean;
}

/** What esbuild is to bundle: one entry for each file in dist/. */
function programs({ dev }: BuildOptions): esbuild.BuildOptions[] {
  const all: esbuild.BuildOptions = {
    absWorkingDir: ROOT,
    bundle: true,
    minify: !dev,
    logLevel: 'warning',
    plugins: [lazy(RE2, 're2js')],
  };
  /** Shared by all programs that run in Node. */
  const node: esbuild.BuildOptions = {
    ...all,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: dev,
    legalComments: 'none',
    alias: STREAMS,
    // vscode-languageserver's `main` is UMD, which bundles badly; its ES module build bundles well.
    mainFields: ['module', 'main'],
  };

  /** The server and the extension share one file of it. */
  const besides = [lazy(RE2, './re2.js')];

  return [
    { ...node, plugins: besides, entryPoints: ['server/src/server.ts'], outfile: 'dist/server.js' },
    {
      ...node,
      stdin: { contents: "module.exports = require('re2js');", resolveDir: ROOT },
      outfile: 'dist/re2.js',
    },
    { ...node, entryPoints: ['platform/src/main.ts'], outfile: 'dist/platform.js' },
    {
      ...node,
      entryPoints: ['client/src/cli/main.ts'],
      outfile: 'dist/apq.js',
      alias: { ...STREAMS, ...GLOB },
      banner: { js: '#!/usr/bin/env node' },
    },
    { ...node, entryPoints: ['client/src/core/results/export-worker.ts'], outfile: 'dist/export-worker.js' },
    {
      ...node,
      plugins: besides,
      entryPoints: ['client/src/core/bulk/reading/read-table.ts'],
      outfile: 'dist/table-reader.js',
    },
    {
      ...node,
      plugins: [...besides, lazy(TABLE_READER, './table-reader.js')],
      entryPoints: ['client/src/extension.ts'],
      outfile: 'dist/extension.js',
      external: ['vscode'],
      // VS Code brings its proxy settings and system certificates to `http` and `https`, but not to `node:http`.
      alias: { ...STREAMS, 'node:http': 'http', 'node:https': 'https', 'node:tls': 'tls', 'node:net': 'net' },
    },
    ...PAGES.flatMap(([name, entry]) => [
      {
        ...node,
        platform: 'browser' as const,
        format: 'iife' as const,
        target: 'es2022',
        entryPoints: [`${entry}.ts`],
        outfile: `dist/webview/${name}.js`,
      },
      { ...all, entryPoints: [`${entry}.css`], outfile: `dist/webview/${name}.css` },
    ]),
  ];
}

/** Clears dist/ and bundles everything into it. */
export async function build(options: BuildOptions = { dev: false }): Promise<void> {
  rmSync(path.join(ROOT, 'dist'), { recursive: true, force: true });
  await Promise.all(programs(options).map((program) => esbuild.build(program)));
}

/** Bundles now and whenever a source changes, until the process ends. */
async function watch(): Promise<void> {
  for (const program of programs({ dev: true })) await (await esbuild.context(program)).watch();
}

export async function main(): Promise<void> {
  const { values } = parseArgs({ options: { watch: { type: 'boolean' }, dev: { type: 'boolean' } } });
  if (values.watch) await watch();
  else await build({ dev: values.dev ?? false });
}
