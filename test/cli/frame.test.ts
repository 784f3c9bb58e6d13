/** The frame of the command line: help, near words, and what every command's definition must hold. */
import assert from 'node:assert/strict';
import { COMMANDS } from '#cli/commands/all';
import { Exit } from '#cli/exit';
import { readArguments } from '#cli/frame/arguments';
import { helpOf, overview } from '#cli/frame/help';

const commandOf = (name: string) => {
  const found = COMMANDS.find((each) => each.name === name);
  assert.ok(found, name);
  return found;
};

/** Returns the message of the refusal of a command line. */
function refusal(line: string): string {
  const [name = '', ...words] = line.split(' ');
  try {
    const { written } = readArguments(commandOf(name), words);
    for (const [key, option] of Object.entries(commandOf(name).options))
      option.read(written.get(key) ?? [], `--${key}`);
  } catch (error) {
    assert.ok(error instanceof Exit, String(error));
    assert.equal(error.code, 2);
    return error.message;
  }
  return assert.fail(`${line} is taken`);
}

describe('frame of the command line', () => {
  for (const [line, message] of [
    ['run a.apq --formt csv', 'apq run has no option --formt. Did you mean --format? See apq run --help.'],
    ['run a.apq -x', 'apq run has no option -x. See apq run --help.'],
    ['run a.apq --yes=1', '--yes takes no value.'],
    ['run a.apq --output', 'Give --output a value: --output FILE.'],
    [
      'run a.apq -o --yes',
      'Give -o a value: -o FILE. One that begins with a hyphen is written --output=--yes.',
    ],
    ['run', 'Name the file: apq run FILE|-.'],
    ['run a.apq b.apq', 'apq run takes one file. What is “b.apq”?'],
    ['metadata a.json', 'apq metadata takes no file. What is “a.json”? Write --output FILE.'],
    ['run a.apq --output=', 'Give --output a value.'],
    ['run a.apq -o a -o b', 'Give --output once.'],
    ['check a.apq -f yaml', '--format must be text, json, github, sarif or junit, not “yaml”.'],
    ['run a.apq --var x', 'Write --var NAME=VALUE.'],
    ['run a.apq --connection foo', 'Write --connection NAME=URL.'],
    [
      'check -lead.apq',
      'apq check has no option -l. If -lead.apq is a file, write ./-lead.apq. See apq check --help.',
    ],
  ] as const)
    it(`refuses ${line}`, () => assert.equal(refusal(line), message));

  it('takes a hyphen, a value with a hyphen, and operands behind two hyphens', () => {
    const { operands, written } = readArguments(commandOf('run'), ['-o', '-', '--null=-', '--', '--x.apq']);
    assert.deepEqual(operands, ['--x.apq']);
    assert.deepEqual(
      [...written],
      [
        ['output', ['-']],
        ['null', ['-']],
      ],
    );
  });

  for (const command of COMMANDS)
    it(`apq ${command.name} --help fits 80 columns, and names all that it takes`, () => {
      const help = helpOf(command);
      for (const line of help.split('\n')) assert.ok(line.length <= 80, line);
      for (const word of ['Usage:', 'Examples:', 'Exit status:', ...command.environment])
        assert.ok(help.includes(word), word);
      for (const [line] of command.examples) {
        assert.ok(line.startsWith(command.name), line);
        const [words = ''] = line.split(/ >>? /);
        readArguments(command, (words.match(/"[^"]*"|\S+/g) ?? []).slice(1));
      }
      const letters = Object.values(command.options).flatMap(({ letter }) => letter ?? []);
      assert.equal(new Set(letters).size, letters.length);
    });

  it('apq --help lists the commands, in 80 columns', () => {
    const help = overview(COMMANDS, '1.2.3');
    for (const line of help.split('\n')) assert.ok(line.length <= 80, line);
    for (const { name, summary } of COMMANDS)
      assert.match(help, new RegExp(`^  ${name} +${summary.slice(0, 30)}`, 'm'));
  });
});
