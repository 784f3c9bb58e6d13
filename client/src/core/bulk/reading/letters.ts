/** Columns by letters, as spreadsheets name them: A, …, Z, AA, … */

const LETTERS = 26;
const FIRST = 'A'.charCodeAt(0);

/** @param at From 0. */
export function letterOf(at: number): string {
  const last = String.fromCharCode(FIRST + (at % LETTERS));
  return at < LETTERS ? last : letterOf(Math.floor(at / LETTERS) - 1) + last;
}

/** From 0; -1 for what is no letter. */
export function columnOf(letters: string): number {
  let at = 0;
  for (const letter of letters.toUpperCase()) {
    const digit = letter.charCodeAt(0) - FIRST + 1;
    if (digit < 1 || digit > LETTERS) return -1;
    at = at * LETTERS + digit;
  }
  return at - 1;
}
