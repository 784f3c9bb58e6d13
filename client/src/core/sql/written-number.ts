/** Numbers as SQLite writes them where it compares them with texts. */

/** A number, and the text that it becomes. */
export interface WrittenNumber {
  readonly value: number;
  readonly text: string;
}

/** Undefined where a number is not known. */
export function writtenNumbers(
  numbers: readonly (number | string)[] | undefined,
): readonly WrittenNumber[] | undefined {
  const found = numbers?.map(writtenNumber);
  return found?.every((each) => each !== undefined) === true ? found : undefined;
}

function writtenNumber(written: number | string): WrittenNumber | undefined {
  const value = Number(written);
  if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) return undefined;
  const isWhole = /^[-+]?\d+$/.test(String(written));
  return { value, text: isWhole || !Number.isInteger(value) ? String(value) : `${value}.0` };
}
