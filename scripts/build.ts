// Bundles every program into dist/. `--watch` rebuilds on change; `--dev` keeps names and source maps.
import * as esbuild from 'esbuild';
import { existsSync, rmSync } from 'node:fs';

const watch = process.argv.includes('--watch');
const dev = watch || process.argv.includes('--dev');

/** node-fetch's stand-in for what every Node that we support has: 60 kB that would never run. */
const STREAMS = { 'web-streams-polyfill/dist/ponyfill.es2018.js': 'node:stream/web' };

/** Shared by all programs that run in Node. */
const node = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: !dev,
  sourcemap: dev,
  legalComments: 'none',
  logLevel: 'warning',
  alias: STREAMS,
  // vscode-languageserver's `main` is UMD, which bundles badly; its ES module build bundles well.
  mainFields: ['module', 'main'],
};

const programs = [
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
    bundle: true,
    minify: !dev,
    logLevel: 'warning',
    entryPoints: ['client/src/webview/results.css'],
    outfile: 'dist/webview/results.css',
  },
].filter((p) => existsSync(p.entryPoints[0]));

if (watch) {
  for (const program of programs) await (await esbuild.context(program)).watch();
} else {
  rmSync('dist', { recursive: true, force: true });
  await Promise.all(programs.map((program) => esbuild.build(program)));
}
