/** A value that completion offers, and a few words about it. */
export interface OfferedValue {
  readonly text: string;
  readonly detail: string;
}
