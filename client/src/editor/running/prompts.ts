/** Asking for the values of `@name = ?Prompt` variables. The last value is suggested again. */
import * as vscode from 'vscode';

const MEMORY = 'apq.prompts';
const MOST = 200;

export class Prompts {
  constructor(private readonly memory: vscode.Memento) {}

  /** Undefined when the user cancels. */
  async ask(file: string, name: string, prompt: string, title: string): Promise<string | undefined> {
    const key = `${file} ${name}`;
    const known = this.#known();
    const value = await vscode.window.showInputBox({
      title,
      prompt,
      value: known.get(key) ?? '',
      ignoreFocusOut: true,
    });
    if (value === undefined) return undefined;
    known.delete(key);
    known.set(key, value);
    await this.memory.update(MEMORY, [...known].slice(-MOST));
    return value;
  }

  #known(): Map<string, string> {
    const stored = this.memory.get<unknown>(MEMORY);
    const entries = Array.isArray(stored) ? (stored as readonly unknown[]) : [];
    return new Map(
      entries.flatMap((entry): [string, string][] =>
        Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'string'
          ? [[entry[0], entry[1]]]
          : [],
      ),
    );
  }
}
