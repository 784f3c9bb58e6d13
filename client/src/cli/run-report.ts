/** Tells what a run comes to, request by request, and decides the exit status. */
import { ApiError } from '#core/remote/api-error';
import type { RunOutcome } from '#core/running/pipeline';
import type { Step } from '#core/running/plan';
import { methodOf, type Prepared } from '#core/running/prepare';
import { structure, titleOf } from '#core/running/query-file';
import type { Refusal } from '#core/running/refusal';
import { describeUnsent, placeOf, type RunEnd } from '#core/running/run-end';
import { type RunResult, summaryOf } from '#core/running/send';
import { ownName } from '#core/text/names';
import { SqlError } from '#engine/faults';
import type { ApqDocument, Diagnostic, Method, RequestInfo } from '#language';
import { plain } from './color';
import { diagnosticLine } from './diagnostic-line';
import { Exit, failed, usage } from './exit';
import { locatedError } from './located-error';
import type { Call } from './run-call';
import { inform, tell } from './terminal';
import type { Verdicts } from './verdicts';

export class RunReport {
  /** What ended the run early. */
  #exit: Exit | undefined;
  /** The failure of the request that did, where the API refused it. */
  #error: unknown;

  constructor(
    private readonly call: Call,
    private readonly verdicts: Verdicts,
  ) {}

  /** Takes a refusal. Returns true to go on, which a run does where only this request lacks something. */
  refused({ request, neededBy }: Step, refusal: Refusal): boolean {
    const { kind } = refusal.reason;
    if (kind !== 'needs' && kind !== 'after-failure') {
      this.#exit = exitFor(refusal, this.call);
      return false;
    }
    this.verdicts.notRun(request, refusal.message);
    if (neededBy === undefined) this.call.output.refused(request);
    return true;
  }

  /** Takes the outcome of a request that was sent. Returns true to go on. */
  sent({ request, neededBy }: Step, outcome: RunOutcome, prepared: Prepared | undefined): boolean {
    if (outcome.kind === 'failed') {
      if (!this.verdicts.refused(request, outcome)) return this.#ended(request, outcome.error);
      if (neededBy === undefined) this.call.output.refused(request);
      return true;
    }
    const { result } = outcome;
    this.#tellResult(request, result, prepared === undefined ? 'GET' : methodOf(prepared));
    if (outcome.kind === 'stopped') return this.#ended(request, outcome.error);
    if (outcome.kind === 'doubtful') {
      // The result of the request that uses its records says so itself.
      if (neededBy?.sql !== undefined) return true;
      return this.#ended(request, new Exit(1, outcome.reason));
    }
    this.verdicts.answered(request, outcome.verdicts, result.milliseconds);
    return true;
  }

  #tellResult(request: RequestInfo, result: RunResult, method: Method | 'SQL'): void {
    const { output, onlyJudges = false } = this.call;
    const { title, pages } = request;
    // Of records that nobody got, neither their number nor how they are written means anything.
    if (!onlyJudges && (method === 'GET' || method === 'SQL') && output.isUnread(request)) return;
    if (!onlyJudges)
      inform(
        `${title === '' ? '' : `${title}: `}${summaryOf(result, method)}${result.url === '' ? '' : ` · ${result.url}`}`,
      );
    for (const note of result.notes) tell(note);
    // A list of values is as whole as its source, which is named in the notes.
    const isShort =
      result.extent.kind === 'part' && (result.extent.reason === undefined || request.sql !== undefined);
    if (!onlyJudges && isShort && pages === undefined) inform('To fetch all, run it with --pages all.');
  }

  #ended(request: RequestInfo, error: unknown): false {
    this.#exit = exitOf(error);
    this.#error = error;
    this.verdicts.broke(request, error);
    if (this.#exit === undefined) throw error;
    return false;
  }

  /** Throws what ended the run early, with what was sent and what was not. */
  end(end: RunEnd): void {
    const unsent = describeUnsent(end);
    if (this.#exit === undefined) {
      if (unsent !== '') tell(unsent);
      return;
    }
    const { code, message } = this.#exit;
    const [first = '', ...more] = message.split('\n');
    // A refusal names its request.
    const at = end.refusal === undefined ? end.at?.request : undefined;
    const named = at === undefined ? '' : placeOf(end);
    const sentence = `${first}${unsent === '' ? '' : ` ${unsent}`}`;
    const line =
      (at && locatedError(this.call.file, at, this.#error, `${named || titleOf(at)}: ${sentence}`)) ??
      (named === '' ? sentence : `${named}: ${sentence}`);
    throw new Exit(code, [line, ...more].join('\n'));
  }
}

/** Undefined for what nobody foresaw. */
function exitOf(error: unknown): Exit | undefined {
  if (error instanceof Exit) return error;
  if (error instanceof ApiError) return failed(error);
  return error instanceof SqlError ? new Exit(1, error.message) : undefined;
}

/** Returns the variable that the error misses, where `--var` can give it. */
function undeclaredName(parsed: ApqDocument, { code, offset, length }: Diagnostic): string | undefined {
  if (code !== 'undefined-variable') return undefined;
  const name = ownName(
    parsed.text
      .slice(offset, offset + length)
      .replace(/^\{\{|\}\}$/g, '')
      .trim(),
  );
  return structure.variableNames(parsed).has(name) ? name : undefined;
}

/** Turns a refusal into an `Exit`. `done`: what did not happen to the request. */
export function exitFor(
  { reason, message }: Refusal,
  { file: { id, parsed } }: Pick<Call, 'file'>,
  done = 'sent',
): Exit {
  switch (reason.kind) {
    case 'errors': {
      const list = reason.errors.map((error) => plain(diagnosticLine(id, parsed.positions, error)));
      const undeclared = reason.errors.flatMap((error) => undeclaredName(parsed, error) ?? []);
      const given =
        undeclared.length === 0
          ? ''
          : `, or give ${[...new Set(undeclared)].map((name) => `--var ${name}=VALUE`).join(' ')}`;
      return new Exit(1, `${list.join('\n')}\nThe request was not ${done}: correct the file first${given}.`);
    }
    case 'prompts':
    case 'not-agreed':
    case 'stray-connection':
    case 'unknown-connection':
    case 'other-platform':
      return usage(message);
    default:
      return new Exit(1, message);
  }
}
