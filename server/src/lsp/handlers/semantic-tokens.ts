import { linesIn, TOKEN_TYPES } from '#language';
import { onDocumentRequest } from '../handler';
import { SemanticTokensRequest } from '../lsp';

export const semanticTokens = onDocumentRequest({
  type: SemanticTokensRequest.type,
  capabilities: {
    semanticTokensProvider: { legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [] }, full: true },
  },
  fallback: { data: [] },
  handle: ({ current }, _params, { service }) => {
    // Five numbers for each token; its place is relative to the token before (LSP).
    const data: number[] = [];
    let [lastLine, lastCharacter] = [0, 0];
    for (const { line, tree, tokens } of service.semanticTokens(current)) {
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
    }
    return { data };
  },
});
