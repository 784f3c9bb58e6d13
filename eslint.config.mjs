// Lint: common mistakes, the layers of scripts/lint/layers.ts, the order of imports, and how long and how nested code may be.
import simpleImportSort from 'eslint-plugin-simple-import-sort';
import { require as load } from 'tsx/cjs/api';
import tseslint from 'typescript-eslint';

const { layersRule } = /** @type {typeof import('./scripts/lint/layers-rule')} */ (
  load('./scripts/lint/layers-rule.ts', import.meta.url)
);
const { spreadRule } = /** @type {typeof import('./scripts/lint/spread-rule')} */ (
  load('./scripts/lint/spread-rule.ts', import.meta.url)
);
const { clientWordsRule } = /** @type {typeof import('./scripts/lint/client-words-rule')} */ (
  load('./scripts/lint/client-words-rule.ts', import.meta.url)
);
const { ownKeysRule } = /** @type {typeof import('./scripts/lint/own-keys-rule')} */ (
  load('./scripts/lint/own-keys-rule.ts', import.meta.url)
);

const CHAIN = {
  selector: 'ConditionalExpression > ConditionalExpression.alternate > ConditionalExpression.alternate',
  message: 'No chain of three conditional expressions or more: use if, switch or a table.',
};
const NAMES = {
  selector:
    'BinaryExpression[left.callee.property.name=/^to(Locale)?LowerCase$/][right.callee.property.name=/^to(Locale)?LowerCase$/]',
  message: 'Compare names with nameKey of text/names.ts: an accent can be composed in two ways.',
};
/** A number of the API may be an `ExactNumber`, which only client/src/core/values/ can read, write and tell from an object. */
const KINDS = {
  selector: "BinaryExpression[left.operator='typeof'][right.value=/^(number|object)$/]",
  message:
    'A number of the API may be an ExactNumber: ask core/values/ (isNumber, hasMembers, numericOf, kindOf).',
};
const JSON_GATES = ['parse', 'stringify'].map((property) => ({
  object: 'JSON',
  property,
  message: 'Numbers of the API keep their digits: use readJson and writeJson of core/values/.',
}));
const SKIPS = {
  selector:
    "CallExpression[callee.property.name='skip'], MemberExpression[object.name=/^(it|describe)$/][property.name='skip']",
  message: 'Leave a test out by skipUnless of test/support/skip.ts, which says why.',
};
/** Whatever shows foreign text as more than plain text has one caller, which makes the text harmless. */
const GATES = [
  {
    file: 'client/src/editor/workbench/messages.ts',
    selector: 'MemberExpression[property.name=/^show(Information|Warning|Error)Message$/]',
    message:
      'Notifications go through client/src/editor/workbench/messages.ts, which makes foreign text safe.',
  },
  {
    file: 'client/src/editor/workbench/questions.ts',
    selector: 'MemberExpression[property.name=/^(show|create)(QuickPick|InputBox)$/]',
    message: 'Questions go through client/src/editor/workbench/questions.ts, which makes foreign text safe.',
  },
  {
    file: 'client/src/editor/workbench/progress.ts',
    selector: "MemberExpression[property.name='withProgress']",
    message: 'Progress goes through client/src/editor/workbench/progress.ts, which makes foreign text safe.',
  },
  {
    file: 'client/src/editor/workbench/output.ts',
    selector: 'MemberExpression[property.name=/^create(OutputChannel|Terminal)$/]',
    message: 'Logs go through client/src/editor/workbench/output.ts, which makes foreign text safe.',
  },
  {
    file: 'client/src/editor/workbench/language-server.ts',
    selector:
      "NewExpression[callee.property.name='MarkdownString'], Property[key.name=/^(isTrusted|supportHtml|supportThemeIcons)$/], AssignmentExpression[left.property.name=/^(isTrusted|supportHtml|supportThemeIcons)$/]",
    message: 'No Markdown is trusted: use plain text, or escapeMarkdown where the editor reads Markdown.',
  },
  {
    file: '',
    selector:
      'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|createContextualFragment|srcdoc)$/], CallExpression[callee.object.name="document"][callee.property.name=/^write(ln)?$/]',
    message: 'Text is never read as markup: use make of client/src/webview/view/dom.ts.',
  },
];
/** The gates that a file has to use; `file` is one of the callers, or none. */
const gates = (file) =>
  GATES.filter((gate) => gate.file !== file).map(({ selector, message }) => ({ selector, message }));

export default tseslint.config(
  { ignores: ['dist', 'out', '.cache', '**/node_modules'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.mjs'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: {
      apq: {
        rules: {
          'client-words': clientWordsRule,
          layers: layersRule,
          'no-long-spread': spreadRule,
          'own-keys': ownKeysRule,
        },
      },
      'simple-import-sort': simpleImportSort,
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
      'apq/layers': 'error',
      'no-restricted-syntax': ['error', CHAIN],
      'max-lines-per-function': ['error', { max: 80 }],
      // Node's modules, packages, our own by name, relative ones from far to near.
      'simple-import-sort/imports': [
        'error',
        { groups: [['^\\u0000', '^node:', '^@?\\w', '^#', '^\\.\\.(?!/?$)', '^\\.\\./?$', '^\\.']] },
      ],
    },
  },
  { files: ['server/src/**'], rules: { 'no-restricted-syntax': ['error', CHAIN, NAMES] } },
  { files: ['client/src/**'], rules: { 'no-restricted-syntax': ['error', CHAIN, NAMES, ...gates()] } },
  {
    files: ['client/src/core/results/**', 'client/src/core/testing/**', 'client/src/webview/**'],
    rules: { 'no-restricted-syntax': ['error', CHAIN, NAMES, ...gates(), KINDS] },
  },
  {
    files: ['client/src/**'],
    // Rooms with no values of records.
    ignores: [
      ...['connections', 'files', 'history', 'metadata', 'sharing', 'text', 'values'].map(
        (room) => `client/src/core/${room}/**`,
      ),
      ...['editor/metadata/**', 'editor/sample/**', 'cli/commands/metadata.ts', 'cli/metadata*.ts'].map(
        (files) => `client/src/${files}`,
      ),
    ],
    rules: { 'no-restricted-properties': ['error', ...JSON_GATES] },
  },
  ...GATES.filter(({ file }) => file !== '').map(({ file }) => ({
    files: [file],
    rules: { 'no-restricted-syntax': ['error', CHAIN, NAMES, ...gates(file)] },
  })),
  {
    files: ['client/src/cli/**'],
    ignores: ['client/src/cli/terminal.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        CHAIN,
        NAMES,
        {
          selector: "MemberExpression[object.object.name='process'][property.name='write']",
          message: 'Use tell or print of ./terminal: foreign text must not steer a terminal.',
        },
      ],
    },
  },
  {
    files: ['client/src/**', 'server/src/**', 'platform/src/**'],
    // A table of contents: as many as there are rooms.
    ignores: ['client/src/extension.ts'],
    rules: { 'apq/no-long-spread': 'error' },
  },
  {
    files: ['client/src/**', 'server/src/**'],
    ignores: ['server/src/language/text/own-value.ts'],
    rules: { 'apq/own-keys': 'error' },
  },
  {
    files: ['server/src/**', 'client/src/core/**', 'client/src/cli/**'],
    ignores: ['server/src/language/vocabulary/next-steps.ts', '**/*.doc.ts'],
    rules: { 'apq/client-words': 'error' },
  },
  {
    files: ['test/**'],
    rules: {
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: ['describe', 'it'] }],
      'max-lines-per-function': 'off',
      'no-restricted-syntax': ['error', CHAIN, SKIPS],
    },
  },
  { files: ['test/support/skip.ts'], rules: { 'no-restricted-syntax': ['error', CHAIN] } },
  // In JavaScript casts are comments, so the linter sees `any` behind a cast.
  {
    files: ['**/*.mjs'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  // Scripts print to the terminal.
  { files: ['scripts/**', 'test/bench/**'], rules: { 'no-console': 'off' } },
);
