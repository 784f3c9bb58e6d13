/** The page of `docs/` about all commands, from their definitions. */
import { STATUSES } from '../exit';
import type { Command } from './command';
import { ENVIRONMENT } from './environment';
import { spelling, statusesOf, usageOf } from './help';

/** The page in Markdown, after its introduction. */
export const pageOf = (commands: readonly Command[]): string =>
  [
    ...commands.map(sectionOf),
    ['## Exit status', table(['status', 'means'], Object.entries(STATUSES))].join('\n\n'),
    [
      '## Environment',
      table(
        ['variable', 'means'],
        Object.entries(ENVIRONMENT).map(([name, meaning]) => [code(name), meaning]),
      ),
    ].join('\n\n'),
  ].join('\n\n');

function sectionOf(command: Command): string {
  const { name, summary, details = [], options, examples, environment } = command;
  const optionRows = Object.entries(options).map(([each, option]) => [
    code(spelling(each, option)),
    option.meaning,
  ]);
  return [
    `## apq ${name}`,
    `${summary}.`,
    ...details,
    fenced([usageOf(command)]),
    ...(optionRows.length === 0 ? [] : [table(['option', 'means'], optionRows)]),
    'Examples:',
    fenced(examples.flatMap(([line, meaning]) => [`# ${meaning}`, `apq ${line}`])),
    `Exit status: ${statusesOf(command)
      .map(([status, meaning]) => `${status} ${meaning}`)
      .join('; ')}.`,
    ...(environment.length === 0 ? [] : [`Environment: ${environment.map(code).join(', ')}.`]),
  ].join('\n\n');
}

const code = (text: string): string => `\`${text}\``;

const fenced = (lines: readonly string[]): string => ['```sh', ...lines, '```'].join('\n');

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
