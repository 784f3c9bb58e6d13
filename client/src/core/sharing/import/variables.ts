/** Turns `{{variables}}` of another tool into those of an `.apq` file. */
import { isSecretName } from '../../remote/secret-names';
import { oneLine } from '../../text/foreign-text';
import type { Variable } from './imported';

const REFERENCE = /\{\{([^{}\r\n'"]*)\}\}/g;

/** Built-ins by their names in other tools. Without `$env`: a file from outside must not read the environment. */
const BUILT_IN: Readonly<Record<string, string>> = {
  $guid: '$guid',
  $randomUUID: '$guid',
  $isoTimestamp: '$now',
};

/** Gives each variable a name that the language reads, and remembers which are used. */
export class Variables {
  /** By their names in the other tool. */
  readonly #names = new Map<string, string>();
  readonly #declared = new Map<string, Variable>();

  /** `known`: values by name; undefined where the value must not or can't be written. */
  constructor(private readonly known: ReadonlyMap<string, string | undefined> = new Map()) {}

  /** Returns the text with its references renamed, and declares their variables. */
  translate(text: string, path: readonly string[] = []): string {
    return text.replace(REFERENCE, (_, inner: string) => {
      const name = inner.trim();
      return `{{${BUILT_IN[name] ?? this.#declare(name, path)}}}`;
    });
  }

  /** Replaces the variable at the start of `{{baseUrl}}/user` with its value, so that the address can be read. */
  expandStart(address: string): string {
    let text = address.trim();
    for (let depth = 0; depth < 10; depth++) {
      const [reference = '', name = ''] = /^\{\{([^{}\r\n'"]*)\}\}/.exec(text) ?? [];
      const value = this.known.get(name.trim());
      if (reference === '' || value === undefined || !value.includes('/')) break;
      text = value.trim().replace(/\/+$/, '') + text.slice(reference.length);
    }
    return text;
  }

  /** Returns a variable that is asked for, in place of a text that must not be in a file. */
  ask(name: string): string {
    return `{{${this.#declare(name, [])}}}`;
  }

  /** The variables that are used, in the order of their first use; what one needs comes before it. */
  get declared(): readonly Variable[] {
    return [...this.#declared.values()];
  }

  #declare(outside: string, path: readonly string[]): string {
    const name = this.#nameFor(outside);
    if (this.#declared.has(name)) return name;
    const value = this.known.get(outside);
    // A variable that refers to itself has no value.
    if (value === undefined || value.trim() === '' || isSecretName(outside) || path.includes(outside)) {
      this.#declared.set(name, { name, value: undefined });
      return name;
    }
    const text = this.translate(oneLine(value), [...path, outside]);
    if (!this.#declared.has(name)) this.#declared.set(name, { name, value: text });
    return name;
  }

  #nameFor(outside: string): string {
    const known = this.#names.get(outside);
    if (known !== undefined) return known;
    const plain = outside.replace(/[^\p{L}\p{N}_-]+/gu, '_').replace(/^_+|_+$/g, '');
    const base = /^[\p{L}_]/u.test(plain) ? plain : `value${plain === '' ? '' : `_${plain}`}`;
    const taken = new Set(this.#names.values());
    let name = base;
    for (let number = 2; taken.has(name); number++) name = `${base}_${number}`;
    this.#names.set(outside, name);
    return name;
  }
}
