/** What the client tells about its connections and their metadata. */
import { SET_CONNECTIONS, SET_METADATA, type SetConnectionsParams, type SetMetadataParams } from '#protocol';
import { onNotification } from '../handler';
import { NotificationType } from '../lsp';

export const setConnections = onNotification({
  type: new NotificationType<SetConnectionsParams>(SET_CONNECTIONS),
  handle: (params, workspace) => workspace.setConnections(params),
});

export const setMetadata = onNotification({
  type: new NotificationType<SetMetadataParams>(SET_METADATA),
  handle: (params, workspace) => workspace.setMetadata(params),
});
