/** What a value is by how it is written: dates, telephone numbers, numbers of papers and accounts, passwords. */

/** Somebody’s own words: at least five, and an end. */
export const isSentence = (text: string): boolean => /[.!?…]$/.test(text) && text.split(/\s+/).length >= 5;

/** At least nine digits, and nothing that a number of a telephone does not have. */
export function isTelephone(text: string): boolean {
  if (!/^[+(\d][\d\s().+/-]*(?:(?:ext?|x)\.?\s?\d+)?$/i.test(text)) return false;
  return text.replace(/\D/g, '').length >= 9;
}

/** One beside other words: `ring 01632 960983`. */
export const TELEPHONE_WITHIN = /(?:\+\d|(?<![\p{L}\d])0)(?:[\s().-]?\d){8,}/u;

const WEEKDAY = '(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*';
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';
const DATE_IN_WORDS = new RegExp(
  `^(?:${WEEKDAY},? )?(?:\\d{1,2}(?:st|nd|rd|th)?[ -]?(?:of )?${MONTH}|${MONTH} \\d{1,2}(?:st|nd|rd|th)?)[, -]{1,2}\\d{2,4}$`,
  'i',
);

export const isDate = (text: string): boolean =>
  DATE_IN_WORDS.test(text) ||
  /^\d{4}[/. -]\d{1,2}[/. -]\d{1,2}(?:$|[T ])/.test(text) ||
  /^\d{1,2}[/. -]{1,3}\d{1,2}[/. -]{1,3}\d{2,4}(?:$| )/.test(text);

export const GUID = /^\{?[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\}?$/i;
/** A postal code of Britain leads to a few houses. */
export const POSTCODE = /^(?:GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})$/i;
/** One beside other words: `home LA1 4YW`. */
export const POSTCODE_WITHIN = /(?<![\p{L}\d])[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}(?![\p{L}\d])/u;
/** A day in a year in which people were born: `DOB 12/03/1985`; or that it is one: `born 85`. */
export const BIRTH_WITHIN =
  /(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-](?:19\d\d|200\d)(?!\d)|(?<!\d)(?:19\d\d|200\d)-\d{1,2}-\d{1,2}(?!\d)|\b(?:born|dob|d\.o\.b|birth(?:day|date)?)\b.*\d/i;

/** A long word of letters and digits is no word. */
export const isToken = (text: string): boolean =>
  /^[\w+/=.~-]{20,}$/.test(text) && /\d/.test(text) && /[A-Za-z]/.test(text);

/** Small and capital letters, digits and signs in one word. */
export const isPassword = (text: string): boolean =>
  /^\S{8,}$/.test(text) &&
  [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[!#$%&*?^~=<>{}[\]|\\]/].every((each) => each.test(text));

/**
 * The number of an insured person or of a bank account, however it is parted: `QQ 12 34 56 C`, `GB82 WEST 1234 …`. Codes
 * of courses look alike, but do not begin and end as these do.
 */
export function isNumberOfPerson(text: string): boolean {
  const joined = withoutSigns(text);
  return (
    /^(?:[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]|QQ)\d{6}[A-D]$/i.test(joined) ||
    INSURED_WITHIN.test(text) ||
    (/^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/.test(joined) && joined.replace(/\D/g, '').length >= 10)
  );
}

/** The number of an insured person beside other words. */
const INSURED_WITHIN =
  /(?<![\p{L}\d])(?:[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]|QQ)(?:[\s./–-]?\d\d){3}[\s./–-]?[A-D](?![\p{L}\d])/iu;

/** Number plates of Britain, and postal codes of Ireland, which lead to one house: `AB12 CDE`, `X123 YZA`, `D02 AF30`. */
export const isPlateOrHouse = (text: string): boolean =>
  /^(?:[A-Z]{2}\d{2}[A-Z]{3}|[A-Z]\d{2,3}[A-Z]{3}|[A-Z]{3}\d{2,3}[A-Z]|[AC-FHKNPRTV-Y]\d[\dW](?=.*[A-Z])[A-Z\d]{4})$/i.test(
    withoutSigns(text),
  );

const withoutSigns = (text: string): string => text.replace(/[\s./–-]+/g, '');

/**
 * A number that people choose: small, or a year of these days. Others of four digits and more, round ones, too, open or
 * identify something, or say when somebody was born.
 */
export const isChoiceNumber = (text: string): boolean => /^(?:\d{1,3}|20(?:1[5-9]|[23]\d))$/.test(text);

/** More digits than a choice has, however they are parted: `4929 12 34`, but not `2026/27` or `1000–2500`. */
export const isLongNumber = (text: string): boolean =>
  (text.match(/\d+/g) ?? []).filter((each) => each.length < 4 || !isChoiceNumber(each)).join('').length > 5;
