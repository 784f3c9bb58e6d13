/** Why a file can't be imported, in a sentence. */
import { OpenConvention } from '#core/bulk/plan';
import { TableError } from '#core/bulk/reading/read-table';
import { OutputFileError, reasonOf } from '#core/files/file-error';
import { describe } from '#core/remote/describe-error';

export function sentenceOf(error: unknown): string {
  if (error instanceof TableError || error instanceof OpenConvention || error instanceof OutputFileError)
    return error.message;
  if (error instanceof Error && 'syscall' in error) return `The file can’t be read: ${reasonOf(error)}.`;
  return describe(error).sentence;
}
