/** LSP handlers: find the document, ask the language, convert. Each is guarded: a fault costs one answer, not the server. */
import {
  CodeActionKind,
  MarkupKind,
  MessageType,
  ShowMessageNotification,
  TextDocumentSyncKind,
  type CodeAction,
  type CodeLens,
  type Connection,
  type InitializeResult,
} from 'vscode-languageserver/node';
import { LanguageService, type TextEdit } from '#language';
import {
  CLIENT_COMMANDS,
  METADATA_WANTED,
  REQUEST_AT,
  SET_CONNECTIONS,
  SET_METADATA,
  type InitializationOptions,
  type MetadataWantedParams,
  type RequestAtParams,
  type RequestAtResult,
  type SetConnectionsParams,
  type SetMetadataParams,
} from '../protocol';
import { howTo, SERVER_COMMANDS } from './commands';
import { completionItemsOf, diagnosticsOf, rangeOf } from './convert';
import { Documents, type OpenDocument } from './documents';
import { FEATURES, serveFeatures } from './features';
import { KnownPlatforms } from './metadata';
import { watchMetadataFile, type MetadataFile } from './metadata-file';

/** What is asked of the client is gathered for so long. */
const ASK_AFTER_MS = 200;

/** Wires a connection; the caller listens. */
export function serve(connection: Connection): void {
  const service = new LanguageService();
  const documents = new Documents(service);
  const known = new KnownPlatforms();
  const wanted = new Set<string>();
  let asking: NodeJS.Timeout | undefined;
  let commands = false;
  let snippets = false;
  let folders: readonly string[] = [];
  let watched: MetadataFile | undefined;
  /** While the metadata file is read for the first time: files are checked when it is known, rather than twice. */
  let loading: Promise<void> | undefined;

  const publish = (document: OpenDocument) => {
    if (loading !== undefined) return;
    const diagnostics = service.diagnoseBlocks(document.current).flatMap(diagnosticsOf);
    void connection.sendDiagnostics({ uri: document.uri, version: document.version, diagnostics });
    askForMetadata();
  };

  /** The client is told what the files use and nobody knows: it may fetch it. Not on every keystroke. */
  const askForMetadata = () => {
    if (!commands || asking !== undefined) return;
    asking = setTimeout(() => {
      asking = undefined;
      for (const document of documents.all()) {
        for (const { root, module, doubted } of service.wantedMetadata(document.current)) {
          const key = `${root} ${module ?? ''} ${doubted}`;
          if (wanted.has(key)) continue;
          wanted.add(key);
          const params: MetadataWantedParams = { root, module: module ?? null, doubted };
          void connection.sendNotification(METADATA_WANTED, params);
        }
      }
    }, ASK_AFTER_MS);
  };

  const warn = (message: string) =>
    void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message });

  /** What is known has changed; `problem` says why it has not. */
  const platformsChanged = (problem?: string) => {
    if (problem === undefined) service.setPlatforms(known.platforms());
    else warn(problem);
    for (const document of documents.all()) publish(document);
  };

  const guard =
    <P, R>(name: string, fallback: R, handler: (params: P) => R) =>
    (params: P): R => {
      try {
        return handler(params);
      } catch (error) {
        connection.console.error(
          `${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
        return fallback;
      }
    };

  /** For what asks the metadata: it waits while they are read for the first time. */
  const informed =
    <P, R>(name: string, fallback: R, handler: (params: P) => R) =>
    (params: P): R | Promise<R> => {
      const guarded = guard(name, fallback, handler);
      return loading === undefined ? guarded(params) : loading.then(() => guarded(params));
    };

  connection.onInitialize((params): InitializeResult => {
    const options = readOptions(params.initializationOptions);
    commands = options.commands === true;
    snippets = params.capabilities.textDocument?.completion?.completionItem?.snippetSupport === true;
    folders = (params.workspaceFolders ?? []).map(({ uri }) => uri);
    if (options.metadataFile !== undefined) {
      watched = watchMetadataFile(options.metadataFile, (text) => {
        loading = undefined;
        if (text === undefined)
          warn(
            `There is no metadata file ${options.metadataFile ?? ''} that can be read. It is taken as soon as it is there; “apq metadata --output FILE” writes one.`,
          );
        platformsChanged(known.setOnly(text));
      });
      loading = watched.ready;
    }
    return {
      serverInfo: { name: 'apq-language-server', version: '0.1.0' },
      capabilities: {
        positionEncoding: 'utf-16',
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        completionProvider: {
          triggerCharacters: ['$', ' ', "'", '(', ',', '{', '=', '?', '&', '/', '@', '"', '.'],
        },
        hoverProvider: true,
        codeActionProvider: {
          codeActionKinds: [
            CodeActionKind.QuickFix,
            CodeActionKind.RefactorRewrite,
            CodeActionKind.SourceFixAll,
          ],
        },
        codeLensProvider: {},
        ...(commands ? {} : { executeCommandProvider: { commands: [...SERVER_COMMANDS] } }),
        ...FEATURES,
      },
    };
  });

  connection.onDidOpenTextDocument(
    guard('open', undefined, ({ textDocument }) => publish(documents.open(textDocument))),
  );
  connection.onDidChangeTextDocument(
    guard('change', undefined, ({ textDocument, contentChanges }) => {
      const document = documents.change(textDocument.uri, textDocument.version, contentChanges);
      if (document !== undefined) publish(document);
    }),
  );
  connection.onDidCloseTextDocument(({ textDocument }) => {
    documents.close(textDocument.uri);
    void connection.sendDiagnostics({ uri: textDocument.uri, diagnostics: [] });
  });

  connection.onCompletion(
    informed('completion', null, ({ textDocument, position }) => {
      const document = documents.get(textDocument.uri);
      if (document === undefined) return null;
      const { lines, current } = document;
      const items = service.complete(current, lines.offsetAt(position));
      return { isIncomplete: false, items: completionItemsOf(items, lines, { commands, snippets }) };
    }),
  );

  connection.onHover(
    informed('hover', null, ({ textDocument, position }) => {
      const document = documents.get(textDocument.uri);
      const found =
        document === undefined
          ? undefined
          : service.hover(document.current, document.lines.offsetAt(position));
      return document === undefined || found === undefined
        ? null
        : {
            contents: { kind: MarkupKind.Markdown, value: found.markdown },
            range: rangeOf(document.lines, found),
          };
    }),
  );

  connection.onCodeAction(
    informed('code action', [] as CodeAction[], ({ textDocument, range, context }): CodeAction[] => {
      const document = documents.get(textDocument.uri);
      if (document === undefined) return [];
      const { lines, current } = document;
      const start = lines.offsetAt(range.start);
      const fixes = service.fixes(current, { offset: start, length: lines.offsetAt(range.end) - start });
      const actions = fixes.map(({ title, preferred, edits, diagnostic }): CodeAction => {
        const where = rangeOf(lines, diagnostic);
        const reported = context.diagnostics.filter(
          (each) =>
            each.code === diagnostic.code &&
            each.range.start.line === where.start.line &&
            each.range.start.character === where.start.character,
        );
        return {
          title,
          kind: CodeActionKind.QuickFix,
          isPreferred: preferred,
          diagnostics: reported,
          edit: change(document, edits),
        };
      });
      const rewritten = service.rewritings(current, start).map(({ title, edits }): CodeAction => ({
        title,
        kind: CodeActionKind.RefactorRewrite,
        edit: change(document, edits),
      }));
      // Where nothing is known, or what is known is old; without an extension the file is followed anyway.
      const old = context.diagnostics.filter(({ code }) => IS_OLD.has(code));
      const unknown = commands ? context.diagnostics.filter(({ code }) => MAY_BE_OLD.has(code)) : old;
      const sure = old.length > 0;
      const refresh: CodeAction[] =
        unknown.length > 0
          ? [
              {
                title: 'Refresh metadata',
                kind: CodeActionKind.QuickFix,
                isPreferred: sure,
                diagnostics: unknown,
                command: { title: 'Refresh metadata', command: CLIENT_COMMANDS.refreshMetadata },
              },
            ]
          : [];
      const all = service.fixAll(current);
      const fixAll: CodeAction[] =
        all.length === 0
          ? []
          : [{ title: 'Fix all', kind: CodeActionKind.SourceFixAll, edit: change(document, all) }];
      const only = context.only;
      return [...actions, ...refresh, ...rewritten, ...fixAll].filter(
        ({ kind }) =>
          only === undefined ||
          only.some((wanted) => kind === wanted || kind?.startsWith(`${wanted}.`) === true),
      );
    }),
  );

  connection.onCodeLens(
    guard('code lens', [], ({ textDocument }): CodeLens[] => {
      const document = documents.get(textDocument.uri);
      if (document === undefined) return [];
      return service.requests(document.current).flatMap((request) => {
        const range = rangeOf(document.lines, request.line);
        const lens = (title: string, command: string): CodeLens => ({
          range,
          command: { title, command, arguments: [document.uri, request.index] },
        });
        const reads =
          request.method === 'GET'
            ? [lens('Count', CLIENT_COMMANDS.count), lens('Fetch all', CLIENT_COMMANDS.fetchAll)]
            : [];
        return [
          lens(commands ? '$(play) Run' : 'Run', CLIENT_COMMANDS.run),
          ...reads,
          lens('Preview', CLIENT_COMMANDS.preview),
          lens('Copy', CLIENT_COMMANDS.copy),
        ];
      });
    }),
  );

  connection.onExecuteCommand(async ({ command, arguments: given = [] }) => {
    const say = (message: string) =>
      void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message });
    const how = howTo(command, given);
    if (how !== undefined) say(how);
    if (command !== CLIENT_COMMANDS.refreshMetadata) return null;
    await watched?.again();
    say(
      watched === undefined
        ? 'Name a metadata file in the initializationOptions: { "metadataFile": "FILE" }. “apq metadata --output FILE” writes one.'
        : 'The metadata file was read again. “apq metadata --output FILE” fetches it anew from the platform.',
    );
    return null;
  });

  serveFeatures(connection, service, documents, guard, () => folders);

  connection.onNotification(
    SET_CONNECTIONS,
    guard('connections', undefined, ({ connections, active }: SetConnectionsParams) => {
      known.setConnections(connections, active ?? undefined);
      platformsChanged();
    }),
  );
  connection.onNotification(
    SET_METADATA,
    guard('metadata', undefined, ({ root, text }: SetMetadataParams) => {
      for (const key of wanted) if (key.startsWith(`${root} `)) wanted.delete(key);
      platformsChanged(known.setMetadata(root, text));
    }),
  );
  connection.onRequest(
    REQUEST_AT,
    guard('request at', null, ({ uri, position }: RequestAtParams): RequestAtResult | null => {
      const document = documents.get(uri);
      const found =
        document === undefined
          ? undefined
          : service.requestAt(document.current, document.lines.offsetAt(position));
      return document === undefined || found === undefined
        ? null
        : { index: found.index, title: found.title, line: document.lines.positionAt(found.line.offset).line };
    }),
  );
  connection.onShutdown(() => watched?.stop());
}

/** Diagnostics that new metadata cure, and those that they may cure. */
const IS_OLD: ReadonlySet<unknown> = new Set(['no-metadata', 'stale-metadata']);
const MAY_BE_OLD: ReadonlySet<unknown> = new Set([
  ...IS_OLD,
  'unknown-module',
  'unknown-field',
  'unknown-body-field',
]);

const change = ({ uri, lines }: OpenDocument, edits: readonly TextEdit[]) => ({
  changes: { [uri]: edits.map((edit) => ({ range: rangeOf(lines, edit), newText: edit.text })) },
});

/** From outside: only what we understand is taken. */
function readOptions(value: unknown): InitializationOptions {
  if (typeof value !== 'object' || value === null) return {};
  const { metadataFile, commands } = value as Readonly<Record<string, unknown>>;
  return {
    ...(typeof metadataFile === 'string' && metadataFile !== '' ? { metadataFile } : {}),
    ...(commands === true ? { commands } : {}),
  };
}
