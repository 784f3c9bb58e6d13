/** The entry of one code in docs/diagnostics.md. It is in a `*.doc.ts` next to the check that reports the code. */
import type { DiagnosticCode } from './codes';

/** The sections of docs/diagnostics.md, in its order. */
export const DOC_SECTIONS = [
  'Names',
  'Filters',
  'Requests',
  'Bodies',
  'Variables and directives',
  'SQL requests',
] as const;

/** Texts are Markdown, in whole sentences. The severity is in `CODES`. */
export interface DiagnosticDoc {
  readonly section: (typeof DOC_SECTIONS)[number];
  /** When the code is reported, and what to do where there is no fix. */
  readonly when: string;
  /** What the fixes do; absent where there are none. */
  readonly fix?: string;
  /** A file that raises the code. A test checks it against the metadata of the language's tests. */
  readonly wrong: string;
  /** The same file, corrected: it raises neither the code nor any error. */
  readonly right: string;
  /** The metadata for which `wrong` raises the code; absent: fresh metadata. Of a checked platform, traits are known. `the SQL engine`: it was asked. */
  readonly known?: 'nothing' | 'old metadata' | 'a checked platform' | 'the SQL engine';
}

/** The codes that one check reports. */
export type DiagnosticDocs = Readonly<Partial<Record<DiagnosticCode, DiagnosticDoc>>>;
