import type { SemanticTokens } from 'vscode-languageserver/node';
import { type ApqDocument, linesIn, type Span, type Steps, TOKEN_TYPES } from '#language';
import { onLongRequest } from '../handler';
import { SemanticTokensRangeRequest, SemanticTokensRequest } from '../lsp';
import { spanOf } from '../span-of';
import type { Workspace } from '../workspace';

/** Of longer texts, an editor gets the tokens of what it shows: all of them would keep it busy for longer than the reader looks. */
const MAX_LENGTH = 1_000_000;

export const semanticTokens = onLongRequest<
  { readonly textDocument: { readonly uri: string } },
  SemanticTokens | null
>({
  type: SemanticTokensRequest.type,
  capabilities: {
    semanticTokensProvider: {
      legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [] },
      full: true,
      range: true,
    },
  },
  fallback: { data: [] },
  *steps({ current }, _params, { service }) {
    return current.file.length > MAX_LENGTH ? null : yield* tokensIn(current, undefined, service);
  },
});

export const rangeSemanticTokens = onLongRequest({
  type: SemanticTokensRangeRequest.type,
  fallback: { data: [] },
  *steps({ lines, current }, { range }, { service }) {
    return yield* tokensIn(current, spanOf(lines, range), service);
  },
});

/** Five numbers for each token; its place is relative to the token before (LSP). */
function* tokensIn(
  document: ApqDocument,
  range: Span | undefined,
  service: Workspace['service'],
): Steps<SemanticTokens> {
  const data: number[] = [];
  let [lastLine, lastCharacter] = [0, 0];
  for (const { line, tree, tokens } of yield* service.semanticTokensInSteps(document, range)) {
    if (tokens.length === 0) continue;
    const lines = linesIn(tree);
    for (const token of tokens) {
      const at = lines.positionAt(token.offset);
      const absolute = at.line + line;
      data.push(
        absolute - lastLine,
        absolute === lastLine ? at.character - lastCharacter : at.character,
        token.length,
        TOKEN_TYPES.indexOf(token.type),
        0,
      );
      [lastLine, lastCharacter] = [absolute, at.character];
    }
    yield;
  }
  return { data };
}
