/** What package.json declares for the editor exists in the code. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contributes } from '#package.json';
import { ROOT } from '#scripts/lib/paths';

const CLIENT = join(ROOT, 'client/src');
const sources = readdirSync(CLIENT, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(join(CLIENT, name), 'utf8') }));

const found = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, each = '']) => each);

describe('package.json', () => {
  const declared = contributes.commands.map(({ command }) => command);

  it('declares the commands that the rooms register, and no other', () => {
    const registered = sources
      .filter(({ name }) => name.endsWith('contribution.ts'))
      .flatMap(({ text }) => found(text, /'(apq\.\w+)':/g));
    assert.deepEqual(registered.sort(), declared.toSorted());
  });

  it('has in menus and for keys only commands that it declares, and VS Code’s own for keys', () => {
    const used = [...Object.values(contributes.menus).flat(), ...contributes.keybindings]
      .map(({ command }) => command)
      .filter((command) => command !== 'jumpToNextSnippetPlaceholder');
    assert.deepEqual(
      used.filter((command) => !declared.includes(command)),
      [],
    );
  });

  it('declares only settings that something reads', () => {
    const read = sources.flatMap(({ text }) => found(text, /\b(?:setting|scopesOfSetting)\('([\w.]+)'\)/g));
    // vscode-languageclient reads this one.
    const names = [...read, 'trace.server'].map((name) => `apq.${name}`);
    assert.deepEqual([...new Set(names)].sort(), Object.keys(contributes.configuration.properties).sort());
  });
});
