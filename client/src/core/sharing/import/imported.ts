/** What an import reads and returns. */
import { harmless, oneLine } from '../../text/foreign-text';

/** The text of an `.apq` file, or a sentence that explains why there is none. */
export type Imported =
  | {
      readonly ok: true;
      readonly text: string;
      /** What was left out, changed or guessed, each a sentence. They are in the text too, as comments. */
      readonly notes: readonly string[];
      /** How many requests are not in the text. Signing in is not counted: the connection does it. */
      readonly missing: number;
    }
  | { readonly ok: false; readonly message: string };

/** A request as another tool wrote it. Texts hold references as `core/text/braces.ts` has them; `{{` in them is text. */
export interface ForeignRequest {
  /** In any case. */
  readonly method: string;
  /** With or without host and query. */
  readonly address: string;
  /** Decoded parameters besides those in the address. */
  readonly parameters: readonly Parameter[];
  /** As it would be sent. */
  readonly body: string | undefined;
  readonly title: string;
  readonly description: string;
  /** The folders that contain it, from the outermost. */
  readonly folders: readonly Folder[];
  /** What was left out, changed or guessed while reading it. */
  readonly notes: readonly string[];
}

/** The same object for all requests in it. */
export interface Folder {
  readonly name: string;
  readonly description: string;
}

export interface Parameter {
  readonly name: string;
  readonly value: string;
}

/** A variable that is declared at the top of the file. */
export interface Variable {
  readonly name: string;
  /** Undefined where it is asked for when the request runs. */
  readonly value: string | undefined;
}

/** The beginning of a text. */
export const cut = (text: string, length = 120): string =>
  text.length > length ? `${text.slice(0, length - 1)}…` : text;

/** A foreign text for a note: on one line, harmless, and cut. */
export const shown = (text: string): string => cut(oneLine(harmless(text)));
