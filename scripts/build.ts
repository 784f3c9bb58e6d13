// `npm run build` bundles every program into dist/. `--watch` rebuilds on change; `--dev` keeps names and source maps.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { ROOT } from './lib/paths';

/** Replaces node-fetch's 60 kB polyfill of what every supported Node has. */
const STREAMS = { 'web-streams-polyfill/dist/ponyfill.es2018.js': 'node:stream/web' };

/**
 * Evaluates re2js at its first use: its tables take 10 ms, and most starts of a program compile no regular expression.
 * What the sources import of it must be named here.
 */
const LAZY_RE2JS: esbuild.Plugin = {
  name: 'lazy-re2js',
  setup({ onResolve, onLoad }) {
    // The require below is the one that leads to the package itself.
    onResolve({ filter: /^re2js$/ }, ({ kind }) =>
      kind === 'require-call' ? undefined : { path: 're2js', namespace: 'lazy' },
    );
    const names = ['RE2JS', 'RE2JSSyntaxException'];
    const getters = names.map((name) => `get ${name}() { return require('re2js').${name}; }`).join(', ');
    onLoad({ filter: /.*/, namespace: 'lazy' }, () => ({
      contents: `module.exports = { ${getters} };`,
      loader: 'js',
      resolveDir: ROOT,
    }));
  },
};

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
    plugins: [LAZY_RE2JS],
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

  return [
    { ...node, entryPoints: ['server/src/server.ts'], outfile: 'dist/server.js' },
    { ...node, entryPoints: ['platform/src/main.ts'], outfile: 'dist/platform.js' },
    {
      ...node,
      entryPoints: ['client/src/cli/main.ts'],
      outfile: 'dist/apq.js',
      banner: { js: '#!/usr/bin/env node' },
    },
    { ...node, entryPoints: ['client/src/core/results/export-worker.ts'], outfile: 'dist/export-worker.js' },
    {
      ...node,
      entryPoints: ['client/src/extension.ts'],
      outfile: 'dist/extension.js',
      external: ['vscode'],
      // VS Code brings its proxy settings and system certificates to `http` and `https`, but not to `node:http`.
      alias: { ...STREAMS, 'node:http': 'http', 'node:https': 'https', 'node:tls': 'tls', 'node:net': 'net' },
    },
    {
      ...node,
      platform: 'browser',
      format: 'iife',
      target: 'es2022',
      entryPoints: ['client/src/webview/results.ts'],
      outfile: 'dist/webview/results.js',
    },
    {
      ...all,
      entryPoints: ['client/src/webview/results.css'],
      outfile: 'dist/webview/results.css',
    },
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
