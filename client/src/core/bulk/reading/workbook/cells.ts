/** The cells of a sheet, as they are shown: a formula's stored result, a date without a zone, a number in its digits. */
import { isSameNumber } from '../../../values/decimal';
import type { Cell } from '../../table';
import { errorSentence, NOT_AVAILABLE } from '../error-values';
import { BLANK, textCell } from '../raw-rows';
import type { Shown } from './number-formats';
import { dateOfSerial, FIRST_SURE_DAY, timeOfSerial } from './serials';
import { unescaped } from './xml';

/** What the cells of a workbook refer to. */
export interface CellWorld {
  readonly texts: readonly string[];
  readonly formats: readonly Shown[];
  readonly date1904: boolean;
}

/** A cell as it stands in the sheet. */
export interface StoredCell {
  /** `s`, `str`, `inlineStr`, `n`, `b`, `e` or `d`. */
  readonly type: string;
  /** The number of its style. */
  readonly style: number;
  readonly formula: boolean;
  /** Undefined where the cell has none. */
  readonly value: string | undefined;
  readonly inlineText: string;
}

export function cellOf(stored: StoredCell, world: CellWorld): Cell {
  const { type, formula, value = '' } = stored;
  // Programs that don't calculate write a formula with no value, or with an empty one.
  if (formula && value === '' && (type !== 'str' || stored.value === undefined)) return uncalculated();
  switch (type) {
    case 's':
      return textCell(world.texts[Number(value)] ?? '');
    case 'inlineStr':
      return textCell(stored.inlineText);
    case 'str':
      return textCell(unescaped(value));
    case 'b':
      return value === ''
        ? BLANK
        : { kind: 'boolean', text: value === '1' || value === 'true' ? 'true' : 'false' };
    case 'e':
      return fault(value, errorSentence(value));
    case 'd':
      return isoCell(value);
    default:
      return value.trim() === ''
        ? BLANK
        : numberCell(value.trim(), world.formats[stored.style], world.date1904);
  }
}

const fault = (text: string, message: string): Cell => ({ kind: 'fault', text, message });

/** In a file of failed rows, it must be refused again until it is mended. */
const uncalculated = (): Cell =>
  fault(
    NOT_AVAILABLE,
    'The cell has a formula without a stored result. Open the file in Excel or LibreOffice, and save it there.',
  );

const ISO = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?Z?)?$/;

/** A date that the file has as a text, as the strict form of workbooks does. */
function isoCell(value: string): Cell {
  const [, day, time] = ISO.exec(value) ?? [];
  if (day === undefined) return textCell(value);
  return {
    kind: 'date',
    text: time === undefined ? day : `${day}T${time.length === 5 ? `${time}:00` : time}`,
  };
}

function numberCell(text: string, shown: Shown | undefined, date1904: boolean): Cell {
  const number = Number(text);
  if (Number.isNaN(number))
    return fault(text, `“${text}” is no number, although the workbook says so. Write it again.`);
  switch (shown?.as) {
    case 'date':
      return dateCell(text, number, date1904);
    case 'time':
      // A day and a time, of which only the time is shown.
      return number >= FIRST_SURE_DAY ? dateCell(text, number, date1904) : timeCell(text, number);
    case 'duration':
      return timeCell(text, number);
    case 'zeros':
      return Number.isInteger(number) && number >= 0
        ? { kind: 'text', text: digitsOf(text, number).padStart(shown.digits, '0') }
        : { kind: 'number', text: digitsOf(text, number) };
    default:
      return { kind: 'number', text: digitsOf(text, number) };
  }
}

function dateCell(text: string, serial: number, date1904: boolean): Cell {
  const date = dateOfSerial(serial, date1904);
  if (date !== undefined) return { kind: 'date', text: date };
  const shown = serial >= 0 && serial < 1 ? (timeOfSerial(serial) ?? text) : text;
  return fault(
    shown,
    serial >= 0 && serial < 1
      ? `The cell has the time ${shown} without a day. Write the day, too.`
      : `Day ${text} is before March 1900 or after the year 9999, where workbooks count days wrongly. Write the date as a text, such as 1900-01-31.`,
  );
}

function timeCell(text: string, serial: number): Cell {
  const time = timeOfSerial(serial);
  return time === undefined ? { kind: 'number', text } : { kind: 'text', text: time };
}

/**
 * Excel writes 1.1 as 1.1000000000000001: all 17 digits of a double, which are not what was typed. The digits of a number
 * that no double has are kept.
 */
function digitsOf(text: string, number: number): string {
  if (text.length < 17 || !Number.isFinite(number)) return text;
  return isSameNumber(number.toPrecision(17), text) ? String(number) : text;
}
