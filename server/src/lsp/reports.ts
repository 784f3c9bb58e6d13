/**
 * The diagnostics that each document's client has, so that only changed ones are sent, and the long lists of files with many
 * mistakes neither often nor in full.
 */
import type { Diagnostic as LspDiagnostic, Range } from 'vscode-languageserver/node';
import type { BlockDiagnostics, Severity } from '#language';
import { diagnosticOf, diagnosticsOf } from './diagnostics';
import { DiagnosticSeverity } from './lsp';

/** The most diagnostics of a document that are sent. VS Code shows no more of a file. */
export const MAX_DIAGNOSTICS = 1000;

/** Once so many are found in a document, the rest of it is checked when these are mended: each keeps its fixes, and takes memory. */
export const MAX_CHECKED = 5000;

/** From so many diagnostics on, a list takes so long that it is made when typing pauses. */
const MANY = 50;

export interface Report {
  /** Names the list: another list has another one. */
  readonly id: string;
  readonly items: readonly LspDiagnostic[];
}

interface Sent extends Report {
  readonly found: readonly BlockDiagnostics[];
}

export class Reports {
  readonly #sent = new Map<string, Sent>();
  #next = 0;

  /** The document's list: the very same one as before where it has not changed. */
  of(uri: string, found: readonly BlockDiagnostics[]): Report {
    const before = this.#sent.get(uri);
    if (before !== undefined && isSame(before.found, found)) return before;
    const report: Sent = { id: String(this.#next++), items: itemsOf(found), found };
    this.#sent.set(uri, report);
    return report;
  }

  /** True where the client has a long list. */
  isLong(uri: string): boolean {
    return (this.#sent.get(uri)?.items.length ?? 0) > MANY;
  }

  forget(uri: string): void {
    this.#sent.delete(uri);
  }
}

/** True when both are shown in the same way. Blocks keep their diagnostics while nothing changes. */
const isSame = (before: readonly BlockDiagnostics[], after: readonly BlockDiagnostics[]): boolean =>
  before.length === after.length &&
  before.every((one, index) => {
    const other = after[index];
    return (
      other !== undefined &&
      one.block.line === other.block.line &&
      (one.diagnostics === other.diagnostics ||
        JSON.stringify(diagnosticsOf(one)) === JSON.stringify(diagnosticsOf(other)))
    );
  });

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

/** All of them, or as many as are sent, the most severe first, with a line about the others. */
function itemsOf(found: readonly BlockDiagnostics[]): LspDiagnostic[] {
  const count = found.reduce((sum, { diagnostics }) => sum + diagnostics.length, 0);
  if (count <= MAX_DIAGNOSTICS) return found.flatMap(diagnosticsOf);
  const items: LspDiagnostic[] = [others(count)];
  for (const severity of SEVERITIES)
    for (const { block, diagnostics } of found)
      for (const diagnostic of diagnostics) {
        if (diagnostic.severity !== severity) continue;
        if (items.length >= MAX_DIAGNOSTICS) return items;
        items.push(diagnosticOf(block, diagnostic));
      }
  return items;
}

const TOP: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };

const others = (count: number): LspDiagnostic => ({
  range: TOP,
  severity: DiagnosticSeverity.Information,
  source: 'apq',
  message: `This file has ${count >= MAX_CHECKED ? 'more than ' : ''}${inDigits(Math.min(count, MAX_CHECKED))} problems. The first ${inDigits(MAX_DIAGNOSTICS - 1)} are listed, errors before others, and the next ones as these are mended. “Fix all” mends what is sure.`,
});

const inDigits = (value: number) => value.toLocaleString('en-GB');
