/** Verdicts of a call: printed line by line on standard error, counted, and reported where the user asks for it. */
import { OutputFile } from '#core/files/output-file';
import { ApiError } from '#core/remote/api-error';
import type { RunOutcome } from '#core/running/pipeline';
import { type QueryFile, titleOf } from '#core/running/query-file';
import type { Verdict } from '#core/testing/judge';
import { type ReportedCase, toJunit } from '#core/testing/junit';
import type { RequestInfo, Span } from '#language';
import { failed as ended } from './exit';
import { locatedError } from './located-error';
import { inform, tell } from './terminal';

type Failed = Extract<RunOutcome, { readonly kind: 'failed' }>;

export class Verdicts {
  readonly #suites: { readonly file: QueryFile; readonly cases: Map<number, readonly ReportedCase[]> }[] = [];
  #failed = 0;
  #checked = 0;

  /** `report`: the JUnit file. */
  private constructor(private readonly report: OutputFile | undefined) {}

  /** Creates the report's file, so that a path that can't be written is told before anything is sent. */
  static async open(report: string | undefined): Promise<Verdicts> {
    return new Verdicts(report === undefined ? undefined : await OutputFile.create(report));
  }

  /** What follows is about the requests of this file. */
  begin(file: QueryFile): void {
    this.#suites.push({ file, cases: new Map() });
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
    // Without a sign-in, or where the platform is out of order, verdicts mean nothing.
    if (!passed && code !== 1) return false;
    const status = error instanceof ApiError ? error.status : undefined;
    const title = titleOf(request);
    if (passed) inform(`${title}: refused with ${status ?? '?'}, as expected`);
    else
      tell(locatedError(this.#suite.file, request, error, `${title}: ${message}`) ?? `${title}: ${message}`);
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

  /** Takes those of the `chosen` requests of the file that were not reached, and why. */
  rest(chosen: readonly RequestInfo[], why: string): void {
    for (const request of chosen) if (!this.#suite.cases.has(request.index)) this.#unreached(request, why);
  }

  /** Writes the last line, and the report. */
  async end(): Promise<void> {
    if (this.#checked > 0)
      say(
        this.#failed === 0,
        this.#failed === 0
          ? `Expectations met: ${this.#checked} of ${this.#checked}.`
          : `Expectations FAILED: ${this.#failed} of ${this.#checked}.`,
      );
    if (this.report === undefined) return;
    const suites = this.#suites.map(({ file: { id }, cases }) => ({
      ...{ name: id, file: id },
      cases: [...cases.values()].flat(),
    }));
    await this.report.write(toJunit(suites));
    await this.report.keep();
  }

  get #suite() {
    const last = this.#suites.at(-1);
    if (last === undefined) throw new Error('No file was begun.');
    return last;
  }

  #tell(request: RequestInfo, verdicts: readonly Verdict[], milliseconds: number): void {
    for (const verdict of verdicts) {
      say(verdict.passed, lineOf(verdict));
      this.#checked++;
      if (!verdict.passed) this.#failed++;
    }
    this.#report(
      request,
      // The time is the request's: its first case has it, so that the sum is right.
      verdicts.map(({ text: name, passed, message }, index) => ({
        ...{ name, milliseconds: index === 0 ? milliseconds : 0 },
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

  /** `cases`: one for each expectation; one where there is none. */
  #report(request: RequestInfo, cases: readonly Omit<ReportedCase, 'className'>[]): void {
    const { file, cases: known } = this.#suite;
    const lineOf = (place: Span) => file.parsed.positions.positionAt(place.offset).line + 1;
    known.set(
      request.index,
      cases.map((each, index) => ({
        className: titleOf(request),
        file: file.id,
        line: lineOf(request.expectations[index]?.span ?? request.line),
        ...each,
      })),
    );
  }
}

/** What is as expected is not told with `--quiet`. */
const say = (asExpected: boolean, text: string): void => (asExpected ? inform : tell)(text);

const lineOf = ({ passed, text: written, message }: Verdict): string =>
  passed ? `  ok      ${written}` : `  FAILED  ${message}`;
