/**
 * Edits on paste: stable since VS Code 1.97, while our types are those of the oldest version that we run in. What we use
 * of it, as `vscode.d.ts` of 1.97 has it, but for `undefined`. Goes when `engines.vscode` is 1.97 or later.
 */
declare module 'vscode' {
  export class DocumentDropOrPasteEditKind {
    static readonly Empty: DocumentDropOrPasteEditKind;
    static readonly Text: DocumentDropOrPasteEditKind;
    readonly value: string;
    append(...parts: string[]): DocumentDropOrPasteEditKind;
  }

  export class DocumentPasteEdit {
    insertText: string | SnippetString;
    yieldTo?: readonly DocumentDropOrPasteEditKind[];
    constructor(insertText: string | SnippetString, title: string, kind: DocumentDropOrPasteEditKind);
  }

  export interface DocumentPasteEditProvider {
    provideDocumentPasteEdits(
      document: TextDocument,
      ranges: readonly Range[],
      dataTransfer: DataTransfer,
    ): ProviderResult<DocumentPasteEdit[]>;
  }

  export namespace languages {
    export const registerDocumentPasteEditProvider:
      | ((
          selector: DocumentSelector,
          provider: DocumentPasteEditProvider,
          metadata: {
            readonly providedPasteEditKinds: readonly DocumentDropOrPasteEditKind[];
            readonly pasteMimeTypes: readonly string[];
          },
        ) => Disposable)
      | undefined;
  }
}

export {};
