/** One version of a file with requests, read once and shared. */
import { type ApqDocument, LanguageService, type RequestInfo } from '#language';

export interface QueryFile {
  /** The file's URI, or its path on the command line. Responses are kept by it. */
  readonly id: string;
  readonly parsed: ApqDocument;
  readonly requests: readonly RequestInfo[];
}

/** Reads what needs no metadata: requests, names, dependencies. */
export const structure = new LanguageService();

/** `previous`: an earlier version of the same file, so that only changes are read. */
export function readQueryFile(id: string, text: string, previous?: QueryFile): QueryFile {
  const parsed = structure.parse(text, previous?.parsed);
  return { id, parsed, requests: structure.requests(parsed) };
}

/** Returns what users call a request: its title, else its `# @name`, else its module. */
export const titleOf = ({ title, name, module }: RequestInfo): string => title || (name ?? module);
