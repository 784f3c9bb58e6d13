// Runs the tests when VS Code calls it: every bundled *.test.js next to this file, with mocha.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import { MARK, summarize } from '#scripts/lib/summary';

/* eslint-disable no-console -- the output is the point here */

/** Resolves when all tests have passed; rejects otherwise, which VS Code turns into its exit code. */
export async function run(): Promise<void> {
  const { default: Mocha } = await import('mocha');
  // Only the log leaves this process, and VS Code writes to it as well.
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => console.log(MARK + format(...args));
  process.setSourceMapsEnabled(true);
  const grep = process.env.APQ_TEST_GREP;
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 60_000,
    color: false,
    forbidOnly: true,
    ...(grep && { fgrep: grep }),
  });
  for (const file of readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).sort()) {
    if (file.endsWith('.test.js')) mocha.addFile(path.join(__dirname, file));
  }
  await mocha.loadFilesAsync();
  const failures = await new Promise<number>((resolve) => summarize(mocha.run(resolve)));
  if (failures > 0) throw new Error(`${failures} failed`);
}
