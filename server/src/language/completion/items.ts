/** Completion items, independent of editors. */
import { asWrittenAt, isInQuery } from '../syntax/edits-in-file';
import type { Block } from '../syntax/source-file';
import { editsAt, shift, type Span, type TextEdit } from '../text/span';

export type ItemKind =
  | 'method'
  | 'module'
  | 'parameter'
  | 'field'
  | 'operator'
  | 'function'
  | 'keyword'
  | 'value'
  | 'variable'
  | 'directive'
  | 'snippet'
  | 'note';

export interface CompletionItem {
  readonly label: string;
  readonly kind: ItemKind;
  /** A few words, shown next to the label. */
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  /** Offsets are relative to the block. */
  readonly replace: Span;
  readonly insert: string;
  /** Edits elsewhere that the item needs, such as a comma after the item before it. */
  readonly also?: readonly TextEdit[];
  /** `insert` is an LSP snippet: `$1`, `${1:name}`. */
  readonly snippet?: boolean;
  /** The text with which the user's text is compared; the label when absent. */
  readonly filter?: string;
  /** Items of a lower rank come first; within a rank, the order of the list. */
  readonly rank?: number;
  /** True when another choice follows, so that the editor asks again at once. */
  readonly retrigger?: boolean;
  /** An editor's command that helps where completion can't. */
  readonly help?: 'refresh-metadata';
}

/** The items of a block with offsets of the file, encoded where they are inserted into an address. */
export function itemsInFile(items: readonly CompletionItem[], { tree, offset }: Block): CompletionItem[] {
  // Most items replace the same span, which stays one object.
  let [span, moved, encodes]: [Span | undefined, Span, boolean] = [
    undefined,
    { offset: 0, length: 0 },
    false,
  ];
  return items.map((item) => {
    if (item.replace !== span) {
      span = item.replace;
      moved = shift(span, offset);
      encodes = isInQuery(tree, span);
    }
    // A reference in a snippet has escaped braces, and its text must not be encoded.
    const insert =
      encodes && !item.insert.includes('{{') ? asWrittenAt(tree, item.replace, item.insert) : item.insert;
    return item.also === undefined
      ? { ...item, insert, replace: moved }
      : { ...item, insert, replace: moved, also: editsAt(item.also, offset) };
  });
}

export const escapeSnippet = (text: string): string => text.replace(/[\\$}]/g, '\\$&');
