import type { CodeAction, Diagnostic } from 'vscode-languageserver/node';
import { type DiagnosticCode, type FileFix, METADATA_DOUBTS, type Steps, type TextEdit } from '#language';
import { CLIENT_COMMANDS } from '#protocol';
import type { OpenDocument } from '../documents';
import { onLongRequest } from '../handler';
import { CodeActionKind, CodeActionRequest } from '../lsp';
import { rangeOf, workspaceEditOf } from '../positions';
import { MAX_CHECKED } from '../reports';
import { covering, spanOf } from '../span-of';

export const codeAction = onLongRequest({
  type: CodeActionRequest.type,
  capabilities: {
    codeActionProvider: {
      codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, CodeActionKind.SourceFixAll],
    },
  },
  needsMetadata: true,
  fallback: [],
  *steps(document, { range, context: { diagnostics, only } }, { service, abilities }): Steps<CodeAction[]> {
    yield* service.readInSteps(document.current);
    const { lines, current } = document;
    const where = spanOf(lines, range);
    // Some editors mean all diagnostics of the cursor's line, wherever in it the cursor is.
    const named = covering([where, ...diagnostics.map((each) => spanOf(lines, each.range))]);
    const fixes = (yield* service.fixesInSteps(current, named)).map((fix) =>
      fixOf(document, fix, diagnostics),
    );
    // What a fix mends for sure is no sign of old metadata.
    const mended = fixes.flatMap((fix) => (fix.isPreferred === true ? (fix.diagnostics ?? []) : []));
    const actions = [
      ...fixes,
      ...refreshOf(
        diagnostics.filter((each) => !mended.includes(each)),
        abilities.commands,
      ),
      ...service.rewritings(current, where.offset).map(({ title, edits }) => ({
        title,
        kind: CodeActionKind.RefactorRewrite,
        edit: workspaceEditOf(document, edits),
      })),
      ...fixAllOf(document, (yield* service.fixAllInSteps(current, MAX_CHECKED)).edits),
    ];
    return actions.filter(
      ({ kind }) => only === undefined || only.some((each) => kind === each || kind.startsWith(`${each}.`)),
    );
  },
});

type KindedAction = CodeAction & { kind: CodeActionKind };

function fixOf(
  document: OpenDocument,
  { title, preferred, edits, diagnostic }: FileFix,
  reported: readonly Diagnostic[],
): KindedAction {
  const { start } = rangeOf(document.lines, diagnostic);
  return {
    title,
    kind: CodeActionKind.QuickFix,
    isPreferred: preferred,
    diagnostics: reported.filter(
      ({ code, range }) =>
        code === diagnostic.code &&
        range.start.line === start.line &&
        range.start.character === start.character,
    ),
    edit: workspaceEditOf(document, edits),
  };
}

/** Diagnostics that fresh metadata is sure to cure. */
const LACKS_METADATA: readonly DiagnosticCode[] = ['no-metadata', 'stale-metadata'];

/** Offers a refresh where metadata is missing, old or in doubt. Without our commands, it is not worth it for a doubt: the metadata file is watched. */
function refreshOf(reported: readonly Diagnostic[], commands: boolean): KindedAction[] {
  const among = (codes: readonly unknown[]) => reported.filter(({ code }) => codes.includes(code));
  const sure = among(LACKS_METADATA);
  const diagnostics = commands ? among([...LACKS_METADATA, ...METADATA_DOUBTS]) : sure;
  if (diagnostics.length === 0) return [];
  const title = 'Refresh metadata';
  return [
    {
      title,
      kind: CodeActionKind.QuickFix,
      isPreferred: sure.length > 0,
      diagnostics,
      command: { title, command: CLIENT_COMMANDS.refreshMetadata },
    },
  ];
}

const fixAllOf = (document: OpenDocument, edits: readonly TextEdit[]): KindedAction[] =>
  edits.length === 0
    ? []
    : [{ title: 'Fix all', kind: CodeActionKind.SourceFixAll, edit: workspaceEditOf(document, edits) }];
