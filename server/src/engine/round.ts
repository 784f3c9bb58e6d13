/** Rounding as spreadsheets do it: by the digits that people see, a half away from zero. */

/** Doubles have fifteen digits that are sure: the noise of a calculation stands behind them. */
const SURE_DIGITS = 15;
const MOST_DIGITS = 30;

/** Rounds to so many decimals; below zero, to tens, hundreds and so on. */
export function rounded(value: number, digits: number): number {
  if (value === 0) return 0;
  if (!Number.isFinite(value)) return value;
  const places = Math.max(-MOST_DIGITS, Math.min(MOST_DIGITS, digits));
  const [digitsOfValue = '', exponent = '0'] = Math.abs(value)
    .toExponential(SURE_DIGITS - 1)
    .split('e');
  const shifted = Number(`${digitsOfValue}e${Number(exponent) + places}`);
  // It has no decimals that could be rounded.
  if (shifted >= 10 ** SURE_DIGITS) return value;
  const whole = Math.round(shifted);
  return whole === 0 ? 0 : Math.sign(value) * Number(`${whole}e${-places}`);
}
