/** The help of `apq` and of each command, for 80 columns. */
import { type Status, STATUSES } from '../exit';
import { type Command, longName } from './command';
import { ENVIRONMENT } from './environment';

const WIDTH = 80;
const INDENT = 2;

/** The help of a command: `apq run --help`. */
export function helpOf(command: Command): string {
  const { summary, details = [], options, examples } = command;
  return sections([
    ['', [wrapped(`${summary}.`, 0), ...details.map((each) => `\n${wrapped(each, 0)}`)]],
    ['Usage', [`  ${usageOf(command)}`]],
    [
      'Options',
      rows(Object.entries(options).map(([name, option]) => [spelling(name, option), option.meaning])),
    ],
    ['Examples', examples.map(([line, meaning]) => `  apq ${line}\n${wrapped(meaning, 6)}`)],
    ['Exit status', rows(statusesOf(command).map(([status, meaning]) => [String(status), meaning]))],
    ['Environment', rows(command.environment.map((name) => [name, ENVIRONMENT[name]]))],
  ]);
}

/** The help of the whole program: `apq --help`. */
export const overview = (commands: readonly Command[], version: string): string =>
  sections([
    ['', [`apq ${version}: queries for the accessplanit API`]],
    ['Usage', ['  apq COMMAND [OPTIONS]']],
    ['Commands', rows(commands.map(({ name, summary }) => [name, summary]))],
    [
      'Options',
      rows([
        ['--help, -h', 'Show this, or the help of a command'],
        ['--version, -V', 'Show the version'],
      ]),
    ],
    ['Exit status', rows(Object.entries(STATUSES))],
    ['Environment', rows(Object.entries(ENVIRONMENT))],
    ['', [`apq COMMAND --help shows what a command takes, with examples.`]],
  ]);

/** `apq run FILE [OPTIONS]`. */
export const usageOf = ({ name, operands }: Command): string =>
  ['apq', name, ...(operands === undefined ? [] : [operands.name]), '[OPTIONS]'].join(' ');

/** `--output, -o FILE`. */
export const spelling = (name: string, { letter, value }: Command['options'][string]): string =>
  `${longName(name)}${letter === undefined ? '' : `, -${letter}`}${value === undefined ? '' : ` ${value}`}`;

/** The statuses that a command can end with, and what each means there. */
export const statusesOf = ({ statuses }: Command): [Status, string][] =>
  Object.entries(STATUSES).flatMap(([written, meaning]) => {
    const status = Number(written) as Status;
    return status in statuses || status === 0 || status === 2 ? [[status, statuses[status] ?? meaning]] : [];
  });

const sections = (parts: readonly (readonly [title: string, lines: readonly string[]])[]): string =>
  `${parts
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => [...(title === '' ? [] : [`${title}:`]), ...lines].join('\n'))
    .join('\n\n')}\n`;

/** Two columns, the second wrapped. */
function rows(pairs: readonly (readonly [string, string])[]): string[] {
  const column = Math.min(28, Math.max(...pairs.map(([left]) => left.length), 0) + 2 * INDENT);
  return pairs.map(([left, right]) => {
    const start = `${' '.repeat(INDENT)}${left}`;
    const text = wrapped(right, column);
    return start.length + 2 > column ? `${start}\n${text}` : `${start.padEnd(column)}${text.trimStart()}`;
  });
}

/** Breaks a text at its spaces; each line begins with `indent` spaces. */
function wrapped(text: string, indent: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each) => ' '.repeat(indent) + each).join('\n');
}
