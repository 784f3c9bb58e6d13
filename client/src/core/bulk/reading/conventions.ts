/** What holds for all of a file: the order of day and month, the decimal sign. A value proves it, else it is asked. */
import type { MadeChoice, ReadingChoices } from '../table';

/** What the texts of a file say about one convention; rows are those that a sentence names. */
class Evidence<Value extends string> {
  readonly #proofs = new Map<Value, { row: number; text: string }>();
  #doubt: { row: number; text: string } | undefined;

  prove(value: Value, row: number, text: string): void {
    if (!this.#proofs.has(value)) this.#proofs.set(value, { row, text });
  }

  /** A text that can be read both ways. */
  doubt(row: number, text: string): void {
    this.#doubt ??= { row, text };
  }

  /** Undefined where no text of the file depends on it. */
  choice(rule: Rule<Value>, given: Value | undefined): MadeChoice | undefined {
    const made = (value: Value | undefined, how: MadeChoice['how'], sentence: string): MadeChoice => ({
      ...{ name: rule.name, value, how, options: rule.options, sentence },
    });
    if (given !== undefined) return made(given, 'given', rule.sentences[given]);
    const [one, other] = this.#proofs;
    if (one === undefined) {
      if (this.#doubt === undefined) return undefined;
      return made(undefined, 'open', rule.ask(`“${this.#doubt.text}” in row ${this.#doubt.row}`));
    }
    if (other === undefined)
      return made(
        one[0],
        'found',
        `${rule.sentences[one[0]]} “${one[1].text}” in row ${one[1].row} shows it.`,
      );
    const both = `“${one[1].text}” in row ${one[1].row} and “${other[1].text}” in row ${other[1].row} differ`;
    return made(undefined, 'open', rule.ask(both));
  }
}

interface Rule<Value extends string> {
  readonly name: MadeChoice['name'];
  readonly options: readonly Value[];
  readonly sentences: Readonly<Record<Value, string>>;
  ask(why: string): string;
}

const DATE_ORDER: Rule<'day' | 'month'> = {
  name: 'dateOrder',
  options: ['day', 'month'],
  sentences: {
    day: 'In dates, the day comes before the month.',
    month: 'In dates, the month comes before the day.',
  },
  ask: (why) => `Which comes first in dates, the day or the month? ${why}: the file does not tell.`,
};

const DECIMAL_SIGN: Rule<'.' | ','> = {
  name: 'decimalSign',
  options: ['.', ','],
  sentences: { '.': 'The decimal sign is a point.', ',': 'The decimal sign is a comma.' },
  ask: (why) => `Is the decimal sign a point or a comma? ${why}: the file does not tell.`,
};

const DATE = /^\s*(\d{1,2})([/.-])(\d{1,2})\2(?:\d{4}|\d{2})(?:[ T,]|\s*$)/;
/** Digits with one or both signs, as amounts have them. */
const AMOUNT = /^\s*[+-]?\p{Sc}?\s?[+-]?\d+(?:[.,]\d+)+\s?[%\p{Sc}]?\s*$/u;

/** Looks at each text of a file. */
export class Conventions {
  readonly #order = new Evidence<'day' | 'month'>();
  readonly #sign = new Evidence<'.' | ','>();

  add(text: string, row: number): void {
    // Most texts are neither, which their length and first digit tell at once.
    if (text.length > 40 || !/\d[.,/-]\d/.test(text)) return;
    const date = DATE.exec(text);
    if (date !== null) this.#addDate(date, text, row);
    else if (AMOUNT.test(text)) this.#addAmount(text.replace(/[^\d.,]/g, ''), text, row);
  }

  choices({ dateOrder, decimalSign }: ReadingChoices): MadeChoice[] {
    const made = [this.#order.choice(DATE_ORDER, dateOrder), this.#sign.choice(DECIMAL_SIGN, decimalSign)];
    return made.filter((each) => each !== undefined);
  }

  #addDate([, first, separator, second]: RegExpExecArray, text: string, row: number): void {
    const [one, two] = [Number(first), Number(second)];
    if (one === two) return;
    // No country writes the month first with dots.
    if (two <= 12 && (one > 12 || separator === '.')) this.#order.prove('day', row, text);
    else if (two > 12 && one <= 12) this.#order.prove('month', row, text);
    else if (one <= 12) this.#order.doubt(row, text);
  }

  #addAmount(amount: string, text: string, row: number): void {
    const last = amount.includes('.') && amount.lastIndexOf('.') > amount.lastIndexOf(',') ? '.' : ',';
    const other = last === '.' ? ',' : '.';
    const parts = amount.split(last);
    // 1.234,5: the last sign is the decimal one. 1,234,567: a sign that stands twice is not.
    if (amount.includes(other)) {
      if (parts.length === 2) this.#sign.prove(last, row, text);
    } else if (parts.length > 2) {
      if (parts.slice(1).every((part) => part.length === 3)) this.#sign.prove(other, row, text);
    } else if (isThousands(parts)) this.#sign.doubt(row, text);
    else this.#sign.prove(last, row, text);
  }
}

/** 1,234 may be a thousand; 0,125 and 1234,567 and 1,5 are not. */
const isThousands = ([whole = '', rest = '']: readonly string[]): boolean =>
  rest.length === 3 && whole.length <= 3 && !whole.startsWith('0');
