/** What hover and signature help tell. */
import type { Span } from '../text/span';

/** Markdown, and the span that it explains (relative to the block). */
export interface Hover extends Span {
  readonly markdown: string;
}

/** A function, and which of its parameters is written. */
export interface Signature {
  readonly label: string;
  readonly documentation: string;
  readonly parameters: readonly {
    /** A part of the signature’s label: as text, or from where to where. */
    readonly label: string | readonly [start: number, end: number];
    readonly documentation: string;
  }[];
  readonly activeParameter: number;
}
