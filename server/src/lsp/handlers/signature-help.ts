import type { ClientAbilities } from '../client-abilities';
import { onDocumentRequest } from '../handler';
import { SignatureHelpRequest } from '../lsp';

export const signatureHelp = onDocumentRequest({
  type: SignatureHelpRequest.type,
  capabilities: { signatureHelpProvider: { triggerCharacters: ['(', ','] } },
  fallback: null,
  handle: ({ lines, current }, { position }, { service, abilities }) => {
    const found = service.signature(current, lines.offsetAt(position));
    if (found === undefined) return null;
    const { label, documentation, parameters, activeParameter } = found;
    return {
      signatures: [
        {
          label,
          documentation,
          parameters: parameters.map((parameter) => ({
            label: labelOf(parameter.label, label, abilities),
            documentation: parameter.documentation,
          })),
        },
      ],
      activeSignature: 0,
      activeParameter,
    };
  },
});

/** From where to where it is in the signature, for clients that understand it; else its text. */
function labelOf(
  label: string | readonly [number, number],
  signature: string,
  { labelOffsets }: ClientAbilities,
): string | [number, number] {
  if (typeof label === 'string') return label;
  return labelOffsets ? [...label] : signature.slice(...label);
}
