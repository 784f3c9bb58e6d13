import { onDocumentRequest, onLongRequest } from '../handler';
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

export const rename = onLongRequest({
  type: RenameRequest.type,
  fallback: null,
  *steps(document, { position, newName }, { service }) {
    const { lines, current } = document;
    yield* service.readInSteps(current);
    const renaming = yield* service.renameInSteps(current, lines.offsetAt(position), newName);
    // The editor shows the message as the reason why nothing was renamed.
    return renaming.ok
      ? workspaceEditOf(document, renaming.edits)
      : new ResponseError(ErrorCodes.InvalidRequest, renaming.message);
  },
});
