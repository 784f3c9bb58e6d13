/** A value that completion offers, with a few words about it. */
export interface OfferedValue {
  readonly text: string;
  readonly detail: string;
}
