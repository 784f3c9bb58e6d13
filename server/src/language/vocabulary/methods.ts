/** HTTP methods of the API (guide: "HTTP Verbs"). */
import { isSlip } from '../text/nearest';
import { ownValue } from '../text/own-value';

interface MethodRow {
  /** One word. */
  readonly meaning: string;
  /** Markdown. */
  readonly docs: string;
}

const ROWS = {
  GET: { meaning: 'reads', docs: 'Reads records.' },
  POST: {
    meaning: 'creates',
    docs: 'Creates a record; with `$upsert`, changes the one that the filter finds.',
  },
  PUT: {
    meaning: 'changes',
    docs: 'Changes the given fields of one record; the rest stay as they are.',
  },
  DELETE: {
    meaning: 'removes',
    docs: 'Removes one record. **This can’t be undone.** The first DELETE of a user sets the status to Deleted; a second one removes the record.',
  },
} satisfies Readonly<Record<string, MethodRow>>;

export type Method = keyof typeof ROWS;
export const METHODS: Readonly<Record<Method, MethodRow>> = ROWS;
export const METHOD_NAMES = Object.keys(ROWS) as readonly Method[];

/** The method of that name, in any case. */
export const methodOf = (text: string): Method | undefined =>
  METHOD_NAMES.find((name) => name === text.toUpperCase());

/** The method that is meant by a name, be it that of another API. */
export const meantMethod = (text: string): Method | undefined =>
  methodOf(text) ?? ownValue(OTHER_METHODS, text.toUpperCase()) ?? slippedMethod(text);

/** The method of which a word is a slip: `GTE`. The first letter is right: `Set` and `Cost` are other words. */
export const slippedMethod = (text: string): Method | undefined =>
  METHOD_NAMES.find(
    (name) => name !== text.toUpperCase() && name[0] === text[0]?.toUpperCase() && isSlip(text, name),
  );

/** Words around the name of a module, as in `show all course dates`, `list of users`, `GET * FROM CourseDate`. */
export const FILLERS: ReadonlySet<string> = new Set(
  'get give me show list find fetch search display return select all every any each the a an of for from please my records *'.split(
    ' ',
  ),
);

/** Methods that the API lacks, with its own method that does the same, if one does. */
export const OTHER_METHODS: Readonly<Record<string, Method | undefined>> = {
  PATCH: 'PUT',
  MERGE: 'PUT',
  UPDATE: 'PUT',
  INSERT: 'POST',
  CREATE: 'POST',
  UPSERT: 'POST',
  SELECT: 'GET',
  HEAD: 'GET',
  REMOVE: 'DELETE',
  OPTIONS: undefined,
};
