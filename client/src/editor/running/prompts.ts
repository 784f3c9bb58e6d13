/** Asking for the values of `@name = ?Prompt` variables. The last value is suggested again, unless its name marks it as a secret. */
import type * as vscode from 'vscode';
import { isSecretName } from '#core/remote/secret-names';
import { askText } from '../workbench/questions';

const MEMORY = 'apq.prompts';
const MAX_VALUES = 200;

export class Prompts {
  constructor(private readonly memory: vscode.Memento) {}

  /** Returns undefined when the user cancels. */
  async ask(file: string, name: string, prompt: string, title: string): Promise<string | undefined> {
    const key = `${file} ${name}`;
    const known = this.#known();
    // A password must not be read over a shoulder or from a stored file.
    const secret = isSecretName(name);
    const value = await askText({
      title,
      prompt,
      password: secret,
      value: secret ? '' : (known.get(key) ?? ''),
    });
    if (secret && known.delete(key)) await this.memory.update(MEMORY, [...known]);
    if (value === undefined || secret) return value;
    known.delete(key);
    known.set(key, value);
    await this.memory.update(MEMORY, [...known].slice(-MAX_VALUES));
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
