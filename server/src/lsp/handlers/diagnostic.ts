import type { DocumentDiagnosticReport } from 'vscode-languageserver/node';
import type { Steps } from '#language';
import { onLongRequest } from '../handler';
import { DocumentDiagnosticReportKind, DocumentDiagnosticRequest } from '../lsp';
import { MAX_CHECKED } from '../reports';

/**
 * With a long list, an editor that asks at each keystroke gets an answer when typing pauses: until then, each question calls
 * the one before it off.
 */
const PAUSE_MS = 200;

/** The client asks for the diagnostics of what it shows, and gets them if they differ from those it has. */
export const diagnostic = onLongRequest({
  type: DocumentDiagnosticRequest.type,
  capabilities: ({ pulls }) =>
    pulls
      ? {
          diagnosticProvider: {
            identifier: 'apq',
            interFileDependencies: false,
            workspaceDiagnostics: false,
          },
        }
      : {},
  needsMetadata: true,
  fallback: { kind: DocumentDiagnosticReportKind.Full, items: [] },
  wait: ({ uri, version }, { reports }) => (version > 1 && reports.isLong(uri) ? PAUSE_MS : 0),
  *steps({ uri, current }, { previousResultId }, { service, reports }): Steps<DocumentDiagnosticReport> {
    const { id, items } = reports.of(uri, yield* service.diagnoseBlocksInSteps(current, MAX_CHECKED));
    return id === previousResultId
      ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId: id }
      : { kind: DocumentDiagnosticReportKind.Full, resultId: id, items: [...items] };
  },
});
