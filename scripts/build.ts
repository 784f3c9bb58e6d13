// `npm run build` bundles every program into dist/. `--watch` rebuilds on change; `--dev` keeps names and source maps.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import { ROOT } from './lib/paths';

const DIST = path.join(ROOT, 'dist');

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

/** The variable of a page that holds it, once the page has loaded its script. */
const PAGE_RE2 = 'apqRe2';

/** Most users import no file on most days. */
const TABLE_READER: LazyModule = {
  name: 'table-reader',
  imported: /^(?:#core\/bulk|\.)\/reading\/read-table$/,
  exports: ['readTable', 'TableError'],
};

/** `from` is where a program finds the module: in itself, in a file beside it, or in a variable of its page. */
const lazy = ({ name, imported, exports }: LazyModule, from: string): esbuild.Plugin => ({
  name: `lazy-${name}`,
  setup(build) {
    // The require below is the one that leads to the module itself.
    build.onResolve({ filter: imported }, ({ kind }) =>
      kind === 'require-call' ? undefined : { path: name, namespace: 'lazy' },
    );
    if (from.startsWith('./'))
      build.onResolve({ filter: /^\.\/[\w/-]+\.js$/ }, ({ path: file }) =>
        file === from ? { path: file, external: true } : undefined,
      );
    const module = from === PAGE_RE2 ? from : `require('${from}')`;
    const getters = exports.map((each) => `get ${each}() { return ${module}.${each}; }`).join(', ');
    build.onLoad({ filter: new RegExp(`^${name}$`), namespace: 'lazy' }, () => ({
      contents: `module.exports = { ${getters} };`,
      loader: 'js',
      resolveDir: ROOT,
    }));
  },
});

/**
 * Makes CommonJS, which VS Code loads, of what esbuild shared among programs, which it does with ES modules only.
 * Source maps are inline: those of the first step are read by the second.
 */
const toCommonJs = (options: esbuild.TransformOptions): esbuild.Plugin => ({
  name: 'to-common-js',
  setup(build) {
    build.onEnd(async ({ outputFiles = [] }) => {
      for (const file of outputFiles) {
        const { code } = await esbuild.transform(file.text, { ...options, format: 'cjs' });
        mkdirSync(path.dirname(file.path), { recursive: true });
        writeFileSync(file.path, code);
      }
    });
  },
});

/**
 * vscode-languageclient asks whether VS Code is recent enough, which the manifest's `engines` has answered: a reader of
 * version numbers need not be packed for that.
 */
const KNOWN_VERSION: esbuild.Plugin = {
  name: 'known-version',
  setup(build) {
    build.onResolve({ filter: /^semver\/functions\/(?:parse|satisfies)$/ }, () => ({
      path: 'version',
      namespace: 'known-version',
    }));
    build.onLoad({ filter: /^version$/, namespace: 'known-version' }, () => ({
      contents: 'module.exports = (version) => version;',
      loader: 'js',
    }));
  },
};

/** node-fetch imports it when it is asked for the form in a response, which we never do; it would be a further file. */
const FORMS = '*/multipart-parser.js';

const WEBVIEW = 'client/src/webview';

/** The pages of web views, without the ends of their names: styles with a script of the same name beside them. */
function pageEntries(): readonly string[] {
  const files = readdirSync(path.join(ROOT, WEBVIEW), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.css'))
    .map((file) => file.slice(0, -'.css'.length))
    .filter((name) => files.includes(`${name}.ts`))
    .map((name) => path.join(WEBVIEW, name));
}

interface BuildOptions {
  /** Keeps names, and adds source maps. */
  dev: boolean;
}

/** The scripts and styles of web views. */
const pages = (all: esbuild.BuildOptions, scripts: esbuild.BuildOptions): esbuild.BuildOptions[] => [
  // What all pages share is packed once.
  stylesheet(all, 'page', `${WEBVIEW}/style/page`),
  ...pageEntries().flatMap((entry): esbuild.BuildOptions[] => [
    {
      ...scripts,
      platform: 'browser',
      format: 'iife',
      target: 'es2022',
      plugins: [lazy(RE2, PAGE_RE2)],
      entryPoints: [`${entry}.ts`],
      outfile: `dist/webview/${path.basename(entry)}.js`,
    },
    stylesheet(all, path.basename(entry), entry),
  ]),
];

const stylesheet = (all: esbuild.BuildOptions, name: string, entry: string): esbuild.BuildOptions => ({
  ...all,
  entryPoints: [`${entry}.css`],
  outfile: `dist/webview/${name}.css`,
});

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

  /** The server, the extension and the results view share one file of it. */
  const besides = [lazy(RE2, './webview/re2.js')];
  const sourcemap = dev && ('inline' as const);

  return [
    {
      ...node,
      plugins: [
        ...besides,
        KNOWN_VERSION,
        lazy(TABLE_READER, './table-reader.js'),
        toCommonJs({ minify: !dev, sourcemap }),
      ],
      entryPoints: { extension: 'client/src/extension.ts', server: 'server/src/server.ts' },
      outdir: 'dist',
      // What both use, above all the language, is one file beside them.
      splitting: true,
      chunkNames: 'shared',
      format: 'esm',
      write: false,
      sourcemap,
      external: ['vscode', FORMS],
      // VS Code brings its proxy settings and system certificates to `http` and `https`, but not to `node:http`.
      alias: { ...STREAMS, 'node:http': 'http', 'node:https': 'https', 'node:tls': 'tls', 'node:net': 'net' },
    },
    {
      ...node,
      format: 'iife',
      globalName: PAGE_RE2,
      footer: { js: `if (typeof module === 'object') module.exports = ${PAGE_RE2};` },
      stdin: { contents: "module.exports = require('re2js');", resolveDir: ROOT },
      outfile: 'dist/webview/re2.js',
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
      entryPoints: ['server/src/engine/worker.ts'],
      outfile: 'dist/sql-worker.js',
      // The engine is an ES module that asks where it lies.
      banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
      define: { 'import.meta.url': 'moduleUrl', 'import.meta.dirname': '__dirname' },
    },
    {
      ...node,
      plugins: besides,
      entryPoints: ['client/src/core/bulk/reading/read-table.ts'],
      outfile: 'dist/table-reader.js',
    },
    ...pages(all, node),
  ];
}

const SQLITE = path.join(ROOT, 'node_modules/@sqlite.org/sqlite-wasm/dist/sqlite3.wasm');

/** Brotli makes it 55 kB smaller than the package's own compression does, and takes 10 ms when the engine is loaded. */
function packSqlite(): void {
  mkdirSync(DIST, { recursive: true });
  writeFileSync(path.join(DIST, 'sqlite3.wasm.br'), brotliCompressSync(readFileSync(SQLITE)));
}

/** Clears dist/ and bundles everything into it. */
export async function build(options: BuildOptions = { dev: false }): Promise<void> {
  rmSync(DIST, { recursive: true, force: true });
  packSqlite();
  await Promise.all(programs(options).map((program) => esbuild.build(program)));
}

/** Bundles now and whenever a source changes, until the process ends. */
async function watch(): Promise<void> {
  packSqlite();
  for (const program of programs({ dev: true })) await (await esbuild.context(program)).watch();
}

export async function main(): Promise<void> {
  const { values } = parseArgs({ options: { watch: { type: 'boolean' }, dev: { type: 'boolean' } } });
  if (values.watch) await watch();
  else await build({ dev: values.dev ?? false });
}
