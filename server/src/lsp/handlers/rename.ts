import { onDocumentRequest } from '../handler';
import { ErrorCodes, PrepareRenameRequest, RenameRequest, ResponseError } from '../lsp';
import { rangeOf, workspaceEditOf } from '../positions';

export const prepareRename = onDocumentRequest({
  type: PrepareRenameRequest.type,
  capabilities: { renameProvider: { prepareProvider: true } },
  fallback: null,
  handle: ({ lines, current }, { position }, { service }) => {
    const found = service.nameAt(current, lines.offsetAt(position));
    return found === undefined ? null : { range: rangeOf(lines, found.span), placeholder: found.name };
  },
});

export const rename = onDocumentRequest({
  type: RenameRequest.type,
  fallback: null,
  handle: (document, { position, newName }, { service }) => {
    const renaming = service.rename(document.current, document.lines.offsetAt(position), newName);
    // The editor shows the message as the reason why nothing was renamed.
    return renaming.ok
      ? workspaceEditOf(document, renaming.edits)
      : new ResponseError(ErrorCodes.InvalidRequest, renaming.message);
  },
});
