// Lint: common mistakes, the layers of scripts/lint/layers.ts, the order of imports, and how long and how nested code may be.
import simpleImportSort from 'eslint-plugin-simple-import-sort';
import { require as load } from 'tsx/cjs/api';
import tseslint from 'typescript-eslint';

const { layersRule } = /** @type {typeof import('./scripts/lint/layers-rule')} */ (
  load('./scripts/lint/layers-rule.ts', import.meta.url)
);

const CHAIN = {
  selector: 'ConditionalExpression > ConditionalExpression.alternate > ConditionalExpression.alternate',
  message: 'No chain of three conditional expressions or more: use if, switch or a table.',
};
const MESSAGES = {
  selector: 'MemberExpression[property.name=/^show(Information|Warning|Error)Message$/]',
  message: 'Notifications go through client/src/editor/workbench/messages.ts, which makes foreign text safe.',
};

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
    plugins: { apq: { rules: { layers: layersRule } }, 'simple-import-sort': simpleImportSort },
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
  {
    files: ['client/src/**'],
    ignores: ['client/src/editor/workbench/messages.ts'],
    rules: { 'no-restricted-syntax': ['error', CHAIN, MESSAGES] },
  },
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
      'max-lines-per-function': 'off',
    },
  },
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
