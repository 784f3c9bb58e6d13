/** Asking whether a file may read an environment variable: once for each file and name in a workspace. */
import type * as vscode from 'vscode';
import { showWarning } from '../workbench/messages';

const MEMORY = 'apq.environment';
const MAX_NAMES = 500;

export class Environment {
  constructor(private readonly memory: vscode.Memento) {}

  /** `file` is its URI. Returns false unless the user agrees, or did so before. */
  async allows(file: string, name: string): Promise<boolean> {
    const key = `${name} ${file}`;
    const stored = this.memory.get<unknown>(MEMORY);
    const allowed = Array.isArray(stored) ? (stored as readonly unknown[]) : [];
    if (allowed.includes(key)) return true;
    const choice = await showWarning(
      `Let ${fileName(file)} use the environment variable ${name}?`,
      {
        modal: true,
        detail:
          'Its value is sent to the platform, and may get into addresses, results, history and logs. For a saved file, you are asked once for each name.',
      },
      'Allow',
    );
    if (choice === undefined) return false;
    // The name of an unsaved file is given to other files later.
    if (!file.startsWith('untitled:')) await this.memory.update(MEMORY, [...allowed, key].slice(-MAX_NAMES));
    return true;
  }
}

const fileName = (file: string) => decodeURIComponent(file.split('/').at(-1) ?? file);
