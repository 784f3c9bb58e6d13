/** The open documents, kept in step with the editor's changes. */
import { TextDocument, type TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import { LineIndex, type ApqDocument, type LanguageService } from '../language/service';

export interface OpenDocument {
  readonly uri: string;
  readonly version: number;
  readonly current: ApqDocument;
  readonly lines: LineIndex;
}

export class Documents {
  readonly #open = new Map<string, { text: TextDocument; view: OpenDocument }>();

  constructor(private readonly service: LanguageService) {}

  all(): Iterable<OpenDocument> {
    return [...this.#open.values()].map(({ view }) => view);
  }

  get(uri: string): OpenDocument | undefined {
    return this.#open.get(uri)?.view;
  }

  open({
    uri,
    languageId,
    version,
    text,
  }: {
    uri: string;
    languageId: string;
    version: number;
    text: string;
  }): OpenDocument {
    return this.#keep(TextDocument.create(uri, languageId, version, text));
  }

  change(
    uri: string,
    version: number,
    changes: readonly TextDocumentContentChangeEvent[],
  ): OpenDocument | undefined {
    const known = this.#open.get(uri);
    if (known === undefined) return undefined;
    return this.#keep(TextDocument.update(known.text, [...changes], version), known.view.current);
  }

  close(uri: string): void {
    this.#open.delete(uri);
  }

  #keep(text: TextDocument, previous?: ApqDocument): OpenDocument {
    const current = this.service.parse(text.getText(), previous);
    const view: OpenDocument = {
      uri: text.uri,
      version: text.version,
      current,
      lines: new LineIndex(current.text),
    };
    this.#open.set(text.uri, { text, view });
    return view;
  }
}
