/** Numbers as decimals of any length, read from their text: nothing is rounded. */

/** The text of a number: `-12.5`, `1e400`. */
export type NumericText = `${number}`;

/** `digits` times ten to the power of `-scale`, below zero or not. Texts: `BigInt` takes long for millions of digits. */
export interface Decimal {
  readonly negative: boolean;
  /** Without zeros at either end; '' for zero. */
  readonly digits: string;
  /** How many of the digits are decimals; negative where zeros follow. */
  readonly scale: number;
}

/**
 * How many decimals the numbers of a column show, where `most` is what the longest one has: an amount has two, even one
 * that is whole. One rule for all views and for workbooks.
 */
export const shownDecimals = (most: number, isDecimal: boolean): number =>
  most > 0 || isDecimal ? Math.max(LEAST_DECIMALS, most) : 0;

const LEAST_DECIMALS = 2;

/** How many decimals the text of a number has; none where it has an exponent. */
export function decimalsOf(text: string): number {
  const point = text.indexOf('.');
  return point < 0 || text.includes('e') ? 0 : text.length - point - 1;
}

/** The text of a number in a column where some have decimals, in all its digits: an amount has two, even a whole one. */
export function asAmount(text: string): string {
  if (text.includes('e')) return text;
  const own = decimalsOf(text);
  return own >= LEAST_DECIMALS ? text : `${text}${own === 0 ? '.' : ''}${'0'.repeat(LEAST_DECIMALS - own)}`;
}

const NUMBER = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?\s*$/i;
/** A sum is exact within so many places, so that `1e999999999` costs no more than any other number. */
const MOST_PLACES = 1000;
/** With more zeros than these, an exponent is easier to read. */
const MOST_ZEROS = 40;

/** Reads `-12.50`, `.5` or `1e-7`; undefined where the text is no number. */
export function decimalOf(text: string): Decimal | undefined {
  const match = NUMBER.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = '', decimals = '', exponent = '0'] = match;
  if (whole === '' && decimals === '') return undefined;
  const digits = `${whole}${decimals}`;
  const end = endOfDigits(digits);
  if (end === 0) return ZERO;
  return {
    negative: sign === '-',
    digits: digits.slice(0, end).replace(/^0+/, ''),
    scale: decimals.length - (digits.length - end) - Number(exponent),
  };
}

/** Where the zeros at the end begin. A pattern would look at each run of zeros again and again. */
function endOfDigits(digits: string): number {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end--;
  return end;
}

export const ZERO: Decimal = { negative: false, digits: '', scale: 0 };

/** Below zero where `a` is less than `b`, above where it is more, 0 where they are equal. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const [left, right] = [signOf(a), signOf(b)];
  if (left !== right || left === 0) return left - right;
  const order = topOf(a) - topOf(b);
  if (order < 0 || order > 0) return left * order;
  // Both begin at the same place, so their digits are in the order of texts.
  if (a.digits === b.digits) return 0;
  return a.digits < b.digits ? -left : left;
}

const signOf = ({ digits, negative }: Decimal): number => (digits === '' ? 0 : negative ? -1 : 1);
/** The place of the first digit. */
const topOf = ({ digits, scale }: Decimal): number => digits.length - scale;

/** Whether two texts are the same number, however they are written. */
export function isSameNumber(a: string, b: string): boolean {
  const [left, right] = [decimalOf(a), decimalOf(b)];
  return left !== undefined && right !== undefined && compareDecimals(left, right) === 0;
}

/** Writes a number without an exponent, unless it has very many zeros: `1e-7` is `0.0000001`, `1e400` stays. */
export function plainNumber(text: NumericText): NumericText {
  if (!/e/i.test(text)) return text;
  const decimal = decimalOf(text);
  return decimal === undefined || Math.abs(decimal.scale) > MOST_ZEROS ? text : textOf(decimal);
}

function textOf({ negative, digits, scale }: Decimal): NumericText {
  const padded = digits.padStart(scale + 1, '0');
  const text =
    scale <= 0 ? (digits || '0') + '0'.repeat(-scale) : `${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
  return `${negative ? '-' : ''}${text}` as NumericText;
}

/** Adds numbers without rounding. */
export class DecimalSum {
  /** Sums by their number of decimals: in a double as long as it is exact, beyond that in `#large`. */
  readonly #small = new Map<number, number>();
  #large = { digits: 0n, scale: 0 };
  #rounded: number | undefined;

  /** Adds a number, or the digits of one. */
  add(number: number | NumericText): void {
    if (typeof number === 'number' && Number.isSafeInteger(number)) {
      this.#addSmall(number, 0);
      return;
    }
    const decimal = decimalOf(`${number}`);
    if (decimal === undefined) return;
    const { negative, digits, scale } = decimal;
    if (Math.abs(scale) > MOST_PLACES || digits.length > MOST_PLACES)
      this.#rounded = (this.#rounded ?? 0) + Number(number);
    else if (scale >= 0 && digits.length <= SAFE_DIGITS)
      this.#addSmall(Number(digits) * (negative ? -1 : 1), scale);
    else this.#addLarge(BigInt(digits) * (negative ? -1n : 1n), scale);
  }

  #addSmall(digits: number, scale: number): void {
    const sum = (this.#small.get(scale) ?? 0) + digits;
    if (Number.isSafeInteger(sum)) this.#small.set(scale, sum);
    else this.#addLarge(BigInt(digits), scale);
  }

  #addLarge(digits: bigint, scale: number): void {
    const common = Math.max(this.#large.scale, scale);
    const at = (value: bigint, from: number) => value * 10n ** BigInt(common - from);
    this.#large = { digits: at(this.#large.digits, this.#large.scale) + at(digits, scale), scale: common };
  }

  /** False when a number was so long, large or small that the sum had to be rounded. */
  get exact(): boolean {
    return this.#rounded === undefined;
  }

  /** The sum in digits; rounded where it is not `exact`. */
  get text(): NumericText {
    for (const [scale, sum] of this.#small) this.#addLarge(BigInt(sum), scale);
    this.#small.clear();
    const { digits, scale } = this.#large;
    const text = textOf(decimalOf(`${digits}e${-scale}`) ?? ZERO);
    return this.#rounded === undefined ? text : plainNumber(`${Number(text) + this.#rounded}`);
  }
}

/** A whole number of so many digits is exact as a double. */
const SAFE_DIGITS = 15;
