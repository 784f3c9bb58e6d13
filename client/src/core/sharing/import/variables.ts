/** The variables of an imported file: those of another tool, and what is asked for when a request runs. */
import {
  JSON_BRACE,
  namesIn,
  referenceTo,
  splitAtReferences,
  writeBraces,
  writeClause,
} from '../../text/braces';
import type { Variable } from './imported';

const REFERENCE = /\{\{([^{}\r\n'"]*)\}\}/g;

/** Built-ins by their names in other tools. Without `$env`: a file from outside must not read the environment. */
const BUILT_IN: ReadonlyMap<string, string> = new Map([
  ['$guid', '$guid'],
  ['$randomUUID', '$guid'],
  ['$isoTimestamp', '$now'],
]);
const BUILT_INS: ReadonlySet<string> = new Set(BUILT_IN.values());

/**
 * A value that means the same as text in place of its variable, and as the value of ours: ours is escaped for the place
 * where it stands, and a question mark at its start would be a prompt.
 */
const PLAIN = /^(?![\s?])[^'"\\%+&#{}\r\n]*$/;

/** A longer value is not repeated wherever its variable is used. */
const MAX_INLINE = 2000;

/** How deep values may refer to each other. */
const MAX_DEPTH = 50;

/** Gives each variable a name that the language reads, and declares those that are written. */
export class Variables {
  /** By their names in the other tool. */
  readonly #names = new Map<string, string>();
  /** The reverse. */
  readonly #outside = new Map<string, string>();
  readonly #declared = new Map<string, Variable>();
  /** Names that no known value fits, with the reason. */
  readonly notes = new Set<string>();

  /** `known`: values by name; undefined where the value must not or can't be written. */
  constructor(private readonly known: ReadonlyMap<string, string | undefined> = new Map()) {}

  /** Returns the text with its `{{…}}` as references (see `braces.ts`). */
  mark(text: string): string {
    return text.replace(REFERENCE, (_, inner: string) => {
      const name = inner.trim();
      const builtIn = BUILT_IN.get(name);
      return builtIn === undefined ? (this.#inline(name) ?? this.ask(name)) : referenceTo(builtIn);
    });
  }

  /** Replaces the variable at the start of `{{baseUrl}}/user` with its value, so that the address can be read. */
  expandStart(address: string): string {
    let text = address.trim();
    for (let depth = 0; depth < 10; depth++) {
      const [reference = '', name = ''] = /^\{\{([^{}\r\n'"]*)\}\}/.exec(text) ?? [];
      const value = this.known.get(name.trim());
      if (reference === '' || value === undefined) break;
      text = value.trim().replace(/\/+$/, '') + text.slice(reference.length);
    }
    return text;
  }

  /** Returns a reference to a variable by its name in the other tool. Without a known value, it is asked for. */
  ask(outside: string): string {
    return referenceTo(this.#nameFor(outside));
  }

  /** Writes a text into a clause, or into the value of a variable. */
  inClause(text: string): string {
    const brace = () => {
      const name = this.#nameFor('\ufdd0brace');
      this.#declared.set(name, { name, value: '{' });
      return `{{${name}}}`;
    };
    return writeClause(text, brace, this.#accepts);
  }

  /** Writes a JSON body. */
  inJson(text: string): string {
    return writeBraces(text, () => JSON_BRACE, this.#accepts);
  }

  /** Writes a segment of a path, percent-encoded. Halves of surrogate pairs, which can't be encoded, are replaced. */
  inPath(segment: string): string {
    return splitAtReferences(segment)
      .map((part, index) =>
        index % 2 === 1
          ? writeBraces(part, () => '', this.#accepts)
          : encodeURIComponent(writeBraces(part, () => '{').replace(/\p{Cs}/gu, '\ufffd')),
      )
      .join('');
  }

  /** Writes a text that is only shown. */
  inComment(text: string): string {
    return writeBraces(
      text,
      () => '{',
      (name) => this.#outside.has(name) || BUILT_INS.has(name),
    );
  }

  /** The variables that are used, in the order of their first use; what one needs comes before it. */
  get declared(): readonly Variable[] {
    return [...this.#declared.values()];
  }

  /** Declares a variable that is written. */
  readonly #accepts = (name: string): boolean => {
    const outside = this.#outside.get(name);
    if (outside !== undefined) this.#declare(name, outside, []);
    return outside !== undefined || BUILT_INS.has(name);
  };

  /** Returns a value that must be written in place of its variable. */
  #inline(outside: string): string | undefined {
    const value = this.known.get(outside);
    if (value === undefined || value.trim() === '') return undefined;
    const fits = PLAIN.test(value) || value.search(REFERENCE) >= 0 || value.length > MAX_INLINE;
    return fits ? undefined : value;
  }

  #declare(name: string, outside: string, path: readonly string[]): void {
    if (this.#declared.has(name)) return;
    const value = this.known.get(outside);
    const asked = (why?: string) => {
      if (why !== undefined)
        this.notes.add(`The value of the variable ${name} was left out and is asked for: ${why}`);
      this.#declared.set(name, { name, value: undefined });
    };
    if (value === undefined && !this.known.has(outside)) return asked();
    if (value === undefined) return asked('it may be a secret.');
    if (value.trim() === '') return asked();
    // A variable that refers to itself has no value.
    if (path.includes(outside)) return asked('it refers to itself.');
    if (path.length > MAX_DEPTH) return asked('it refers to too many others.');
    if (/^\s*\?/.test(value)) return asked('a value in a file can’t begin with “?”.');
    const marked = this.mark(value);
    // What the value needs is declared first.
    for (const needed of namesIn(marked)) {
      const known = this.#outside.get(needed);
      if (known !== undefined) this.#declare(needed, known, [...path, outside]);
    }
    if (!this.#declared.has(name)) this.#declared.set(name, { name, value: this.inClause(marked) });
  }

  #nameFor(outside: string): string {
    const known = this.#names.get(outside);
    if (known !== undefined) return known;
    const plain = outside.replace(/[^\p{L}\p{N}_-]+/gu, '_').replace(/^_+|_+$/g, '');
    const base = /^[\p{L}_]/u.test(plain) ? plain : `value${plain === '' ? '' : `_${plain}`}`;
    let name = base;
    for (let number = 2; this.#outside.has(name); number++) name = `${base}_${number}`;
    this.#names.set(outside, name);
    this.#outside.set(name, outside);
    return name;
  }
}
