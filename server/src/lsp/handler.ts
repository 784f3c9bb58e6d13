/** The one shape of all handlers: the LSP message, the capabilities that announce it, and what is returned. */
import type {
  CancellationToken,
  Connection,
  NotificationType,
  RequestType,
  ServerCapabilities,
  TextDocumentIdentifier,
} from 'vscode-languageserver/node';
import type { Steps } from '#language';
import type { ClientAbilities } from './client-abilities';
import type { OpenDocument } from './documents';
import type { Guard } from './guard';
import { LSPErrorCodes, ResponseError } from './lsp';
import { inSlices } from './slices';
import type { Workspace } from './workspace';

/**
 * The most requests, parts or names that a list of a whole file has. No one reads further, an editor does not fold more, and
 * the message would keep server and editor busy.
 */
export const MAX_LISTED = 5000;

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
  /** The response after a fault, where that depends on what was asked. */
  readonly afterFault?: (params: P) => R;
}

interface WorkspaceRequest<P, R> extends RequestSpec<P, R> {
  /** Returns a `ResponseError` to tell the user why there is no result; anything it throws is a fault. */
  readonly handle: (
    params: P,
    workspace: Workspace,
    token: CancellationToken,
  ) => R | ResponseError | Promise<R | ResponseError>;
}

interface LongRequest<P, R> extends RequestSpec<P, R> {
  /** Called for open documents only; the steps are dropped when the request is cancelled, or the document changed. */
  readonly steps: (document: OpenDocument, params: P, workspace: Workspace) => Steps<R | ResponseError>;
  /** Milliseconds to wait before the work begins: a newer version of the document may make it needless. */
  readonly wait?: (document: OpenDocument, workspace: Workspace) => number;
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
  afterFault = () => fallback,
  handle,
}: WorkspaceRequest<P, R>): Handler {
  return {
    capabilities: typeof capabilities === 'function' ? capabilities : () => capabilities,
    register: (connection, workspace, guard) => {
      // Registered by name: the compiler can't resolve LSP's own type of results where R is generic.
      connection.onRequest(type.method, (params: P, token: CancellationToken) =>
        guard.run<unknown, R>(type.method, afterFault(params), () => {
          const { loading } = workspace;
          return needsMetadata && loading !== undefined
            ? loading.then(() => handle(params, workspace, token))
            : handle(params, workspace, token);
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
    handle: (params, workspace, token) => {
      const { uri } = params.textDocument;
      const document = workspace.documents.get(uri);
      if (document === undefined) return spec.fallback;
      const answer = () => handle(document, params, workspace);
      if (document.current.knowsSymbols()) return answer();
      const read = inSlices(
        workspace.service.readInSteps(document.current),
        dropper(uri, document, workspace, token),
      );
      return read instanceof Promise ? read.then((reason) => reason ?? answer()) : answer();
    },
  });

/** A request about a document whose answer may take long. Other messages are read in between. */
export const onLongRequest = <P extends { readonly textDocument: TextDocumentIdentifier }, R>({
  steps,
  wait,
  ...spec
}: LongRequest<P, R>): Handler =>
  onRequest({
    ...spec,
    handle: async (params, workspace, token) => {
      const { uri } = params.textDocument;
      const document = workspace.documents.get(uri);
      if (document === undefined) return spec.fallback;
      const dropped = dropper(uri, document, workspace, token);
      const milliseconds = wait?.(document, workspace) ?? 0;
      if (milliseconds > 0) await pause(milliseconds, token);
      return dropped() ?? inSlices(steps(document, params, workspace), dropped);
    },
  });

/** Returns why work on the document is no longer wanted, if so. */
const dropper =
  (uri: string, { current }: OpenDocument, { documents }: Workspace, token: CancellationToken) =>
  () => {
    if (token.isCancellationRequested)
      return new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
    return documents.get(uri)?.current === current
      ? undefined
      : new ResponseError(LSPErrorCodes.ContentModified, 'The text changed while it was read.');
  };

/** Ends early when the request is cancelled. */
const pause = (milliseconds: number, token: CancellationToken) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    token.onCancellationRequested(() => {
      clearTimeout(timer);
      resolve();
    });
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
