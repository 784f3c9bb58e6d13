/** Verdicts of a call: printed line by line on standard error, counted, and reported where the user asks for it. */
import { OutputFile } from '#core/files/output-file';
import { ApiError } from '#core/remote/api-error';
import type { RunOutcome } from '#core/running/pipeline';
import { titleOf } from '#core/running/query-file';
import type { Verdict } from '#core/testing/judge';
import { type ReportedCase, toJunit } from '#core/testing/junit';
import type { RequestInfo } from '#language';
import { failed as ended, usage } from './exit';
import { type Options, text } from './options';
import { tell } from './terminal';

type Failed = Extract<RunOutcome, { readonly kind: 'failed' }>;

export class Verdicts {
  readonly #cases: ReportedCase[] = [];
  #failed = 0;
  #checked = 0;

  /** `report`: where the JUnit file goes. */
  private constructor(
    private readonly suite: string,
    private readonly report: string | undefined,
  ) {}

  static of(suite: string, options: Options): Verdicts {
    const report = text(options, 'report');
    if (report !== undefined && !/^junit=./.test(report))
      throw usage('Write --report junit=FILE: no other kind of report exists.');
    return new Verdicts(suite, report?.slice('junit='.length));
  }

  get failed(): boolean {
    return this.#failed > 0;
  }

  /** Takes the verdicts of a response. */
  answered(request: RequestInfo, verdicts: readonly Verdict[], milliseconds: number): void {
    if (verdicts.length === 0) this.#report(request, 'answers', milliseconds, {});
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
    tell(`${titleOf(request)}: ${passed ? `refused with ${status ?? '?'}, as expected` : message}`);
    this.#tell(request, verdicts, milliseconds);
    return true;
  }

  /** Takes a request that was not sent, and why. */
  notRun(request: RequestInfo, message: string): void {
    tell(`  FAILED  ${message}`);
    this.#checked++;
    this.#failed++;
    this.#report(request, 'runs', 0, { failure: message });
  }

  /** Takes the error that ended the run early. */
  broke(request: RequestInfo, error: unknown): void {
    this.#report(request, 'answers', 0, { error: error instanceof Error ? error.message : String(error) });
  }

  /** Writes the last line, and the report. */
  async end(): Promise<void> {
    if (this.#checked > 0)
      tell(
        this.#failed === 0
          ? `Expectations met: ${this.#checked} of ${this.#checked}.`
          : `Expectations FAILED: ${this.#failed} of ${this.#checked}.`,
      );
    if (this.report === undefined) return;
    const file = await OutputFile.create(this.report);
    await file.write(toJunit(this.suite, this.#cases));
    await file.keep();
  }

  #tell(request: RequestInfo, verdicts: readonly Verdict[], milliseconds: number): void {
    for (const verdict of verdicts) {
      tell(lineOf(verdict));
      this.#checked++;
      if (!verdict.passed) this.#failed++;
      this.#report(request, verdict.text, milliseconds, verdict.passed ? {} : { failure: verdict.message });
    }
  }

  #report(
    request: RequestInfo,
    name: string,
    milliseconds: number,
    outcome: Pick<ReportedCase, 'failure' | 'error'>,
  ): void {
    this.#cases.push({ request: titleOf(request), name, milliseconds, ...outcome });
  }
}

const lineOf = ({ passed, text: written, message }: Verdict): string =>
  passed ? `  ok      ${written}` : `  FAILED  ${message}`;
