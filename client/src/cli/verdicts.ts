/** Whether answers are as expected: told line by line on standard error, counted, and reported where that is asked for. */
import type { Expectation, RequestInfo } from '#language';
import { evaluate, type ExpectationResult } from '#core/testing/evaluate';
import { toJunit, type ReportedCase } from '#core/testing/junit';
import { outcomeOf, outcomeOfError, type Outcome } from '#core/testing/outcome';
import type { RunResult } from '#core/running/run';
import { failed as ended, usage } from './exit';
import { OutputFile } from '#core/results/output-file';
import { text, type Options } from './options';
import { titleOf } from './plan';

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
      throw usage('Write --report junit=FILE: there is no other kind of report.');
    return new Verdicts(suite, report?.slice('junit='.length));
  }

  get failed(): boolean {
    return this.#failed > 0;
  }

  /** An answer that came. */
  answered(request: RequestInfo, expectations: readonly Expectation[], result: RunResult): void {
    if (expectations.length === 0) this.#report(request, 'answers', result.milliseconds, {});
    else this.#judge(request, expectations, outcomeOf(result));
  }

  /** True: the API refused, and the expectations say what to think of it. False: it is a failure for everybody. */
  refused(
    request: RequestInfo,
    expectations: readonly Expectation[],
    error: unknown,
    milliseconds: number,
  ): boolean {
    const outcome = expectations.length === 0 ? undefined : outcomeOfError(error, milliseconds);
    if (outcome === undefined) return false;
    const { code, message } = ended(error);
    const passed = evaluate(expectations, outcome).every((each) => each.passed);
    // Who is not signed in learns nothing from the rest.
    if (!passed && code === 3) return false;
    process.stderr.write(
      `${titleOf(request)}: ${passed ? `refused with ${outcome.status}, as expected` : message}\n`,
    );
    this.#judge(request, expectations, outcome);
    return true;
  }

  /** A request that was not sent, and why. */
  notRun(request: RequestInfo, why: string): void {
    const message = `“${titleOf(request)}” was not run: ${why}.`;
    process.stderr.write(`  FAILED  ${message}\n`);
    this.#checked++;
    this.#failed++;
    this.#report(request, 'runs', 0, { failure: message });
  }

  /** What ended the run early. */
  broke(request: RequestInfo, error: unknown): void {
    this.#report(request, 'answers', 0, { error: error instanceof Error ? error.message : String(error) });
  }

  /** The last line, and the report. */
  async end(): Promise<void> {
    if (this.#checked > 0)
      process.stderr.write(
        this.#failed === 0
          ? `Expectations met: ${this.#checked} of ${this.#checked}.\n`
          : `Expectations FAILED: ${this.#failed} of ${this.#checked}.\n`,
      );
    if (this.report === undefined) return;
    const file = await OutputFile.create(this.report);
    await file.write(toJunit(this.suite, this.#cases));
    await file.keep();
  }

  #judge(request: RequestInfo, expectations: readonly Expectation[], outcome: Outcome): void {
    for (const result of evaluate(expectations, outcome)) {
      process.stderr.write(lineOf(result));
      this.#checked++;
      if (!result.passed) this.#failed++;
      this.#report(
        request,
        result.text,
        outcome.milliseconds,
        result.passed ? {} : { failure: result.message },
      );
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

const lineOf = ({ passed, text: written, message }: ExpectationResult): string =>
  passed ? `  ok      ${written}\n` : `  FAILED  ${message}\n`;
