/** The request under the cursor for the builder, and the edits of its changes. */
import type { BuilderRecords } from '#language';
import {
  BUILDER_EDIT,
  BUILDER_RECORDS,
  BUILDER_STATE,
  type BuilderEditParams,
  type BuilderEditResult,
  type BuilderRecordsParams,
  type BuilderStateParams,
  type BuilderStateResult,
} from '#protocol';
import { onDocumentRequest } from '../handler';
import { RequestType } from '../lsp';
import { editsOf } from '../positions';

export const builderState = onDocumentRequest({
  type: new RequestType<BuilderStateParams, BuilderStateResult | null, unknown>(BUILDER_STATE),
  needsMetadata: true,
  fallback: null,
  handle: ({ lines, current, version }, { position }, { service }) => {
    const { offset, state } = service.builderState(current, lines.offsetAt(position));
    return { version, position: lines.positionAt(offset), state };
  },
});

export const builderRecords = onDocumentRequest({
  type: new RequestType<BuilderRecordsParams, BuilderRecords, unknown>(BUILDER_RECORDS),
  needsMetadata: true,
  fallback: { records: [], note: '' },
  handle: ({ lines, current, uri }, { position, field, text }, workspace) => {
    const { found, search } = workspace.service.builderRecords(
      current,
      lines.offsetAt(position),
      field,
      text,
    );
    if (search !== undefined) workspace.wantRecords(search, uri, null);
    return found;
  },
});

export const builderEdit = onDocumentRequest({
  type: new RequestType<BuilderEditParams, BuilderEditResult, unknown>(BUILDER_EDIT),
  fallback: {
    ok: false,
    message: 'The file can’t be read, so nothing was changed. Undo its last change, and try again.',
  },
  handle: (document, { position, version, change, monthFirst }, { service }): BuilderEditResult => {
    // Another text may have another condition in that place.
    if (version !== document.version) return { ok: false, message: CHANGED };
    const made = service.builderEdit(document.current, document.lines.offsetAt(position), change, {
      monthFirst,
    });
    return made.ok ? { ok: true, version, edits: editsOf(document, made.edits) } : made;
  },
});

const CHANGED = 'The file was changed in the meantime. Look at it again, and repeat the change.';
