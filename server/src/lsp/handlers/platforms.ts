/** What the client tells about its connections and their metadata. */
import {
  CHANGE_KNOWN_DATA,
  type ChangeKnownDataParams,
  RECORDS_SEARCHED,
  type RecordsSearchedParams,
  SET_CONNECTIONS,
  SET_KNOWN_DATA,
  SET_METADATA,
  type SetConnectionsParams,
  type SetKnownDataParams,
  type SetMetadataParams,
} from '#protocol';
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

export const setKnownData = onNotification({
  type: new NotificationType<SetKnownDataParams>(SET_KNOWN_DATA),
  handle: (params, workspace) => workspace.setKnownData(params),
});

export const changeKnownData = onNotification({
  type: new NotificationType<ChangeKnownDataParams>(CHANGE_KNOWN_DATA),
  handle: (params, workspace) => workspace.changeKnownData(params),
});

export const recordsSearched = onNotification({
  type: new NotificationType<RecordsSearchedParams>(RECORDS_SEARCHED),
  handle: (params, { service }) => service.searched(params, params),
});
