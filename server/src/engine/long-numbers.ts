/** Numbers that are too long for the engine: a double near each stands for it, so that it compares as a number. */

/** Whole numbers below are doubles, and SQLite makes integers of them. */
const WHOLE = 2 ** 53;
const view = new DataView(new ArrayBuffer(8));

/** The double that many places above or below. */
function stepped(number: number, steps: bigint): number {
  view.setFloat64(0, number);
  view.setBigInt64(0, view.getBigInt64(0) + (number < 0 ? -steps : steps));
  return view.getFloat64(0);
}

const next = (number: number): number => (number === 0 ? Number.MIN_VALUE : stepped(number, 1n));

/** Whether a number may be one that stands for others. */
export const isRare = (number: number): boolean => !Number.isInteger(number) || Math.abs(number) >= WHOLE;

/** The order of two spellings, exact where they have no exponent. */
function compareDigits(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  if (difference !== 0 && !Number.isNaN(difference)) return difference;
  const [minus, otherMinus] = [a.startsWith('-'), b.startsWith('-')];
  if (minus !== otherMinus) return minus ? -1 : 1;
  const order = whole(a) - whole(b) || (a < b ? -1 : Number(a > b));
  return minus ? -order : order;
}

/** How many characters a number has before its point. */
const whole = (digits: string): number => /^[^.e]*/i.exec(digits)?.[0].length ?? 0;

/** The long numbers of tables, and what stands for each. */
export class LongNumbers {
  readonly #numbers = new Map<string, number>();
  readonly #digits = new Map<number, string>();

  /** Gives each number a double of its own, in their order. `taken`: numbers beside them that are rare. */
  give(long: ReadonlySet<string>, taken: ReadonlySet<number>): void {
    const sorted = [...long].sort(compareDigits);
    const beyond = sorted.filter((digits) => Number(digits) === Infinity).length;
    let last = -Infinity;
    for (const digits of sorted) {
      // Those beyond all doubles stand below the greatest, each at a place of its own.
      let number = Math.min(Number(digits), stepped(Number.MAX_VALUE, BigInt(-beyond)));
      if (number <= last) number = next(last);
      while (!Number.isFinite(number) || !isRare(number) || taken.has(number)) number = next(number);
      last = number;
      this.#numbers.set(digits, number);
      this.#digits.set(number, digits);
    }
  }

  /** Takes those of another table. */
  add({ digits }: { readonly digits: ReadonlyMap<number, string> }): void {
    for (const [number, text] of digits) if (!this.#digits.has(number)) this.#digits.set(number, text);
  }

  clear(): void {
    this.#numbers.clear();
    this.#digits.clear();
  }

  get digits(): ReadonlyMap<number, string> {
    return this.#digits;
  }

  /** What stands for a long number. */
  numberOf(digits: string): number {
    return this.#numbers.get(digits) ?? Number(digits);
  }

  /** The digits of the number that an integer or a double stands for. */
  digitsOf(value: number | bigint): string | undefined {
    if (this.#digits.size === 0) return undefined;
    const number = Number(value);
    return typeof value === 'bigint' && BigInt(number) !== value ? undefined : this.#digits.get(number);
  }
}
