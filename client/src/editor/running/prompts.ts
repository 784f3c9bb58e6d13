/** Asking for the values of `@name = ?Prompt` variables. The last value is suggested again, but for one that its name calls a secret. */
import * as vscode from 'vscode';
import { isSecretName } from '#core/remote/secret-names';
import { forLabel } from '#core/text/foreign-text';

const MEMORY = 'apq.prompts';
const MOST = 200;

export class Prompts {
  constructor(private readonly memory: vscode.Memento) {}

  /** Undefined when the user cancels. */
  async ask(file: string, name: string, prompt: string, title: string): Promise<string | undefined> {
    const key = `${file} ${name}`;
    const known = this.#known();
    // What a password is for the record that is written is nobody's to read over a shoulder or out of a file.
    const secret = isSecretName(name);
    const value = await vscode.window.showInputBox({
      title: forLabel(title),
      prompt: forLabel(prompt),
      password: secret,
      value: secret ? '' : (known.get(key) ?? ''),
      ignoreFocusOut: true,
    });
    if (secret && known.delete(key)) await this.memory.update(MEMORY, [...known]);
    if (value === undefined || secret) return value;
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
