/**
 * Parses programs in languages that nothing here runs. Standard input: `[[language, text], …]` as JSON; standard output:
 * for each program where its first error is, or null. A process of its own, as grammars are large.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import powerQuery from '@microsoft/powerquery-parser';
import treeSitter from '@vscode/tree-sitter-wasm';

const { DefaultSettings, TaskUtils } = powerQuery;
const { Language, Parser } = treeSitter;
const grammars = dirname(createRequire(import.meta.url).resolve('@vscode/tree-sitter-wasm'));

/** @typedef {(program: string) => Promise<string | null>} Check */

/**
 * @param {import('@vscode/tree-sitter-wasm').Node} node
 * @returns {string}
 */
function placeOf(node) {
  const inner = node.children.find((child) => child?.hasError === true || child?.isMissing === true);
  return inner ? placeOf(inner) : `line ${node.startPosition.row + 1}: ${node.text.slice(0, 80)}`;
}

/** @type {(name: string) => Promise<Check>} */
async function byGrammar(name) {
  const parser = new Parser();
  parser.setLanguage(await Language.load(join(grammars, `tree-sitter-${name}.wasm`)));
  return (program) => {
    const root = parser.parse(program)?.rootNode;
    return Promise.resolve(root?.hasError === false ? null : root ? placeOf(root) : 'not parsed');
  };
}

await Parser.init();
/** @type {Map<string, Check>} */
const checks = new Map([
  ['csharp', await byGrammar('c-sharp')],
  ['powershell', await byGrammar('powershell')],
  [
    'm',
    async (program) => {
      const task = await TaskUtils.tryLexParse(DefaultSettings, program);
      return TaskUtils.isParseStageOk(task) ? null : `it does not parse (${task.stage})`;
    },
  ],
]);

/** @type {[string, string][]} */
const programs = JSON.parse(await text(process.stdin));
const faults = [];
for (const [language, program] of programs)
  faults.push((await checks.get(language)?.(program)) ?? (checks.has(language) ? null : 'unknown language'));
process.stdout.write(JSON.stringify(faults));
