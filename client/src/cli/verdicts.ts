/** Verdicts of a call: printed line by line on standard error, counted, and reported where the user asks for it. */
import { OutputFile } from '#core/files/output-file';
import { ApiError } from '#core/remote/api-error';
import type { RunOutcome } from '#core/running/pipeline';
import { titleOf } from '#core/running/query-file';
import type { Verdict } from '#core/testing/judge';
import { type ReportedCase, toJunit } from '#core/testing/junit';
import type { RequestInfo } from '#language';
import { failed as ended } from './exit';
import { inform, tell } from './terminal';

type Failed = Extract<RunOutcome, { readonly kind: 'failed' }>;

export class Verdicts {
  /** By the index of the request. */
  readonly #cases = new Map<number, readonly ReportedCase[]>();
  #failed = 0;
  #checked = 0;

  /** `report`: the JUnit file. */
  private constructor(
    private readonly suite: string,
    private readonly report: OutputFile | undefined,
  ) {}

  /** Creates the report's file, so that a path that can't be written is told before anything is sent. */
  static async open(suite: string, report: string | undefined): Promise<Verdicts> {
    return new Verdicts(suite, report === undefined ? undefined : await OutputFile.create(report));
  }

  get failed(): boolean {
    return this.#failed > 0;
  }

  /** Takes the verdicts of a response. */
  answered(request: RequestInfo, verdicts: readonly Verdict[], milliseconds: number): void {
    if (verdicts.length === 0) this.#report(request, [{ name: 'answers', milliseconds }]);
    else this.#tell(request, verdicts, milliseconds);
  }

  /** Takes a refusal by the API. Returns true where expectations judge it; false where it is a failure. */
  refused(request: RequestInfo, { error, verdicts = [], milliseconds }: Failed): boolean {
    if (verdicts.length === 0) return false;
    const { code, message } = ended(error);
    const passed = verdicts.every((each) => each.passed);
    // Without a sign-in, verdicts mean nothing.
    if (!passed && code === 3) return false;
    const status = error instanceof ApiError ? error.status : undefined;
    if (passed) inform(`${titleOf(request)}: refused with ${status ?? '?'}, as expected`);
    else tell(`${titleOf(request)}: ${message}`);
    this.#tell(request, verdicts, milliseconds);
    return true;
  }

  /** Takes a request that was not sent, and why. */
  notRun(request: RequestInfo, message: string): void {
    tell(`  FAILED  ${message}`);
    this.#checked++;
    this.#failed++;
    this.#unreached(request, message);
  }

  /** Takes the error that ended the run early. */
  broke(request: RequestInfo, error: unknown): void {
    this.#unreached(request, error instanceof Error ? error.message : String(error));
  }

  /** Writes the last line, and the report: with all of the `chosen` requests, also those that were not `reached`. */
  async end(chosen: readonly RequestInfo[], unreached: string): Promise<void> {
    if (this.#checked > 0)
      say(
        this.#failed === 0,
        this.#failed === 0
          ? `Expectations met: ${this.#checked} of ${this.#checked}.`
          : `Expectations FAILED: ${this.#failed} of ${this.#checked}.`,
      );
    if (this.report === undefined) return;
    for (const request of chosen) if (!this.#cases.has(request.index)) this.#unreached(request, unreached);
    await this.report.write(toJunit([{ name: this.suite, cases: [...this.#cases.values()].flat() }]));
    await this.report.keep();
  }

  #tell(request: RequestInfo, verdicts: readonly Verdict[], milliseconds: number): void {
    for (const verdict of verdicts) {
      say(verdict.passed, lineOf(verdict));
      this.#checked++;
      if (!verdict.passed) this.#failed++;
    }
    this.#report(
      request,
      verdicts.map(({ text: name, passed, message }) => ({
        ...{ name, milliseconds },
        ...(passed ? {} : { failure: message }),
      })),
    );
  }

  /** Reports each expectation as one that could not be judged, for the reason `error`. */
  #unreached(request: RequestInfo, error: string): void {
    const names = request.expectations.map(({ text: written }) => written);
    this.#report(
      request,
      (names.length === 0 ? ['answers'] : names).map((name) => ({ name, milliseconds: 0, error })),
    );
  }

  #report(request: RequestInfo, cases: readonly Omit<ReportedCase, 'className'>[]): void {
    this.#cases.set(
      request.index,
      cases.map((each) => ({ className: titleOf(request), ...each })),
    );
  }
}

/** What is as expected is not told with `--quiet`. */
const say = (asExpected: boolean, text: string): void => (asExpected ? inform : tell)(text);

const lineOf = ({ passed, text: written, message }: Verdict): string =>
  passed ? `  ok      ${written}` : `  FAILED  ${message}`;
