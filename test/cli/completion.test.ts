/** What `apq completion` prints completes `apq` in the shells that are here. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMANDS } from '#cli/commands/all';
import { completionFor, SHELL_NAMES } from '#cli/frame/completion';
import { skipUnless } from '../support/skip';

const isHere = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0;

/** A command line with the cursor at its end, and words that must be offered, and must not. */
const CASES = [
  ['apq ', ['run', 'check', 'completion'], ['--format', 'csv']],
  ['apq ru', ['run'], ['check']],
  ['apq run --fo', ['--format'], ['--output']],
  ['apq run a.apq --format ', ['csv', 'ndjson'], ['--format', 'text']],
  ['apq check -f ', ['text', 'json'], ['csv']],
  ['apq completion ', ['bash', 'fish'], ['run']],
] as const;

describe('completion of shells', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'apq-shell-'))));
  after(() => rmSync(folder, { recursive: true }));

  const scriptOf = (shell: string): string => {
    const path = join(folder, `apq.${shell}`);
    writeFileSync(path, completionFor(shell, COMMANDS) ?? '');
    return path;
  };

  /** What each shell offers for a line. */
  const OFFERS: Readonly<Record<'bash' | 'fish', (script: string, line: string) => string>> = {
    bash: (script, line) => {
      const words = line.split(' ').map((word) => `'${word}'`);
      return `source ${script}; COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; _apq; printf '%s\\n' "\${COMPREPLY[@]}"`;
    },
    fish: (script, line) => `source ${script}; complete -C '${line}' | string split -f 1 \\t`,
  };

  for (const shell of ['bash', 'fish'] as const)
    for (const [line, offered, others] of CASES)
      it(`${shell} offers ${offered.join(', ')} behind “${line}”`, function () {
        skipUnless(this, isHere(shell), `${shell} is not installed`);
        const { stdout, stderr } = spawnSync(shell, ['-c', OFFERS[shell](scriptOf(shell), line)], {
          encoding: 'utf8',
          cwd: folder,
        });
        const found = stdout.split('\n');
        assert.equal(stderr, '');
        for (const word of offered) assert.ok(found.includes(word), `${word} in ${stdout}`);
        for (const word of others) assert.ok(!found.includes(word), `no ${word} in ${stdout}`);
      });

  it('bash offers the values of an option behind an equals sign, at which it splits words', function () {
    skipUnless(this, isHere('bash'), 'bash is not installed');
    const offered = (words: string) =>
      spawnSync(
        'bash',
        [
          '-c',
          `source ${scriptOf('bash')}; COMP_WORDS=(apq run --format ${words}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _apq; echo "\${COMPREPLY[@]}"`,
        ],
        { encoding: 'utf8' },
      ).stdout.trim();
    assert.match(offered('='), /^table .*ndjson/);
    assert.equal(offered('= nd'), 'ndjson');
  });

  for (const shell of ['bash', 'zsh', 'fish'] as const)
    it(`${shell} reads its script`, function () {
      skipUnless(this, isHere(shell), `${shell} is not installed`);
      const { status, stderr } = spawnSync(shell, ['-n', scriptOf(shell)], { encoding: 'utf8' });
      assert.deepEqual([status, stderr], [0, '']);
    });

  it('powershell can read its script', () => {
    const syntax = join(import.meta.dirname, '../properties/support/syntax.mjs');
    const { stdout } = spawnSync(process.execPath, ['--liftoff-only', syntax], {
      encoding: 'utf8',
      input: JSON.stringify([
        ['powershell', completionFor('powershell', COMMANDS)],
        ['powershell', '@{ '],
      ]),
    });
    const [fault, broken] = JSON.parse(stdout) as readonly unknown[];
    assert.equal(fault, null);
    assert.notEqual(broken, null);
  });

  for (const shell of SHELL_NAMES)
    it(`${shell} gets every command and option`, () => {
      const script = completionFor(shell, COMMANDS) ?? '';
      for (const { name, options } of COMMANDS) {
        assert.ok(script.includes(name), name);
        for (const { choices = [] } of Object.values(options))
          for (const word of choices) assert.ok(script.includes(word), word);
      }
    });
});
