/** Times that a user gives and reads: `6h`, `2 hours ago`. */

const UNITS = [
  ['day', 24 * 60 * 60_000],
  ['hour', 60 * 60_000],
  ['minute', 60_000],
] as const;

export const DAY_MS = UNITS[0][1];

/** Reads `30m`, `6h`, `2d`; returns milliseconds, undefined for anything else. */
export function durationOf(text: string): number | undefined {
  const match = /^(\d{1,6})([dhm])$/i.exec(text.trim());
  const unit = UNITS.find(([name]) => name.startsWith((match?.[2] ?? '?').toLowerCase()));
  return unit === undefined ? undefined : Number(match?.[1]) * unit[1];
}

/** `2 hours ago`, for a time in milliseconds since 1970. */
export function ago(time: number, now = Date.now()): string {
  const age = now - time;
  const [name, size] = UNITS.find((unit) => age >= unit[1]) ?? ['', 0];
  if (size === 0) return 'less than a minute ago';
  const count = Math.floor(age / size);
  return `${count} ${name}${count === 1 ? '' : 's'} ago`;
}
