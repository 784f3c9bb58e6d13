/** Completion items, independent of editors. */
import type { NamedRecords } from '../analysis/record-names';
import { asWrittenAt, isInQuery } from '../syntax/edits-in-file';
import type { Block } from '../syntax/source-file';
import { escapeMarkdown } from '../text/markdown';
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
  /** True where the detail belongs on each line of the list, and not only on the one that is chosen. */
  readonly everywhere?: boolean;
  /** Markdown, or what makes it: in a long list, few items are read about. */
  readonly documentation?: string | (() => string);
  /** Offsets are relative to the block. */
  readonly replace: Span;
  readonly insert: string;
  /** Edits elsewhere that the item needs, such as a comma after the item before it. */
  readonly also?: readonly TextEdit[];
  /** `insert` is an LSP snippet: `$1`, `${1:name}`. */
  readonly snippet?: boolean;
  /** The text with which the user's text is compared; the label when absent. */
  readonly filter?: string;
  /** Items of a lower rank come first; within a rank, as a source lists them. */
  readonly rank?: number;
  /** True when another choice follows, so that the editor asks again at once. */
  readonly retrigger?: boolean;
  /** An editor's command that helps where completion can't. */
  readonly help?: 'refresh-metadata';
  /** The list depends on what is typed, so the editor asks again at each letter. */
  readonly changes?: boolean;
  /** The field whose values the editor looks up, on the connection of that name, when the item is chosen. */
  readonly lookUp?: { readonly connection: string; readonly module: string; readonly field: string };
  /** A search of the platform that brings more items. */
  readonly search?: RecordSearch;
}

/** Records to be found by a part of their name. */
export interface RecordSearch extends NamedRecords {
  /** The root of the platform, whose metadata may be wanted first. */
  readonly root: string;
  /** The name of the connection that is searched. */
  readonly connection: string;
  readonly text: string;
}

/** What explains the item, as Markdown; where nothing else does, its detail. */
export function documentationOf({ detail, documentation }: CompletionItem): string {
  if (documentation === undefined) return escapeMarkdown(detail ?? '');
  return typeof documentation === 'string' ? documentation : documentation();
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
