/** How freely records may be changed on a connection. */

/** From the loosest to the strictest. */
export const CHANGE_LEVELS = ['askOnce', 'askEachTime', 'readOnly'] as const;
export type ChangeLevel = (typeof CHANGE_LEVELS)[number];

/** A level in words. */
interface LevelWords {
  readonly label: string;
  /** Behind the name of a connection, in lists. */
  readonly short: string;
  readonly detail: string;
}

export const LEVEL_WORDS: Readonly<Record<ChangeLevel, LevelWords>> = {
  askOnce: {
    label: 'Ask Once per File',
    short: 'asks once per file',
    detail:
      'The first change of a file is shown and asked for; later ones are sent until the window is closed. A DELETE is always asked for.',
  },
  askEachTime: {
    label: 'Ask Each Time',
    short: 'asks each time',
    detail: 'Each change is shown before it is sent, and asked for.',
  },
  readOnly: {
    label: 'Read-Only',
    short: 'read-only',
    detail: 'POST, PUT and DELETE are refused.',
  },
};

export const isChangeLevel = (value: unknown): value is ChangeLevel =>
  CHANGE_LEVELS.some((level) => level === value);

/** Returns the strictest of the levels; those that are undefined ask for none. */
export function strictest(level: ChangeLevel, ...others: readonly (ChangeLevel | undefined)[]): ChangeLevel {
  const place = (each: ChangeLevel) => CHANGE_LEVELS.indexOf(each);
  let found = level;
  for (const each of others) if (each !== undefined && place(each) > place(found)) found = each;
  return found;
}

/** The level of a connection for which nobody has chosen one. */
export const usualLevel = (production: boolean): ChangeLevel => (production ? 'askEachTime' : 'askOnce');
