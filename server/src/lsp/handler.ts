/** The one shape of all handlers: the LSP message, the capabilities that announce it, and what is returned. */
import type {
  Connection,
  NotificationType,
  RequestType,
  ResponseError,
  ServerCapabilities,
  TextDocumentIdentifier,
} from 'vscode-languageserver/node';
import type { ClientAbilities } from './client-abilities';
import type { OpenDocument } from './documents';
import type { Guard } from './guard';
import type { Workspace } from './workspace';

export interface Handler {
  /** What the server announces for the handler. */
  readonly capabilities: (client: ClientAbilities) => ServerCapabilities;
  readonly register: (connection: Connection, workspace: Workspace, guard: Guard) => void;
}

interface RequestSpec<P, R> {
  readonly type: RequestType<P, R, unknown>;
  readonly capabilities?: ServerCapabilities | Handler['capabilities'];
  /** The response depends on metadata, so the request waits while that is read for the first time. */
  readonly needsMetadata?: boolean;
  /** The response where there is no result, and after a fault. */
  readonly fallback: R;
}

interface WorkspaceRequest<P, R> extends RequestSpec<P, R> {
  /** Returns a `ResponseError` to tell the user why there is no result; anything it throws is a fault. */
  readonly handle: (params: P, workspace: Workspace) => R | ResponseError | Promise<R | ResponseError>;
}

interface DocumentRequest<P, R> extends RequestSpec<P, R> {
  /** Called for open documents only. */
  readonly handle: (document: OpenDocument, params: P, workspace: Workspace) => R | ResponseError;
}

/** A request about the workspace. */
export function onRequest<P, R>({
  type,
  capabilities = {},
  needsMetadata = false,
  fallback,
  handle,
}: WorkspaceRequest<P, R>): Handler {
  return {
    capabilities: typeof capabilities === 'function' ? capabilities : () => capabilities,
    register: (connection, workspace, guard) => {
      // Registered by name: the compiler can't resolve LSP's own type of results where R is generic.
      connection.onRequest(type.method, (params: P) =>
        guard.run<unknown, R>(type.method, fallback, () => {
          const { loading } = workspace;
          return needsMetadata && loading !== undefined
            ? loading.then(() => handle(params, workspace))
            : handle(params, workspace);
        }),
      );
    },
  };
}

/** A request about a document. */
export const onDocumentRequest = <P extends { readonly textDocument: TextDocumentIdentifier }, R>({
  handle,
  ...spec
}: DocumentRequest<P, R>): Handler =>
  onRequest({
    ...spec,
    handle: (params, workspace) => {
      const document = workspace.documents.get(params.textDocument.uri);
      return document === undefined ? spec.fallback : handle(document, params, workspace);
    },
  });

export interface NotificationSpec<P> {
  readonly type: NotificationType<P>;
  readonly capabilities?: ServerCapabilities;
  readonly handle: (params: P, workspace: Workspace) => void;
}

export function onNotification<P>({ type, capabilities = {}, handle }: NotificationSpec<P>): Handler {
  return {
    capabilities: () => capabilities,
    register: (connection, workspace, guard) => {
      connection.onNotification(
        type,
        (params: P) => void guard.run(type.method, undefined, () => handle(params, workspace)),
      );
    },
  };
}
