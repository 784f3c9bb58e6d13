/** Sums of numbers as people add them: 10.01 and 20.00 are 30.01. */

/** A decimal number in JSON’s or SQL’s spelling, in parts. */
const DECIMAL = /^\s*([-+]?)(\d*)(?:\.(\d*))?(?:e([-+]?\d{1,3}))?\s*$/i;
/** Most amounts have up to four digits behind the point: they are added as whole numbers, which is fast. */
const UNIT = 10_000;
const UNIT_DIGITS = 4;
/** Where whole numbers of a double still are exact, with room for one more. */
const FULL = 2 ** 52;
const [LEAST, MOST] = [-(2n ** 63n), 2n ** 63n - 1n];

/** A sum that grows, and shrinks again where a window moves on. */
export class ExactSum {
  /** The sum without `#small`: `#digits` times 10 to the power of −`#scale`. */
  #digits = 0n;
  #scale = UNIT_DIGITS;
  #small = 0;
  /** How many numbers were added. */
  count = 0;
  /** How many of them have a fraction, or are kept as doubles. */
  #fractions = 0;
  /** What no exact sum can hold: infinite values. */
  #infinite = 0;
  #infinities = 0;

  /** Adds a number, or takes it away (`sign` −1). */
  addNumber(value: number, sign: 1 | -1): void {
    this.count += sign;
    this.#fractions += sign;
    if (!Number.isFinite(value)) {
      this.#infinities += sign;
      this.#infinite = value;
      return;
    }
    const units = Math.round(value * UNIT);
    if (Math.abs(units) < FULL && units / UNIT === value) this.#addSmall(units * sign);
    else this.#addText(String(value), sign);
  }

  addWhole(value: bigint, sign: 1 | -1): void {
    this.count += sign;
    const number = Number(value);
    if (Math.abs(number) < FULL / UNIT) this.#addSmall(number * UNIT * sign);
    else this.#addDigits(value * BigInt(sign), 0);
  }

  /** Adds the number that a text is; returns false where it is none. */
  addDecimal(text: string, sign: 1 | -1): boolean {
    if (!this.#addText(text, sign)) return false;
    this.count += sign;
    if (!/^\s*[-+]?\d+\s*$/.test(text)) this.#fractions += sign;
    return true;
  }

  /** As SQL has it: a whole number of whole numbers. `rounded`: it has more digits than a number can hold. */
  sum(): { value: number | bigint; rounded: boolean } {
    const { digits, scale } = this.#total();
    const whole = 10n ** BigInt(scale);
    if (this.#fractions > 0) return { value: this.total(), rounded: false };
    const value = digits / whole;
    return LEAST <= value && value <= MOST
      ? { value, rounded: false }
      : { value: Number(value), rounded: true };
  }

  total(): number {
    if (this.#infinities > 0) return this.#infinite;
    const { digits, scale } = this.#total();
    return Number(`${digits}e-${scale}`);
  }

  average(): number {
    if (this.#infinities > 0) return this.#infinite;
    const { digits, scale } = this.#total();
    // Far more digits than a double holds.
    const more = 30;
    return Number(`${(digits * 10n ** BigInt(more)) / BigInt(this.count)}e-${scale + more}`);
  }

  #addSmall(units: number): void {
    this.#small += units;
    if (Math.abs(this.#small) >= FULL) this.#flush();
  }

  #flush(): void {
    const units = BigInt(this.#small);
    this.#small = 0;
    if (units !== 0n) this.#addDigits(units, UNIT_DIGITS);
  }

  #total(): { digits: bigint; scale: number } {
    this.#flush();
    return { digits: this.#digits, scale: this.#scale };
  }

  #addText(text: string, sign: 1 | -1): boolean {
    const [, minus, whole = '', fraction = '', exponent = '0'] = DECIMAL.exec(text) ?? [];
    if (minus === undefined || whole + fraction === '') return false;
    const digits = BigInt(whole + fraction) * BigInt(minus === '-' ? -sign : sign);
    const scale = fraction.length - Number(exponent);
    if (scale < 0) this.#addDigits(digits * 10n ** BigInt(-scale), 0);
    else this.#addDigits(digits, scale);
    return true;
  }

  #addDigits(digits: bigint, scale: number): void {
    if (scale > this.#scale) {
      this.#digits *= 10n ** BigInt(scale - this.#scale);
      this.#scale = scale;
    }
    this.#digits += digits * 10n ** BigInt(this.#scale - scale);
  }
}
