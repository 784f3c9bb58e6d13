/** What docs/diagnostics.md says of one code. It stands beside the check that reports the code, in `*.doc.ts`. */
import type { DiagnosticCode } from './codes';

/** The sections of docs/diagnostics.md, in its order. */
export const DOC_SECTIONS = ['Names', 'Filters', 'Requests', 'Bodies', 'Variables and directives'] as const;

/** Texts are Markdown, in whole sentences. The severity is that of `CODES`. */
export interface DiagnosticDoc {
  readonly section: (typeof DOC_SECTIONS)[number];
  /** When the code is reported, and what to do where no fix can. */
  readonly when: string;
  /** What its fixes do; absent where it has none. */
  readonly fix?: string;
  /** A file that raises the code. A test runs it on the metadata of the language's tests. */
  readonly wrong: string;
  /** The same file as it should be: it raises neither the code nor any error. */
  readonly right: string;
  /** What is known of the platform where `wrong` stands; absent: fresh metadata. */
  readonly known?: 'nothing' | 'old metadata';
}

/** The codes that one check reports. */
export type DiagnosticDocs = Readonly<Partial<Record<DiagnosticCode, DiagnosticDoc>>>;
