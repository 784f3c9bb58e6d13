import { onDocumentRequest } from '../handler';
import { SignatureHelpRequest } from '../lsp';

export const signatureHelp = onDocumentRequest({
  type: SignatureHelpRequest.type,
  capabilities: { signatureHelpProvider: { triggerCharacters: ['(', ','] } },
  fallback: null,
  handle: ({ lines, current }, { position }, { service }) => {
    const found = service.signature(current, lines.offsetAt(position));
    if (found === undefined) return null;
    const { label, documentation, parameters, activeParameter } = found;
    return {
      signatures: [{ label, documentation, parameters: [...parameters] }],
      activeSignature: 0,
      activeParameter,
    };
  },
});
