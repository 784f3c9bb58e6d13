/**
 * The open documents, kept in step with the editor's changes. A text that the language fails to read is kept all the same:
 * nothing is known of it until an edit heals it, and no edit is ever lost.
 */
import { setFlagsFromString } from 'node:v8';
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver/node';
import { applyEdits, type ApqDocument, type LanguageService, LineIndex, type Positions } from '#language';
import type { Guard } from './guard';
import { spanOf } from './span-of';

export interface OpenDocument {
  readonly uri: string;
  readonly version: number;
  readonly current: ApqDocument;
  readonly lines: Positions;
}

/** A document whose text could not be read. */
export interface UnreadDocument {
  readonly uri: string;
  readonly version: number;
  readonly current: undefined;
}

/** Characters from which on a text takes memory that matters. */
const LONG = 1_000_000;

/** A text, with its document where it could be read. */
type Version =
  { readonly read: true; readonly document: ApqDocument } | { readonly read: false; readonly text: string };

export class Documents {
  readonly #open = new Map<string, { readonly version: number; readonly latest: Version }>();

  constructor(
    private readonly service: LanguageService,
    private readonly guard: Guard,
  ) {}

  /** Those that could be read. */
  all(): OpenDocument[] {
    return [...this.#open.keys()].flatMap((uri) => this.get(uri) ?? []);
  }

  /** Undefined where the document is not open, or its text could not be read. */
  get(uri: string): OpenDocument | undefined {
    const known = this.#open.get(uri);
    if (known === undefined || !known.latest.read) return undefined;
    const { document: current } = known.latest;
    return { uri, version: known.version, current, lines: current.positions };
  }

  open({
    uri,
    version,
    text,
  }: {
    uri: string;
    version: number;
    text: string;
  }): OpenDocument | UnreadDocument {
    return this.#keep(uri, version, this.#read(text));
  }

  /** Applies changes in order, each to the result of the one before (LSP). Undefined for a document that is not open. */
  change(
    uri: string,
    version: number,
    changes: readonly TextDocumentContentChangeEvent[],
  ): OpenDocument | UnreadDocument | undefined {
    const known = this.#open.get(uri);
    if (known === undefined) return undefined;
    return this.#keep(
      uri,
      version,
      changes.reduce<Version>((latest, change) => this.#apply(latest, change), known.latest),
    );
  }

  close(uri: string): void {
    this.#open.delete(uri);
  }

  #apply(latest: Version, change: TextDocumentContentChangeEvent): Version {
    const document = latest.read ? latest.document : undefined;
    if (!('range' in change)) return this.#read(change.text, document);
    const positions = latest.read ? latest.document.positions : new LineIndex(latest.text);
    const edit = { ...spanOf(positions, change.range), text: change.text };
    const edited =
      document === undefined
        ? undefined
        : this.guard.attempt('reading an edit', () => this.service.edit(document, edit));
    if (edited !== undefined) return { read: true, document: edited };
    return this.#read(applyEdits(latest.read ? latest.document.text : latest.text, [edit]));
  }

  #read(text: string, previous?: ApqDocument): Version {
    // A long text is read with many short-lived trees: the heap is tidied before it has grown to twice what is in use.
    if (text.length > LONG) setFlagsFromString('--heap-growing-percent=40');
    const document = this.guard.attempt('reading', () => this.service.parse(text, previous));
    return document === undefined ? { read: false, text } : { read: true, document };
  }

  #keep(uri: string, version: number, latest: Version): OpenDocument | UnreadDocument {
    this.#open.set(uri, { version, latest });
    return this.get(uri) ?? { uri, version, current: undefined };
  }
}
