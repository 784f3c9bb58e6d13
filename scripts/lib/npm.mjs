// How to call npm. JavaScript, since it is needed before the dependencies are installed.
import { existsSync } from 'node:fs';

/**
 * Returns how to call npm: the one that runs us, if any, else the one on PATH.
 * @param {readonly string[]} args
 * @returns {{ command: string, args: string[], shell: boolean }} a command for `spawn`; on Windows `npm` is a
 *   batch file, which only a shell can start
 */
export function npmCommand(args) {
  const cli = process.env.npm_execpath;
  if (cli !== undefined && /npm-cli\.c?js$/.test(cli) && existsSync(cli)) {
    return { command: process.execPath, args: [cli, ...args], shell: false };
  }
  return { command: 'npm', args: [...args], shell: process.platform === 'win32' };
}
