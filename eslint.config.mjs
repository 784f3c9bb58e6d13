// Lint, and the dependency rules of ARCHITECTURE.md: each folder names what it must not import.
import tseslint from 'typescript-eslint';

/** Forbids imports by pattern in a folder; `why` is what the developer reads. */
const forbid = (files, group, why, allow = []) => ({
  files,
  ignores: allow,
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      { patterns: group.map((regex) => ({ regex, message: why })) },
    ],
  },
});

const NODE =
  '^(node:|fs$|fs/|path$|os$|http$|https$|net$|child_process$|crypto$|url$|util$|events$|stream$|process$)';
const VSCODE = '^(vscode$|vscode-)';
const OTHER_PARTS = '/(client|platform|test)/';
const language = (folders) => folders.map((f) => `/${f}/`).join('|');
const L = 'server/src/language';

export default tseslint.config(
  { ignores: ['node_modules', 'dist', 'out', '.cache', '**/*.mjs', '**/node_modules', 'test/vscode/host'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: [
          './tsconfig.json',
          './server/src/language/tsconfig.json',
          './client/src/webview/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  // The language is pure: text in, values out. Layers: text, syntax, analysis, features, service.
  forbid(
    [`${L}/text/**`],
    [
      NODE,
      VSCODE,
      OTHER_PARTS,
      language(['syntax', 'catalog', 'analysis', 'request', 'completion', 'diagnostics', 'features']),
      '/service$',
    ],
    'text/ is the lowest layer of the pure language.',
  ),
  forbid(
    [`${L}/syntax/**`],
    [
      NODE,
      VSCODE,
      OTHER_PARTS,
      language(['catalog', 'analysis', 'request', 'completion', 'diagnostics', 'features']),
      '/service$',
    ],
    'syntax/ may use text/ only.',
  ),
  forbid(
    [`${L}/catalog/**`],
    [
      NODE,
      VSCODE,
      OTHER_PARTS,
      language(['syntax', 'analysis', 'request', 'completion', 'diagnostics', 'features']),
      '/service$',
    ],
    'catalog/ may use text/ only.',
  ),
  forbid(
    [`${L}/analysis/**`, `${L}/request/**`],
    [NODE, VSCODE, OTHER_PARTS, language(['completion', 'diagnostics', 'features']), '/service$'],
    'analysis/ and request/ may use text/, syntax/ and catalog/.',
  ),
  forbid(
    [`${L}/completion/**`],
    [NODE, VSCODE, OTHER_PARTS, language(['diagnostics', 'features']), '/service$'],
    "Completion, diagnostics and features share analysis/ and don't call each other.",
  ),
  forbid(
    [`${L}/diagnostics/**`],
    [NODE, VSCODE, OTHER_PARTS, language(['completion', 'features']), '/service$'],
    "Completion, diagnostics and features share analysis/ and don't call each other.",
  ),
  forbid(
    [`${L}/features/**`],
    [NODE, VSCODE, OTHER_PARTS, language(['completion', 'diagnostics']), '/service$'],
    "Completion, diagnostics and features share analysis/ and don't call each other.",
  ),
  forbid([`${L}/*.ts`], [NODE, VSCODE, OTHER_PARTS, '/lsp/'], 'The language is pure: no Node, no editor.'),
  forbid(
    ['server/src/*.ts', 'server/src/lsp/**'],
    ['^vscode$', '^vscode-languageclient', OTHER_PARTS, '^node-fetch', '^(node:)?(http|https|net)$'],
    'The server knows no client, no editor and no network.',
  ),
  forbid(
    ['server/src/lsp/**'],
    [
      '^vscode$',
      '^vscode-languageclient',
      OTHER_PARTS,
      '^node-fetch',
      '^(node:)?(http|https|net)$',
      '/language/(?!service$)',
      '/server$',
    ],
    'lsp/ uses the language through its façade.',
  ),
  forbid(
    ['client/src/core/**'],
    [VSCODE, '/editor/', '/webview/', '/cli/', '/platform/', '/server/src/(?!language/service$)'],
    'core/ knows no editor; of the server it may use the language façade.',
  ),
  forbid(
    ['client/src/editor/**', 'client/src/extension.ts'],
    ['/cli/', '/platform/', '/server/src/(?!(protocol|language/service)$)'],
    'The editor side reaches the server over LSP; it may import its protocol types and the language façade.',
  ),
  forbid(
    ['client/src/cli/**'],
    [VSCODE, '/editor/', '/webview/', '/platform/', '/server/src/(?!language/service$)'],
    'The command line is built on core/ and the language façade.',
  ),
  forbid(
    ['client/src/webview/**'],
    [NODE, VSCODE, '/editor/', '/cli/', '/platform/', '/server/'],
    'The web view sees only its own messages.',
  ),
  forbid(
    ['platform/**'],
    [VSCODE, '/server/', '/client/', '/test/'],
    'The sample platform shares no code with us, so that it can catch our mistakes.',
  ),
  {
    files: ['client/src/cli/**'],
    ignores: ['client/src/cli/terminal.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.object.name='process'][property.name='write']",
          message: 'Use tell or print of ./terminal: foreign text must not steer a terminal.',
        },
      ],
    },
  },
  {
    files: ['test/**'],
    rules: {
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: ['describe', 'it'] }],
    },
  },
);
