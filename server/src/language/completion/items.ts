/** Completion items, without an editor's vocabulary. */
import { asWrittenAt } from '../syntax/edits-in-file';
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
  /** A few words beside the label. */
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  /** Offsets are relative to the block. */
  readonly replace: Span;
  readonly insert: string;
  /** What the item needs elsewhere: a comma after what is before it. */
  readonly also?: readonly TextEdit[];
  /** `insert` is an LSP snippet: `$1`, `${1:name}`. */
  readonly snippet?: boolean;
  /** What the user's text is compared with; the label when absent. */
  readonly filter?: string;
  /** Items of a lower number come first; within one, the order of the list. */
  readonly rank?: number;
  /** Something to choose follows: ask again at once. */
  readonly retrigger?: boolean;
  /** An editor's command that helps where we can't. */
  readonly help?: 'refresh-metadata';
}

/** The items of a block, with offsets of the file, written as an address needs it where they go into one. */
export function itemsInFile(items: readonly CompletionItem[], { tree, offset }: Block): CompletionItem[] {
  // Most items replace the same span: it stays one.
  const moved = new Map<Span, Span>();
  return items.map((item) => {
    const replace = moved.get(item.replace) ?? shift(item.replace, offset);
    moved.set(item.replace, replace);
    return {
      ...item,
      // In a snippet the braces of a reference are escaped; what is in them must stay.
      insert: item.insert.includes('{{') ? item.insert : asWrittenAt(tree, item.replace, item.insert),
      replace,
      ...(item.also === undefined ? {} : { also: editsAt(item.also, offset) }),
    };
  });
}

export const escapeSnippet = (text: string): string => text.replace(/[\\$}]/g, '\\$&');
