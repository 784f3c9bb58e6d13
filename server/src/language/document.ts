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
  readonly symbols: FileSymbols;
  readonly positions: Positions;
  /** The same object in all versions of a file. */
  readonly diagnoser: FileDiagnoser;
}

export function firstVersion(text: string): ApqDocument {
  const file = parseFile(text);
  return documentOf(file, symbolsOf(file), new FileDiagnoser());
}

export const withText = (document: ApqDocument, text: string): ApqDocument =>
  next(document, replaceText(document.file, text));

export const withEdit = (document: ApqDocument, edit: TextEdit): ApqDocument =>
  next(document, editFile(document.file, edit));

const next = ({ file: before, symbols, diagnoser }: ApqDocument, file: SourceFile): ApqDocument =>
  documentOf(file, symbolsAfter(before, symbols, file), diagnoser);

function documentOf(file: SourceFile, symbols: FileSymbols, diagnoser: FileDiagnoser): ApqDocument {
  return {
    get text() {
      return file.text;
    },
    file,
    symbols,
    positions: positionsOf(file),
    diagnoser,
  };
}
