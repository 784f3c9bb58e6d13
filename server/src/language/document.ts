/** One version of a file's text, with what one version hands on to the next. */
import { type FileSymbols, symbolsAfter, symbolsOf } from './analysis/symbols';
import { FileDiagnoser } from './diagnostics/diagnose';
import { type Positions, positionsOf } from './syntax/positions';
import { editFile, parseFile, replaceText, type SourceFile } from './syntax/source-file';
import type { TextEdit } from './text/span';

/** Immutable. The next version is made from this one, so that unchanged parts are not read again. */
export interface ApqDocument {
  readonly text: string;
  readonly file: SourceFile;
  /** Collected when they are asked for: of a long file, that takes a while. */
  readonly symbols: FileSymbols;
  readonly knowsSymbols: () => boolean;
  readonly positions: Positions;
  /** The same object in all versions of a file. */
  readonly diagnoser: FileDiagnoser;
}

export function firstVersion(text: string): ApqDocument {
  return documentOf(parseFile(text), undefined, new FileDiagnoser());
}

export const withText = (document: ApqDocument, text: string): ApqDocument =>
  next(document, replaceText(document.file, text));

export const withEdit = (document: ApqDocument, edit: TextEdit): ApqDocument =>
  next(document, editFile(document.file, edit));

const next = (before: ApqDocument, file: SourceFile): ApqDocument =>
  documentOf(
    file,
    before.knowsSymbols() ? symbolsAfter(before.file, before.symbols, file) : undefined,
    before.diagnoser,
  );

function documentOf(file: SourceFile, known: FileSymbols | undefined, diagnoser: FileDiagnoser): ApqDocument {
  let symbols = known;
  return {
    get text() {
      return file.text;
    },
    file,
    get symbols() {
      symbols ??= symbolsOf(file);
      return symbols;
    },
    knowsSymbols: () => symbols !== undefined,
    positions: positionsOf(file),
    diagnoser,
  };
}
