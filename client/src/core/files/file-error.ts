/** Failures of the file system, in a user's words. */

/** `refused`: thrown before anything was done. The message is a sentence. */
export class OutputFileError extends Error {
  constructor(
    readonly refused: boolean,
    message: string,
  ) {
    super(message);
  }
}

export const refusedFile = (message: string): OutputFileError => new OutputFileError(true, message);

/** For a full disk and the like. */
export const unwritable = (path: string, error: unknown): OutputFileError =>
  new OutputFileError(false, `${path} can’t be written: ${reasonOf(error)}.`);

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file or folder'],
  ['ENOTDIR', 'a part of the path is not a folder'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EROFS', 'the disk can only be read'],
  ['EISDIR', 'it is a folder'],
  ['ELOOP', 'it is a link'],
  ['ENOSPC', 'no space left on the device'],
  ['EDQUOT', 'your share of the disk is full'],
  ['EFBIG', 'the file would be larger than is allowed'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['EMFILE', 'too many files are open'],
  ['EBUSY', 'another program uses it'],
  ['EEXIST', 'something else has this name'],
]);

/** The code of a system error, such as `ENOENT`; '' for other errors. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

/** Returns why a call of the file system failed, in a user's words. */
export const reasonOf = (error: unknown): string =>
  REASONS.get(codeOf(error)) ?? (error instanceof Error ? error.message : String(error));
