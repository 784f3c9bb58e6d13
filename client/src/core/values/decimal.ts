/** Numbers as decimals of any length, read from their text: nothing is rounded. */

/** The text of a number: `-12.5`, `1e400`. */
export type NumericText = `${number}`;

/** `digits` times ten to the power of `-scale`. */
export interface Decimal {
  readonly digits: bigint;
  /** How many of the digits are decimals; negative where zeros follow. */
  readonly scale: number;
}

const NUMBER = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?\s*$/i;
/** A sum is exact within so many places, so that `1e999999999` costs no more than any other number. */
const MOST_PLACES = 1000;
/** With more zeros than these, an exponent is easier to read. */
const MOST_ZEROS = 40;

/** Reads `-12.50`, `.5` or `1e-7`; undefined where the text is no number. Without zeros at either end. */
export function decimalOf(text: string): Decimal | undefined {
  const match = NUMBER.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', decimals = '', exponent = '0'] = match;
  if (whole === '' && decimals === '') return undefined;
  const significant = `${whole}${decimals}`.replace(/^0+/, '').replace(/0+$/, '');
  if (significant === '') return ZERO;
  const zeros = /0*$/.exec(`${whole}${decimals}`)?.[0].length ?? 0;
  return { digits: BigInt(sign + significant), scale: decimals.length - zeros - Number(exponent) };
}

const ZERO: Decimal = { digits: 0n, scale: 0 };

/** Below zero where `a` is less than `b`, above where it is more, 0 where they are equal. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const [left, right] = [signOf(a), signOf(b)];
  if (left !== right || left === 0) return left - right;
  const order = topOf(a) - topOf(b);
  if (order !== 0) return left * order;
  // Both begin at the same place, so they differ by no more zeros than they have digits.
  const scale = Math.max(a.scale, b.scale);
  const difference = atScale(a, scale) - atScale(b, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

const signOf = ({ digits }: Decimal): number => (digits < 0n ? -1 : digits > 0n ? 1 : 0);
/** The place of the first digit. */
const topOf = ({ digits, scale }: Decimal): number => String(digits < 0n ? -digits : digits).length - scale;
const atScale = ({ digits, scale }: Decimal, wanted: number): bigint =>
  digits * 10n ** BigInt(wanted - scale);

/** Whether two texts are the same number, however they are written. */
export function isSameNumber(a: string, b: string): boolean {
  const [left, right] = [decimalOf(a), decimalOf(b)];
  return (
    left !== undefined && right !== undefined && left.digits === right.digits && left.scale === right.scale
  );
}

/** Writes a number without an exponent, unless it has very many zeros: `1e-7` is `0.0000001`, `1e400` stays. */
export function plainNumber(text: NumericText): NumericText {
  if (!/e/i.test(text)) return text;
  const decimal = decimalOf(text);
  return decimal === undefined || Math.abs(decimal.scale) > MOST_ZEROS ? text : textOf(decimal);
}

function textOf({ digits, scale }: Decimal): NumericText {
  if (scale <= 0) return `${digits * 10n ** BigInt(-scale)}` as NumericText;
  const sign = digits < 0n ? '-' : '';
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0');
  return `${sign}${text.slice(0, -scale)}.${text.slice(-scale)}` as NumericText;
}

/** Adds numbers without rounding. */
export class DecimalSum {
  /** Sums by their number of decimals: in a double as long as it is exact, beyond that in `#large`. */
  readonly #small = new Map<number, number>();
  #large: Decimal = ZERO;
  #rounded: number | undefined;

  /** Adds a number, by the text that it came as, or a number that is exact as it is. */
  add(number: number | string): void {
    if (typeof number === 'number' && Number.isSafeInteger(number)) {
      this.#addSmall(number, 0);
      return;
    }
    const decimal = decimalOf(String(number));
    if (decimal === undefined) return;
    const { digits, scale } = decimal;
    if (Math.abs(scale) > MOST_PLACES) this.#rounded = (this.#rounded ?? 0) + Number(number);
    else if (scale >= 0 && digits <= SAFE && digits >= -SAFE) this.#addSmall(Number(digits), scale);
    else this.#addLarge(decimal);
  }

  #addSmall(digits: number, scale: number): void {
    const sum = (this.#small.get(scale) ?? 0) + digits;
    if (Number.isSafeInteger(sum)) {
      this.#small.set(scale, sum);
      return;
    }
    this.#addLarge({ digits: BigInt(digits), scale });
  }

  #addLarge(more: Decimal): void {
    const scale = Math.max(this.#large.scale, more.scale);
    this.#large = { digits: atScale(this.#large, scale) + atScale(more, scale), scale };
  }

  /** False when a number was so large or small that the sum had to be rounded. */
  get exact(): boolean {
    return this.#rounded === undefined;
  }

  /** The sum in digits; rounded where it is not `exact`. */
  get text(): NumericText {
    for (const [scale, sum] of this.#small) this.#addLarge({ digits: BigInt(sum), scale });
    this.#small.clear();
    const { digits, scale } = this.#large;
    const text = textOf(decimalOf(`${digits}e${-scale}`) ?? ZERO);
    return this.#rounded === undefined ? text : plainNumber(`${Number(text) + this.#rounded}`);
  }
}

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);
