/** What an import gives. */

/** Text of an `.apq` file, or one sentence that says why there is none. */
export type Imported =
  | {
      readonly ok: true;
      readonly text: string;
      /** What was left out or changed, each a sentence. */
      readonly notes: readonly string[];
    }
  | { readonly ok: false; readonly message: string };

/** A request as a tool outside wrote it down. */
export interface ForeignRequest {
  /** Any case; none: GET. */
  readonly method: string;
  /** With or without host, query and `{{variables}}`. */
  readonly address: string;
  /** Decoded parameters beside those in the address. */
  readonly parameters: readonly Parameter[];
  /** As it would be sent. */
  readonly body: string | undefined;
  readonly title: string;
  readonly description: string;
  /** Folders in which it lies, joined. */
  readonly folder: string;
}

export interface Parameter {
  readonly name: string;
  readonly value: string;
}

/** A variable that is declared on top. */
export interface Variable {
  readonly name: string;
  /** Undefined: asked for when the request runs. */
  readonly value: string | undefined;
}
