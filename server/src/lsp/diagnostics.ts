/** Converts the language's diagnostics to LSP's. */
import type { Diagnostic as LspDiagnostic, Position } from 'vscode-languageserver/node';
import { type BlockDiagnostics, type Diagnostic, docsOf, linesIn, type Severity } from '#language';
import { DiagnosticSeverity, DiagnosticTag } from './lsp';
import { rangeOf } from './positions';

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} satisfies Record<Severity, DiagnosticSeverity>;

/** Converted diagnostics of a block, kept while the block neither changes nor moves. */
const converted = new WeakMap<
  readonly unknown[],
  { readonly line: number; readonly items: LspDiagnostic[] }
>();

export function diagnosticsOf({ block, diagnostics }: BlockDiagnostics): LspDiagnostic[] {
  const known = converted.get(diagnostics);
  if (known?.line === block.line) return known.items;
  const items = diagnostics.map((diagnostic) => diagnosticOf(block, diagnostic));
  converted.set(diagnostics, { line: block.line, items });
  return items;
}

export function diagnosticOf(block: BlockDiagnostics['block'], diagnostic: Diagnostic): LspDiagnostic {
  const { start, end } = rangeOf(linesIn(block.tree), diagnostic);
  const inFile = ({ line, character }: Position): Position => ({ line: line + block.line, character });
  return {
    range: { start: inFile(start), end: inFile(end) },
    severity: SEVERITIES[diagnostic.severity],
    code: diagnostic.code,
    codeDescription: { href: docsOf(diagnostic.code) },
    source: 'apq',
    message: diagnostic.message,
    ...(diagnostic.code === 'unused-variable' ? { tags: [DiagnosticTag.Unnecessary] } : {}),
  };
}
