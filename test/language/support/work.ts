/**
 * Counts what the language does, so that a test can say how work grows with the text, however busy the machine is: how often
 * each block of its code runs (V8's own counters), and the characters and elements that native methods look at.
 */
import { Session } from 'node:inspector';

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly {
      readonly functionName: string;
      readonly ranges: readonly { readonly startOffset: number; readonly count: number }[];
    }[];
  }[];
}

/** How often each place runs, and each native method works: by a name to be told where there is too much of it. */
export type Work = ReadonlyMap<string, number>;

export const total = (work: Work): number => [...work.values()].reduce((sum, count) => sum + count, 0);

/** Where the second work is most more than the first. */
export const mostGrown = (before: Work, after: Work, count = 3): string =>
  [...after]
    .map(([where, times]) => ({ where, times, more: times - 2 * (before.get(where) ?? 0) }))
    .sort((a, b) => b.more - a.more)
    .slice(0, count)
    .map(({ where, times }) => `${where}: ${before.get(where) ?? 0} → ${times}`)
    .join(', ');

export class WorkCounter {
  readonly #session = new Session();
  readonly #natives = new Map<string, number>();
  readonly #restore: (() => void)[] = [];

  start(): void {
    this.#session.connect();
    this.#session.post('Profiler.enable');
    this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    this.#countNatives();
  }

  stop(): void {
    for (const restore of this.#restore) restore();
    this.#session.post('Profiler.stopPreciseCoverage');
    this.#session.disconnect();
  }

  /** The work of the language since the last time. */
  take(): Work {
    const work = new Map(this.#natives);
    this.#natives.clear();
    this.#session.post('Profiler.takePreciseCoverage', (error, coverage: Coverage) => {
      if (error !== null) throw error;
      for (const { url, functions } of coverage.result) {
        const [, file] = url.split('/server/src/language/');
        if (file === undefined) continue;
        for (const { functionName, ranges } of functions)
          for (const { startOffset, count } of ranges)
            if (count > 0) work.set(`${file} ${functionName} ${startOffset}`, count);
      }
    });
    this.#natives.clear();
    return work;
  }

  #countNatives(): void {
    for (const name of ['includes', 'indexOf'] as const)
      this.#wrap(String.prototype, name, (text, [sought, from], found) =>
        // The first place is where the search ends.
        found === -1 || found === false
          ? lengthOf(text) - Number(from ?? 0)
          : String(text).indexOf(String(sought), Number(from ?? 0)) - Number(from ?? 0),
      );
    this.#wrap(String.prototype, 'lastIndexOf', (text, [, from], found) =>
      Math.max(0, Math.min(lengthOf(text), Number(from ?? Infinity)) - Number(found)),
    );
    for (const name of ['replaceAll', 'split', 'toLowerCase', 'toUpperCase', 'normalize'] as const)
      this.#wrap(String.prototype, name, lengthOf);
    for (const name of ['indexOf', 'includes'] as const)
      this.#wrap(Array.prototype, name, (list, [sought, from], found) => {
        const end =
          Array.isArray(list) && found !== false && found !== -1 ? list.indexOf(sought) + 1 : lengthOf(list);
        return end - Number(from ?? 0);
      });
    this.#wrap(Array.prototype, 'splice', (list, [at]) => lengthOf(list) - Number(at));
    for (const name of ['slice', 'concat', 'toSpliced', 'toSorted', 'reverse', 'toReversed'] as const)
      this.#wrap(Array.prototype, name, (_list, _given, result) => lengthOf(result));
    let from = 0;
    this.#wrap(
      RegExp.prototype,
      'exec',
      (pattern, [text], match) => {
        if (!(pattern instanceof RegExp)) return 0;
        if (Array.isArray(match)) return lengthOf(match[0]) + Number(Reflect.get(match, 'index')) - from;
        // One that is bound to a place looks no further.
        return pattern.sticky || (pattern.source.startsWith('^') && !pattern.multiline)
          ? 1
          : lengthOf(text) - from;
      },
      (pattern) => {
        from = pattern instanceof RegExp && (pattern.global || pattern.sticky) ? pattern.lastIndex : 0;
      },
    );
  }

  /** Replaces a method with one that counts what it looks at. */
  #wrap(
    prototype: object,
    name: string,
    costOf: (self: unknown, given: readonly unknown[], result: unknown) => number,
    before: (self: unknown) => void = () => undefined,
  ): void {
    const original: unknown = Reflect.get(prototype, name);
    if (typeof original !== 'function') throw new TypeError(name);
    const natives = this.#natives;
    let isCounting = false;
    const replacement = function (this: unknown, ...given: unknown[]): unknown {
      if (isCounting) return Reflect.apply(original, this, given);
      before(this);
      const result: unknown = Reflect.apply(original, this, given);
      isCounting = true;
      natives.set(name, (natives.get(name) ?? 0) + 1 + Math.max(0, costOf(this, given, result)));
      isCounting = false;
      return result;
    };
    Object.defineProperty(prototype, name, { value: replacement, configurable: true, writable: true });
    this.#restore.push(() => {
      Object.defineProperty(prototype, name, { value: original, configurable: true, writable: true });
    });
  }
}

const lengthOf = (value: unknown): number =>
  typeof value === 'string' || Array.isArray(value) ? value.length : 0;
