/** Finds the request of a command or under the cursor and prepares it for sending, asking the user on the way. */
import * as vscode from 'vscode';
import type { Connection } from '#core/connections/connection';
import type { CheckPort } from '#core/running/before-sending';
import { forPages } from '#core/running/plan';
import { prepare, type Prepared, type PreparePort } from '#core/running/prepare';
import { type QueryFile, structure } from '#core/running/query-file';
import { noConnectionFor, Refusal } from '#core/running/refusal';
import { answersFrom, type Responses } from '#core/running/responses';
import type { RequestInfo } from '#language';
import type { Connections } from '../connections/connections';
import type { EditorMetadata } from '../metadata/editor-metadata';
import type { SamplePlatform } from '../sample/sample-platform';
import { showInformation } from '../workbench/messages';
import type { QueryFiles } from '../workbench/query-files';
import { isUntrusted } from '../workbench/trust';
import type { Environment } from './environment';
import type { Prompts } from './prompts';
import { tellRefusal } from './tell-refusal';

export interface RequestParts {
  readonly files: QueryFiles;
  readonly connections: Connections;
  readonly metadata: EditorMetadata;
  readonly sample: SamplePlatform;
  readonly responses: Responses;
  readonly prompts: Prompts;
  readonly environment: Environment;
  /** Settles when the connection that is opened at the start exists. */
  readonly started: () => Promise<unknown>;
}

/** The request that a command is for: a code lens names it, else the cursor shows it. */
export interface Target {
  readonly uri?: string | undefined;
  /** From 0, counting requests only. */
  readonly index?: number | undefined;
}

interface PrepareOptions {
  /** Throws a `Refusal` where the caller can't use the request. */
  readonly check?: (prepared: Prepared) => void;
  /** How many pages are fetched, whatever the file says. */
  readonly pages?: 'all';
  /** True where it is shown or written down, and not sent: `***` stands for secrets. */
  readonly masksSecrets?: boolean;
}

/** What preparing needs, and the connection on which a request would run. */
type RequestsPort = PreparePort & Pick<CheckPort, 'connectionOf'>;

/** An open file with at least one request. */
export interface OpenFile {
  readonly document: vscode.TextDocument;
  readonly file: QueryFile;
}

export class Requests {
  constructor(private readonly parts: RequestParts) {}

  /** Returns the file of a code lens, else the one in the editor; undefined when the user was told why not. */
  async open(uri: string | undefined): Promise<OpenFile | undefined> {
    const document = await documentOf(uri);
    if (document === undefined) {
      void showInformation('Open a file that ends in .apq and put the cursor on a request.');
      return undefined;
    }
    if (isUntrusted('this file')) return undefined;
    await this.parts.started();
    const file = this.parts.files.of(document);
    if (file.requests.length > 0) return { document, file };
    void showInformation('There is no request in this file yet. Write a module, for example: GET coursedate');
    return undefined;
  }

  /** Returns the request with the index, else the one under the cursor, else the first. */
  chosen({ document, file }: OpenFile, index: number | undefined): RequestInfo | undefined {
    if (index !== undefined) return file.requests[index];
    const editor = vscode.window.visibleTextEditors.find((each) => each.document === document);
    const offset = editor === undefined ? 0 : document.offsetAt(editor.selection.active);
    return structure.requestAt(file.parsed, offset) ?? file.requests[0];
  }

  /** Returns the request, ready to be sent; undefined when the user was told why not, or gave up. */
  async prepare(
    { uri, index }: Target,
    { pages, ...options }: PrepareOptions = {},
  ): Promise<Prepared | undefined> {
    const open = await this.open(uri);
    const request = open === undefined ? undefined : this.chosen(open, index);
    return open === undefined || request === undefined
      ? undefined
      : this.prepareRequest(open.file, forPages(request, pages), options);
  }

  async prepareRequest(
    file: QueryFile,
    request: RequestInfo,
    { check, masksSecrets = false }: Omit<PrepareOptions, 'pages'> = {},
  ): Promise<Prepared | undefined> {
    try {
      const prepared = await prepare(file, request, { ...this.port(), masksSecrets });
      check?.(prepared);
      return prepared;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await tellRefusal(error, file, this.parts.connections);
      return undefined;
    }
  }

  /** The port of one run: it keeps the connection that is in use now, whatever is switched to meanwhile. */
  port(): RequestsPort {
    const { connections, metadata, sample, responses, prompts, environment } = this.parts;
    let { active } = connections;
    const connectionOf = (request: RequestInfo) => connections.ofRun(request, active);
    return {
      connectionOf,
      connection: async (request) => {
        const known = connectionOf(request);
        if (known !== undefined) return sample.ready(known);
        if (request.connection !== undefined || active !== undefined) throw noConnectionFor(request, active);
        active = await this.#choose(request);
        return active;
      },
      language: async (connection) => metadata.language(connection),
      answer: answersFrom(responses, connectionOf),
      ask: async ({ id }, { title }, name, message) => prompts.ask(id, name, message, title || 'Run Request'),
      allowEnvironment: async ({ id }, _request, name) => environment.allows(id, name),
    };
  }

  /** The port of what nobody asked for: the user is asked nothing, so that what needs an answer is refused. */
  quietPort(): RequestsPort {
    const { sample, connections } = this.parts;
    const { active } = connections;
    const port = this.port();
    const connectionOf = (request: RequestInfo) => port.connectionOf(request);
    return {
      connectionOf,
      language: async (connection) => port.language(connection),
      answer: (file, name) => port.answer(file, name),
      connection: async (request) => {
        const known = connectionOf(request);
        if (known === undefined) throw noConnectionFor(request, active);
        return sample.ready(known);
      },
      allowEnvironment: async () => Promise.resolve(false),
    };
  }

  /** Offers to add a connection, or to choose one. */
  async #choose(request: RequestInfo): Promise<Connection> {
    const { connections } = this.parts;
    const choice =
      connections.all.length === 0
        ? await showInformation(
            'Connect to a platform first. No account? Try the sample platform.',
            'Add Connection',
            'Open Sample Platform',
          )
        : await showInformation('No connection is in use: choose one first.', 'Switch Connection');
    if (choice === 'Add Connection') await vscode.commands.executeCommand('apq.addConnection');
    if (choice === 'Open Sample Platform') await vscode.commands.executeCommand('apq.openSamplePlatform');
    if (choice === 'Switch Connection') await vscode.commands.executeCommand('apq.switchConnection');
    const { active } = connections;
    if (active === undefined) throw new Refusal(request, { kind: 'told' });
    return active;
  }
}

async function documentOf(uri: string | undefined): Promise<vscode.TextDocument | undefined> {
  if (uri !== undefined) return vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  const document = vscode.window.activeTextEditor?.document;
  return document?.languageId === 'apq'
    ? document
    : vscode.window.visibleTextEditors.find((editor) => editor.document.languageId === 'apq')?.document;
}

/** Reads the arguments of a code lens; menus pass others and keys none, and then the cursor decides. */
export const targetOf = (uri: unknown, index: unknown): Target => ({
  uri: typeof uri === 'string' ? uri : undefined,
  index: typeof index === 'number' ? index : undefined,
});
