// Which part of the code may import what: one table, read by the linter (while you type) and by the test of the whole
// import graph. ARCHITECTURE.md explains it.

/** What a file may import: files of other layers, packages, Node's modules. Its own layer is always allowed. */
interface Layer {
  /** Folders (ending in `/`) and files, from the project's root. The longest that fits decides. */
  readonly files: readonly string[];
  readonly layers: readonly LayerName[];
  /** Names, or prefixes followed by `*`. */
  readonly packages: readonly string[];
  /** `none`, `all`, or `no network`: all except those that reach the network. */
  readonly node: 'none' | 'all' | 'no network';
  /** The message for a developer who breaks the rule. */
  readonly why: string;
}

type LayerName =
  | 'text'
  | 'vocabulary'
  | 'groups'
  | 'syntax'
  | 'catalog'
  | 'analysis'
  | 'request'
  | 'completion'
  | 'diagnostics'
  | 'diagnostics docs'
  | 'features'
  | 'language inside'
  | 'language'
  | 'protocol'
  | 'engine'
  | 'lsp'
  | 'server'
  | 'core text'
  | 'core values'
  | 'core records'
  | 'core changes'
  | 'core cells'
  | 'core'
  | 'messages'
  | 'builder messages'
  | 'webview'
  | 'editor'
  | 'cli'
  | 'platform'
  | 'docs generator'
  | 'scripts'
  | 'test'
  | 'manifest';

const LANGUAGE = 'server/src/language/';
const PURE = { packages: [], node: 'none' } as const;
/** For layers that read JSON bodies with a parser that needs no Node. */
const PURE_JSON = { packages: ['jsonc-parser'], node: 'none' } as const;
const SIBLINGS = "Completion, diagnostics and features share analysis/ and don't know each other.";
const BELOW_FEATURES = ['text', 'vocabulary', 'syntax', 'catalog', 'analysis', 'request'] as const;

const LAYERS = {
  text: {
    files: [`${LANGUAGE}text/`],
    layers: [],
    packages: ['re2js'],
    node: 'none',
    why: 'text/ is the lowest layer of the language, which is pure: no Node, no editor.',
  },
  vocabulary: {
    files: [`${LANGUAGE}vocabulary/`],
    layers: ['text'],
    ...PURE,
    why: 'vocabulary/ may use only text/.',
  },
  groups: {
    files: [`${LANGUAGE}vocabulary/groups.ts`],
    layers: [],
    ...PURE,
    why: 'What groups are is for the language and the web view alike: it stands alone.',
  },
  syntax: {
    files: [`${LANGUAGE}syntax/`],
    layers: ['text', 'vocabulary'],
    ...PURE,
    why: 'syntax/ may use text/ and vocabulary/.',
  },
  catalog: {
    files: [`${LANGUAGE}catalog/`],
    layers: ['text'],
    ...PURE,
    why: 'catalog/ may use only text/.',
  },
  analysis: {
    files: [`${LANGUAGE}analysis/`],
    layers: ['text', 'vocabulary', 'syntax', 'catalog', 'request'],
    ...PURE_JSON,
    why: 'analysis/ may use text/, vocabulary/, syntax/, catalog/ and request/.',
  },
  request: {
    files: [`${LANGUAGE}request/`],
    layers: ['text', 'vocabulary', 'syntax', 'catalog', 'analysis'],
    ...PURE,
    why: 'request/ may use text/, vocabulary/, syntax/, catalog/ and analysis/.',
  },
  completion: { files: [`${LANGUAGE}completion/`], layers: BELOW_FEATURES, ...PURE_JSON, why: SIBLINGS },
  diagnostics: { files: [`${LANGUAGE}diagnostics/`], layers: BELOW_FEATURES, ...PURE_JSON, why: SIBLINGS },
  'diagnostics docs': {
    files: [`${LANGUAGE}diagnostics/documentation.ts`],
    layers: ['diagnostics', 'syntax'],
    ...PURE,
    why: 'The docs of the diagnostics are texts.',
  },
  features: {
    files: [`${LANGUAGE}features/`],
    layers: [...BELOW_FEATURES, 'groups'],
    ...PURE_JSON,
    why: SIBLINGS,
  },
  'language inside': {
    files: [LANGUAGE],
    layers: [...BELOW_FEATURES, 'groups', 'completion', 'diagnostics', 'features'],
    ...PURE,
    why: 'The language is pure: text in, values out; no Node, no editor.',
  },
  language: {
    files: [`${LANGUAGE}service.ts`],
    layers: [...BELOW_FEATURES, 'groups', 'completion', 'diagnostics', 'features', 'language inside'],
    ...PURE,
    why: 'The façade of the language is pure: no Node, no editor.',
  },
  protocol: {
    files: ['server/src/protocol.ts'],
    layers: ['language'],
    packages: ['vscode-languageserver*'],
    node: 'none',
    why: 'The protocol is types and names, shared with the client.',
  },
  engine: {
    files: ['server/src/engine/'],
    layers: ['language', 'syntax', 'text'],
    packages: ['@sqlite.org/sqlite-wasm'],
    node: 'no network',
    why: 'The SQL engine serves the server and the client: it knows types and the lexer of the language, and neither of them.',
  },
  lsp: {
    files: ['server/src/lsp/'],
    layers: ['language', 'protocol', 'engine', 'manifest'],
    packages: ['vscode-languageserver*'],
    node: 'no network',
    why: 'lsp/ uses the language through its façade (#language), and has no network.',
  },
  server: {
    files: ['server/src/'],
    layers: ['lsp'],
    packages: ['vscode-languageserver*'],
    node: 'no network',
    why: 'The server starts lsp/; it knows no client, no editor and no network.',
  },
  'core text': {
    files: ['client/src/core/text/'],
    // Not only the façade, so that the web view does not bundle what it does not use.
    layers: ['language', 'text'],
    ...PURE,
    why: 'core/text/ is also for the web view: it may use the language (text/ directly), but no Node.',
  },
  'core values': {
    files: ['client/src/core/values/'],
    layers: [],
    ...PURE,
    why: 'core/values/ is also for the web view, and stands alone: no Node, no other part of core.',
  },
  'core records': {
    files: [
      'client/src/core/results/columns.ts',
      'client/src/core/results/csv.ts',
      'client/src/core/results/formats.ts',
      'client/src/core/results/read-page.ts',
      'client/src/core/results/table.ts',
    ],
    layers: ['core text', 'core values'],
    ...PURE,
    why: 'The files of core/results/ that the web view shares use only each other, core/text/ and core/values/, and no Node.',
  },
  'core changes': {
    files: [
      'client/src/core/writing/change-source.ts',
      'client/src/core/writing/planned-change.ts',
      'client/src/core/writing/record-name.ts',
    ],
    layers: ['core text', 'core records', 'language'],
    ...PURE,
    why: 'The files of core/writing/ that the web view shares use no Node.',
  },
  'core cells': {
    files: ['client/src/core/bulk/cell-value.ts', 'client/src/core/bulk/table.ts'],
    layers: ['core text', 'core values', 'language'],
    ...PURE,
    why: 'What the cell of a table means is also for the web view: the files of core/bulk/ that say so use no Node.',
  },
  core: {
    files: ['client/src/core/'],
    layers: ['core text', 'core values', 'core records', 'core changes', 'core cells', 'language', 'engine'],
    packages: [
      'csv-parse',
      'get-east-asian-width',
      'hyparquet-writer',
      'jsonc-parser',
      'node-fetch',
      'saxes',
      'valibot',
      'yauzl',
    ],
    node: 'all',
    why: 'core/ knows no editor, no web view and no command line; it may use only #language and #engine of the server.',
  },
  messages: {
    files: [
      'client/src/webview/messages.ts',
      'client/src/webview/page.ts',
      'client/src/webview/skeleton.ts',
      'client/src/webview/changes/messages.ts',
      'client/src/webview/changes/page.ts',
      'client/src/webview/importing/messages.ts',
      'client/src/webview/importing/page.ts',
      'client/src/webview/builder/page.ts',
    ],
    layers: ['core text', 'core records', 'core changes', 'groups'],
    ...PURE,
    why: 'The messages between the editor and its web views, and their empty pages, stand alone.',
  },
  'builder messages': {
    files: ['client/src/webview/builder/messages.ts'],
    layers: ['language'],
    ...PURE,
    why: 'What the builder shows of a request is what the language says of it: types only.',
  },
  webview: {
    files: ['client/src/webview/'],
    layers: [
      'messages',
      'builder messages',
      'core text',
      'core values',
      'core records',
      'core changes',
      'core cells',
      'groups',
    ],
    ...PURE,
    why: 'The web views know their own files, #core/text/*, #core/values/*, the records of #core/results/* and the changes of #core/writing/*: no Node, no editor.',
  },
  editor: {
    files: ['client/src/', 'client/src/editor/'],
    layers: [
      'core',
      'core text',
      'core values',
      'core records',
      'core changes',
      'core cells',
      'language',
      'engine',
      'protocol',
      'groups',
      'messages',
      'builder messages',
      'manifest',
    ],
    packages: ['vscode', 'vscode-languageclient', 'valibot'],
    node: 'all',
    why: 'The editor side may use #core, #language, #protocol, and the messages and pages of #webview.',
  },
  cli: {
    files: ['client/src/cli/'],
    layers: [
      'core',
      'core text',
      'core values',
      'core records',
      'core changes',
      'core cells',
      'language',
      'engine',
      'diagnostics docs',
      'manifest',
    ],
    packages: ['https-proxy-agent', 'proxy-from-env', 'tinyglobby', 'valibot'],
    node: 'all',
    why: 'The command line is built on #core and #language.',
  },
  platform: {
    files: ['platform/'],
    layers: [],
    packages: [],
    node: 'all',
    why: 'The sample platform shares no code with us, so that it can catch our mistakes.',
  },
  'docs generator': {
    files: ['scripts/generate-docs.ts'],
    layers: ['language', 'diagnostics docs', 'syntax', 'cli'],
    packages: ['prettier'],
    node: 'all',
    why: 'The generator of docs/ reads the tables of the language and of the command line.',
  },
  scripts: {
    files: ['scripts/'],
    layers: [],
    packages: ['*'],
    node: 'all',
    why: 'Scripts know nothing of what they build and test.',
  },
  test: { files: ['test/'], layers: [], packages: ['*'], node: 'all', why: '' },
  manifest: { files: ['package.json'], layers: [], ...PURE, why: '' },
} as const satisfies Record<LayerName, Layer>;

/** Layers that may import everything. */
const FREE: ReadonlySet<LayerName> = new Set(['test']);

/** Node's modules that reach the network. */
const NETWORK = /^(http|https|http2|net|tls|dgram|dns)(\/|$)/;

/**
 * Folders within which imports are relative, and which no relative import leaves: each has a name (`#core/…`).
 * The longest match decides.
 */
const AREAS = [
  'client/src/core/',
  'client/src/editor/',
  'client/src/webview/',
  'client/src/cli/',
  'client/src/',
  'server/src/language/',
  'server/src/engine/',
  'server/src/lsp/',
  'server/src/',
  'platform/',
  'scripts/',
  'test/',
];

/** What an import resolves to; paths are relative to the project's root, with `/`. */
export type Target =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'package'; readonly name: string }
  | { readonly kind: 'node'; readonly name: string };

const layers = Object.entries(LAYERS) as [LayerName, Layer][];

/** Returns the layer of a file, by its path from the project's root. */
export function layerOf(file: string): LayerName | undefined {
  let best: { name: LayerName; length: number } | undefined;
  for (const [name, { files }] of layers)
    for (const pattern of files) {
      const fits = pattern.endsWith('/') ? file.startsWith(pattern) : file === pattern;
      if (fits && pattern.length > (best?.length ?? 0)) best = { name, length: pattern.length };
    }
  return best?.name;
}

/** Whether a layer may import this. */
function allowed(name: LayerName, layer: Layer, target: Target): boolean {
  if (FREE.has(name)) return true;
  switch (target.kind) {
    case 'package':
      return layer.packages.some((pattern) =>
        pattern.endsWith('*') ? target.name.startsWith(pattern.slice(0, -1)) : target.name === pattern,
      );
    case 'node':
      return layer.node === 'all' || (layer.node === 'no network' && !NETWORK.test(target.name));
    case 'file': {
      const other = layerOf(target.path);
      return other !== undefined && (other === name || layer.layers.includes(other));
    }
  }
}

/** Returns why a file must not import this by this name; undefined when it may. */
export function forbidden(from: string, specifier: string, target: Target): string | undefined {
  const name = layerOf(from);
  if (name === undefined) return undefined;
  const area = AREAS.filter((each) => from.startsWith(each)).sort((a, b) => b.length - a.length)[0];
  if (
    target.kind === 'file' &&
    specifier.startsWith('.') &&
    area !== undefined &&
    !target.path.startsWith(area)
  )
    return `A relative import does not leave ${area}: use the name that package.json ("imports") has for the other folder.`;
  const layer: Layer = LAYERS[name];
  return allowed(name, layer, target) ? undefined : layer.why;
}
