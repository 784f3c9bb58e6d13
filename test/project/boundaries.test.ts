/** The dependency rules bite: a forbidden import is an error of the linter, whatever the prose says. */
import assert from 'node:assert/strict';
import { ESLint } from 'eslint';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

describe('dependency rules', () => {
  const eslint = new ESLint({
    cwd: root,
    ruleFilter: ({ ruleId }) => ruleId === '@typescript-eslint/no-restricted-imports',
    // On CI the parser would read the file on disk instead of the text that we give.
    overrideConfig: { languageOptions: { parserOptions: { disallowAutomaticSingleRunInference: true } } },
  });
  const check = async (file: string, from: string) => {
    const [result] = await eslint.lintText(`import '${from}';\n`, { filePath: join(root, file) });
    assert.ok(result);
    const fatal = result.messages.find((message) => message.fatal === true);
    assert.equal(fatal, undefined, fatal?.message);
    return result.messages.length > 0;
  };
  const forbidden = (file: string, from: string) =>
    it(`${file} must not import ${from}`, async () => assert.equal(await check(file, from), true)).timeout(
      60_000,
    );
  const allowed = (file: string, from: string) =>
    it(`${file} may import ${from}`, async () => assert.equal(await check(file, from), false)).timeout(
      60_000,
    );

  const language = 'server/src/language';
  forbidden(`${language}/text/span.ts`, 'node:fs');
  forbidden(`${language}/text/span.ts`, '../syntax/nodes');
  forbidden(`${language}/syntax/nodes.ts`, '../analysis/dates');
  forbidden(`${language}/analysis/dates.ts`, '../diagnostics/check');
  forbidden(`${language}/completion/items.ts`, '../diagnostics/check');
  forbidden(`${language}/diagnostics/check.ts`, '../completion/items');
  forbidden(`${language}/features/hover.ts`, '../completion/items');
  forbidden(`${language}/service.ts`, 'vscode-languageserver');
  forbidden(`${language}/service.ts`, 'vscode');
  forbidden('server/src/server.ts', 'vscode');
  forbidden('server/src/lsp/server.ts', 'node-fetch');
  forbidden('server/src/lsp/server.ts', '../language/syntax/nodes');
  forbidden('client/src/core/output.ts', 'vscode');
  forbidden('client/src/core/output.ts', '../editor/output');
  forbidden('client/src/core/output.ts', '../../../server/src/lsp/server');
  forbidden('client/src/editor/output.ts', '../../../server/src/lsp/server');
  forbidden('client/src/webview/results.ts', 'vscode');
  forbidden('platform/src/main.ts', '../../server/src/language/service');
  forbidden('platform/src/main.ts', '../../client/src/core/output');
  allowed(`${language}/diagnostics/check.ts`, '../analysis/dates');
  allowed('client/src/core/output.ts', '../../../server/src/language/service');
  allowed('client/src/editor/output.ts', '../../../server/src/protocol');
});
