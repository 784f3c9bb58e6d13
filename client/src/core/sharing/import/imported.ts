/** What an import reads and returns. */

/** The text of an `.apq` file, or a sentence that explains why there is none. */
export type Imported =
  | {
      readonly ok: true;
      readonly text: string;
      /** What was left out or changed, each a sentence. */
      readonly notes: readonly string[];
    }
  | { readonly ok: false; readonly message: string };

/** A request as another tool wrote it. */
export interface ForeignRequest {
  /** In any case. */
  readonly method: string;
  /** With or without host, query and `{{variables}}`. */
  readonly address: string;
  /** Decoded parameters besides those in the address. */
  readonly parameters: readonly Parameter[];
  /** As it would be sent. */
  readonly body: string | undefined;
  readonly title: string;
  readonly description: string;
  /** The folders that contain it, joined. */
  readonly folder: string;
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
