/** The open documents, kept in step with the editor's changes. */
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver/node';
import type { ApqDocument, LanguageService, Positions } from '#language';

export interface OpenDocument {
  readonly uri: string;
  readonly version: number;
  readonly current: ApqDocument;
  readonly lines: Positions;
}

export class Documents {
  readonly #open = new Map<string, OpenDocument>();

  constructor(private readonly service: LanguageService) {}

  all(): Iterable<OpenDocument> {
    return [...this.#open.values()];
  }

  get(uri: string): OpenDocument | undefined {
    return this.#open.get(uri);
  }

  open({ uri, version, text }: { uri: string; version: number; text: string }): OpenDocument {
    return this.#keep(uri, version, this.service.parse(text));
  }

  /** Applies changes in order, each to the result of the one before (LSP). */
  change(
    uri: string,
    version: number,
    changes: readonly TextDocumentContentChangeEvent[],
  ): OpenDocument | undefined {
    const known = this.#open.get(uri);
    if (known === undefined) return undefined;
    return this.#keep(
      uri,
      version,
      changes.reduce<ApqDocument>((document, change) => this.#apply(document, change), known.current),
    );
  }

  close(uri: string): void {
    this.#open.delete(uri);
  }

  #apply(document: ApqDocument, change: TextDocumentContentChangeEvent): ApqDocument {
    if (!('range' in change)) return this.service.parse(change.text, document);
    const ends = [
      document.positions.offsetAt(change.range.start),
      document.positions.offsetAt(change.range.end),
    ];
    const [start, end] = [Math.min(...ends), Math.max(...ends)];
    return this.service.edit(document, { offset: start, length: end - start, text: change.text });
  }

  #keep(uri: string, version: number, current: ApqDocument): OpenDocument {
    const document: OpenDocument = { uri, version, current, lines: current.positions };
    this.#open.set(uri, document);
    return document;
  }
}
