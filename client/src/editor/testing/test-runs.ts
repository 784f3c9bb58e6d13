/** One request as a test: sent like any other, but without questions on the way. */
import * as vscode from 'vscode';
import {
  LanguageService,
  type ApqDocument,
  type Expectation,
  type RequestInfo,
  type WireRequest,
} from '#language';
import { evaluate, type ExpectationResult } from '#core/testing/evaluate';
import { outcomeOf, outcomeOfError } from '#core/testing/outcome';
import type { Connection } from '#core/connections/connection';
import { runContext } from '#core/running/run-context';
import { runRequest, summaryOf } from '#core/running/run';
import { ApiError, describe } from '#core/remote/errors';
import { valueAt } from '#core/results/value-at';
import { SAMPLE_ID } from '../connections/connections';
import type { Services } from '../services';

/** A write that the user saw in the list of those that change records, and agreed to. */
export interface Agreed {
  readonly index: number;
  /** The whole file as it was: another text may mean another change. */
  readonly text: string;
  readonly connection: Connection | undefined;
}

/** What a test run shares: its connection, the answers so far, and whether its writes were allowed. */
export interface TestContext {
  readonly signal: AbortSignal;
  /** By file and name. */
  readonly answers: Map<string, unknown>;
  /** The one in use when it began: another one that is switched to meanwhile is for the next run. */
  readonly active: Connection | undefined;
  readonly agreed: (uri: vscode.Uri, index: number) => Agreed | undefined;
  readonly told: (line: string) => void;
}

export interface TestOutcome {
  readonly results: readonly ExpectationResult[];
  readonly milliseconds: number;
}

/** Throws a `NotRun` with the reason, or an `ApiError`, where there is nothing to compare. */
export type RunForTest = (uri: vscode.Uri, index: number, context: TestContext) => Promise<TestOutcome>;

/** Why a test did not run, in one sentence. */
export class NotRun extends Error {}

interface File {
  readonly uri: vscode.Uri;
  readonly parsed: ApqDocument;
}

export const testRunner =
  (services: Services): RunForTest =>
  async (uri, index, context) => {
    await services.started;
    const document = await vscode.workspace.openTextDocument(uri);
    const language = new LanguageService();
    const file: File = { uri, parsed: language.parse(document.getText()) };
    const request = language.requests(file.parsed)[index];
    if (request === undefined) throw new NotRun('The request is no longer in the file.');
    for (const needed of language.dependencies(file.parsed, request)) {
      if (needed.name === undefined || context.answers.has(answerKey(uri, needed.name))) continue;
      context.told(`Running “${titleOf(needed)}” first: “${titleOf(request)}” needs its answer.`);
      await send(services, language, file, needed, context);
    }
    return send(services, language, file, request, context);
  };

const answerKey = (uri: vscode.Uri, name: string) => `${uri.toString()} ${name}`;
const titleOf = ({ title, name, module }: RequestInfo) => title || (name ?? module);

async function send(
  services: Services,
  language: LanguageService,
  file: File,
  request: RequestInfo,
  context: TestContext,
): Promise<TestOutcome> {
  const connection = await connectionFor(services, request, context);
  language.setMetadata(await services.metadata.cached(connection));
  const { wire, expectations } = built(language, file, request, context);
  refuseWrite(file, request, wire, connection, context);
  const client = services.connections.client(connection);
  context.told(`${wire.method} ${client.addressOf(wire)}`);
  const started = performance.now();
  try {
    const result = await runRequest(client, wire, {
      pages: request.pages ?? 1,
      signal: context.signal,
    });
    if (result.stoppedBy !== undefined) throw result.stoppedBy;
    context.told(summaryOf(result, wire.method));
    if (request.name !== undefined) context.answers.set(answerKey(file.uri, request.name), result.json);
    return { results: evaluate(expectations, outcomeOf(result)), milliseconds: result.milliseconds };
  } catch (error) {
    const milliseconds = Math.round(performance.now() - started);
    const outcome = outcomeOfError(error, milliseconds);
    if (outcome === undefined || expectations.length === 0) throw error;
    context.told(describe(error).sentence);
    return { results: evaluate(expectations, outcome), milliseconds };
  }
}

async function connectionFor(
  { connections, sample }: Services,
  { connection }: RequestInfo,
  { active }: TestContext,
): Promise<Connection> {
  const found = connection === undefined ? active : connections.named(connection);
  if (found === undefined)
    throw new NotRun(
      connection === undefined
        ? 'There is no connection yet. Run “APQ: Add Connection” or “APQ: Open Sample Platform”.'
        : `There is no connection “${connection}”, which this request asks for. Add it, or change the line # @connection.`,
    );
  return connections.isSample(found) && !sample.serves(found) ? sample.open() : found;
}

function built(
  language: LanguageService,
  { uri, parsed }: File,
  request: RequestInfo,
  { answers }: TestContext,
): { wire: WireRequest; expectations: Expectation[] } {
  const error = language.diagnoseRequest(parsed, request).find(({ severity }) => severity === 'error');
  if (error !== undefined) throw new NotRun(`“${titleOf(request)}” can’t run yet. ${error.message}`);
  const evaluation = runContext((name, path) => valueAt(answers.get(answerKey(uri, name)), path));
  const result = language.build(parsed, request, evaluation);
  if (result.ok)
    return { wire: result.request, expectations: language.expectations(parsed, request, evaluation) };
  const [problem] = result.problems;
  throw new NotRun(
    problem?.reason === 'prompt'
      ? `“${problem.name}” is asked for when the request runs, and a test can’t ask. Give it a value: @${problem.name} = …`
      : (problem?.message ?? 'The request can’t be built.'),
  );
}

function refuseWrite(
  { uri, parsed }: File,
  request: RequestInfo,
  wire: WireRequest,
  connection: Connection,
  { agreed }: TestContext,
): void {
  if (wire.method === 'GET') return;
  if (connection.readOnly === true)
    throw new NotRun(`${connection.name} is read-only, so this ${wire.method} was not sent.`);
  const found = agreed(uri, request.index);
  if (found === undefined)
    throw new NotRun(
      `“${titleOf(request)}” would change records (${wire.method}), so it was not sent. Run it as a test itself and agree to the change.`,
    );
  // The sample platform has another address after each start.
  const same =
    found.connection?.id === connection.id &&
    (found.connection.root === connection.root || connection.id === SAMPLE_ID);
  if (found.text !== parsed.text || !same)
    throw new NotRun(
      `“${titleOf(request)}” was not sent: its file or its connection was changed after you agreed. Run it again.`,
    );
}

/** True for the end that the user asked for. */
export const isCancelled = (error: unknown): boolean =>
  error instanceof ApiError && error.kind === 'cancelled';
